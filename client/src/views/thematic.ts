/** What a thematic map shows: the class of each commune, the value of each unit, and what the key has to say. */
import type { Atlas } from "../geometry/atlas";
import { amountClass, amountClasses, countClass, countClasses, type Range } from "./classes";
import { combinations, cross, firstPair } from "./crossing";
import { Extents, isOutside } from "./extents";
import { localSums, type LocalSums } from "./localsums";
import { recordsInView } from "../state/selection";
import { isVast } from "../map/sheets";
import type { Mode, State, Unit } from "../state/store";
import { insideOf, territoryNames } from "./territory";
import type { Style } from "./thematiccolours";

export interface ThemeClass {
  readonly style: Style;
  readonly range: Range | null;
  /** How many units, and how many people live there. */
  readonly units: number;
  readonly population: number;
}

export interface Theme {
  readonly mode: Exclude<Mode, "contracts">;
  readonly unit: Unit;
  /** The rank in `classes` of each commune; -1 outside the territory that the filters choose. */
  readonly classOf: Int8Array;
  readonly classes: readonly ThemeClass[];
  /** Of each unit: contracts, euros (NaN: unknown), or the bits of the programmes. */
  readonly values: ArrayLike<number>;
  /** How many units there are in the territory, and its name, where one is chosen. */
  readonly units: number;
  readonly within: readonly string[];
  readonly sums: LocalSums | null;
  /** Contracts in view that are in no count: those that lie outside the territory of the map, and those whose perimeter is not known. */
  readonly away: number;
  readonly uncounted: number;
  /** Programmes in view with a contract as wide as a département or wider. */
  readonly vast: readonly number[];
  /** These alone leave no unit white, and hide what the others leave. */
  readonly smothered: boolean;
  readonly crossed: readonly number[];
}

type Told = Pick<State, "mode" | "unit" | "passing" | "hidden" | "crossed" | "filters">;

/** So many units, seen together on a screen, leave some 30 square pixels to each: a pattern cannot be told there. */
const SMALL = 8000;

/** The units that a mode can colour. */
export const UNITS: Readonly<Record<Mode, readonly Unit[]>> = {
  contracts: [], pileup: ["commune", "epci"], amounts: ["commune", "epci", "departement"], white: ["commune", "epci"], cross: ["commune"],
};

export function unitFor(mode: Mode, unit: Unit): Unit {
  return UNITS[mode].includes(unit) ? unit : (UNITS[mode].at(-1) ?? unit);
}

/** The programmes crossed, or two to begin with. */
export function crossedOf(atlas: Atlas, crossed: readonly number[]): readonly number[] {
  const kept = memory(atlas);
  return crossed.length > 1 ? crossed : (kept.pair ??= firstPair(atlas, kept.extents));
}

interface Memory {
  readonly extents: Extents;
  pair: readonly number[] | null;
  told: Told | null;
  theme: Theme | null;
}

const memories = new WeakMap<Atlas, Memory>();

function memory(atlas: Atlas): Memory {
  let kept = memories.get(atlas);
  if (kept === undefined) memories.set(atlas, (kept = { extents: new Extents(atlas), pair: null, told: null, theme: null }));
  return kept;
}

/** The theme of a state, or null for the layers; it is worked out once for map, key and tooltip. */
export function themeOf(atlas: Atlas, state: Told): Theme | null {
  const kept = memory(atlas);
  const { told } = kept;
  const keys = ["mode", "unit", "passing", "hidden", "crossed"] as const;
  const moved = (["departement", "epci"] as const).some((key) => told?.filters[key] !== state.filters[key]);
  if (told === null || moved || keys.some((key) => told[key] !== state[key])) {
    kept.told = state;
    kept.theme = state.mode === "contracts" ? null : build(atlas, kept.extents, state, state.mode);
  }
  return kept.theme;
}

/** Communes by class: from the class of each unit. */
function spread(extents: Extents, unit: Unit, ofUnit: Int8Array, missing: number, inside: Uint8Array | null): Int8Array {
  return Int8Array.from({ length: extents.count("commune") }, (_, commune) => {
    if (inside?.[commune] === 0) return -1;
    const index = extents.unitOf(unit, commune);
    return index >= 0 ? ofUnit[index]! : missing;
  });
}

function build(atlas: Atlas, extents: Extents, state: Told, mode: Theme["mode"]): Theme {
  const { records, places } = atlas.payload;
  const unit = unitFor(mode, state.unit);
  const shown = recordsInView(atlas, state);
  const contracts = shown.filter((index) => records[index]!.kind === "contract");
  const crossed = mode === "cross" ? crossedOf(atlas, state.crossed) : [];
  const sums = mode === "amounts" ? localSums(atlas, extents, unit, shown) : null;
  const inside = insideOf(atlas, state.filters);
  const told = inside ? new Set(Array.from(inside.keys(), (commune) => (inside[commune] ? extents.unitOf(unit, commune) : -1))) : null;
  const isTold = (_: unknown, index: number): boolean => told === null || told.has(index);
  const units = Array.from({ length: extents.count(unit) }).filter(isTold).length;
  let values: ArrayLike<number>;
  let styles: { style: Style; range: Range | null }[];
  let rank: (index: number) => number;
  if (sums) {
    const ranges = amountClasses([...sums.euros].filter(isTold));
    values = sums.euros;
    styles = [
      ...ranges.map((range, i) => ({ style: { kind: "scale", scale: "amounts", rank: i, of: ranges.length } as const, range })),
      { style: { kind: "unknown", flat: units > SMALL }, range: null },
      { style: { kind: "paper" }, range: null },
    ];
    rank = (index) => (!Number.isNaN(sums.euros[index]!) ? amountClass(ranges, sums.euros[index]!) : ranges.length + (sums.records[index]! > 0 ? 0 : 1));
  } else if (mode === "cross") {
    const mask = cross(atlas, extents, crossed, state.passing);
    const masks = combinations(crossed.length);
    values = mask;
    styles = [...masks.map((bits) => ({ style: { kind: "cross", mask: bits } as const, range: null })), { style: { kind: "paper" }, range: null }];
    rank = (index) => (mask[index] ? masks.indexOf(mask[index]!) : masks.length);
  } else {
    const counts = extents.pileUp(unit, contracts, inside);
    const ranges = mode === "pileup" ? countClasses(counts.filter(isTold)) : [];
    values = counts;
    styles = mode === "white"
      ? [{ style: { kind: "white" }, range: null }, { style: { kind: "paper" }, range: null }]
      : [
        { style: { kind: "paper" }, range: { from: 0, to: 0 } },
        ...ranges.map((range, i) => ({ style: { kind: "scale", scale: "pileup", rank: i, of: ranges.length } as const, range })),
      ];
    rank = (index) => (mode === "white" ? Number(counts[index]! > 0) : 1 + countClass(ranges, counts[index]!));
  }
  const ofUnit = Int8Array.from({ length: extents.count(unit) }, (_, index) => (isTold(_, index) ? rank(index) : -1));
  const classOf = spread(extents, unit, ofUnit, styles.length, inside);
  if (classOf.includes(styles.length)) styles.push({ style: { kind: "missing" }, range: null });
  const population = new Float64Array(styles.length);
  const size = new Uint32Array(styles.length);
  // What is counted for class -1 is lost: typed arrays take nothing there.
  classOf.forEach((own, commune) => (population[own]! += places.communes.population[commune] ?? 0));
  (unit === "commune" ? classOf : ofUnit).forEach((own) => size[own]!++);
  const vast = new Set(contracts.filter((index) => isVast(atlas, extents.size(index))).map((index) => records[index]!.programme));
  const covered = (): boolean => {
    const of = contracts.filter((index) => vast.has(records[index]!.programme));
    const counts = extents.pileUp(unit, of, inside);
    return of.length < contracts.length && counts.every((count, index) => count > 0 || !isTold(count, index));
  };
  const nowhere = contracts.filter((index) => records[index]!.communes.length === 0);
  const away = nowhere.filter((index) => isOutside(records[index]!)).length;
  return {
    mode, unit, classOf, values, units, sums, crossed, within: territoryNames(atlas, state.filters),
    classes: styles.map((own, i) => ({ ...own, units: size[i]!, population: population[i]! })),
    away, uncounted: nowhere.length - away,
    vast: [...vast], smothered: mode === "white" && vast.size > 0 && size[0] === 0 && covered(),
  };
}
