/** Euros of a place: what lies wholly in it is added up, what is wider is only counted. */
import type { Entry } from "../payload";
import { knownAmount } from "../state/amounts";
import { liesWithin } from "../views/extents";
import { funding } from "../views/sums";

export interface PlaceSums {
  /** How many records there are. */
  readonly all: number;
  /** Those of the place alone with a known amount, what they add up to, and the State's share; null: nothing known. */
  readonly inside: number;
  readonly total: number | null;
  readonly state: number | null;
  /** Records with an amount that is wider than the place, with one of each year, and without any. */
  readonly wider: number;
  readonly yearly: number;
  readonly without: number;
  /** What the State gives in each record where that is known, the least first; not to be added up. */
  readonly shares: readonly number[];
}

/** The amounts of some records (those in view that cover a place); `communes` are those of the place. */
export function placeSums(records: readonly Entry[], some: readonly number[], communes: Iterable<number>): PlaceSums {
  const members = new Set(communes);
  const inside: number[] = [];
  const shares: number[] = [];
  let wider = 0;
  let yearly = 0;
  let without = 0;
  for (const index of some) {
    const record = records[index]!;
    if (knownAmount(record) === null) without++;
    else if (record.yearly) yearly++;
    else {
      const share = record.amounts.find(({ payer }) => payer === "state");
      if (share) shares.push(share.eur);
      if (liesWithin(record, (commune) => members.has(commune))) inside.push(index);
      else wider++;
    }
  }
  const { total, payers } = funding(records, inside);
  return { all: some.length, inside: inside.length, total, state: payers.get("state") ?? null, wider, yearly, without, shares: shares.sort((a, b) => a - b) };
}
