/** What the table shows, in one sentence: how many rows, and what narrows them. */
import type { Atlas } from "../geometry/atlas";
import { once } from "../filter/spelling";
import { cut } from "../page/cutting";
import { euros, number } from "../page/format";
import type { State } from "../state/store";
import { columnLabel, COLUMNS, sortedColumn, type Column, type Part } from "./tablerows";
import type { Word, Words } from "../page/words";

/** The filters that are set, each in a few words. */
export function narrowing(atlas: Atlas, { filters, period, hidden }: Pick<State, "filters" | "period" | "hidden">, words: Words): string[] {
  const { epci, departements } = atlas.payload.places;
  const { kinds, statuses, themes, operators, departement, least, most } = filters;
  const or = (texts: readonly string[]): string => texts.join(words.get("table.filter.or"));
  const parts: string[] = [];
  if (kinds.size > 0) parts.push(or([...kinds].map((kind) => words.count(`unit.${kind}`, 2))));
  if (statuses.size > 0) parts.push(or([...statuses].map((status) => (status === "" ? words.get("table.filter.status.none") : words.get(`status.${status}` as Word)))));
  if (themes.size > 0) parts.push(words.get("table.filter.themes", { list: or(once(themes).map((text) => cut(text))) }));
  if (operators.size > 0) parts.push(words.get("table.filter.operators", { list: or(once(operators).map((text) => cut(text))) }));
  if (departement >= 0) parts.push(departements[departement]?.name ?? "");
  if (filters.epci >= 0) parts.push(epci[filters.epci]?.name ?? "");
  if (least !== null) parts.push(words.get("table.filter.least", { amount: euros(least, words.lang) }));
  if (most !== null) parts.push(words.get("table.filter.most", { amount: euros(most, words.lang) }));
  if (period !== null) {
    const { from, to } = period;
    parts.push(from === to ? words.get("table.filter.year", { year: from }) : words.get("table.filter.years", { from, to }));
    if (period.undated) parts.push(words.get("table.filter.undated"));
  }
  if (hidden.size > 0) parts.push(words.count("table.filter.hidden", hidden.size));
  return parts.filter(Boolean);
}

/** "128 lignes affichées sur 175, filtres : Nord, en vigueur en 2019"; a part of the `found` rows stands in the table. The order is said where no heading shows it. */
export function captionText(
  atlas: Atlas, state: State, found: number, { from, to }: Part, words: Words, shown: ReadonlySet<Column> = new Set(COLUMNS),
): string {
  const all = atlas.payload.records.length;
  const parts = narrowing(atlas, state, words);
  const total = number(all, words.lang);
  const rows = found === all && parts.length === 0 ? words.count("table.rows", all) : words.count("table.rows.of", found, { all: total });
  const first = from > 0 ? words.get("table.rows.part", { from: number(from + 1, words.lang), to: number(Math.min(to, found), words.lang) })
    : to < found ? words.get("table.rows.first", { n: number(to, words.lang) }) : "";
  const filters = parts.length > 0 ? words.get("table.filters", { list: parts.join(", ") }) : "";
  const column = sortedColumn(state.sorting);
  const order = shown.has(column) ? "" : words.get(state.sorting.down ? "table.order.down" : "table.order.up", { column: columnLabel(column, words) });
  return rows + first + filters + order;
}
