/** The records as a CSV file that a spreadsheet opens: every column, full texts. */
import { members, type Atlas } from "../geometry/atlas";
import { number, type Lang } from "../page/format";
import type { Entry, Payer } from "../payload";
import { amountOf, columnLabel, statusName } from "./tablerows";
import { sizeOf } from "../geometry/runs";
import type { Word, Words } from "../page/words";

export type Value = string | number | null;

const BOM = "\ufeff";
/** A spreadsheet takes a text that begins so for a formula, blanks and unseen signs aside; as `formula_safe` in Python. */
const FORMULA = /^[\s\p{C}]*[=+\-@＝＋－＠]|^[\t\r\0]/u;
/** Excel cuts a cell at 32,767 characters without a word. */
const LONGEST = 32_000;
const AMOUNTS: readonly ("total" | Payer)[] = ["total", "state", "eu", "region", "department", "other", "unattributed"];

/** One cell: quoted where RFC 4180 asks, harmless as a formula, numbers as the language writes them. */
export function csvCell(value: Value, lang: Lang): string {
  if (value === null) return "";
  if (typeof value === "number") return lang === "fr" ? String(value).replace(".", ",") : String(value);
  const text = FORMULA.test(value) ? `'${value}` : value;
  return /[";,\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}

/** UTF-8 with its mark; semicolons in French and commas in English, as Excel expects them there. */
export function csvText(rows: readonly (readonly Value[])[], lang: Lang): string {
  const separator = lang === "fr" ? ";" : ",";
  return BOM + rows.map((row) => `${row.map((value) => csvCell(value, lang)).join(separator)}\r\n`).join("");
}

interface Field {
  readonly label: string;
  value(record: Entry): Value;
}

function fieldsOf(atlas: Atlas, words: Words): Field[] {
  const { records, programmes, families, sources, places } = atlas.payload;
  const field = (label: Word, value: (record: Entry) => Value): Field => ({ label: words.get(label), value });
  const list = (texts: readonly string[]): string => texts.join("; ");
  const listOrCount = (texts: readonly string[], many: Word): string => {
    const text = list(texts);
    return text.length > LONGEST ? words.get(many, { n: number(texts.length, words.lang) }) : text;
  };
  // A code alone in its cell would be a number to a spreadsheet, which drops its first zero.
  const codes = (communes: readonly number[]): string => {
    const written = communes.map((commune) => places.communes.code[commune]!);
    return written.length === 1 ? `commune:${written[0]!}` : listOrCount(written, "csv.many.communes");
  };
  // The same columns whatever is in view: a fact that no record in view has keeps its place.
  const labels = new Set<string>();
  for (const { facts } of records) for (const { label } of facts) labels.add(label);
  return [
    field("csv.id", ({ id }) => id),
    field("table.column.kind", ({ kind }) => words.kind(kind)),
    field("table.column.title", ({ title }) => title),
    field("table.column.programme", ({ programme }) => programmes[programme]!.name),
    field("csv.family", ({ programme }) => families[programmes[programme]!.family]!.label),
    field("table.column.status", (record) => statusName(record, words)),
    field("table.column.signed", ({ signed }) => signed),
    field("table.column.starts", ({ starts }) => starts),
    field("table.column.ends", ({ ends }) => ends),
    field("table.column.territory", ({ places: own }) => listOrCount(own, "csv.many.places")),
    field("csv.communes.count", ({ communes }) => (communes.length > 0 ? sizeOf(communes) : null)),
    field("csv.communes", ({ communes }) => codes(members(communes))),
    field("csv.seats", ({ communes, towns }) => (communes.length === 0 ? codes(towns) : "")),
    field("table.column.basis", ({ basis }) => (basis === null ? null : words.get(`table.basis.${basis}`))),
    ...AMOUNTS.map((amount): Field => ({ label: `${columnLabel(amount, words)} (€)`, value: (record) => amountOf(record, amount) })),
    field("csv.period", (record) => (record.total === null && record.amounts.length === 0 ? null : words.get(record.yearly ? "csv.yearly" : "csv.whole"))),
    field("csv.contract", ({ contract }) => records[contract]?.id ?? null),
    field("csv.counted", ({ counted }) => records[counted]?.id ?? null),
    field("csv.operators", ({ operators }) => list(operators)),
    field("card.themes", ({ themes }) => list(themes)),
    ...[...labels].map((label): Field => ({ label, value: ({ facts }) => facts.find((fact) => fact.label === label)?.text ?? null })),
    field("csv.summary", ({ summary }) => summary),
    field("csv.remarks", ({ remarks }) => list(remarks)),
    field("csv.reasons", ({ reasons }) => list(reasons)),
    field("csv.links", ({ links }) => links.map(({ href, text }) => href ?? text).join(" ")),
    field("csv.source", ({ source }) => sources[source]?.title ?? null),
    field("csv.published", ({ source }) => sources[source]?.published ?? null),
    field("csv.section", ({ section }) => section),
  ];
}

/** These records, in this order. */
export function csvOf(atlas: Atlas, indices: readonly number[], words: Words): string {
  const fields = fieldsOf(atlas, words);
  const rows = indices.map((index) => fields.map((field) => field.value(atlas.payload.records[index]!)));
  return csvText([fields.map(({ label }) => label), ...rows], words.lang);
}
