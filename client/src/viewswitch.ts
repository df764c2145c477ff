/** The choice between contracts, pile-up, amounts, white areas and programmes crossed. */
import type { Context } from "./context";
import { el } from "./dom";

export function viewSwitch(_context: Context): HTMLElement {
  return el("div", { class: "gc-views" });
}
