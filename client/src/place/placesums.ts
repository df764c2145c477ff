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
  /** Those of them whose payers give more than the total that they state: why the share may exceed the sum. */
  readonly over: number;
  /** Records with an amount that is wider than the place, with one of each year, and without any. */
  readonly wider: number;
  readonly yearly: number;
  readonly without: number;
  /** What the State gives in each record where that is known, the least first; not to be added up. */
  readonly shares: readonly number[];
}

/** Whether the payers with a name give more than the total that a record states, by a cent or more. */
function isOver({ total, amounts }: Entry): boolean {
  const given = amounts.reduce((sum, { payer, eur }) => (payer === "unattributed" ? sum : sum + eur), 0);
  return total !== null && given >= total + 0.005;
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
  const over = inside.filter((index) => isOver(records[index]!)).length;
  return { all: some.length, inside: inside.length, total, state: payers.get("state") ?? null, over, wider, yearly, without, shares: shares.sort((a, b) => a - b) };
}
