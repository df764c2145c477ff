/** The table beside the map: its head, its size, and where the focus goes. */
import type { Context } from "../state/context";
import { button, el, icon } from "../page/dom";
import { fileName, save } from "./download";
import { csvOf } from "./csv";
import { geojsonOf } from "./geojson";
import { columnChoice } from "./columnchoice";
import { tableGrid } from "./tablegrid";
import { USUAL, type Column } from "./tablerows";

/** From a few rows to the whole of the map's place. */
const SIZES = ["low", "half", "grand"] as const;

const narrow = (): boolean => matchMedia("(max-width: 47.5em)").matches;
const seen = (element: HTMLElement | null): boolean => element !== null && element.getClientRects().length > 0;

export function tablePanel(context: Context): HTMLElement {
  const { atlas, store, words, navigate, announce } = context;
  let columns: ReadonlySet<Column> = USUAL;
  let size = 1;
  /** What the focus goes back to. */
  let opener: HTMLElement | null = null;

  const choose = (index: number): void => {
    const chosen = { kind: "record", index } as const;
    const sheet = narrow();
    // On a phone the table hides the map: it makes room.
    store.set(sheet ? { chosen, table: false } : { chosen });
    navigate.show(chosen);
    if (sheet) document.querySelector<HTMLElement>("#gc-panel h2")?.focus();
  };
  const grid = tableGrid(context, () => columns, choose, (caption) => void (state.textContent = caption));
  const choice = columnChoice(context, () => columns, (next) => {
    columns = next;
    draw(true);
  });
  const state = el("p", { class: "gc-table-state", "aria-hidden": "true" }); // the caption says it to the ear
  const title = el("h2", { tabindex: -1, id: "gc-table-title" }, words.get("tool.table"));
  const columnsButton = button({ class: "gc-small-button", "aria-controls": "gc-columns", "aria-expanded": "false" }, () => unfold(choice.hidden), words.get("table.columns"), icon("chevron"));
  const unfold = (open: boolean): void => {
    choice.hidden = !open;
    columnsButton.setAttribute("aria-expanded", String(open));
  };
  const file = (extension: "csv" | "geojson", type: string, make: () => string): void => {
    const name = fileName(atlas.payload.title, extension);
    save(name, type, make());
    announce.say(words.count("table.saved", grid.rows().length, { name }));
  };
  const csv = button({ class: "gc-small-button", "aria-label": words.get("table.csv"), title: words.get("table.csv") },
    () => file("csv", "text/csv;charset=utf-8", () => csvOf(atlas, grid.rows(), words)), icon("download"), "CSV");
  const geojson = button({ class: "gc-small-button", "aria-label": words.get("table.geojson"), title: words.get("table.geojson") },
    () => file("geojson", "application/geo+json", () => geojsonOf(atlas, grid.rows())), icon("download"), "GeoJSON");
  const sizeButton = (step: 1 | -1): HTMLButtonElement => {
    const label = words.get(step > 0 ? "table.larger" : "table.smaller");
    return button({ class: "gc-icon-button gc-table-size", "aria-label": label, title: label }, () => {
      resize(size + step);
      announce.say(words.get(`table.size.${SIZES[size]!}`));
    }, icon(step > 0 ? "plus" : "minus"));
  };
  const smaller = sizeButton(-1);
  const larger = sizeButton(1);
  const close = (): void => store.set({ table: false });
  const element = el("section", { class: "gc-table-panel", id: "gc-table", "aria-labelledby": "gc-table-title", hidden: true },
    el("header", { class: "gc-table-head" },
      el("div", { class: "gc-table-title" }, title, state),
      el("div", { class: "gc-table-tools" }, columnsButton, csv, geojson, smaller, larger,
        button({ class: "gc-icon-button", "aria-label": words.get("table.close"), title: words.get("table.close") }, close, icon("close")))),
    choice, grid.element);
  element.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    if (choice.hidden) return close();
    unfold(false);
    columnsButton.focus();
  });

  /** The stage makes room for the table: its style sheet reads how much. */
  const arrange = (): void => {
    const stage = element.parentElement;
    if (stage) stage.dataset.table = store.state.table ? SIZES[size]! : "none";
  };
  const resize = (next: number): void => {
    size = Math.min(Math.max(next, 0), SIZES.length - 1);
    for (const [control, end] of [[smaller, 0], [larger, SIZES.length - 1]] as const) control.setAttribute("aria-disabled", String(size === end));
    arrange();
  };
  const draw = (anew: boolean): void => {
    grid.update(anew);
    const none = grid.rows().length === 0;
    csv.disabled = none;
    geojson.disabled = none;
  };
  const show = (moveFocus: boolean): void => {
    const { table } = store.state;
    const held = element.contains(document.activeElement);
    element.hidden = !table;
    arrange();
    if (table) {
      opener = document.activeElement instanceof HTMLElement ? document.activeElement : null;
      draw(true);
      grid.mark();
      if (moveFocus) title.focus({ preventScroll: true });
    } else {
      grid.shorten();
      unfold(false);
      store.set({ raised: null });
      const buttons = [opener, ...document.querySelectorAll<HTMLElement>('[aria-controls="gc-table"]')];
      if (held) buttons.find((candidate) => candidate !== document.body && seen(candidate))?.focus();
    }
  };
  resize(size);
  store.watch(["table"], () => show(true));
  store.watch(["passing", "hidden", "sorting"], (now, before) => {
    if (now.passing !== before.passing) grid.shorten();
    if (now.table) draw(now.sorting !== before.sorting);
  });
  store.watch(["chosen"], () => store.state.table && grid.mark());
  if (store.state.table) queueMicrotask(() => show(false)); // opened by the address of the page
  return element;
}
