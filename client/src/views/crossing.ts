/** Two or three programmes crossed: which of them covers each commune. */
import type { Atlas } from "../geometry/atlas";
import type { Extents } from "./extents";
import { isVast } from "../map/sheets";

/** The contracts and missions of a programme whose perimeter is known. */
function areas(atlas: Atlas, programme: number): number[] {
  return atlas.ofProgramme[programme]!.filter((index) => {
    const { kind, communes } = atlas.payload.records[index]!;
    return kind !== "operation" && communes.length > 0;
  });
}

/** The programmes that can be crossed. */
export function crossable(atlas: Atlas): number[] {
  return [...atlas.payload.programmes.keys()].filter((programme) => areas(atlas, programme).length > 0);
}

/** For each commune, one bit for each programme that covers it; only the records that pass count. */
export function cross(atlas: Atlas, extents: Extents, programmes: readonly number[], passing: ReadonlySet<number>): Uint8Array {
  const mask = new Uint8Array(extents.count("commune"));
  programmes.forEach((programme, rank) => {
    for (const record of areas(atlas, programme)) {
      if (passing.has(record)) extents.eachCommune(record, (commune) => (mask[commune]! |= 1 << rank));
    }
  });
  return mask;
}

/** The combinations of so many programmes: all of them first, each alone last. */
export function combinations(programmes: number): number[] {
  const masks = Array.from({ length: 2 ** programmes - 1 }, (_, n) => n + 1);
  const bits = (mask: number): number => [0, 1, 2].filter((rank) => mask & (1 << rank)).length;
  return masks.sort((a, b) => bits(b) - bits(a) || a - b);
}

/** So many programmes, the largest, are compared: their pairs are enough to begin with something to see. */
const COMPARED = 64;

interface Cover {
  readonly programme: number;
  readonly bits: Uint32Array;
  readonly size: number;
}

function ones(bits: number): number {
  let n = bits - ((bits >>> 1) & 0x55555555);
  n = (n & 0x33333333) + ((n >>> 2) & 0x33333333);
  return Math.imul((n + (n >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** The communes that a programme covers, one bit for each; null where it is as wide as a département or wider. */
function coverOf(atlas: Atlas, extents: Extents, programme: number): Cover | null {
  const bits = new Uint32Array((extents.count("commune") + 31) >> 5);
  for (const record of areas(atlas, programme)) {
    if (isVast(atlas, extents.size(record))) return null;
    extents.eachCommune(record, (commune) => (bits[commune >> 5]! |= 1 << (commune & 31)));
  }
  return { programme, bits, size: bits.reduce((sum, word) => sum + ones(word), 0) };
}

/**
 * Two programmes that say something together: the pair whose combinations (both, either alone,
 * neither) are all as large as can be. Those as wide as a département or wider are left out: what
 * they cross is no news.
 */
export function firstPair(atlas: Atlas, extents: Extents): number[] {
  const all = crossable(atlas);
  const covers = all.map((programme) => coverOf(atlas, extents, programme)).filter((cover) => cover !== null);
  const narrow = new Set(covers.map(({ programme }) => programme));
  let best = [...all.filter((programme) => narrow.has(programme)), ...all.filter((programme) => !narrow.has(programme))].slice(0, 2);
  let most = 0;
  const communes = extents.count("commune");
  const largest = covers.sort((a, b) => b.size - a.size || a.programme - b.programme).slice(0, COMPARED);
  for (let a = 0; a < largest.length; a++) {
    for (let b = a + 1; b < largest.length; b++) {
      const [one, other] = [largest[a]!, largest[b]!];
      // Both, and the smaller one alone, share its communes: from here on no pair can do better.
      if (other.size >> 1 <= most) break;
      let both = 0;
      for (let word = 0; word < one.bits.length; word++) both += ones(one.bits[word]! & other.bits[word]!);
      const least = Math.min(both, one.size - both, other.size - both, communes - one.size - other.size + both);
      if (least > most) [most, best] = [least, [one.programme, other.programme].sort((x, y) => x - y)];
    }
  }
  return best;
}

/** The programmes after a choice: one that stands elsewhere already changes places; -1 takes the third one away. */
export function withChoice(crossed: readonly number[], rank: number, programme: number): readonly number[] {
  const there = crossed.indexOf(programme);
  if (there === rank || (there >= 0 && rank >= crossed.length)) return crossed;
  const chosen = [...crossed];
  if (there >= 0) chosen[there] = chosen[rank]!;
  chosen[rank] = programme;
  return chosen.filter((own) => own >= 0);
}
