/** From the pointer and the keyboard on the map to the hovered and the chosen commune. */
import type { Context } from "../state/context";
import { el } from "../page/dom";
import { goTo, type Unit } from "./gather";
import type { Painter } from "./painter";
import { valueAt } from "../views/scale";
import { tooltip } from "./tooltip";
import { tallyText } from "../place/panel";

interface Found {
  readonly commune: number;
  /** The unit of the disc pointed at. */
  readonly unit: Unit | null;
  /** The records of the symbol pointed at. */
  readonly records: readonly number[];
}

export function pointer(context: Context, map: L.Map, painter: Painter, corner: () => L.Point): void {
  const { atlas, store, words, announce } = context;
  const frame = map.getContainer();
  const tip = tooltip(context, frame);
  const cross = el("div", { class: "gc-cross", "aria-hidden": "true" });
  frame.append(tip.element, cross);
  let under = "";
  let dismissed = "";

  const find = (latlng: L.LatLng, point: L.Point): Found => {
    const symbol = painter.symbolAt(point.x, point.y, corner());
    if (symbol) return { commune: symbol.town, unit: symbol.unit, records: symbol.records };
    const commune = atlas.locator.at(...atlas.projection.fromMap(latlng.lng, latlng.lat));
    return { commune: atlas.isCommune(commune) ? commune : -1, unit: null, records: [] };
  };
  const leave = (): void => {
    tip.hide();
    store.set({ hovered: -1 });
  };
  let last: L.LeafletMouseEvent | null = null;
  const follow = (): void => {
    const event = last;
    last = null;
    if (!event) return;
    const { commune, unit, records } = find(event.latlng, event.containerPoint);
    under = unit ? `${unit.kind} ${unit.index}` : String(commune);
    if (under !== dismissed) dismissed = "";
    frame.classList.toggle("gc-on-land", commune >= 0);
    if (commune < 0 || under === dismissed) return leave();
    store.set({ hovered: unit ? -1 : commune });
    const { x, y } = event.containerPoint;
    if (unit) tip.showUnit(unit, x, y);
    else tip.show(commune, painter.shownAt(commune), records, x, y);
  };
  map.on("mousemove", (event) => {
    if (last === null) requestAnimationFrame(follow);
    last = event;
  });
  map.on("mouseout", () => {
    last = null;
    leave();
  });
  map.on("movestart", () => tip.hide());
  map.on("click", (event) => {
    const { commune, unit, records } = find(event.latlng, event.containerPoint);
    if (commune < 0) return;
    tip.hide();
    if (unit) return goTo(context, unit);
    store.set({ chosen: { kind: "commune", index: commune, first: records } });
    context.navigate.keepInSight({ kind: "commune", index: commune });
  });

  // The keyboard moves the map under a cross; what lies there is said, Enter opens it.
  const centre = (): number => {
    const at = map.getCenter();
    const commune = atlas.locator.at(...atlas.projection.fromMap(at.lng, at.lat));
    return atlas.isCommune(commune) ? commune : -1;
  };
  map.on("moveend", () => {
    if (!frame.classList.contains("gc-keyed") || document.activeElement !== frame) return;
    const commune = centre();
    store.set({ hovered: commune });
    if (commune >= 0) announce.say(valueAt(context, commune) || tallyText(context, atlas.payload.places.communes.name[commune]!, atlas.covering(commune)));
    else announce.say(words.get("map.outside"));
  });
  frame.addEventListener("blur", leave);
  window.addEventListener("keydown", (event) => {
    frame.classList.add("gc-keyed");
    if (event.key !== "Escape") return;
    // Wherever the focus is: who hides the note with the keyboard may hold the pointer still.
    dismissed = under;
    leave();
  }, true);
  window.addEventListener("pointerdown", () => frame.classList.remove("gc-keyed"), true);
  frame.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target === frame) {
      const commune = centre();
      if (commune < 0) return announce.say(words.get("map.outside"));
      store.set({ chosen: { kind: "commune", index: commune } });
      document.querySelector<HTMLElement>("#gc-panel h2")?.focus();
    }
    if (event.key === "Escape") store.set({ raised: null, chosen: null });
  });
}
