/** Which records pass: a filter for each facet, and the period. */
import { members, type Atlas } from "./atlas";
import type { Entry, Kind, Status } from "./payload";
import { inForce, type Period } from "./period";

/** An empty set, -1 and null let everything pass. */
export interface Filters {
  readonly kinds: ReadonlySet<Kind>;
  /** "" stands for the records whose status is not said. */
  readonly statuses: ReadonlySet<Status | "">;
  readonly themes: ReadonlySet<string>;
  readonly operators: ReadonlySet<string>;
  readonly departement: number;
  readonly epci: number;
  /** Euros: the known amount of a record lies between them; what has none does not pass. */
  readonly least: number | null;
  readonly most: number | null;
}

export const NO_FILTERS: Filters = {
  kinds: new Set(), statuses: new Set(), themes: new Set(), operators: new Set(), departement: -1, epci: -1, least: null, most: null,
};

/** How many facets narrow the map. */
export function filterCount(filters: Filters): number {
  const { kinds, statuses, themes, operators, departement, epci, least, most } = filters;
  const sets = [kinds, statuses, themes, operators].filter((set) => set.size > 0).length;
  return sets + Number(departement >= 0) + Number(epci >= 0) + Number(least !== null || most !== null);
}

/** What is known of the amount of a record: its total or, failing that, what its payers give together. */
export function knownAmount(record: Pick<Entry, "total" | "amounts">): number | null {
  if (record.total !== null) return record.total;
  return record.amounts.length === 0 ? null : record.amounts.reduce((sum, { eur }) => sum + eur, 0);
}

function touches(record: Entry, group: readonly number[], index: number): boolean {
  const communes = record.communes.length > 0 ? members(record.communes) : record.towns;
  return communes.some((commune) => group[commune] === index);
}

const within = <T>(set: ReadonlySet<T>, values: readonly T[]): boolean => set.size === 0 || values.some((value) => set.has(value));

export function passes(atlas: Atlas, record: Entry, filters: Filters): boolean {
  const { epci, departement } = atlas.payload.places.communes;
  const { least, most } = filters;
  if (!within(filters.kinds, [record.kind]) || !within(filters.statuses, [record.status ?? ""])) return false;
  if (!within(filters.themes, record.themes) || !within(filters.operators, record.operators)) return false;
  if (least !== null || most !== null) {
    const amount = knownAmount(record);
    if (amount === null || amount < (least ?? -Infinity) || amount > (most ?? Infinity)) return false;
  }
  if (filters.departement >= 0 && !touches(record, departement, filters.departement)) return false;
  return filters.epci < 0 || touches(record, epci, filters.epci);
}

/** The records that pass the filters and the period, whether their layers are on or not. */
export function passing(atlas: Atlas, filters: Filters, period: Period | null): ReadonlySet<number> {
  const found = new Set<number>();
  atlas.payload.records.forEach((record, index) => {
    if (passes(atlas, record, filters) && (period === null || inForce(record, period))) found.add(index);
  });
  return found;
}
