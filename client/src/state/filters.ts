/** Which records pass: a filter for each facet, and the period. */
import type { Atlas } from "../geometry/atlas";
import { columnsOf, UNDATED } from "./columns";
import { Flags } from "./flags";
import { holds } from "./lists";
import type { Kind, Status } from "../payload";
import type { Period } from "./period";

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

/** Above any amount; up to here a number is exact to the cent, or nearly. */
export const MOST_EUROS = 1e13;

export const NO_FILTERS: Filters = {
  kinds: new Set(), statuses: new Set(), themes: new Set(), operators: new Set(), departement: -1, epci: -1, least: null, most: null,
};

const within = <T>(set: ReadonlySet<T>, values: readonly T[]): boolean => values.some((value) => set.has(value));

export type FacetKey = "kinds" | "statuses" | "themes" | "operators" | "departement" | "epci" | "amount";

/** For each facet, whether it is set, and which records it lets pass then. */
const FACETS: Readonly<Record<FacetKey, { isSet(filters: Filters): boolean; lets(atlas: Atlas, filters: Filters): (index: number) => boolean }>> = {
  kinds: { isSet: ({ kinds }) => kinds.size > 0, lets: ({ payload: { records } }, { kinds }) => (index) => kinds.has(records[index]!.kind) },
  statuses: { isSet: ({ statuses }) => statuses.size > 0, lets: ({ payload: { records } }, { statuses }) => (index) => statuses.has(records[index]!.status ?? "") },
  themes: { isSet: ({ themes }) => themes.size > 0, lets: ({ payload: { records } }, { themes }) => (index) => within(themes, records[index]!.themes) },
  operators: { isSet: ({ operators }) => operators.size > 0, lets: ({ payload: { records } }, { operators }) => (index) => within(operators, records[index]!.operators) },
  departement: { isSet: ({ departement }) => departement >= 0, lets: (atlas, { departement }) => reaches(atlas, "departement", departement) },
  epci: { isSet: ({ epci }) => epci >= 0, lets: (atlas, { epci }) => reaches(atlas, "epci", epci) },
  amount: {
    isSet: ({ least, most }) => least !== null || most !== null,
    lets: (atlas, { least, most }) => {
      const { amount } = columnsOf(atlas);
      return (index) => amount[index]! >= (least ?? -Infinity) && amount[index]! <= (most ?? Infinity); // NaN, what is not known, does not pass
    },
  },
};
const KEYS = Object.keys(FACETS) as FacetKey[];

function reaches(atlas: Atlas, unit: "epci" | "departement", wanted: number): (index: number) => boolean {
  const { groups } = columnsOf(atlas).reach(unit);
  return (index) => holds(groups, index, wanted);
}

export const isSet = (filters: Filters, key: FacetKey): boolean => FACETS[key].isSet(filters);

/** How many facets narrow the map. */
export function filterCount(filters: Filters): number {
  return KEYS.filter((key) => isSet(filters, key)).length;
}

/** The bit of a facet among the failures of a record. */
export const bitOf = (key: FacetKey): number => 1 << KEYS.indexOf(key);

const last = new WeakMap<Atlas, { readonly filters: Filters; readonly bits: Uint8Array }>();

/** For each record, one bit for each facet that keeps it out; worked out once for map, counts and time axis. */
export function failures(atlas: Atlas, filters: Filters): Uint8Array {
  const known = last.get(atlas);
  if (known?.filters === filters) return known.bits;
  const bits = new Uint8Array(atlas.payload.records.length);
  for (const key of KEYS) {
    if (!isSet(filters, key)) continue;
    const lets = FACETS[key].lets(atlas, filters);
    const bit = bitOf(key);
    for (let index = 0; index < bits.length; index++) if (!lets(index)) bits[index]! |= bit;
  }
  last.set(atlas, { filters, bits });
  return bits;
}

/** Whether each record is in force, for a part of it at least, in a period; all are without one. */
export function inForceIn(atlas: Atlas, period: Period | null): (index: number) => boolean {
  if (period === null) return () => true;
  const { from, to } = columnsOf(atlas).spans;
  return (index) => (from[index] === UNDATED ? period.undated : from[index]! <= period.to && to[index]! >= period.from);
}

/** The records that pass the filters and the period, whether their layers are on or not. */
export function passing(atlas: Atlas, filters: Filters, period: Period | null): Flags {
  const failed = failures(atlas, filters);
  const dated = inForceIn(atlas, period);
  return new Flags(failed.map((bits, index) => Number(bits === 0 && dated(index))));
}
