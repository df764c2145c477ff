/** How many contracts, missions and operations: in figures for the eye, in full words for the ear. */
import type { Entry, Kind } from "../payload";
import type { Words } from "../page/words";

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

/** "3 contrats sur 5, 4 opérations": what is left of what there is. */
export function countsOf(all: Counts, left: Counts, words: Words): string {
  const parts = KINDS.filter((kind) => all[kind] > 0).map((kind) => (left[kind] === all[kind]
    ? words.count(`kinds.${kind}`, all[kind])
    : words.count(`left.${kind}`, left[kind], { all: all[kind] })));
  return parts.length > 0 ? parts.join(", ") : words.count("kinds.contract", 0);
}

/** "3 / 5", or "5" when nothing is missing. */
export function fraction(left: number, all: number): string {
  return left === all ? String(all) : `${left}\u00a0/\u00a0${all}`;
}

/** What a line of the legend shows: the contracts or missions, and operations apart; of each what is left. */
export function countsShort(all: Counts, words: Words, left: Counts = all): { main: string; more: string } {
  const main = all.contract + all.mission;
  const operations = fraction(left.operation, all.operation);
  const more = all.operation === 0 ? "" : words.get(main > 0 ? "legend.operations.more" : "legend.operations", { n: operations });
  return { main: main > 0 ? fraction(left.contract + left.mission, main) : "", more };
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
