/** Paper has no controls: filters are written out in one sentence. */
import type { Atlas } from "../geometry/atlas";
import { KINDS } from "../legend/counts";
import type { Filters } from "../state/filters";
import { euros } from "../page/format";
import type { Word, Words } from "../page/words";

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

/** "Filtres : contrats ; Nord", or nothing where no filter narrows the map; the time axis writes its years itself. */
export function printState(atlas: Atlas, filters: Filters, words: Words): string {
  const list = facets(atlas, filters, words);
  return list.length > 0 ? words.get("print.filters", { list: list.join("\u00a0; ") }) : "";
}
