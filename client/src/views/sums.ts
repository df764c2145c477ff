/**
 * Euros of records, added up so that nothing is counted twice: the same rules as
 * `add_up` in the package, and the same cases (tests/webmap/sums.json). A record may lie in the
 * amount of another one (`counted`); those that are added up then form trees, and what a payer
 * gives is taken nearest to the root.
 */
import type { Entry, Payer } from "../payload";
import { knownAmount } from "../state/amounts";

type Summed = Pick<Entry, "total" | "amounts" | "yearly" | "counted">;

export interface Funding {
  readonly total: number | null;
  readonly payers: ReadonlyMap<Payer, number>;
}

/** Cents: sums of decimal fractions are only nearly so. */
const rounded = (euros: number): number => Math.round(euros * 100) / 100;
const sum = (values: Iterable<number>): number => [...values].reduce((a, b) => a + b, 0);

const circles = new WeakMap<readonly Summed[], ReadonlySet<number>>();

/** The records that are counted, step by step, in themselves; each is walked once. */
function onCircles(records: readonly Summed[]): ReadonlySet<number> {
  let found = circles.get(records) as Set<number> | undefined;
  if (found !== undefined) return found;
  circles.set(records, (found = new Set()));
  const walks = new Int32Array(records.length);
  for (let start = 0; start < records.length; start++) {
    let at = start;
    while (at >= 0 && walks[at] === 0) {
      walks[at] = start + 1;
      at = records[at]!.counted;
    }
    if (at < 0 || walks[at] !== start + 1) continue;
    for (; !found.has(at); at = records[at]!.counted) found.add(at);
  }
  return found;
}

/** The chosen records that lie in no other, and those that lie in each. */
function forest(records: readonly Summed[], chosen: ReadonlySet<number>): { roots: number[]; inside: Map<number, number[]> } {
  const circling = onCircles(records);
  const step = (index: number): number => (circling.has(index) ? -1 : records[index]!.counted);
  const known = new Map<number, number>();
  const roots: number[] = [];
  const inside = new Map<number, number[]>();
  for (const index of chosen) {
    // The first of the chosen records around this one; who stands on a circle has none.
    const path = [index];
    let parent = step(index);
    while (parent >= 0 && !chosen.has(parent)) {
      const further = known.get(parent);
      path.push(parent);
      parent = further ?? step(parent);
      if (further !== undefined) break;
    }
    for (const passed of path) known.set(passed, parent);
    const siblings = inside.get(parent);
    if (parent < 0) roots.push(index);
    else if (siblings) siblings.push(index);
    else inside.set(parent, [index]);
  }
  return { roots, inside };
}

/**
 * A record's amounts with what its parts alone tell. Without a total of its own, what its parts
 * leave unattributed may come from a payer that only the record names: that counts once.
 */
function completed(record: Summed, parts: Funding): Funding {
  const own = new Map(record.amounts.map(({ payer, eur }) => [payer, eur]));
  const payers = new Map([...parts.payers, ...own]);
  const left = payers.get("unattributed");
  if (record.total !== null) {
    payers.delete("unattributed");
    payers.set("unattributed", Math.max(0, rounded(record.total - sum(payers.values()))));
    return { total: record.total, payers };
  }
  if (left !== undefined) {
    // What the parts attribute is no longer without a payer, nor is what the record does.
    const [told, known] = own.has("unattributed") ? [parts.payers, own] : [own, parts.payers];
    const alone = [...told].filter(([payer]) => !known.has(payer)).map(([, euros]) => euros);
    payers.set("unattributed", Math.max(0, rounded(left - sum(alone))));
  }
  return { total: payers.size > 0 ? sum(payers.values()) : parts.total, payers };
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

/** What some records come to, each euro once, in total and by payer. Amounts of a year are left out. */
export function funding(records: readonly Summed[], some: Iterable<number>): Funding {
  const { roots, inside } = forest(records, new Set([...some].filter((index) => !records[index]!.yearly)));
  const order = [...roots];
  for (const index of order) order.push(...(inside.get(index) ?? [])); // grows while it is walked: each generation after the one before
  const sums = new Map<number, Funding>();
  const of = (indices: readonly number[]): Funding => together(indices.map((index) => sums.get(index)!));
  for (const index of order.reverse()) sums.set(index, completed(records[index]!, of(inside.get(index) ?? [])));
  return of(roots);
}

/** Contracts hold projects that hold works: longer chains, and circles, are left to the full rules. */
const LONGEST = 8;

/** Whether a record lies in one of the chosen, or too deep to tell. */
function mayLieIn(records: readonly Summed[], index: number, chosen: ReadonlySet<number>): boolean {
  let at = records[index]!.counted;
  for (let step = 0; at >= 0; at = records[at]!.counted) if (chosen.has(at) || step++ === LONGEST) return true;
  return false;
}

/** The total alone; null where no amount is known. */
export function addUp(records: readonly Summed[], some: readonly number[]): number | null {
  // Where none lies in another one, no euro can be met twice: the amounts are added as they are.
  const chosen = new Set(some);
  if (some.some((index) => mayLieIn(records, index, chosen))) return funding(records, some).total;
  let total: number | null = null;
  for (const index of some) {
    const known = records[index]!.yearly ? null : knownAmount(records[index]!);
    if (known !== null) total = (total ?? 0) + known;
  }
  return total === null ? null : rounded(total);
}
