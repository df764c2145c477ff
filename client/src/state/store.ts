/** The state of the page in one place, and who listens to which part of it. */
import { NO_FILTERS, type Filters } from "./filters";
import type { Period } from "./period";

export type PlaceKind = "commune" | "epci" | "arrondissement" | "departement" | "record";

/** What was chosen: an index in the list of its kind. */
export interface Chosen {
  readonly kind: PlaceKind;
  readonly index: number;
  /** Records that were pointed at: the panel shows them first. */
  readonly first?: readonly number[];
}

/** What stands out while the rest is dimmed. */
export interface Raised {
  readonly kind: "programme" | "family" | "record";
  readonly index: number;
}

/** What the map shows: contracts as layers, how many lie on each other, euros, where there is nothing, programmes crossed. */
export type Mode = "contracts" | "pileup" | "amounts" | "white" | "cross";
/** The places that a thematic map colours. */
export type Unit = "commune" | "epci" | "departement";

export interface Sorting {
  readonly column: string;
  readonly down: boolean;
}

/** The search in the legend is no longer than what a link holds. */
export const LONGEST_NEEDLE = 60;

export interface State {
  /** Programmes that are switched off. */
  readonly hidden: ReadonlySet<number>;
  readonly chosen: Chosen | null;
  readonly raised: Raised | null;
  /** The commune under the pointer, or -1. */
  readonly hovered: number;
  /** Families folded in the legend, programmes whose details are open, and the text searched there. */
  readonly folded: ReadonlySet<number>;
  readonly unfolded: ReadonlySet<number>;
  readonly needle: string;
  readonly filters: Filters;
  /** The years in view, or null for all dates. */
  readonly period: Period | null;
  /** The records that pass the filters and the period; kept up to date by the selection alone. */
  readonly passing: ReadonlySet<number>;
  /** The levels at which the symbols in view are gathered, in one word each; the painter says it. */
  readonly gathered: string;
  /** Whether so many perimeters are in view that each is a thin line without hatch; the painter says it. */
  readonly calm: boolean;
  readonly mode: Mode;
  readonly unit: Unit;
  /** Two or three programmes to cross. */
  readonly crossed: readonly number[];
  /** Whether the table is open, and how it is sorted. */
  readonly table: boolean;
  readonly sorting: Sorting;
}

export const initial: State = {
  hidden: new Set(),
  chosen: null,
  raised: null,
  hovered: -1,
  folded: new Set(),
  unfolded: new Set(),
  needle: "",
  filters: NO_FILTERS,
  period: null,
  passing: new Set(),
  gathered: "",
  calm: false,
  mode: "contracts",
  unit: "commune",
  crossed: [],
  table: false,
  sorting: { column: "title", down: false },
};

type Listener = (state: State, before: State) => void;

export class Store {
  private readonly listeners: { keys: readonly (keyof State)[]; run: Listener }[] = [];

  constructor(private current: State = initial) {}

  get state(): State {
    return this.current;
  }

  /** Change some parts; those who watch one that really changed are told once. */
  set(patch: Partial<State>): void {
    const before = this.current;
    const changed = (Object.keys(patch) as (keyof State)[]).filter((key) => patch[key] !== before[key]);
    if (changed.length === 0) return;
    this.current = { ...before, ...patch };
    for (const { keys, run } of this.listeners) {
      if (keys.some((key) => changed.includes(key))) run(this.current, before);
    }
  }

  watch(keys: readonly (keyof State)[], run: Listener): void {
    this.listeners.push({ keys, run });
  }
}

/** A copy of a set with some members put in or taken out. */
export function withMembers<T>(set: ReadonlySet<T>, members: Iterable<T>, inside: boolean): ReadonlySet<T> {
  const copy = new Set(set);
  for (const member of members) inside ? copy.add(member) : copy.delete(member);
  return copy;
}
