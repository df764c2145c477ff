/** The table without its drawing: its columns, what a record says in each, and the order of rows. */
import { members, type Atlas } from "../geometry/atlas";
import { euros, exactEuros } from "../page/format";
import type { Entry, Payer } from "../payload";
import { knownAmount } from "../state/amounts";
import type { Sorting } from "../state/store";
import type { Word, Words } from "../page/words";

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
  const communes = members(record.communes).length;
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

/** The records in order: unknown last whichever way, equals as they were. */
export function sortRows(atlas: Atlas, indices: readonly number[], sorting: Sorting, words: Words): number[] {
  const column = sortedColumn(sorting);
  const { compare } = new Intl.Collator(words.lang === "fr" ? "fr" : "en", { numeric: !isDate(column) });
  const way = sorting.down ? -1 : 1;
  return indices
    .map((index) => ({ index, key: keyOf(atlas, atlas.payload.records[index]!, column, words) }))
    .sort(({ key: a }, { key: b }) => {
      if (a === null || b === null) return Number(a === null) - Number(b === null);
      return way * (typeof a === "number" && typeof b === "number" ? a - b : compare(String(a), String(b)));
    })
    .map(({ index }) => index);
}

/** How many rows have to be drawn for a record to be among them: whole steps, and none fewer than now. */
export function needOf(sorted: readonly number[], record: number, limit: number): number {
  return Math.max(limit, Math.ceil((sorted.indexOf(record) + 1) / STEP) * STEP);
}
