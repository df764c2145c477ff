/** Paper: the map is fitted to its place on an A4 landscape page, in light colours and with more pixels. */
import type { CanvasLayer } from "./canvaslayer";
import type { Navigator } from "./navigate";
import { repaintSwatches } from "./swatch";
import { setPrinting } from "./theme";

/** The map's place on paper; `print.css` has the same size. */
const PAPER = { width: "152mm", height: "176mm" };

export function printing(map: L.Map, layer: CanvasLayer, navigate: Navigator): void {
  const frame = map.getContainer();
  let folded: HTMLDetailsElement[] = [];
  let home = false;
  let before: L.LatLngBounds | null = null;
  let view: { center: L.LatLng; zoom: number } | null = null;

  const start = (): void => {
    if (before) return;
    home = navigate.isHome;
    before = map.getBounds();
    view = { center: map.getCenter(), zoom: map.getZoom() };
    setPrinting(true);
    frame.style.width = PAPER.width;
    frame.style.height = PAPER.height;
    layer.leastDpr = 3;
    map.invalidateSize({ pan: false, animate: false });
    if (home) navigate.home(false);
    else map.fitBounds(before, { animate: false });
    layer.redraw(true);
    repaintSwatches();
    folded = [...document.querySelectorAll<HTMLDetailsElement>(".gc-key:not([open])")];
    for (const details of folded) details.open = true;
  };
  const end = (): void => {
    if (!before || !view) return;
    before = null;
    setPrinting(false);
    frame.style.width = frame.style.height = "";
    layer.leastDpr = 1;
    for (const details of folded) details.open = false;
    map.invalidateSize({ pan: false, animate: false });
    if (home) navigate.home(false);
    else map.setView(view.center, view.zoom, { animate: false });
    layer.redraw(true);
    repaintSwatches();
  };
  window.addEventListener("beforeprint", start);
  window.addEventListener("afterprint", end);
  matchMedia("print").addEventListener("change", (event) => (event.matches ? start() : end()));
}
