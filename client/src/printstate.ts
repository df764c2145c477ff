/** Paper has no controls: filters and period are written out in one sentence. */
import type { Atlas } from "./atlas";
import { KINDS } from "./counts";
import type { Filters } from "./filters";
import { euros } from "./format";
import type { Period } from "./period";
import type { State } from "./store";
import type { Word, Words } from "./words";

function amount({ least, most }: Filters, words: Words): string {
  const sum = (value: number): string => euros(value, words.lang);
  if (least !== null && most !== null) return words.get("print.amount.between", { least: sum(least), most: sum(most) });
  if (least !== null) return words.get("print.amount.least", { least: sum(least) });
  return most === null ? "" : words.get("print.amount.most", { most: sum(most) });
}

function facets(atlas: Atlas, filters: Filters, words: Words): string[] {
  const { epci, departements } = atlas.payload.places;
  const listed = (key: Word, list: readonly string[]): string => (list.length === 0 ? "" : words.get(key, { list: list.join(", ") }));
  return [
    KINDS.filter((kind) => filters.kinds.has(kind)).map((kind) => words.count(`unit.${kind}`, 2)).join(", "),
    listed("print.status", [...filters.statuses].map((status) => words.get(status === "" ? "print.unsaid" : `status.${status}`))),
    listed("print.theme", [...filters.themes]),
    listed("print.operator", [...filters.operators]),
    departements[filters.departement]?.name ?? "",
    epci[filters.epci]?.name ?? "",
    amount(filters, words),
  ].filter(Boolean);
}

function years({ from, to, undated }: Period, words: Words): string {
  const when = from === to ? words.get("print.year", { year: from }) : words.get("print.years", { from, to });
  return undated ? words.get("print.undated", { when }) : when;
}

/** "Filtres : contrats ; Nord · En vigueur de 2017 à 2019", or nothing where nothing narrows the map. */
export function printState(atlas: Atlas, { filters, period }: Pick<State, "filters" | "period">, words: Words): string {
  const list = facets(atlas, filters, words);
  return [
    list.length > 0 ? words.get("print.filters", { list: list.join("\u00a0; ") }) : "",
    period ? years(period, words) : "",
  ].filter(Boolean).join(" · ");
}
