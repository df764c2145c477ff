/** The time axis at the foot of the map. */
import type { Context } from "./context";
import { el } from "./dom";

export function timebar(_context: Context): HTMLElement {
  return el("div", { class: "gc-time" });
}
