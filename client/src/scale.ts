/** The key of a thematic map: its classes written out. */
import type { Context } from "./context";
import { el } from "./dom";

export function thematicKey(_context: Context): HTMLElement {
  return el("div", { class: "gc-scale" });
}
