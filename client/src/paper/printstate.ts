/** Paper has no controls: what narrows the map is written out in one sentence. */
import type { Atlas } from "../geometry/atlas";
import { KINDS } from "../legend/counts";
import { cut } from "../page/cutting";
import type { Filters } from "../state/filters";
import { date, euros } from "../page/format";
import type { State } from "../state/store";
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
    listed("print.theme", [...filters.themes].map((text) => cut(text))),
    listed("print.operator", [...filters.operators].map((text) => cut(text))),
    departements[filters.departement]?.name ?? "",
    epci[filters.epci]?.name ?? "",
    amount(filters, words),
  ].filter(Boolean);
}

const MOST_NAMES = 6;

/** The layers that are on or off, whichever are fewer: a pile-up or a white area is false without them. */
function layers(atlas: Atlas, hidden: ReadonlySet<number>, words: Words): string {
  const { programmes } = atlas.payload;
  const names = (on: boolean): string[] => programmes.filter((_, index) => hidden.has(index) !== on).map(({ short }) => cut(short));
  const [shown, off] = [names(true), names(false)];
  if (off.length === 0) return "";
  if (shown.length > 0 && shown.length <= MOST_NAMES) return words.get("print.layers.on", { list: shown.join(", ") });
  if (off.length <= MOST_NAMES) return words.get("print.layers.off", { list: off.join(", ") });
  return words.get("print.layers.some", { n: shown.length, all: programmes.length });
}

/** What was chosen and what narrows the map, and the day; the time axis writes its years itself. */
export function printState(atlas: Atlas, { filters, hidden }: Pick<State, "filters" | "hidden">, words: Words, today: string, chosen = ""): string {
  const list = facets(atlas, filters, words);
  return [
    chosen && words.get("print.chosen", { name: chosen }),
    list.length > 0 ? words.get("print.filters", { list: list.join("\u00a0; ") }) : "",
    layers(atlas, hidden, words),
    words.get("print.date", { date: date(today, words.lang) }),
  ].filter(Boolean).join(" · ");
}
