/** The filters in the address: one field for each facet. */
import { MOST_EUROS, NO_FILTERS, type Filters } from "../state/filters";
import { fold, once } from "../filter/spelling";
import { field, type Fields } from "./fragment";
import type { Known, Missing } from "./known";
import type { Kind, Status } from "../payload";

const KINDS: readonly Kind[] = ["contract", "mission", "operation"];
const STATUSES: readonly Status[] = ["signed", "in_force", "planned", "ended", "announced"];
/** How "the source does not say" is written among the statuses. */
const UNSAID = "unsaid";

/** The facets and their fields. A facet that is added to the filters has to be named here: the compiler asks for it. */
const FIELDS: Readonly<Record<Exclude<keyof Filters, "least" | "most">, string>> = {
  kinds: "f.kind", statuses: "f.status", themes: "f.theme", operators: "f.operator", departement: "f.dep", epci: "f.epci",
};
const AMOUNT = "f.amount";

export const FILTER_FIELDS: readonly string[] = [...Object.values(FIELDS), AMOUNT];

const written = (euros: number | null): string => (euros === null ? "" : String(Math.round(Math.min(euros, MOST_EUROS) * 100) / 100));

export function writeFilters(known: Known, filters: Filters): string[] {
  const { least, most } = filters;
  const amount = least === null && most === null ? [] : [`${written(least)}-${written(most)}`];
  return [
    field(FIELDS.kinds, [...filters.kinds]),
    field(FIELDS.statuses, [...filters.statuses].map((status) => status || UNSAID)),
    field(FIELDS.themes, once(filters.themes)),
    field(FIELDS.operators, once(filters.operators)),
    field(FIELDS.departement, filters.departement < 0 ? [] : [known.places.departement.id(filters.departement)]),
    field(FIELDS.epci, filters.epci < 0 ? [] : [known.places.epci.id(filters.epci)]),
    field(AMOUNT, amount),
  ];
}

function some<T extends string>(items: readonly string[] | undefined, allowed: ReadonlySet<string>, missing: Missing): ReadonlySet<T> {
  const found = new Set<T>();
  for (const item of items ?? []) {
    if (allowed.has(item)) found.add(item as T);
    else missing.add(item);
  }
  return found;
}

/** An option is all its spellings, whichever a link names: its count is that of the rows that it shows. */
function spelled(items: readonly string[] | undefined, known: ReadonlyMap<string, readonly string[]>, missing: Missing): ReadonlySet<string> {
  const found = new Set<string>();
  for (const item of items ?? []) {
    const same = known.get(fold(item));
    if (same) same.forEach((spelling) => found.add(spelling));
    else missing.add(item);
  }
  return found;
}

/** "least-most", each of which may be left out; what is no amount is named. */
function readAmount(text: string | undefined, missing: Missing): [number | null, number | null] {
  const ends = /^(\d{1,14}(?:\.\d{1,2})?)?(?:-(\d{1,14}(?:\.\d{1,2})?)?)?$/.exec(text ?? "");
  if (ends === null) missing.add(text!);
  const euros = (end: string | undefined): number | null => (end === undefined ? null : Math.min(Number(end), MOST_EUROS));
  return [euros(ends?.[1]), euros(ends?.[2])];
}

export function readFilters(known: Known, fields: Fields, missing: Missing): Filters {
  const place = (kind: "departement" | "epci"): number => {
    const code = fields.get(FIELDS[kind])?.[0];
    if (code === undefined) return -1;
    const rank = known.places[kind].rank(code);
    if (rank < 0) missing.add(`${kind}:${code}`);
    return rank;
  };
  const said = some<Status | typeof UNSAID>(fields.get(FIELDS.statuses), new Set([...STATUSES, UNSAID]), missing);
  const [least, most] = readAmount(fields.get(AMOUNT)?.[0], missing);
  return {
    ...NO_FILTERS,
    kinds: some<Kind>(fields.get(FIELDS.kinds), new Set(KINDS), missing),
    statuses: new Set([...said].map((status) => (status === UNSAID ? "" : status))),
    themes: spelled(fields.get(FIELDS.themes), known.themes, missing),
    operators: spelled(fields.get(FIELDS.operators), known.operators, missing),
    departement: place("departement"),
    epci: place("epci"),
    least,
    most,
  };
}
