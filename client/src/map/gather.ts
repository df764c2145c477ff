/**
 * Symbols seen from afar: where those of the towns would hide the land, one disc stands for all
 * of an EPCI, else of an arrondissement, a département, a région. Which of them is a matter of
 * the zoom and of the records alone, so that it stays while the map is moved.
 */
import type { Atlas } from "../geometry/atlas";
import type { Frame } from "../geometry/projection";
import type { Group } from "../payload";
import type { Context } from "../state/context";
import { symbolScale } from "./glyphs";
import type { Styles } from "./styles";
import { townsOf } from "./towns";

export const UNITS = ["epci", "arrondissement", "departement", "region"] as const;
export type UnitKind = (typeof UNITS)[number];
export type Level = "town" | UnitKind;

/** The records that a disc stands for; a commune of its own where it has no unit of that level. */
export interface Unit {
  readonly kind: UnitKind | "commune";
  readonly index: number;
  /** Base pixels. */
  readonly x: number;
  readonly y: number;
  readonly frame: Frame | null;
  readonly region: number;
  /** Its most populous town with a symbol. */
  readonly chief: number;
  readonly records: readonly number[];
  /** There is one symbol alone: it can stand in its town. */
  readonly single: boolean;
}

/** A town and the records whose symbols stand in it. */
export interface Town {
  readonly town: number;
  readonly records: readonly number[];
}

/** Below this zoom the operations of a programme in one town are one symbol. */
export const TOGETHER = 9.6;
/** From this zoom on every symbol stands in its town. */
const CLOSE = 11;
/** The share of the land that symbols may take, on average around them; discs, which stand apart, a little more. */
const MOST = 0.25;
const MOST_DISCS = 0.27;
/** Units whose points lie in one square of this side (base pixels) crowd. */
const CROWD = 96;
/** The radius of the smallest symbol. */
const SMALLEST = 4;
export const GAP = 1.5;
/** The radius of a symbol that stands for several operations. */
export const MANY = 7;

/** The radius of a disc in CSS pixels: its number fits in. */
export const discRadius = (records: number): number => 6.6 + 2.4 * Math.log10(records);

export function unitsOf(atlas: Atlas, kind: UnitKind): readonly Group[] {
  const { epci, arrondissements, departements, regions } = atlas.payload.places;
  return { epci, arrondissement: arrondissements, departement: departements, region: regions }[kind];
}

export function unitName(atlas: Atlas, { kind, index }: Pick<Unit, "kind" | "index">): string {
  return kind === "commune" ? atlas.payload.places.communes.name[index]! : unitsOf(atlas, kind)[index]!.name;
}

/** What may stand in towns, whatever is in view. */
interface Standing {
  /** Of each town its records, in the order of programmes; the most populous town first. */
  readonly towns: readonly Town[];
  /** Whether a record stands in several towns. */
  readonly several: Uint8Array;
}

const standing = new WeakMap<Atlas, Standing>();

function standingIn(atlas: Atlas): Standing {
  const known = standing.get(atlas);
  if (known) return known;
  const several = new Uint8Array(atlas.payload.records.length);
  const there = new Map<number, number[]>();
  for (const index of atlas.ofProgramme.flat()) {
    const { draw, towns: own } = atlas.payload.records[index]!;
    if (draw !== "towns") continue;
    several[index] = Number(own.length > 1);
    for (const town of own) {
      const records = there.get(town);
      if (records) records.push(index);
      else there.set(town, [index]);
    }
  }
  const towns = [...townsOf(atlas).byPopulation].filter((town) => there.has(town)).map((town) => ({ town, records: there.get(town)! }));
  const found = { towns, several };
  standing.set(atlas, found);
  return found;
}

export class Signs {
  /** The most populous town first. */
  readonly towns: readonly Town[];
  private readonly units = new Map<string, readonly Unit[]>();
  private readonly wanted = new Map<string, Float64Array>();

  constructor(private readonly atlas: Atlas, private readonly styles: Styles, records: Iterable<number>) {
    const shown = new Uint8Array(atlas.payload.records.length);
    for (const index of records) shown[index] = 1;
    const towns: Town[] = [];
    for (const { town, records: own } of standingIn(atlas).towns) {
      const there = own.length === 1 ? own : own.filter((index) => shown[index]);
      if (there.length > 0 && shown[there[0]!]) towns.push({ town, records: there });
    }
    this.towns = towns;
  }

  /** The level of each région, that of its territory; last, that of the communes that have none. */
  levelsOfRegions(zoom: number): Level[] {
    const { projection, payload: { places: { regions } } } = this.atlas;
    const levels = new Map([null, ...projection.frames].map((frame) => [frame, this.levelAt(frame, zoom)]));
    return [...regions.map(({ x, y }) => levels.get(projection.frameOf(x, y))!), levels.get(null)!];
  }

  /** The level at which symbols leave the land in sight, in the main territory (null) or a frame. */
  levelAt(frame: Frame | null, zoom: number): Level {
    if (zoom >= CLOSE || this.towns.length === 0) return "town";
    if (this.crowding("least", frame, zoom) > MOST) return this.finestDiscs(frame, zoom); // whatever their size
    return this.crowding("town", frame, zoom) <= MOST ? "town" : this.finestDiscs(frame, zoom);
  }

  /** From the widest to the finest that fits: units are counted no further than they are needed. */
  private finestDiscs(frame: Frame | null, zoom: number): Level {
    let finest: Level = "region";
    for (const level of ["departement", "arrondissement", "epci"] as const) {
      if (this.crowding(level, frame, zoom) > MOST_DISCS) break;
      finest = level;
    }
    return finest;
  }

  /** The share of the land under symbols, averaged over the regions as a symbol sees it. */
  crowding(level: Level | "least", frame: Frame | null, zoom: number): number {
    const { projection, payload } = this.atlas;
    const key = level === "town" ? `town ${zoom < TOGETHER}` : level;
    let wanted = this.wanted.get(key);
    if (wanted === undefined) {
      wanted = level === "town" || level === "least" ? this.wantedByTowns(level === "least" ? null : zoom) : this.wantedByDiscs(level);
      this.wanted.set(key, wanted);
    }
    const grown = level === "town" || level === "least" ? symbolScale(zoom) ** 2 : 1;
    const pixels = (2 ** (zoom - 8) * (frame?.scale ?? 1)) ** 2;
    let sum = 0;
    let weighted = 0;
    payload.places.regions.forEach(({ x, y }, region) => {
      if (projection.frameOf(x, y) !== frame) return;
      sum += wanted[region]! * grown;
      weighted += (wanted[region]! * grown) ** 2 / (townsOf(this.atlas).land[region]! * pixels);
    });
    return sum > 0 ? weighted / sum : 0;
  }

  /** At symbol scale 1; without a zoom as if each town had its smallest symbol alone. */
  private wantedByTowns(zoom: number | null): Float64Array {
    const wanted = new Float64Array(this.atlas.payload.places.regions.length);
    const { region } = townsOf(this.atlas);
    const { records: all } = this.atlas.payload;
    for (const { town, records } of this.towns) {
      if (zoom === null) wanted[region[town]!]! += (2 * SMALLEST + GAP) ** 2;
      else for (const group of together(this.atlas, records, zoom)) {
        const radius = group.length > 1 ? MANY : this.styles.radius(all[group[0]!]!, 8.5);
        wanted[region[town]!]! += (2 * radius + GAP) ** 2;
      }
    }
    return wanted;
  }

  private wantedByDiscs(kind: UnitKind): Float64Array {
    const wanted = new Float64Array(this.atlas.payload.places.regions.length);
    for (const { region, records } of unitedBy(this.atlas, this.towns, () => kind).values()) wanted[region]! += Math.PI * discRadius(records.length) ** 2;
    return wanted;
  }

  /** The records of each unit, every record once in each; those in a crowd first, as they have the least room. */
  gathered(kind: UnitKind): readonly Unit[] {
    return this.gatheredAt([...this.atlas.payload.places.regions, null].map(() => kind));
  }

  /** The same where régions have a level each (see `levelsOfRegions`); those that stand in their towns are left out. */
  gatheredAt(levels: readonly Level[]): readonly Unit[] {
    const key = levels.join(" ");
    let units = this.units.get(key);
    if (units === undefined) this.units.set(key, (units = gather(this.atlas, this.towns, levels)));
    return units;
  }
}

/** What is gathered in a unit, before it has a place. */
interface United {
  readonly kind: UnitKind;
  readonly chief: number;
  readonly region: number;
  towns: number;
  readonly records: number[];
}

/** The towns by their unit, at the level of their région; those that stand alone are left out. A town without a unit has the key -1 - town. */
function unitedBy(atlas: Atlas, towns: readonly Town[], levelOf: (region: number) => Level): Map<number, United> {
  const { region } = townsOf(atlas);
  const { communes } = atlas.payload.places;
  const { several } = standingIn(atlas);
  const found = new Map<number, United>();
  const repeated = new Set<number>();
  for (const { town, records } of towns) {
    const kind = levelOf(region[town]!);
    if (kind === "town") continue;
    const index = kind === "region" ? region[town]! : communes[kind][town]!;
    const key = index >= 0 ? index * UNITS.length + UNITS.indexOf(kind) : -1 - town;
    let unit = found.get(key);
    if (unit === undefined) found.set(key, (unit = { kind, chief: town, region: region[town]!, towns: 0, records: [] }));
    unit.towns++;
    for (const index of records) {
      if (several[index]) {
        const pair = index * 8 * region.length + key;
        if (repeated.has(pair)) continue;
        repeated.add(pair);
      }
      unit.records.push(index);
    }
  }
  return found;
}

function gather(atlas: Atlas, towns: readonly Town[], levels: readonly Level[]): Unit[] {
  const units = [...unitedBy(atlas, towns, (region) => levels.at(region)!)].map(([key, { kind, chief, region, towns, records }]): Unit => { // the last level is that of -1
    const index = Math.floor(key / UNITS.length);
    return {
      ...(key >= 0 ? { kind, index } : { kind: "commune", index: chief }),
      ...placed(atlas, key >= 0 && reach(atlas, kind)[index] ? unitsOf(atlas, kind)[index]! : null, chief),
      region, chief, records, single: towns === 1 && records.length === 1,
    };
  });
  const crowds = new Map<number, number>();
  const squares = new Map(units.map((unit) => [unit, Math.round(unit.x / CROWD) * 65536 + Math.round(unit.y / CROWD)]));
  for (const square of squares.values()) crowds.set(square, (crowds.get(square) ?? 0) + 1);
  const crowd = (unit: Unit): number => crowds.get(squares.get(unit)!)!;
  return units.sort((a, b) => crowd(b) - crowd(a) || a.index - b.index);
}

/** A unit's own point, else that of its chief town. */
function placed({ projection, payload }: Atlas, own: Group | null, chief: number): Pick<Unit, "x" | "y" | "frame"> {
  const { communes } = payload.places;
  const at = own ?? { x: communes.x[chief]!, y: communes.y[chief]! };
  const [x, y] = projection.at(at.x, at.y);
  return { x, y, frame: projection.frameOf(at.x, at.y) };
}

const reaches = new WeakMap<ArrayLike<number>, boolean[]>();

/** Whether each unit's point lies among its communes of the area: an EPCI may reach beyond. */
function reach(atlas: Atlas, kind: UnitKind): boolean[] {
  const of = kind === "region" ? townsOf(atlas).region : atlas.payload.places.communes[kind];
  const known = reaches.get(of);
  if (known) return known;
  const { x, y } = atlas.payload.places.communes;
  const bounds = unitsOf(atlas, kind).map(() => [Infinity, Infinity, -Infinity, -Infinity]);
  for (let commune = 0; commune < x.length; commune++) {
    const own = bounds[of[commune]!];
    if (own === undefined) continue;
    if (x[commune]! < own[0]!) own[0] = x[commune]!;
    if (y[commune]! < own[1]!) own[1] = y[commune]!;
    if (x[commune]! > own[2]!) own[2] = x[commune]!;
    if (y[commune]! > own[3]!) own[3] = y[commune]!;
  }
  const within = unitsOf(atlas, kind).map((unit, index) => {
    const [left, bottom, right, top] = bounds[index]!;
    return unit.x >= left! && unit.x <= right! && unit.y >= bottom! && unit.y <= top!;
  });
  reaches.set(of, within);
  return within;
}

/** Seen from afar, the operations of a programme in one town become one symbol, unless their size tells something. */
export function together(atlas: Atlas, records: readonly number[], zoom: number): (readonly number[])[] {
  if (records.length === 1) return [records];
  const groups = new Map<number, number[]>();
  for (const index of records) {
    const { kind, programme, total, towns } = atlas.payload.records[index]!;
    const alone = zoom >= TOGETHER || kind !== "operation" || (total !== null && towns.length === 1);
    const key = alone ? index : -1 - programme;
    const group = groups.get(key);
    if (group) group.push(index);
    else groups.set(key, [index]);
  }
  return [...groups.values()];
}

/** Of each family that a unit has: how many of its records, and a programme of them. */
export function sharesOf({ payload }: Atlas, { records }: Pick<Unit, "records">): { family: number; programme: number; records: number }[] {
  const shares = new Map<number, { family: number; programme: number; records: number }>();
  for (const index of records) {
    const { programme } = payload.records[index]!;
    const { family } = payload.programmes[programme]!;
    const known = shares.get(family);
    if (known) known.records++;
    else shares.set(family, { family, programme, records: 1 });
  }
  return [...shares.values()].sort((a, b) => a.family - b.family);
}

function communesOf(atlas: Atlas, { kind, index }: Pick<Unit, "kind" | "index">): readonly number[] {
  if (kind !== "region") return atlas.communesOf({ kind, index });
  const { region } = townsOf(atlas);
  return [...region.keys()].filter((commune) => region[commune] === index);
}

/** The records drawn as areas that cover land of a unit: its disc does not count them. */
export function areasOf(atlas: Atlas, unit: Pick<Unit, "kind" | "index">): number[] {
  const found = new Set(communesOf(atlas, unit).flatMap((commune) => atlas.covering(commune)));
  return [...found].filter((index) => atlas.payload.records[index]!.draw === "area");
}

/** Choose what a disc stands for, and go there; a région is only gone to, as the panel knows none. */
export function goTo({ atlas, store, navigate }: Pick<Context, "atlas" | "store" | "navigate">, { kind, index, records }: Unit): void {
  if (kind === "region") return navigate.fit(atlas.outline(`region ${index}`, () => communesOf(atlas, { kind, index })).box);
  const chosen = { kind, index, ...(kind === "commune" ? { first: records } : {}) };
  store.set({ chosen });
  navigate.show(chosen);
}
