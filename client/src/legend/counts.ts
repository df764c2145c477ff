/** How many contracts, missions and operations: in figures for the eye, in full words for the ear. */
import type { Atlas } from "../geometry/atlas";
import { number, type Lang } from "../page/format";
import type { Entry, Kind } from "../payload";
import type { Words } from "../page/words";
import { columnsOf, KINDS } from "../state/columns";

export { KINDS };

export type Counts = Readonly<Record<Kind, number>>;

export function countKinds(records: readonly Pick<Entry, "kind">[]): Counts {
  const counts: Record<Kind, number> = { contract: 0, mission: 0, operation: 0 };
  for (const { kind } of records) counts[kind]++;
  return counts;
}

/** How many records of each programme and kind pass, those that are drawn and the others apart. */
interface Tally {
  readonly drawn: Uint32Array;
  readonly undrawn: Uint32Array;
}

const tallies = new WeakMap<object, Tally>();

/** Counted once for each set of records; `passing` is null for all of them. */
function tallyOf(atlas: Atlas, passing: ReadonlySet<number> | null): Tally {
  let tally = tallies.get(passing ?? atlas);
  if (tally === undefined) {
    const { kind, drawn, programme } = columnsOf(atlas);
    const size = atlas.payload.programmes.length * KINDS.length;
    tally = { drawn: new Uint32Array(size), undrawn: new Uint32Array(size) };
    for (let index = 0; index < kind.length; index++) {
      if (passing === null || passing.has(index)) tally[drawn[index] === 1 ? "drawn" : "undrawn"][programme[index]! * KINDS.length + kind[index]!]!++;
    }
    tallies.set(passing ?? atlas, tally);
  }
  return tally;
}

/** The records of some programmes that pass, by kind. */
export function countsIn(atlas: Atlas, programmes: Iterable<number>, passing: ReadonlySet<number> | null, part: keyof Tally = "drawn"): Counts {
  const tally = tallyOf(atlas, passing)[part];
  const counts: Record<Kind, number> = { contract: 0, mission: 0, operation: 0 };
  for (const programme of programmes) KINDS.forEach((kind, rank) => (counts[kind] += tally[programme * KINDS.length + rank]!));
  return counts;
}

export function plus(a: Counts, b: Counts): Counts {
  return { contract: a.contract + b.contract, mission: a.mission + b.mission, operation: a.operation + b.operation };
}

export const totalOf = (counts: Counts): number => counts.contract + counts.mission + counts.operation;

/** "9 contrats, 4 opérations"; kinds of which there are none are left out. */
export function countsText(counts: Counts, words: Words, separator = ", "): string {
  const parts = KINDS.filter((kind) => counts[kind] > 0).map((kind) => words.count(`kinds.${kind}`, counts[kind]));
  return parts.length > 0 ? parts.join(separator) : words.count("kinds.contract", 0);
}

/** "3 contrats sur 5, 4 opérations": what is left of what there is. */
export function countsOf(all: Counts, left: Counts, words: Words): string {
  const parts = KINDS.filter((kind) => all[kind] > 0).map((kind) => (left[kind] === all[kind]
    ? words.count(`kinds.${kind}`, all[kind])
    : words.count(`left.${kind}`, left[kind], { all: number(all[kind], words.lang) })));
  return parts.length > 0 ? parts.join(", ") : words.count("kinds.contract", 0);
}

/** "3 / 5", or "5" when nothing is missing. */
export function fraction(left: number, all: number, lang: Lang): string {
  return left === all ? number(all, lang) : `${number(left, lang)}\u00a0/\u00a0${number(all, lang)}`;
}

/** What a line of the legend shows: the contracts or missions, and operations apart; of each what is left. */
export function countsShort(all: Counts, words: Words, left: Counts = all): { main: string; more: string } {
  const main = all.contract + all.mission;
  const operations = fraction(left.operation, all.operation, words.lang);
  const more = all.operation === 0 ? "" : words.get(main > 0 ? "legend.operations.more" : "legend.operations", { n: operations });
  return { main: main > 0 ? fraction(left.contract + left.mission, main, words.lang) : "", more };
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
