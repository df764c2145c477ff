/** The table itself: headings that sort, a row for each record in view, the chosen one marked. */
import type { Context } from "../state/context";
import { button, el, FRENCH, icon } from "../page/dom";
import { longText } from "../page/longtext";
import { NO_FILTERS } from "../state/filters";
import { recordsInView } from "../state/selection";
import { captionText } from "./tablecaption";
import { backward, cellOf, columnLabel, COLUMNS, forward, isAmount, partWith, sortedColumn, sortRows, STEP, type Column, type Part } from "./tablerows";

/** As many as a tall screen shows; the others follow when these are painted. */
const FIRST = 40;
/** As many rows are kept for when they come back. */
const KEPT = 6 * STEP;
const START: Part = { from: 0, to: STEP };

export interface Grid {
  readonly element: HTMLElement;
  /** Draw what is in view, in the order of the state. `anew`: most rows are new or move. */
  update(anew: boolean): void;
  /** Mark the chosen record and bring it into sight, however far down it stands. */
  mark(): void;
  /** The rows that were asked for on top of the first ones go. */
  shorten(): void;
  /** The records in view, all of them, as they are sorted. */
  rows(): readonly number[];
}

/** `told` is given the sentence that says what is drawn. */
export function tableGrid(
  context: Context, shown: () => ReadonlySet<Column>, choose: (index: number) => void, told: (caption: string) => void,
): Grid {
  const { atlas, store, words, announce } = context;
  const { records } = atlas.payload;
  const caption = el("caption", { class: "gc-hidden" });
  const columns = el("colgroup");
  const head = el("tr");
  const body = el("tbody");
  /** Other rows: the focus goes on with them, as the button may be gone. */
  const turn = (next: Part): void => {
    const row = next.from < part.from ? next.from : part.to;
    part = next;
    draw(false);
    rows.get(sorted[row]!)?.querySelector("button")?.focus();
  };
  const before = button({ class: "gc-small-button gc-table-more", hidden: true }, () => turn(backward(part)));
  const more = button({ class: "gc-small-button gc-table-more" }, () => turn(forward(part)));
  const table = el("table", { class: "gc-table" }, caption, columns, el("thead", {}, head), body);
  const element = el("div", { class: "gc-table-scroll" }, before, table, more);
  let part: Part = START;
  let pending = 0;
  /** Draw what was left for later. */
  let rest: (() => void) | null = null;
  let sorted: readonly number[] = [];
  /** Which columns the headings and the kept rows are made for. */
  let made: ReadonlySet<Column> | null = null;
  const rows = new Map<number, HTMLTableRowElement>();
  const headings = new Map<Column, HTMLTableCellElement>();

  const sortBy = (column: Column): void => {
    const { sorting } = store.state;
    const down = sortedColumn(sorting) === column ? !sorting.down : isAmount(column);
    store.set({ sorting: { column, down } });
    announce.say(words.get(down ? "table.sorted.down" : "table.sorted.up", { column: columnLabel(column, words) }));
  };
  const heading = (column: Column): HTMLTableCellElement => el("th", { scope: "col", class: isAmount(column) ? "gc-amount" : null },
    button({ class: "gc-sort" }, () => sortBy(column), columnLabel(column, words), icon("chevron")));
  const unknown = (): HTMLElement[] => [
    el("span", { class: "gc-unknown", "aria-hidden": "true" }, "–"), el("span", { class: "gc-hidden" }, words.get("table.unknown"))];
  const row = (index: number): HTMLTableRowElement => {
    const record = records[index]!;
    const line = el("tr", { "data-record": record.id, "data-index": index });
    for (const column of COLUMNS) {
      if (!made!.has(column)) continue;
      if (column === "title") {
        line.append(el("th", { scope: "row" },
          ...longText(words, record.title, (text) => el("button", { type: "button", class: "gc-link-button", ...FRENCH }, text))));
        continue;
      }
      const cell = cellOf(atlas, record, column, words);
      const content = cell === null ? unknown() : longText(words, cell.text);
      line.append(el("td", { class: isAmount(column) ? "gc-amount" : null, title: cell?.hint }, ...content));
    }
    return line;
  };
  const frame = (): void => {
    made = shown();
    rows.clear();
    headings.clear();
    for (const column of COLUMNS) if (made.has(column)) headings.set(column, heading(column));
    head.replaceChildren(...headings.values());
    columns.replaceChildren(...[...headings.keys()].map((column) => el("col", { class: `gc-col-${column}` })));
  };
  const nothing = (): HTMLTableRowElement => el("tr", { class: "gc-table-empty" }, el("td", { colspan: headings.size },
    el("p", {}, words.get(records.length > 0 ? "table.empty" : "table.empty.register")),
    records.length === 0 ? null : button({ class: "gc-small-button" }, () => {
      store.set({ filters: NO_FILTERS, period: null, hidden: new Set() });
      element.closest("section")?.querySelector("h2")?.focus();
    }, words.get("table.reset"))));
  /** Rows that stay where they are are not touched: laying them out again takes longer than all the rest. */
  const place = (lines: readonly HTMLTableRowElement[]): void => {
    const wanted = new Set(lines);
    for (const line of [...body.rows]) if (!wanted.has(line)) line.remove();
    let at = body.firstElementChild;
    for (const line of lines) {
      if (line === at) at = line.nextElementSibling;
      else body.insertBefore(line, at);
    }
  };
  const update = (anew: boolean): void => {
    if (made !== shown()) frame();
    sorted = sortRows(atlas, recordsInView(atlas, store.state), store.state.sorting, words);
    if (anew) part = { from: 0, to: part.to - part.from };
    draw(anew);
  };
  /** Draw a part of the rows that are sorted. */
  const draw = (anew: boolean): void => {
    const { sorting } = store.state;
    const drawn = sorted.slice(part.from, part.to);
    // Rows that were drawn once are kept, but not all that ever were.
    if (rows.size > KEPT) for (const index of [...rows.keys()]) if (!rows.get(index)!.isConnected) rows.delete(index);
    for (const [column, cell] of headings) {
      if (column === sortedColumn(sorting)) cell.setAttribute("aria-sort", sorting.down ? "descending" : "ascending");
      else cell.removeAttribute("aria-sort");
    }
    window.clearTimeout(pending);
    const lines = (some: readonly number[]): HTMLTableRowElement[] => some.map((index) => {
      let line = rows.get(index);
      if (!line) rows.set(index, (line = row(index)));
      return line;
    });
    if (drawn.length === 0) place([nothing()]);
    else place(lines(anew ? drawn.slice(0, FIRST) : drawn));
    if (anew) element.scrollTop = 0;
    rest = !anew || drawn.length <= FIRST ? null : (): void => {
      window.clearTimeout(pending);
      rest = null;
      place(lines(drawn));
      count(drawn);
      current();
    };
    if (rest) pending = window.setTimeout(rest, 30);
    const left = sorted.length - part.from - drawn.length;
    more.hidden = left <= 0;
    more.textContent = words.count("table.more", Math.min(STEP, left));
    before.hidden = part.from === 0;
    before.textContent = words.count("table.before", Math.min(STEP, part.from));
    count(drawn);
    current();
    const text = captionText(atlas, store.state, sorted.length, part, words, made!);
    caption.textContent = text;
    told(text);
  };
  /** Where only a part is drawn, say which rows of how many these are (the heading is the first). */
  const count = (drawn: readonly number[]): void => {
    const whole = drawn.length === sorted.length;
    if (whole) table.removeAttribute("aria-rowcount");
    else table.setAttribute("aria-rowcount", String(sorted.length + 1));
    drawn.forEach((index, i) => {
      const line = rows.get(index);
      if (whole) line?.removeAttribute("aria-rowindex");
      else line?.setAttribute("aria-rowindex", String(part.from + i + 2));
    });
  };
  const current = (): HTMLTableRowElement | null => {
    const { chosen } = store.state;
    const line = chosen?.kind === "record" ? rows.get(chosen.index) ?? null : null;
    for (const marked of body.querySelectorAll("[aria-current]")) if (marked !== line) marked.removeAttribute("aria-current");
    line?.setAttribute("aria-current", "true");
    return line;
  };
  const mark = (): void => {
    const { chosen } = store.state;
    const needed = partWith(part, chosen?.kind === "record" ? sorted.indexOf(chosen.index) : -1);
    if (needed !== part) {
      part = needed;
      draw(false);
    }
    let line = current();
    if (rest && chosen?.kind === "record" && !line?.isConnected) {
      rest();
      line = current();
    }
    if (!line?.isConnected) return;
    const box = line.getBoundingClientRect();
    const top = head.getBoundingClientRect().bottom;
    const { bottom } = element.getBoundingClientRect();
    if (box.top < top) element.scrollTop -= top - box.top;
    else if (box.bottom > bottom) element.scrollTop += Math.min(box.bottom - bottom, box.top - top);
  };

  const indexOf = (event: Event): number => {
    const line = (event.target as HTMLElement).closest<HTMLElement>("tr[data-index]");
    return line ? Number(line.dataset.index) : -1;
  };
  const raise = (event: Event): void => {
    const index = indexOf(event);
    const { raised } = store.state;
    if (index >= 0 && (raised?.kind !== "record" || raised.index !== index)) store.set({ raised: { kind: "record", index } });
  };
  // A browser leaves a heading that juts out of the table where it is.
  head.addEventListener("focusin", (event) => (event.target as HTMLElement).scrollIntoView({ block: "nearest", inline: "nearest" }));
  body.addEventListener("click", (event) => {
    if ((event.target as HTMLElement).closest("th button:not(.gc-text-more)")) choose(indexOf(event));
  });
  body.addEventListener("pointerover", (event) => event.pointerType !== "touch" && raise(event));
  body.addEventListener("pointerleave", (event) => event.pointerType !== "touch" && store.set({ raised: null }));
  body.addEventListener("focusin", (event) => (event.target as HTMLElement).matches(":focus-visible") && raise(event));
  body.addEventListener("focusout", () => store.set({ raised: null }));
  return { element, update, mark, shorten: () => void (part = START), rows: () => sorted };
}
