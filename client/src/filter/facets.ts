/** The choices of each facet, and how many records each would leave. */
import type { Atlas } from "../geometry/atlas";
import { columnsOf, type Reach } from "../state/columns";
import { bitOf, failures, inForceIn, type Filters } from "../state/filters";
import { listsOf, type Lists } from "../state/lists";
import { fold } from "./spelling";
import type { Entry } from "../payload";
import type { Period } from "../state/period";
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
  readonly ofRecord: Lists;
}

const VALUES: Readonly<Record<Checked, (record: Entry) => readonly Value[]>> = {
  kinds: ({ kind }) => [kind],
  statuses: ({ status }) => [status ?? ""],
  themes: ({ themes }) => themes,
  operators: ({ operators }) => operators,
};
/** Kinds and statuses have an order of their own; the rest goes by how often it occurs. */
const ORDER: readonly Value[] = ["contract", "mission", "operation", "announced", "planned", "signed", "in_force", "ended", ""];
export const LISTED: readonly Listed[] = ["kinds", "statuses", "themes", "operators", "departement", "epci"];

/** The places that can be picked; every one of them, in the order of the payload. */
function places({ payload }: Atlas, key: Picked, { groups }: Reach): Facet {
  const all = payload.places[key === "epci" ? "epci" : "departements"];
  const total = new Uint32Array(all.length);
  for (const place of groups.items) total[place]!++;
  return { key, options: all.map(({ name }, index) => ({ label: name, values: [index], total: total[index]! })), ofRecord: groups };
}

interface Group {
  readonly spellings: Map<Value, number>;
  rank: number;
  total: number;
}

/** Each once; most records have one value or none. */
const once = <T>(list: readonly T[]): Iterable<T> => (list.length < 2 ? list : new Set(list));

function checked(atlas: Atlas, key: Checked): Facet {
  const { records } = atlas.payload;
  const same = (value: Value): string => (key !== "statuses" ? fold(String(value)) : String(value));
  const groups = new Map<string, Group>();
  const ofValue = new Map<Value, Group>();
  const groupOf = (value: Value): Group => {
    let group = ofValue.get(value);
    if (group === undefined) {
      const name = same(value);
      group = groups.get(name) ?? { spellings: new Map<Value, number>(), rank: 0, total: 0 };
      groups.set(name, group);
      ofValue.set(value, group);
    }
    return group;
  };
  for (const record of records) {
    for (const group of once(VALUES[key](record).map((value) => {
      const group = groupOf(value);
      group.spellings.set(value, (group.spellings.get(value) ?? 0) + 1);
      return group;
    }))) group.total++;
  }
  const sorted = [...groups.values()].map((group) => {
    const values = [...group.spellings].sort(([, a], [, b]) => b - a).map(([value]) => value);
    return { group, option: { label: String(values[0]), values, total: group.total } };
  });
  const rank = ({ option }: { option: Option }): number => ORDER.indexOf(option.values[0]!);
  const { compare } = new Intl.Collator(atlas.payload.lang);
  if (key === "kinds" || key === "statuses") sorted.sort((a, b) => rank(a) - rank(b));
  else sorted.sort((a, b) => b.option.total - a.option.total || compare(a.option.label, b.option.label));
  sorted.forEach(({ group }, place) => (group.rank = place));
  const ofRecord = listsOf(records.length, (index) => once(VALUES[key](records[index]!).map((value) => ofValue.get(value)!.rank)));
  return { key, options: sorted.map(({ option }) => option), ofRecord };
}

export type Facets = Readonly<Record<Listed, Facet>>;

/** Each facet is made when it is asked for first: a page that is not filtered needs none. */
export function facetsOf(atlas: Atlas): Facets {
  const made: Partial<Record<Listed, Facet>> = {};
  return Object.defineProperties({}, Object.fromEntries(LISTED.map((key) => [key, {
    enumerable: true, get: () => (made[key] ??= key === "departement" || key === "epci" ? places(atlas, key, columnsOf(atlas).reach(key)) : checked(atlas, key)),
  }]))) as Facets;
}

/** What each option would leave, the other facets and the period being as they are. */
export interface Remaining {
  readonly of: Readonly<Record<Listed, Uint32Array>>;
  /** Of the records that pass all but the amounts: those whose amount is known, and the others. */
  readonly known: number;
  readonly unknown: number;
}

export function remaining(atlas: Atlas, facets: Facets, filters: Filters, period: Period | null): Remaining {
  const { amount } = columnsOf(atlas);
  const failed = failures(atlas, filters);
  const dated = inForceIn(atlas, period);
  /** The records that pass, or would pass without one facet: what it alone keeps out would come back through another of its choices. */
  const near: number[] = [];
  failed.forEach((bits, index) => {
    if ((bits & (bits - 1)) === 0 && dated(index)) near.push(index);
  });
  const of = Object.fromEntries(LISTED.map((key) => {
    const { options, ofRecord: { start, items } } = facets[key];
    const counts = new Uint32Array(options.length);
    const bit = bitOf(key);
    for (const index of near) {
      if ((failed[index]! | bit) === bit) for (let i = start[index]!; i < start[index + 1]!; i++) counts[items[i]!]!++;
    }
    return [key, counts];
  })) as Record<Listed, Uint32Array>;
  const bit = bitOf("amount");
  const known = [0, 0];
  for (const index of near) if ((failed[index]! | bit) === bit) known[Number.isNaN(amount[index]!) ? 1 : 0]!++;
  return { of, known: known[0]!, unknown: known[1]! };
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
