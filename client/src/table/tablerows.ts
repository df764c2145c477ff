/** The table without its drawing: its columns, what a record says in each, and the order of rows. */
import type { Atlas } from "../geometry/atlas";
import { euros, exactEuros } from "../page/format";
import type { Entry, Payer } from "../payload";
import { knownAmount } from "../state/amounts";
import type { Sorting } from "../state/store";
import type { Word, Words } from "../page/words";
import { placesOf } from "./collation";
import { sizeOf } from "../geometry/runs";

const PAYERS: readonly Payer[] = ["state", "eu", "region", "department", "other", "unattributed"];
const DATES = ["signed", "starts", "ends"] as const;

export const COLUMNS = ["title", "kind", "programme", "status", ...DATES, "territory", "basis", "total", ...PAYERS, "source"] as const;
export type Column = typeof COLUMNS[number];

/** What is shown first: it fits beside the legend on a screen of 1280 pixels. */
export const USUAL: ReadonlySet<Column> = new Set<Column>(["title", "kind", "programme", "status", "starts", "territory", "total"]);

/** More rows than that are drawn on demand only. */
export const STEP = 500;

/** Of more places than that the first is named and the others are counted. */
const NAMED = 2;

/** What stands in a cell, and in more words on hover. */
export interface Cell {
  readonly text: string;
  readonly hint?: string;
}

const isPayer = (column: Column): column is Payer => (PAYERS as readonly string[]).includes(column);
const isDate = (column: Column): column is typeof DATES[number] => (DATES as readonly string[]).includes(column);

/** Whether a column holds amounts. */
export function isAmount(column: Column): boolean {
  return column === "total" || isPayer(column);
}

export function columnLabel(column: Column, words: Words): string {
  return words.get((isPayer(column) ? `payer.${column}` : `table.column.${column}`) as Word);
}

/** 2015-11-13 as 13/11/2015; what is partial stays partial. */
export function shortDate(iso: string): string {
  return /^\d{4}(-\d{2}){0,2}$/.test(iso) ? iso.split("-").reverse().join("/") : iso;
}

/** As the source states it. */
export function amountOf(record: Entry, column: "total" | Payer): number | null {
  if (column === "total") return record.total;
  return record.amounts.find(({ payer }) => payer === column)?.eur ?? null;
}

/** What the column of amounts shows and is sorted by, as the filter takes it: without a total, the payers together. */
function shownAmount(record: Entry, column: "total" | Payer): number | null {
  return column === "total" ? knownAmount(record) : amountOf(record, column);
}

function amountCell(record: Entry, column: "total" | Payer, words: Words): Cell | null {
  const value = shownAmount(record, column);
  if (value === null) return null;
  const each = record.yearly ? ` ${words.get("amount.yearly")}` : "";
  const [text, hint] = [euros(value, words.lang) + each, exactEuros(value, words.lang) + each];
  // The payers that are known need not be all of them.
  if (amountOf(record, column) === null) return { text: words.get("table.amount.least", { amount: text }), hint: words.get("table.amount.least.hint", { amount: hint }) };
  return { text, hint };
}

/** The state of things; what may have changed since carries the year of the document that says so. */
function statusCell(atlas: Atlas, record: Entry, words: Words): Cell | null {
  if (record.status === null) return null;
  const status = statusName(record, words);
  const year = atlas.payload.sources[record.source]?.published.slice(0, 4);
  const passes = record.status === "in_force" || record.status === "planned" || record.status === "announced";
  if (!passes || !year) return { text: status };
  return { text: `${status} (${year})`, hint: words.get("status.asof", { status, year }) };
}

export function statusName(record: Entry, words: Words): string {
  if (record.status === null) return "";
  return words.get(record.status === "in_force" && record.kind === "operation" ? "status.running" : `status.${record.status}`);
}

function territoryCell(record: Entry, words: Words): Cell | null {
  const { places } = record;
  if (places.length === 0) return null;
  const communes = sizeOf(record.communes);
  const many = places.length > NAMED;
  const named = many ? `${places[0]!} ${words.count("table.places.more", places.length - 1)}` : places.join(", ");
  const count = communes > 1 ? ` · ${words.count("place.communes", communes)}` : "";
  return many ? { text: named + count, hint: places.join(", ") } : { text: named + count };
}

export function sourceText(atlas: Atlas, record: Entry): string {
  return [atlas.payload.sources[record.source]?.title, record.section].filter(Boolean).join(", ");
}

/** What a record says in a column, or null where its source says nothing. */
export function cellOf(atlas: Atlas, record: Entry, column: Column, words: Words): Cell | null {
  if (isDate(column)) {
    const iso = record[column];
    return iso === null ? null : { text: shortDate(iso) };
  }
  if (column === "total" || isPayer(column)) return amountCell(record, column, words);
  switch (column) {
    case "title": return { text: record.title };
    case "kind": return { text: words.kind(record.kind) };
    case "programme": return { text: atlas.payload.programmes[record.programme]!.short, hint: atlas.payload.programmes[record.programme]!.name };
    case "status": return statusCell(atlas, record, words);
    case "territory": return territoryCell(record, words);
    case "basis": return record.basis === null ? null : { text: words.get(`table.basis.${record.basis}`) };
    case "source": {
      const text = sourceText(atlas, record);
      return text ? { text } : null;
    }
  }
}

/** What a column is sorted by: amounts as numbers, dates from the year on, the rest as it is read. */
function keyOf(atlas: Atlas, record: Entry, column: Column, words: Words): string | number | null {
  if (isDate(column)) return record[column];
  if (column === "total" || isPayer(column)) return shownAmount(record, column);
  if (column === "territory") return record.places.length > 0 ? record.places.join(", ") : null;
  return cellOf(atlas, record, column, words)?.text ?? null;
}

/** The column of a sorting; a name that is no column, from an old link, is the title. */
export function sortedColumn(sorting: Sorting): Column {
  return COLUMNS.find((column) => column === sorting.column) ?? "title";
}

/** What a column puts its records in order by: numbers that grow; NaN where nothing is known. */
function placesIn(atlas: Atlas, column: Column, words: Words): Float64Array {
  const { records } = atlas.payload;
  const keys = records.map((record) => keyOf(atlas, record, column, words));
  if (isAmount(column)) return Float64Array.from(keys, (key) => (key === null ? NaN : Number(key)));
  const texts = keys.flatMap((key) => (key === null ? [] : [String(key)]));
  const places = placesOf(texts, words.lang, !isDate(column));
  let at = 0;
  return Float64Array.from(keys, (key) => (key === null ? NaN : places[at++]!));
}

const sorted = new WeakMap<Atlas, Map<Column, Float64Array>>();

/** The records in order: unknown last whichever way, equals as they were. A column is worked out once. */
export function sortRows(atlas: Atlas, indices: readonly number[], sorting: Sorting, words: Words): number[] {
  const column = sortedColumn(sorting);
  const known = sorted.get(atlas) ?? new Map<Column, Float64Array>();
  sorted.set(atlas, known);
  const places = known.get(column) ?? placesIn(atlas, column, words);
  known.set(column, places);
  const way = sorting.down ? -1 : 1;
  const unknown = (index: number): boolean => Number.isNaN(places[index]!);
  return [
    ...indices.filter((index) => !unknown(index)).sort((a, b) => way * (places[a]! - places[b]!)),
    ...indices.filter(unknown),
  ];
}

/** The rows that are drawn, of all that are found. */
export interface Part {
  readonly from: number;
  readonly to: number;
}

/** More rows than that are not drawn at once: the first ones go when others are asked for. */
const MOST_ROWS = 3 * STEP;

/** The part with the next rows after it. */
export function forward({ from, to }: Part): Part {
  const end = to + STEP;
  return { from: Math.max(from, end - MOST_ROWS), to: end };
}

/** The part with the rows before it. */
export function backward({ from, to }: Part): Part {
  const start = Math.max(0, from - STEP);
  return { from: start, to: Math.min(to, start + MOST_ROWS) };
}

/** The part that holds a row, in whole steps; as it is where it does already, or where there is no such row. */
export function partWith(part: Part, row: number): Part {
  if (row < 0 || (row >= part.from && row < part.to)) return part;
  if (row < part.from) {
    const from = Math.floor(row / STEP) * STEP;
    return { from, to: Math.min(part.to, from + MOST_ROWS) };
  }
  const to = Math.ceil((row + 1) / STEP) * STEP;
  return { from: Math.max(part.from, to - MOST_ROWS), to };
}
