/** The first stops of the keyboard: straight to the map, the legend, the table. */
import { button, el } from "./dom";
import type { Store } from "../state/store";
import type { Words } from "./words";

/** `store`: of a page with a table, which is opened. */
export function skipLinks(words: Words, map: HTMLElement, store?: Store): HTMLElement {
  const legend = (): void => {
    // On a phone the legend is a sheet that may be shut.
    const tab = document.querySelector<HTMLElement>(':is(.gc-tab, .gc-legend-button)[aria-expanded="false"]');
    if (tab && tab.offsetParent !== null) tab.click();
    document.getElementById("gc-legend-title")?.focus();
  };
  const table = (): void => {
    store!.set({ table: true });
    document.getElementById("gc-table-title")?.focus(); // it may have been open
  };
  return el("nav", { class: "gc-skips", "aria-label": words.get("skip.label") },
    button({ class: "gc-skip" }, () => map.focus(), words.get("skip.map")),
    button({ class: "gc-skip" }, legend, words.get("skip.legend")),
    store ? button({ class: "gc-skip" }, table, words.get("skip.table")) : null);
}
