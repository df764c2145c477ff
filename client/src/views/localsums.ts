/** Euros by unit: an amount is never split, so only what lies wholly in a unit is told there. */
import type { Atlas } from "../geometry/atlas";
import { isOutside, type Extents } from "./extents";
import { columnsOf } from "../state/columns";
import type { Unit } from "../state/store";
import { addUp } from "./sums";

export interface LocalSums {
  /** The known euros of each unit; NaN where none is known. */
  readonly euros: Float64Array;
  /** How many records lie wholly in each unit, their amount known or not. */
  readonly records: Uint32Array;
  /** What perimeters wider than a unit, and perimeters that are not known, add up to; null: nothing known. */
  readonly wider: number | null;
  readonly unplaced: number | null;
  /** What lies wholly outside the territory of the map. */
  readonly outside: number | null;
  /** Records whose amount is of a year, and those without any. */
  readonly yearly: number;
  readonly without: number;
}

export function localSums(atlas: Atlas, extents: Extents, unit: Unit, shown: readonly number[]): LocalSums {
  const { records } = atlas.payload;
  const { amount } = columnsOf(atlas);
  const euros = new Float64Array(extents.count(unit)).fill(NaN);
  const counts = new Uint32Array(euros.length);
  const homes = new Map<number, number[]>();
  const wider: number[] = [];
  const unplaced: number[] = [];
  const outside: number[] = [];
  let yearly = 0;
  let without = 0;
  for (const index of shown) {
    const record = records[index]!;
    const known = !Number.isNaN(amount[index]!);
    // Of what lies elsewhere only the sum is told, apart: it is no gap of this map.
    if (isOutside(record)) {
      if (known && !record.yearly) outside.push(index);
      continue;
    }
    const home = extents.home(unit, index);
    if (home >= 0) counts[home]!++;
    if (!known) without++;
    else if (record.yearly) yearly++;
    else if (home >= 0) {
      const own = homes.get(home);
      if (own) own.push(index);
      else homes.set(home, [index]);
    }
    else (record.communes.length > 0 ? wider : unplaced).push(index);
  }
  for (const [home, own] of homes) euros[home] = addUp(records, own) ?? NaN;
  return { euros, records: counts, wider: addUp(records, wider), unplaced: addUp(records, unplaced), outside: addUp(records, outside), yearly, without };
}
