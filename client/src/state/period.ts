/** When a record was in force, in years, as far as its source says. */
import type { Entry } from "../payload";

/** A span of years, both included; `undated` keeps what has no date, or is only planned. */
export interface Period {
  readonly from: number;
  readonly to: number;
  readonly undated: boolean;
}

/** The years of a record; `to` is null while no end is known. */
export interface Span {
  readonly from: number;
  readonly to: number | null;
}

type Dated = Pick<Entry, "signed" | "starts" | "ends" | "status">;

const year = (iso: string | null): number | null => (iso === null ? null : Number(iso.slice(0, 4)));

/** From its start or, failing that, its signature, to its end; null without a date, and for what is only planned: it is not in force. */
export function spanOf(record: Dated): Span | null {
  if (record.status === "planned" || record.status === "announced") return null;
  const begun = year(record.starts) ?? year(record.signed);
  const ended = year(record.ends);
  if (begun === null) return ended === null ? null : { from: ended, to: ended };
  // An end before the beginning is a slip: it says nothing of the end.
  if (ended !== null && ended >= begun) return { from: begun, to: ended };
  // What is over and has no other date is known for the year in which it began.
  return { from: begun, to: record.status === "ended" ? begun : null };
}

/** Whether a record is in force, for a part of it at least, in a period. */
export function inForce(record: Dated, period: Period): boolean {
  const span = spanOf(record);
  if (span === null) return period.undated;
  return span.from <= period.to && (span.to ?? Infinity) >= period.from;
}
