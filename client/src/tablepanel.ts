/** The table beside the map. */
import type { Context } from "./context";
import { el } from "./dom";

export function tablePanel(_context: Context): HTMLElement {
  return el("section", { class: "gc-table-panel" });
}
