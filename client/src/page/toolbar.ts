/** What one can do with the whole page: open the table, share, print. */
import type { Context } from "../state/context";
import { button, el, icon } from "./dom";

export function toolbar({ store, words }: Context, share: () => void): HTMLElement {
  const table = button({ class: "gc-tool", "aria-controls": "gc-table" }, () => store.set({ table: !store.state.table }), icon("table"), words.get("tool.table"));
  const update = (): void => table.setAttribute("aria-expanded", String(store.state.table));
  store.watch(["table"], update);
  update();
  return el("div", { class: "gc-toolbar" },
    table,
    button({ class: "gc-tool", "aria-haspopup": "dialog" }, share, icon("share"), words.get("tool.share")),
    button({ class: "gc-tool" }, () => window.print(), icon("print"), words.get("tool.print")));
}
