/** How many contracts, missions and operations: in figures for the eye, in full words for the ear. */
import type { Entry, Kind } from "./payload";
import type { Words } from "./words";

export const KINDS: readonly Kind[] = ["contract", "mission", "operation"];

export type Counts = Readonly<Record<Kind, number>>;

export function countKinds(records: readonly Pick<Entry, "kind">[]): Counts {
  const counts: Record<Kind, number> = { contract: 0, mission: 0, operation: 0 };
  for (const { kind } of records) counts[kind]++;
  return counts;
}

/** "9 contrats, 4 opérations"; kinds of which there are none are left out. */
export function countsText(counts: Counts, words: Words, separator = ", "): string {
  const parts = KINDS.filter((kind) => counts[kind] > 0).map((kind) => words.count(`kinds.${kind}`, counts[kind]));
  return parts.length > 0 ? parts.join(separator) : words.count("kinds.contract", 0);
}

/** What a line of the legend shows: the contracts or missions, and operations apart. */
export function countsShort(counts: Counts, words: Words): { main: string; more: string } {
  const main = counts.contract + counts.mission;
  const { operation } = counts;
  const more = operation === 0 ? "" : words.get(main > 0 ? "legend.operations.more" : "legend.operations", { n: operation });
  return { main: main > 0 ? String(main) : "", more };
}

/** "9 contrats, dont 1 affiché": how many there are, and how many of them are shown when they are fewer. */
export function shownOf(all: Counts, shown: Counts, words: Words): string {
  const kinds = KINDS.filter((kind) => kind === "contract" || all[kind] > 0);
  return kinds.map((kind) => {
    const total = words.count(`kinds.${kind}`, all[kind]);
    if (shown[kind] === all[kind]) return total;
    return `${total}, ${words.count(kind === "contract" ? "shown.contract" : "shown.other", shown[kind])}`;
  }).join(" · ");
}
