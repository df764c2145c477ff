/** The first stops of the keyboard: straight to the map, straight to the legend. */
import { button, el } from "./dom";
import type { Words } from "./words";

export function skipLinks(words: Words, map: HTMLElement): HTMLElement {
  const legend = (): void => {
    // On a phone the legend is a sheet that may be shut.
    const tab = document.querySelector<HTMLElement>(':is(.gc-tab, .gc-legend-button)[aria-expanded="false"]');
    if (tab && tab.offsetParent !== null) tab.click();
    document.getElementById("gc-legend-title")?.focus();
  };
  return el("nav", { class: "gc-skips", "aria-label": words.get("skip.label") },
    button({ class: "gc-skip" }, () => map.focus(), words.get("skip.map")),
    button({ class: "gc-skip" }, legend, words.get("skip.legend")));
}
