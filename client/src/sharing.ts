/** Share: the state in the address, a link to copy, code to embed. */
import type { Context } from "./context";
import { el } from "./dom";

/** The dialogue with the link and the code to embed. */
export function sharing(_context: Context, _map: L.Map): HTMLDialogElement {
  return el("dialog", { class: "gc-share" });
}
