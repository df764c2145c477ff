/** Which records pass: a filter for each facet, and the period. */
import { members, type Atlas } from "../geometry/atlas";
import type { Entry, Kind, Status } from "../payload";
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

/** Above any amount; up to here a number is exact to the cent, or nearly. */
export const MOST_EUROS = 1e13;

export const NO_FILTERS: Filters = {
  kinds: new Set(), statuses: new Set(), themes: new Set(), operators: new Set(), departement: -1, epci: -1, least: null, most: null,
};

/** What is known of the amount of a record: its total or, failing that, what its payers give together. */
export function knownAmount(record: Pick<Entry, "total" | "amounts">): number | null {
  if (record.total !== null) return record.total;
  if (record.amounts.length === 0) return null;
  // Cents: sums of decimal fractions are only nearly so.
  return Math.round(record.amounts.reduce((sum, { eur }) => sum + eur, 0) * 100) / 100;
}

/** The départements and EPCI that a record touches, by perimeter or by seat; counted once, as facets ask for them again and again. */
export interface Reach {
  readonly departement: ReadonlySet<number>;
  readonly epci: ReadonlySet<number>;
}

const reaches = new WeakMap<Atlas, WeakMap<Entry, Reach>>();

export function reachOf(atlas: Atlas, record: Entry): Reach {
  let known = reaches.get(atlas);
  if (known === undefined) reaches.set(atlas, (known = new WeakMap()));
  let reach = known.get(record);
  if (reach === undefined) {
    const { epci, departement } = atlas.payload.places.communes;
    const communes = record.communes.length > 0 ? members(record.communes) : record.towns;
    const groups = (of: readonly number[]): Set<number> => new Set(communes.map((commune) => of[commune]!).filter((index) => index >= 0));
    known.set(record, (reach = { departement: groups(departement), epci: groups(epci) }));
  }
  return reach;
}

const within = <T>(set: ReadonlySet<T>, values: readonly T[]): boolean => set.size === 0 || values.some((value) => set.has(value));

export type FacetKey = "kinds" | "statuses" | "themes" | "operators" | "departement" | "epci" | "amount";

/** For each facet, whether it is set, and whether a record passes it. */
const FACETS: Readonly<Record<FacetKey, { isSet(filters: Filters): boolean; lets(atlas: Atlas, record: Entry, filters: Filters): boolean }>> = {
  kinds: { isSet: ({ kinds }) => kinds.size > 0, lets: (_, { kind }, { kinds }) => within(kinds, [kind]) },
  statuses: { isSet: ({ statuses }) => statuses.size > 0, lets: (_, { status }, { statuses }) => within(statuses, [status ?? ""]) },
  themes: { isSet: ({ themes }) => themes.size > 0, lets: (_, record, { themes }) => within(themes, record.themes) },
  operators: { isSet: ({ operators }) => operators.size > 0, lets: (_, record, { operators }) => within(operators, record.operators) },
  departement: {
    isSet: ({ departement }) => departement >= 0,
    lets: (atlas, record, { departement }) => departement < 0 || reachOf(atlas, record).departement.has(departement),
  },
  epci: { isSet: ({ epci }) => epci >= 0, lets: (atlas, record, { epci }) => epci < 0 || reachOf(atlas, record).epci.has(epci) },
  amount: {
    isSet: ({ least, most }) => least !== null || most !== null,
    lets: (_, record, { least, most }) => {
      if (least === null && most === null) return true;
      const amount = knownAmount(record);
      return amount !== null && amount >= (least ?? -Infinity) && amount <= (most ?? Infinity);
    },
  },
};
const KEYS = Object.keys(FACETS) as FacetKey[];

/** How many facets narrow the map. */
export function filterCount(filters: Filters): number {
  return KEYS.filter((key) => FACETS[key].isSet(filters)).length;
}

/** The facets that keep a record out. */
export function failing(atlas: Atlas, record: Entry, filters: Filters): FacetKey[] {
  return KEYS.filter((key) => !FACETS[key].lets(atlas, record, filters));
}

export function passes(atlas: Atlas, record: Entry, filters: Filters): boolean {
  return KEYS.every((key) => FACETS[key].lets(atlas, record, filters));
}

/** The records that pass the filters and the period, whether their layers are on or not. */
export function passing(atlas: Atlas, filters: Filters, period: Period | null): ReadonlySet<number> {
  const found = new Set<number>();
  atlas.payload.records.forEach((record, index) => {
    if (passes(atlas, record, filters) && (period === null || inForce(record, period))) found.add(index);
  });
  return found;
}
