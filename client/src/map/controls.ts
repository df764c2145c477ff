/** The buttons and the scale on the map. */
import { button, el, icon } from "../page/dom";
import { metres } from "../page/format";
import type { Navigator } from "./navigate";
import type { Projection } from "../geometry/projection";
import type { Words } from "../page/words";

/** How long the scale bar can be (CSS pixels). */
export const WIDEST = 110;

/** The longest round distance (1, 2, 5 times a power of ten) of at most `most` metres. */
export function roundDistance(most: number): number {
  const power = 10 ** Math.floor(Math.log10(most));
  const step = [5, 2, 1].find((n) => n * power <= most) ?? 1;
  return step * power;
}

export function scalebar(map: L.Map, words: Words, projection: Pick<Projection, "stretch">): HTMLElement {
  const text = el("span");
  const element = el("div", { class: "gc-scalebar" }, text);
  const update = (): void => {
    const size = map.getSize();
    const { lng, lat } = map.getCenter(); // in a frame overseas, a pixel is worth its own metres
    const across = projection.stretch(lng, lat) * map.containerPointToLatLng([0, size.y / 2]).distanceTo(map.containerPointToLatLng([WIDEST, size.y / 2]));
    if (!(across > 0)) return;
    const distance = roundDistance(across);
    text.textContent = metres(distance, words.lang);
    element.style.width = `${Math.round((WIDEST * distance) / across)}px`;
  };
  map.on("moveend resize", update);
  update();
  return element;
}

export function controls(map: L.Map, navigate: Navigator, words: Words): HTMLElement {
  const plus = button({ class: "gc-icon-button", "aria-label": words.get("map.zoom.in"), title: words.get("map.zoom.in") }, () => map.zoomIn(1), icon("plus"));
  const minus = button({ class: "gc-icon-button", "aria-label": words.get("map.zoom.out"), title: words.get("map.zoom.out") }, () => map.zoomOut(1), icon("minus"));
  const home = button({ class: "gc-icon-button", "aria-label": words.get("map.home"), title: words.get("map.home") }, () => navigate.home(), icon("home"));
  const limits = (): void => {
    plus.setAttribute("aria-disabled", String(map.getZoom() >= map.getMaxZoom()));
    minus.setAttribute("aria-disabled", String(map.getZoom() <= map.getMinZoom()));
  };
  map.on("zoomend", limits);
  return el("div", { class: "gc-controls", role: "group", "aria-label": words.get("map.controls") }, plus, minus, home);
}
