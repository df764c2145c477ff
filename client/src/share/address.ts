/**
 * The state of the page as the end of an address, and back:
 * `#m=9.5/50.36/3.36&v=pileup.epci&off=acv,pat&t=2017-2019&at=commune:59172`.
 * A link only ever chooses among what the map has; what it does not have is named, so that the reader can be told.
 */
import { FILTER_FIELDS, readFilters, writeFilters } from "./addressfilters";
import { field, isTooLong, joined, readFields, type Fields } from "./fragment";
import { Missing, type Known, type Names } from "./known";
import type { Period } from "../state/period";
import { COLUMNS } from "../table/tablerows";
import { initial, LONGEST_NEEDLE, type Chosen, type Mode, type PlaceKind, type Sorting, type State, type Unit } from "../state/store";

/** The parts of the state that a link carries. */
export const SHARED = ["mode", "unit", "crossed", "hidden", "filters", "period", "chosen", "needle", "table", "sorting"] as const;
export type Shared = Pick<State, (typeof SHARED)[number]>;

/** Where the reader moved the map. */
export interface Sight {
  readonly zoom: number;
  readonly lat: number;
  readonly lon: number;
}

export interface Reading {
  readonly state: Shared;
  readonly sight: Sight | null;
  /** What the link names and this map does not have. */
  readonly missing: readonly string[];
}

const MODES: readonly Mode[] = ["contracts", "pileup", "amounts", "white", "cross"];
const UNITS: readonly Unit[] = ["commune", "epci", "departement"];
const PLACES: readonly PlaceKind[] = ["commune", "epci", "arrondissement", "departement", "record"];
const MOST_CROSSED = 3;
/** Of a link that is too long to be read, as much is said. */
const SAID = 60;
const OWN: ReadonlySet<string> = new Set(["m", "v", "x", "off", "on", "only", "none", "t", "at", "q", "table", "sort", ...FILTER_FIELDS]);

const ids = (names: Names, ranks: Iterable<number>): string[] => [...ranks].sort((a, b) => a - b).map((rank) => names.id(rank));

/** The layers that are off in the shortest of three ways: these are off, only those are on, or nothing is on but those. */
function writeHidden({ programmes, drawn }: Known, hidden: ReadonlySet<number>): string[] {
  if (hidden.size === 0) return [];
  const all = Array.from({ length: programmes.length }, (_, rank) => rank);
  const on = all.filter((rank) => !hidden.has(rank));
  const ways = [
    [field("off", ids(programmes, hidden))],
    [field("only", on.length === 0 ? null : ids(programmes, on))],
    [field("none", null), field("on", ids(programmes, on.filter((rank) => drawn.has(rank)))), field("off", ids(programmes, [...hidden].filter((rank) => !drawn.has(rank))))],
  ];
  return ways.reduce((best, way) => (joined(way).length < joined(best).length ? way : best));
}

function readHidden({ programmes, drawn }: Known, fields: Fields, missing: Missing): ReadonlySet<number> {
  const named = (name: string): number[] => ranks(programmes, fields.get(name), missing);
  if (fields.has("only")) {
    const only = new Set(named("only"));
    // Where none of them exists here, an empty map would help nobody.
    if (only.size === 0 && fields.get("only")!.length > 0) return new Set();
    return new Set(Array.from({ length: programmes.length }, (_, rank) => rank).filter((rank) => !only.has(rank)));
  }
  const hidden = new Set(fields.has("none") ? drawn : []);
  for (const rank of named("on")) hidden.delete(rank);
  for (const rank of named("off")) hidden.add(rank);
  return hidden;
}

function ranks(names: Names, wanted: readonly string[] | undefined, missing: Missing): number[] {
  const found = new Set<number>();
  for (const id of wanted ?? []) {
    const rank = names.rank(id);
    if (rank >= 0) found.add(rank);
    else missing.add(id);
  }
  return [...found];
}

const year = (number: number): string => String(number).padStart(4, "0");

/** "2017-2019", "2019-2017" as people may write it, or one year alone. */
function readPeriod(items: readonly string[] | undefined, missing: Missing): Period | null {
  const [text, mark] = items ?? [];
  if (text === undefined) return null;
  const years = /^(\d{4})(?:-(\d{4}))?$/.exec(text);
  if (!years) missing.add(text);
  if (mark !== undefined && mark !== "undated") missing.add(mark);
  if (!years) return null;
  const ends = [Number(years[1]), Number(years[2] ?? years[1])];
  return { from: Math.min(...ends), to: Math.max(...ends), undated: mark === "undated" };
}

function readView(items: readonly string[] | undefined, missing: Missing): { mode: Mode; unit: Unit } {
  const [text] = items ?? [];
  const [first, second, ...more] = (text ?? "").split(".");
  const mode = MODES.find((known) => known === first);
  const unit = UNITS.find((known) => known === second);
  if (text !== undefined && (!mode || (second !== undefined && !unit) || more.length > 0)) missing.add(text);
  return { mode: mode ?? initial.mode, unit: unit ?? initial.unit };
}

function readChosen(known: Known, items: readonly string[] | undefined, missing: Missing): Chosen | null {
  const text = items?.[0];
  if (text === undefined) return null;
  const colon = text.indexOf(":");
  const kind = PLACES.find((place) => place === text.slice(0, colon));
  const index = kind === undefined ? -1 : known.places[kind].rank(text.slice(colon + 1));
  if (kind !== undefined && index >= 0) return { kind, index };
  missing.add(text);
  return null;
}

/** "-total" sorts down. */
function readSorting(items: readonly string[] | undefined, missing: Missing): Sorting {
  const [text] = items ?? [];
  if (text === undefined) return initial.sorting;
  const down = text.startsWith("-");
  const column = COLUMNS.find((each) => each === (down ? text.slice(1) : text));
  if (column !== undefined) return { column, down };
  missing.add(text);
  return initial.sorting;
}

/** A view of the area or of what lies around it; anything else is left aside. */
function readSight({ bounds }: Known, items: readonly string[] | undefined, missing: Missing): Sight | null {
  const [text] = items ?? [];
  if (text === undefined) return null;
  const sight = sightOf(bounds, text);
  if (sight === null) missing.add(text);
  return sight;
}

function sightOf(bounds: Known["bounds"], text: string): Sight | null {
  const parts = text.split("/");
  if (parts.length !== 3 || !parts.every((part) => /^-?\d{1,3}(\.\d{1,6})?$/.test(part))) return null;
  const [zoom, lat, lon] = parts.map(Number) as [number, number, number];
  const [west, south, east, north] = bounds;
  const near = (value: number, low: number, high: number): boolean => value >= low - (high - low) && value <= high + (high - low);
  return zoom >= 0 && zoom <= 22 && near(lat, south, north) && near(lon, west, east) ? { zoom, lat, lon } : null;
}

const rounded = (value: number, digits: number): string => String(Number(value.toFixed(digits)));

/** A map that was moved far away is not worth a link to there, and none would be read. */
function writeSight({ bounds }: Known, sight: Sight | null): string {
  const text = sight ? `${rounded(sight.zoom, 2)}/${rounded(sight.lat, 4)}/${rounded(sight.lon, 4)}` : "";
  return sightOf(bounds, text) ? `m=${text}` : "";
}

/** What was chosen as a link names it: "commune:59172"; "" where nothing is. */
export const writeChosen = (known: Known, chosen: Chosen | null): string => (chosen ? `${chosen.kind}:${known.places[chosen.kind].id(chosen.index)}` : "");

export function encode(known: Known, state: Shared, sight: Sight | null): string {
  const { mode, unit, crossed, period, chosen, needle, table, sorting } = state;
  const plain = sorting.column === initial.sorting.column && sorting.down === initial.sorting.down;
  return joined([
    writeSight(known, sight),
    field("v", mode === initial.mode && unit === initial.unit ? [] : [unit === initial.unit ? mode : `${mode}.${unit}`]),
    field("x", crossed.slice(0, MOST_CROSSED).map((rank) => known.programmes.id(rank))),
    ...writeHidden(known, state.hidden),
    ...writeFilters(known, state.filters),
    field("t", period ? [`${year(period.from)}-${year(period.to)}`, ...(period.undated ? ["undated"] : [])] : []),
    field("at", [writeChosen(known, chosen)].filter(Boolean)),
    field("q", [Array.from(needle.trim()).slice(0, LONGEST_NEEDLE).join("")].filter(Boolean)),
    table ? "table" : "",
    field("sort", plain ? [] : [`${sorting.down ? "-" : ""}${sorting.column}`]),
  ]);
}

/** Read a fragment; null where nothing in it is meant for the page. */
export function decode(known: Known, fragment: string): Reading | null {
  const missing = new Missing();
  const fields = readFields(fragment, (text) => missing.add(text));
  if (isTooLong(fragment)) missing.add(fragment.slice(0, SAID));
  else if (![...fields.keys()].some((name) => OWN.has(name))) return null;
  for (const name of fields.keys()) if (!OWN.has(name)) missing.add(name);
  const crossed = ranks(known.programmes, fields.get("x"), missing);
  for (const rank of crossed.slice(MOST_CROSSED)) missing.add(known.programmes.id(rank));
  const state: Shared = {
    ...readView(fields.get("v"), missing),
    crossed: crossed.slice(0, MOST_CROSSED),
    hidden: readHidden(known, fields, missing),
    filters: readFilters(known, fields, missing),
    period: readPeriod(fields.get("t"), missing),
    chosen: readChosen(known, fields.get("at"), missing),
    needle: Array.from(fields.get("q")?.[0] ?? "").slice(0, LONGEST_NEEDLE).join(""),
    table: fields.has("table"),
    sorting: readSorting(fields.get("sort"), missing),
  };
  return { state, sight: readSight(known, fields.get("m"), missing), missing: missing.list };
}
