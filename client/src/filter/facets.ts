/** The choices of each facet, and how many records each would leave. */
import type { Atlas } from "../geometry/atlas";
import { failing, knownAmount, reachOf, type FacetKey, type Filters, type Reach } from "../state/filters";
import { fold } from "./spelling";
import type { Entry } from "../payload";
import { inForce, type Period } from "../state/period";
import { withMembers } from "../state/store";

export type Checked = "kinds" | "statuses" | "themes" | "operators";
export type Picked = "departement" | "epci";
export type Listed = Checked | Picked;
export type Value = string | number;

/** One choice; spellings that differ by capitals, accents or spaces alone are one. */
export interface Option {
  readonly label: string;
  readonly values: readonly Value[];
  /** Records in the whole register. */
  readonly total: number;
}

export interface Facet {
  readonly key: Listed;
  /** Themes and operators: the most frequent first. */
  readonly options: readonly Option[];
  /** The options of each record. */
  readonly ofRecord: readonly (readonly number[])[];
}

const VALUES: Readonly<Record<Listed, (record: Entry, reach: Reach) => Iterable<Value>>> = {
  kinds: ({ kind }) => [kind],
  statuses: ({ status }) => [status ?? ""],
  themes: ({ themes }) => themes,
  operators: ({ operators }) => operators,
  departement: (_, { departement }) => departement,
  epci: (_, { epci }) => epci,
};
/** Kinds and statuses have an order of their own; the rest goes by how often it occurs. */
const ORDER: readonly Value[] = ["contract", "mission", "operation", "announced", "planned", "signed", "in_force", "ended", ""];
export const LISTED = Object.keys(VALUES) as Listed[];

function facet(atlas: Atlas, key: Listed): Facet {
  const { records, places } = atlas.payload;
  const place = key === "departement" ? places.departements : key === "epci" ? places.epci : null;
  const own = records.map((record) => [...VALUES[key](record, reachOf(atlas, record))]);
  const same = (value: Value): string => (typeof value === "string" && key !== "statuses" ? fold(value) : String(value));
  const groups = new Map<string, { spellings: Map<Value, number>; records: Set<number> }>();
  place?.forEach((_, index) => groups.set(String(index), { spellings: new Map([[index, 0]]), records: new Set() }));
  own.forEach((values, record) => {
    for (const value of values) {
      const group = groups.get(same(value)) ?? { spellings: new Map<Value, number>(), records: new Set<number>() };
      groups.set(same(value), group);
      group.spellings.set(value, (group.spellings.get(value) ?? 0) + 1);
      group.records.add(record);
    }
  });
  const sorted = [...groups.values()].map(({ spellings, records: inside }) => {
    const values = [...spellings].sort(([, a], [, b]) => b - a).map(([value]) => value);
    return { option: { label: place ? place[values[0] as number]!.name : String(values[0]), values, total: inside.size }, inside };
  });
  const rank = ({ option }: { option: Option }): number => ORDER.indexOf(option.values[0]!);
  if (key === "kinds" || key === "statuses") sorted.sort((a, b) => rank(a) - rank(b));
  else if (!place) sorted.sort((a, b) => b.option.total - a.option.total || a.option.label.localeCompare(b.option.label));
  const ofRecord: number[][] = records.map(() => []);
  sorted.forEach(({ inside }, rank) => inside.forEach((record) => ofRecord[record]!.push(rank)));
  return { key, options: sorted.map(({ option }) => option), ofRecord };
}

export function facetsOf(atlas: Atlas): Readonly<Record<Listed, Facet>> {
  return Object.fromEntries(LISTED.map((key) => [key, facet(atlas, key)])) as Record<Listed, Facet>;
}

/** What each option would leave, the other facets and the period being as they are. */
export interface Remaining {
  readonly of: Readonly<Record<Listed, readonly number[]>>;
  /** Of the records that pass all but the amounts: those whose amount is known, and the others. */
  readonly known: number;
  readonly unknown: number;
}

export function remaining(atlas: Atlas, facets: Readonly<Record<Listed, Facet>>, filters: Filters, period: Period | null): Remaining {
  const of = Object.fromEntries(LISTED.map((key) => [key, facets[key].options.map(() => 0)])) as Record<Listed, number[]>;
  let known = 0;
  let unknown = 0;
  const applies = (failed: readonly FacetKey[], key: FacetKey): boolean => failed.length === 0 || failed[0] === key;
  atlas.payload.records.forEach((record, index) => {
    if (period !== null && !inForce(record, period)) return;
    // What one facet alone keeps out would come back through another choice in that facet.
    const failed = failing(atlas, record, filters);
    if (failed.length > 1) return;
    for (const key of LISTED) {
      if (applies(failed, key)) for (const option of facets[key].ofRecord[index]!) of[key][option]!++;
    }
    if (applies(failed, "amount")) knownAmount(record) === null ? unknown++ : known++;
  });
  return { of, known, unknown };
}

export function isOn(filters: Filters, key: Listed, option: Option): boolean {
  if (key === "departement" || key === "epci") return filters[key] === option.values[0];
  const set: ReadonlySet<Value> = filters[key];
  return option.values.some((value) => set.has(value));
}

/** The filters with an option switched; of the places one alone can be chosen. */
export function withOption(filters: Filters, key: Listed, option: Option, on: boolean): Filters {
  if (key === "departement" || key === "epci") return { ...filters, [key]: on ? option.values[0] : -1 };
  return { ...filters, [key]: withMembers<Value>(filters[key], option.values, on) };
}
