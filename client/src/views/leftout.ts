/** What a thematic map leaves out: the programmes that are switched off, and the filters. */
import type { Atlas } from "../geometry/atlas";
import type { State } from "../state/store";
import { narrowing } from "../table/tablecaption";
import type { Words } from "../page/words";

/** Of more programmes than that the first are named and the others are counted. */
const NAMED = 5;

type Told = Pick<State, "mode" | "hidden" | "filters" | "period">;

/** Programmes crossed are chosen by name, so layers that are off leave nothing out there. */
export function leftOut(atlas: Atlas, { mode, hidden, filters, period }: Told, words: Words): string[] {
  const { programmes } = atlas.payload;
  const notes: string[] = [];
  if (hidden.size > 0 && mode !== "cross") {
    const names = programmes.filter((_, index) => hidden.has(index)).map(({ short }) => short);
    const first = names.slice(0, NAMED).join(", ");
    const more = names.length - NAMED;
    notes.push(words.count("scale.hidden", names.length, { list: more > 0 ? `${first} ${words.count("table.places.more", more)}` : first }));
  }
  const filtered = narrowing(atlas, { filters, period, hidden: new Set() }, words);
  if (filtered.length > 0) notes.push(words.get("scale.filtered", { list: filtered.join(", ") }));
  return notes;
}
