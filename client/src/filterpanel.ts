/** The filters, above the legend. */
import type { Context } from "./context";
import { el } from "./dom";

export function filterPanel(_context: Context): HTMLElement {
  return el("div", { class: "gc-filters" });
}
