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
}

/** The axis begins here, or earlier if a record does. */
const BEGINNING = 2013;
/** A date further back than this is likelier a slip than a contract: it must not stretch the axis. */
const MOST_YEARS = 100;

/** From 2013 to today; further where a record begins before or after. */
export function axisOf(spans: readonly (Span | null)[], today: number): Axis {
  let first = BEGINNING;
  let last = Math.max(today, BEGINNING);
  for (const span of spans) {
    if (span === null) continue;
    first = Math.min(first, span.from);
    if (span.from < today + MOST_YEARS) last = Math.max(last, span.from);
  }
  return { first: Math.max(first, last - MOST_YEARS + 1), last };
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
  let undated = 0;
  let all = 0;
  for (const index of records) {
    const span = spans[index] ?? null;
    all++;
    if (span === null) {
      undated++;
      continue;
    }
    const from = Math.max(span.from, first);
    const to = Math.min(span.to ?? last, last);
    if (from > to || (span.to !== null && span.to < span.from)) continue;
    change[from - first]!++;
    change[to - first + 1]!--;
    if (span.to === null) begun[from - first]!++;
  }
  return { inForce: running(change.slice(0, -1)), endless: running(begun), undated, all };
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
