/** Classes of a thematic map: as many units in each as the data allows, with limits that can be written out. */

/** From the first to the last value of a class, both included; `to` is null in an open last class. */
export interface Range {
  readonly from: number;
  readonly to: number | null;
}

const MOST = 5;

/** Classes of whole numbers above 0, of about as many units each; each says the numbers that occur in it. */
export function countClasses(counts: Iterable<number>, most = MOST): Range[] {
  const units = new Map<number, number>();
  let left = 0;
  for (const count of counts) {
    if (count === 0) continue;
    units.set(count, (units.get(count) ?? 0) + 1);
    left++;
  }
  const values = [...units.keys()].sort((a, b) => a - b);
  const ranges: Range[] = [];
  for (let at = 0; at < values.length; ) {
    const classes = most - ranges.length;
    const wanted = left / classes;
    const from = values[at]!;
    let taken = 0;
    let to = from;
    // Take a number as long as what it adds is rather in this class than in the next; leave one for each class to come.
    do {
      to = values[at]!;
      taken += units.get(to)!;
      at++;
    } while (at < values.length && (classes === 1 || (values.length - at >= classes && taken + units.get(values[at]!)! / 2 <= wanted)));
    left -= taken;
    ranges.push({ from, to });
  }
  return ranges;
}

/** What limits of amounts may begin with, the roundest first; amounts that are near each other need more of them. */
const ROUND = [[1, 2, 5, 10], [1, 1.5, 2, 3, 4, 5, 6, 8, 10], Array.from({ length: 91 }, (_, i) => 1 + i / 10)] as const;
/** No class should hold more than this share of the units. */
const SHARE = 0.4;

/** The nearest of 1, 2 and 5 (or of other steps) times a power of ten. */
export function roundNumber(value: number, round: readonly number[] = ROUND[0]): number {
  const power = 10 ** Math.floor(Math.log10(value));
  const steps = round.map((step) => step * power);
  const nearest = steps.reduce((best, step) => (Math.abs(Math.log(step / value)) < Math.abs(Math.log(best / value)) ? step : best));
  return Number(nearest.toPrecision(2));
}

/** Classes of amounts with round limits near the quantiles: from a limit to under the next; none is empty. The roundest limits that part the units well are taken. */
export function amountClasses(values: readonly number[], most = MOST): Range[] {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort((a, b) => a - b);
  if (sorted.length === 0) return [];
  const tries = ROUND.map((round) => {
    const ranges = parted(sorted, most, round);
    const largest = Math.max(...ranges.map(({ from, to }) => sorted.filter((value) => value >= from && value < (to ?? Infinity)).length));
    return { ranges, worth: ranges.length + Number(largest <= SHARE * sorted.length) };
  });
  return tries.reduce((best, other) => (other.worth > best.worth ? other : best)).ranges;
}

function parted(sorted: readonly number[], most: number, round: readonly number[]): Range[] {
  const limits = new Set<number>();
  for (let part = 1; part < most; part++) {
    const value = sorted[Math.floor((part * sorted.length) / most)]!;
    if (value > 0) limits.add(roundNumber(value, round));
  }
  const ranges: Range[] = [];
  let from = 0;
  for (const limit of [...limits].sort((a, b) => a - b)) {
    const inside = sorted.some((value) => value >= from && value < limit);
    if (!inside || sorted[sorted.length - 1]! < limit) continue;
    ranges.push({ from, to: limit });
    from = limit;
  }
  return [...ranges, { from, to: null }];
}

/** The class of a whole number, or -1. */
export const countClass = (ranges: readonly Range[], value: number): number =>
  ranges.findIndex(({ from, to }) => value >= from && (to === null || value <= to));

/** The class of an amount, or -1. */
export const amountClass = (ranges: readonly Range[], value: number): number =>
  ranges.findIndex(({ from, to }) => value >= from && (to === null || value < to));
