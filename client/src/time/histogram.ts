/** How many records were in force in each year: pure counts behind the time axis. */
import type { Entry } from "../payload";
import { spanOf, type Span } from "../state/period";

/** The first and the last year of the axis. */
export interface Axis {
  readonly first: number;
  readonly last: number;
}

/** A span of years on the axis, both included. */
export interface Years {
  readonly from: number;
  readonly to: number;
}

export interface Histogram {
  /** The dated records in force in each year of the axis. */
  readonly inForce: readonly number[];
  /** Those of them whose end no source tells. */
  readonly endless: readonly number[];
  readonly undated: number;
  readonly all: number;
  /** Those that were over before the axis begins, and those that begin after it ends. */
  readonly before: number;
  readonly after: number;
}

/** The axis begins here, or earlier if a record does. */
const BEGINNING = 2013;
/** More bars than that cannot be told apart. */
const MOST_YEARS = 150;
/** A year so far from today is a slip, not a contract. */
const AGES = 500;
const AHEAD = 100;
/** The few records (2 %, or one) that begin so long after all others do not stretch the axis. */
const GAP = 30;
const FEW = 0.02;

/** The years in which records begin, without slips and without the few that lie far ahead. */
function starts(spans: readonly (Span | null)[], today: number): number[] {
  const years = spans.flatMap((span) => (span && span.from > today - AGES && span.from < today + AHEAD ? [span.from] : [])).sort((a, b) => a - b);
  const few = Math.max(1, Math.floor(years.length * FEW));
  const gap = years.findIndex((year, i) => i > 0 && years.length - i <= few && year > Math.max(years[i - 1]!, today) + GAP);
  return gap < 0 ? years : years.slice(0, gap);
}

/**
 * From 2013 to today; further where records begin before or after. Where they are too far apart
 * for one axis, it holds as many of them as it can, the latest if there is a choice.
 */
export function axisOf(spans: readonly (Span | null)[], today: number): Axis {
  const last = Math.max(today, BEGINNING);
  const years = starts(spans, today);
  let best = { first: BEGINNING, last, count: 0 };
  for (let from = 0, to = 0; to < years.length; to++) {
    while (years[to]! - years[from]! >= MOST_YEARS) from++;
    if (to - from + 1 >= best.count) best = { first: years[from]!, last: years[to]!, count: to - from + 1 };
  }
  const late = Math.max(best.last, last);
  if (late - best.first < MOST_YEARS) best.last = late;
  if (best.last - BEGINNING < MOST_YEARS) best.first = Math.min(best.first, BEGINNING);
  return { first: best.first, last: best.last };
}

export const spansOf = (records: readonly Entry[]): (Span | null)[] => records.map(spanOf);

export function yearsOf(axis: Axis): number[] {
  return Array.from({ length: axis.last - axis.first + 1 }, (_, i) => axis.first + i);
}

/** Count some records, named by their index in the spans. */
export function countYears(spans: readonly (Span | null)[], records: Iterable<number>, { first, last }: Axis): Histogram {
  // What begins and what ends in each year, then their running sum: one pass, however long the spans.
  const change = new Array<number>(last - first + 2).fill(0);
  const begun = new Array<number>(last - first + 1).fill(0);
  let [undated, all, before, after] = [0, 0, 0, 0];
  for (const index of records) {
    const span = spans[index] ?? null;
    all++;
    if (span === null) {
      undated++;
      continue;
    }
    const from = Math.max(span.from, first);
    const to = Math.min(span.to ?? last, last);
    if (from > to) {
      if (span.from > last) after++;
      else before++;
      continue;
    }
    change[from - first]!++;
    change[to - first + 1]!--;
    if (span.to === null) begun[from - first]!++;
  }
  return { inForce: running(change.slice(0, -1)), endless: running(begun), undated, all, before, after };
}

function running(steps: readonly number[]): number[] {
  let sum = 0;
  return steps.map((n) => (sum += n));
}

/** Keep a span on the axis, the right way round. */
export function onAxis({ from, to }: Years, { first, last }: Axis): Years {
  const keep = (year: number): number => Math.min(last, Math.max(first, year));
  return { from: keep(Math.min(from, to)), to: keep(Math.max(from, to)) };
}
