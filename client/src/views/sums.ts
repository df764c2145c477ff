/**
 * Euros of records, added up so that nothing is counted twice: the same rules as
 * `add_up` in the package. A record may lie in the amount of another one (`counted`); those
 * that are added up then form trees, and what a payer gives is taken nearest to the root.
 */
import { knownAmount } from "../state/filters";
import type { Entry, Payer } from "../payload";

type Summed = Pick<Entry, "total" | "amounts" | "yearly" | "counted">;

export interface Funding {
  readonly total: number | null;
  readonly payers: ReadonlyMap<Payer, number>;
}

/** Cents: sums of decimal fractions are only nearly so. */
const rounded = (euros: number): number => Math.round(euros * 100) / 100;
const sum = (values: Iterable<number>): number => [...values].reduce((a, b) => a + b, 0);

/** For each record, whether it is counted, step by step, in itself. */
function onCircle(records: readonly Summed[], start: number): boolean {
  let at = records[start]!.counted;
  for (let steps = 0; at >= 0 && steps <= records.length; steps++) {
    if (at === start) return true;
    at = records[at]?.counted ?? -1;
  }
  return false;
}

/** The first of the chosen records around one, or -1; who stands on a circle has none. */
function nearest(records: readonly Summed[], chosen: ReadonlySet<number>, index: number): number {
  let at = index;
  for (let steps = 0; steps <= records.length; steps++) {
    if (onCircle(records, at)) return -1;
    at = records[at]!.counted;
    if (at < 0 || chosen.has(at)) return at;
  }
  return -1;
}

/** A record's amounts with what its parts alone tell. */
function completed(record: Summed, parts: Funding): Funding {
  const own = new Map(record.amounts.map(({ payer, eur }) => [payer, eur]));
  const payers = new Map([...parts.payers, ...own]);
  if (record.total === null) {
    if (own.has("unattributed")) {
      // What the parts attribute is no longer without a payer.
      const told = sum([...payers].filter(([payer]) => !own.has(payer)).map(([, euros]) => euros));
      payers.set("unattributed", Math.max(0, rounded(payers.get("unattributed")! - told)));
    }
    return { total: payers.size > 0 ? sum(payers.values()) : null, payers };
  }
  payers.delete("unattributed");
  const rest = rounded(record.total - sum(payers.values()));
  if (rest > 0) payers.set("unattributed", rest);
  return { total: record.total, payers };
}

function together(parts: readonly Funding[]): Funding {
  const payers = new Map<Payer, number>();
  let total: number | null = null;
  for (const part of parts) {
    if (part.total !== null) total = (total ?? 0) + part.total;
    for (const [payer, euros] of part.payers) payers.set(payer, (payers.get(payer) ?? 0) + euros);
  }
  return { total: total === null ? null : rounded(total), payers: new Map([...payers].map(([payer, euros]) => [payer, rounded(euros)])) };
}

/** What some records add up to in total and by payer, each euro once; amounts of a year are left out. */
export function fundingOf(records: readonly Summed[], some: Iterable<number>): Funding {
  const chosen = new Set([...some].filter((index) => !records[index]!.yearly && knownAmount(records[index]!) !== null));
  const inside = new Map<number, number[]>();
  const roots: number[] = [];
  for (const index of chosen) {
    const parent = nearest(records, chosen, index);
    if (parent < 0) roots.push(index);
    else inside.set(parent, [...(inside.get(parent) ?? []), index]);
  }
  const funding = (index: number): Funding => completed(records[index]!, together((inside.get(index) ?? []).map(funding)));
  return together(roots.map(funding));
}

/** The total alone; null where no amount is known. */
export function addUp(records: readonly Summed[], some: Iterable<number>): number | null {
  return fundingOf(records, some).total;
}
