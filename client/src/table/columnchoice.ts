/** Which columns the table shows, as the reader wants them. */
import type { Context } from "../state/context";
import { el } from "../page/dom";
import { columnLabel, COLUMNS, type Column } from "./tablerows";

/** A box for each but the title, which always is. */
export function columnChoice(context: Context, shown: () => ReadonlySet<Column>, change: (columns: ReadonlySet<Column>) => void): HTMLElement {
  const { words } = context;
  const boxes = COLUMNS.filter((column) => column !== "title").map((column) => {
    const box = el("input", { type: "checkbox", class: "gc-check", value: column });
    box.checked = shown().has(column);
    box.addEventListener("change", () => {
      const columns = new Set(shown());
      if (box.checked) columns.add(column);
      else columns.delete(column);
      change(columns);
    });
    return el("label", {}, box, columnLabel(column, words));
  });
  return el("fieldset", { class: "gc-columns", id: "gc-columns", hidden: true }, el("legend", {}, words.get("table.columns")), ...boxes);
}
