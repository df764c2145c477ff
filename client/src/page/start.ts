/** Put the page together: first the ground, in the next frame the layers, then the rest. */
import { about, credits } from "./about";
import { Announcer } from "./announce";
import { Atlas } from "../geometry/atlas";
import { addBasemap } from "../map/basemap";
import { CanvasLayer } from "../map/canvaslayer";
import { controls, scalebar } from "../map/controls";
import { decode, TooOld } from "../geometry/decode";
import { Bridge } from "../embed/bridge";
import { el } from "./dom";
import { drawer } from "./drawer";
import { embedded, inFrame } from "../embed/framed";
import { furnishFrame } from "../embed/furnish";
import { gestures } from "../embed/gestures";
import { filterPanel } from "../filter/filterpanel";
import { legend } from "../legend/legend";
import { linkNote } from "../share/linknote";
import { Navigator, reduced } from "../map/navigate";
import { Painter } from "../map/painter";
import { panel } from "../place/panel";
import { paperList, paperNote } from "../paper/papernote";
import { pointer } from "../map/pointer";
import { printing } from "../paper/print";
import { Address } from "../share/remember";
import { thematicKey } from "../views/scale";
import { searchbox } from "../search/searchbox";
import { keepSelection } from "../state/selection";
import { sharing } from "../share/sharing";
import { skipLinks } from "./skip";
import { Store } from "../state/store";
import { subtitle } from "./subtitle";
import { Styles } from "../map/styles";
import { tablePanel } from "../table/tablepanel";
import { onThemeChange, setLight, staysLight } from "../map/theme";
import { timebar } from "../time/timebar";
import { toolbar } from "./toolbar";
import { viewSwitch } from "../views/viewswitch";
import type { Context } from "../state/context";
import { Words } from "./words";

/** Boundaries are generalised to some 200 m: closer they would look more exact than they are. */
const CLOSEST_ZOOM = 12;

const FARTHEST_ZOOM = 6;
/** A wide area is seen whole on a phone as well (CSS pixels). */
const NARROWEST = 280;

/** The smallest zoom: that of a wide area in a narrow frame, else the usual one. */
export function farthest(left: number, bottom: number, right: number, top: number): number {
  const northing = (lat: number): number => (Math.atanh(Math.sin((lat * Math.PI) / 180)) * 180) / Math.PI;
  const extent = Math.max(right - left, northing(top) - northing(bottom));
  return Math.min(FARTHEST_ZOOM, Math.floor(4 * Math.log2(((NARROWEST / extent) * 360) / 256)) / 4);
}

/** The map alone, with the view that the attributes of the root give. */
export function shell(root: HTMLElement): { map: L.Map; frame: HTMLElement } {
  const frame = el("div", { class: "gc-map", id: "gc-map" });
  const stage = el("main", { class: "gc-stage" }, frame, el("p", { class: "gc-loading", role: "status" }, root.dataset.loading!));
  root.classList.add("gc");
  if (staysLight(inFrame(), location.search)) setLight(root);
  root.append(stage);
  const still = reduced();
  const map = L.map(frame, {
    zoomControl: false, attributionControl: false, zoomSnap: 0.25, zoomDelta: 1, minZoom: FARTHEST_ZOOM, maxZoom: CLOSEST_ZOOM,
    wheelPxPerZoomLevel: 100, zoomAnimation: !still, fadeAnimation: !still, inertia: !still, preferCanvas: true,
  });
  const [left, bottom, right, top] = (["left", "bottom", "right", "top"] as const).map((side) => Number(root.dataset[side]));
  if ([left, bottom, right, top].every((value) => Number.isFinite(value))) {
    map.setMinZoom(farthest(left!, bottom!, right!, top!));
    map.fitBounds([[bottom!, left!], [top!, right!]], { animate: false, padding: [14, 14] });
  } else map.setView([46.6, 2.4], 6, { animate: false });
  return { map, frame };
}

/** Tell the reader what went wrong, in place of the map. */
export function failed(root: HTMLElement, error: unknown): void {
  const { old, broken } = root.dataset; // said before the words of the page are read
  root.querySelector(".gc-loading")?.remove();
  root.append(el("div", { class: "gc-failure", role: "alert" }, el("p", {}, error instanceof TooOld ? old! : broken!)));
}

/** The page's own two sheets, which bear no attributes: its policy refuses one that was changed on the way. */
const SHEETS = 2;

function requireSheets(): void {
  const whole = [...document.querySelectorAll("style")].filter(({ attributes, sheet }) => attributes.length === 0 && sheet);
  if (whole.length < SHEETS) throw new RangeError("a sheet of styles was refused");
}

const nextFrame = (): Promise<void> => new Promise((resolve) => {
  requestAnimationFrame(() => setTimeout(resolve, 0));
});

function textOf(id: string): string {
  const element = document.getElementById(id);
  if (!element) throw new RangeError(`#${id} is missing`);
  return element.textContent ?? "";
}

/** Kept when the page is whole. */
export async function start(root: HTMLElement, map: L.Map, frame: HTMLElement): Promise<Pick<Painter, "whole">> {
  requireSheets();
  const { payload, arcs } = await decode(textOf("geocontracts-payload"), textOf("geocontracts-numbers"), textOf("geocontracts-arcs"));
  performance.mark("geocontracts:decoded");
  const atlas = new Atlas(payload, arcs);
  const store = new Store();
  const styles = new Styles(atlas);
  const words = new Words(payload.words, payload.lang);
  const basemap = payload.basemap !== "none";
  addBasemap(map, payload.basemap);
  let painter: Painter | null = null;
  const layer = new CanvasLayer(() => atlas.projection, (view) => painter?.paint(view));
  painter = new Painter(atlas, store, styles, layer, basemap);
  root.dataset.sheet = "none";
  const small = embedded(payload);
  root.classList.toggle("gc-embedded", small);
  const navigate = new Navigator(map, atlas, root);
  layer.covered = () => navigate.covered().top;
  painter.standing = () => navigate.standing();
  navigate.home(false);
  const address = new Address(atlas, store, navigate, map);
  address.restore();
  frame.setAttribute("role", "application");
  frame.setAttribute("aria-label", words.get("map.label", { area: payload.area.name }));
  map.addLayer(layer);
  performance.mark("geocontracts:ground");
  root.querySelector(".gc-loading")?.remove();
  onThemeChange(() => layer.redraw(true));
  await nextFrame();
  const context: Context = { atlas, store, styles, words, navigate, announce: new Announcer() };
  keepSelection(atlas, store);
  await painter.start();
  performance.mark("geocontracts:layers");
  await nextFrame();
  (small ? furnishFrame : furnish)(context, root, map, frame, address);
  if (small || (payload.bridge && inFrame())) frame.parentElement!.append(gestures(map, words));
  layer.redraw(); // what covers the map, or stands on it, is known now
  painter.rename();
  pointer(context, map, painter, () => layer.corner());
  printing(context, map, layer);
  if (payload.bridge && inFrame()) new Bridge(store, navigate, address).begin();
  await painter.whole();
  return painter;
}

/** Everything around the map. */
function furnish(context: Context, root: HTMLElement, map: L.Map, frame: HTMLElement, address: Address): void {
  const { words, atlas, announce, navigate, store } = context;
  const { payload } = atlas;
  const stage = frame.parentElement!;
  const dialog = about(context);
  const share = sharing(context, address);
  const note = linkNote(words);
  const place = panel(context);
  const years = el("p", { class: "gc-time-print gc-note" });
  const side = el("aside", { class: "gc-side", "aria-label": words.get("side.label") },
    el("header", { class: "gc-title" }, el("h1", {}, payload.title), subtitle(context), years),
    searchbox(context),
    viewSwitch(context),
    el("div", { class: "gc-scroll", id: "gc-legend" }, el("p", { class: "gc-sheet-title", "aria-hidden": "true" }, payload.title), thematicKey(context), filterPanel(context), legend(context)),
    toolbar(context, share.open));
  stage.append(
    controls(map, navigate, words),
    el("div", { class: "gc-dock" },
      timebar(context, years),
      el("footer", { class: "gc-foot" }, scalebar(map, words, atlas.projection), credits(context, map, () => dialog.showModal()))),
    tablePanel(context),
    note.element,
    announce.element);
  root.prepend(skipLinks(words, frame, store), side);
  root.append(place, drawer(context, root), dialog, share.element,
    paperNote(context), paperList(context) ?? "");
  address.onMissing = note.show;
  address.begin();
  navigate.rearranged(false); // now that the search field and the sheets have their places
}
