/** From the pointer and the keyboard on the map to the hovered and the chosen commune. */
import type { Context } from "../state/context";
import { el } from "../page/dom";
import { goTo, type Unit } from "./gather";
import type { Painter } from "./painter";
import { Stay } from "./stay";
import { valueAt } from "../views/scale";
import { tooltip } from "./tooltip";
import { tallyText } from "../place/panel";

/** How long a pointer may pause on its way to the note (ms): then it is no longer meant. */
const PAUSE = 500;

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
  const free = (): { x: number; y: number } => {
    const { bottom, right } = context.navigate.covered();
    const { x, y } = map.getSize();
    return { x: x - right, y: y - bottom };
  };
  const tip = tooltip(context, free);
  const cross = el("div", { class: "gc-cross", "aria-hidden": "true" });
  frame.append(tip.element, cross);
  const stay = new Stay();
  /** Where the pointer is, and what the note is about. */
  let at: L.LeafletMouseEvent | null = null;
  let told: Found | null = null;
  let dismissed = "";
  let pause = 0;

  const find = (latlng: L.LatLng, point: L.Point): Found => {
    const symbol = painter.symbolAt(point.x, point.y, corner());
    if (symbol) return { commune: symbol.town, unit: symbol.unit, records: symbol.records };
    const commune = atlas.locator.at(...atlas.projection.fromMap(latlng.lng, latlng.lat));
    return { commune: atlas.isCommune(commune) ? commune : -1, unit: null, records: [] };
  };
  const keyOf = ({ unit, commune }: Found): string => (unit ? `${unit.kind} ${unit.index}` : String(commune));
  const wait = (run: (() => void) | null): void => {
    clearTimeout(pause);
    pause = run ? window.setTimeout(run, PAUSE) : 0;
  };
  const hide = (): void => {
    tip.hide();
    stay.end();
    told = null;
    wait(null);
  };
  const leave = (): void => {
    hide();
    store.set({ hovered: -1 });
  };
  /** Tell what lies under the pointer. */
  const tell = ({ latlng, containerPoint: { x, y }, containerPoint, originalEvent }: L.LeafletMouseEvent): void => {
    wait(null);
    const found = find(latlng, containerPoint);
    const { commune, unit, records } = found;
    if (keyOf(found) !== dismissed) dismissed = "";
    frame.classList.toggle("gc-on-land", commune >= 0);
    tip.element.classList.remove("gc-standing");
    if (commune < 0 || dismissed !== "") return leave();
    store.set({ hovered: unit ? -1 : commune });
    const box = unit ? tip.showUnit(unit, x, y) : tip.show(commune, painter.shownAt(commune), records, x, y);
    stay.stand(box, x, y, originalEvent.timeStamp);
    told = found;
  };
  /** A pointer on its way that pauses elsewhere means what is there. */
  const paused = (): void => {
    pause = 0;
    if (at && told && keyOf(find(at.latlng, at.containerPoint)) !== keyOf(told)) tell(at);
  };
  let waiting = false;
  const follow = (): void => {
    waiting = false;
    if (!at) return;
    const kept = stay.keeps(at.containerPoint.x, at.containerPoint.y, at.originalEvent.timeStamp);
    if (kept === "no") return tell(at);
    tip.element.classList.add("gc-standing");
    if (kept !== "by" || pause === 0) wait(kept === "on" ? null : paused);
  };
  map.on("mousemove", (event) => {
    if (!waiting) requestAnimationFrame(follow);
    waiting = true;
    at = event;
  });
  map.on("mouseout", () => {
    at = null;
    leave();
  });
  map.on("movestart", hide);
  map.on("click", (event) => {
    // The note is where the pointer is, and not what lies under it.
    const onNote = told && tip.element.contains(event.originalEvent.target as Node);
    const { commune, unit, records } = onNote ? told! : find(event.latlng, event.containerPoint);
    if (commune < 0) return;
    hide();
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
    if (at && told) dismissed = keyOf(find(at.latlng, at.containerPoint));
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
