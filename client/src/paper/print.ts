/** Paper: the map is drawn at the size of its place on an A4 landscape page, in light colours, and flattened to one image. */
import type { CanvasLayer } from "../map/canvaslayer";
import type { Context } from "../state/context";
import { el } from "../page/dom";
import { fitLegend, stillSwatches } from "./printlegend";
import { heading } from "../place/placehead";
import { listAbsent } from "./papernote";
import { printState } from "./printstate";
import { repaintSwatches } from "../legend/swatch";
import { setPrinting } from "../map/theme";

/** The map's place on paper; `print.css` has the same size. */
const PAPER = { width: "156mm", height: "181mm" };
/** Pixels of the image in a CSS pixel (288 in an inch). */
const DENSITY = 3;

export function printing(context: Context, map: L.Map, layer: CanvasLayer): void {
  const { atlas, store, navigate, words } = context;
  const frame = map.getContainer();
  const root = frame.closest<HTMLElement>(".gc")!;
  const state = el("p", { class: "gc-print-state" });
  root.querySelector(".gc-title")?.append(state);
  let opened: HTMLDetailsElement[] = [];
  let image: HTMLImageElement | null = null;
  let moving: (() => void) | null = null;
  let before: { home: boolean; bounds: L.LatLngBounds; center: L.LatLng; zoom: number } | null = null;

  const fitted = (paper: boolean): void => {
    frame.style.width = paper ? PAPER.width : "";
    frame.style.height = paper ? PAPER.height : "";
    layer.leastDpr = paper ? DENSITY : 1;
    setPrinting(paper);
    map.invalidateSize({ pan: false, animate: false });
  };
  const start = (): void => {
    if (before) return;
    before = { home: navigate.isHome, bounds: map.getBounds(), center: map.getCenter(), zoom: map.getZoom() };
    navigate.printing = true;
    store.set({ raised: null, hovered: -1 });
    const { chosen } = store.state;
    state.textContent = printState(atlas, store.state, words, new Date().toISOString().slice(0, 10), chosen ? heading(context, chosen).name : "");
    listAbsent(context, root);
    fitLegend(context, root);
    fitted(true);
    if (before.home) navigate.home(false);
    else map.fitBounds(before.bounds, { animate: false });
    layer.redraw(true);
    // Browsers do not print canvases that lie on each other: one image does it.
    image = el("img", { class: "gc-printed", alt: "" });
    image.decoding = "sync";
    image.src = layer.flattened().toDataURL("image/png");
    frame.append(image);
    repaintSwatches();
    moving = stillSwatches(root);
    opened = [...document.querySelectorAll<HTMLDetailsElement>(".gc-key:not([open])")];
    for (const details of opened) details.open = true;
  };
  const end = (): void => {
    if (!before) return;
    const { home, center, zoom } = before;
    before = null;
    image?.remove();
    image = null;
    moving?.();
    moving = null;
    for (const details of opened) details.open = false;
    fitted(false);
    navigate.printing = false;
    if (home) navigate.home(false);
    else map.setView(center, zoom, { animate: false });
    layer.redraw(true);
    repaintSwatches();
  };
  window.addEventListener("beforeprint", start);
  window.addEventListener("afterprint", end);
  matchMedia("print").addEventListener("change", (event) => (event.matches ? start() : end()));
}
