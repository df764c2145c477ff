/** The one amount of a record that filters, the table and sums go by. */
import type { Entry } from "../payload";

/** What is known of the amount of a record: its total or, failing that, what its payers give together. */
export function knownAmount(record: Pick<Entry, "total" | "amounts">): number | null {
  if (record.total !== null) return record.total;
  if (record.amounts.length === 0) return null;
  // Cents: sums of decimal fractions are only nearly so.
  return Math.round(record.amounts.reduce((sum, { eur }) => sum + eur, 0) * 100) / 100;
}
