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
      if (passing.has(record)) for (const commune of extents.communes(record)) mask[commune]! |= 1 << rank;
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

/**
 * Two programmes that say something together: the pair whose three combinations are all as large
 * as can be. Those as wide as a département or wider are left out: what they cross is no news.
 */
export function firstPair(atlas: Atlas, extents: Extents): number[] {
  const vast = (programme: number): boolean => areas(atlas, programme).some((index) => isVast(atlas, extents.communes(index).length));
  const all = crossable(atlas).sort((a, b) => Number(vast(a)) - Number(vast(b)) || a - b).filter((programme, rank) => rank < 2 || !vast(programme));
  const everything = new Set(atlas.payload.records.keys());
  const masks = all.map((programme) => cross(atlas, extents, [programme], everything));
  let best = all.slice(0, 2);
  let most = 0;
  for (let a = 0; a < all.length; a++) {
    for (let b = a + 1; b < all.length; b++) {
      const sizes = [0, 0, 0, 0];
      const [inA, inB] = [masks[a]!, masks[b]!];
      for (let commune = 0; commune < inA.length; commune++) sizes[inA[commune]! + 2 * inB[commune]!]!++;
      const least = Math.min(...sizes);
      if (least > most) [most, best] = [least, [all[a]!, all[b]!]];
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
