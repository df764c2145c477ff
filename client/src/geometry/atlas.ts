/** The payload made ready to be asked: who covers what, outlines, boxes. */
import type { Arcs } from "./decode";
import { Lines } from "./lines";
import { Locator } from "./locator";
import type { Entry, Payload } from "../payload";
import { Projection, union, type Box } from "./projection";
import { eachOf } from "./runs";
import type { Chosen } from "../state/store";
import { Topology, type Ring, type Step } from "./topology";

/** An outline: its steps, and the rings that they make. */
export interface Outline {
  readonly steps: readonly Step[];
  readonly rings: readonly Ring[];
  readonly box: Box;
}

/** Lists of numbers, one after the other: that of `key` begins at `begin[key]`. */
interface Lists {
  readonly begin: Uint32Array;
  readonly all: Uint32Array;
}

/** What the ground does not need is made when it is first asked for. */
export class Atlas {
  readonly projection: Projection;
  readonly topology: Topology;
  readonly lines: Lines;
  private readonly made = new Map<string, unknown>();
  private readonly outlines = new Map<string, Outline>();

  constructor(readonly payload: Payload, readonly arcs: Arcs) {
    this.projection = new Projection(payload.grid);
    this.topology = new Topology(arcs);
    this.lines = new Lines(arcs, this.projection);
  }

  private once<T>(name: string, make: () => T): T {
    if (!this.made.has(name)) this.made.set(name, make());
    return this.made.get(name) as T;
  }

  get locator(): Locator {
    return this.once("locator", () => new Locator(this.arcs, (this.payload.grid.insets ?? []).map(({ bounds }) => bounds)));
  }

  /** Records of each programme, and programmes of each family. */
  get ofProgramme(): readonly (readonly number[])[] {
    return this.once("ofProgramme", () => grouped(this.payload.records.map((record) => record.programme), this.payload.programmes.length));
  }

  get ofFamily(): readonly (readonly number[])[] {
    return this.once("ofFamily", () => grouped(this.payload.programmes.map((programme) => programme.family), this.payload.families.length));
  }

  /** Communes of each EPCI, arrondissement and département. */
  get inEpci(): readonly (readonly number[])[] {
    return this.once("inEpci", () => grouped(this.payload.places.communes.epci, this.payload.places.epci.length));
  }

  get inArrondissement(): readonly (readonly number[])[] {
    return this.once("inArrondissement", () => grouped(this.payload.places.communes.arrondissement, this.payload.places.arrondissements.length));
  }

  get inDepartement(): readonly (readonly number[])[] {
    return this.once("inDepartement", () => grouped(this.payload.places.communes.departement, this.payload.places.departements.length));
  }

  /** Records that cover each commune, and those of which it is only the seat, in the order of the payload. */
  private coverage(ofSeats: boolean): Lists {
    return this.once(ofSeats ? "seats" : "coverage", () => {
      const each = (take: (commune: number, record: number) => void): void => {
        for (let index = this.payload.records.length - 1; index >= 0; index--) {
          const { communes, towns } = this.payload.records[index]!;
          if (!ofSeats) eachOf(communes, (commune) => take(commune, index));
          else if (communes.length === 0) for (const commune of towns) take(commune, index);
        }
      };
      return listed(this.payload.grid.communes, each);
    });
  }

  get units(): number {
    return this.payload.grid.communes + this.payload.grid.context;
  }

  isCommune(unit: number): boolean {
    return unit >= 0 && unit < this.payload.grid.communes;
  }

  /** The records whose perimeter holds a commune. */
  covering(commune: number): readonly number[] {
    return listOf(this.coverage(false), commune);
  }

  /** The records whose perimeter is not known, and whose seat is this commune. */
  seated(commune: number): readonly number[] {
    return listOf(this.coverage(true), commune);
  }

  /** The communes of what was chosen. */
  communesOf(chosen: Chosen): readonly number[] {
    switch (chosen.kind) {
      case "commune": return [chosen.index];
      case "epci": return this.inEpci[chosen.index] ?? [];
      case "arrondissement": return this.inArrondissement[chosen.index] ?? [];
      case "departement": return this.inDepartement[chosen.index] ?? [];
      case "record": return touched(this.payload.records[chosen.index]!);
    }
  }

  /** The outline of a set of units, kept under a key. */
  outline(key: string, units: () => ArrayLike<number>): Outline {
    let outline = this.outlines.get(key);
    if (outline === undefined) {
      const steps = this.topology.outlineOf(units());
      outline = { steps, rings: this.topology.rings(steps), box: this.lines.box(steps) };
      this.outlines.set(key, outline);
    }
    return outline;
  }

  outlineOf(chosen: Chosen): Outline {
    const units = () => (chosen.kind === "record" ? members(this.payload.records[chosen.index]!.communes) : this.communesOf(chosen));
    return this.outline(`${chosen.kind} ${chosen.index}`, units);
  }

  /** The rectangle of what was chosen, or null where nothing is drawn. */
  boxOf(chosen: Chosen): Box | null {
    if (chosen.kind !== "record") return this.outlineOf(chosen).box;
    const record = this.payload.records[chosen.index]!;
    if (record.draw === "none") return null;
    let box: Box | null = null;
    if (record.draw === "area" && record.communes.length > 0) box = this.outlineOf(chosen).box;
    else for (const town of record.towns) box = union(box, this.outlineOf({ kind: "commune", index: town }).box);
    return box;
  }

  boxOfRecords(records: Iterable<number>): Box | null {
    let box: Box | null = null;
    for (const index of records) box = union(box, this.boxOf({ kind: "record", index }));
    return box;
  }
}

/** The numbers in runs. */
export function members(runs: readonly number[]): number[] {
  const all: number[] = [];
  eachOf(runs, (member) => all.push(member));
  return all;
}

/** The communes of a record: its perimeter and the towns where its symbol stands. */
export function touched(record: Entry): number[] {
  return [...new Set([...members(record.communes), ...record.towns])];
}

/** The indices of each key, from 0 to `length`; other keys belong to none. */
export function grouped(keys: readonly number[], length: number): number[][] {
  const groups: number[][] = Array.from({ length }, () => []);
  keys.forEach((key, index) => groups[key]?.push(index));
  return groups;
}

/** Fill lists from pairs of a key and a number; `each` visits them from the last to the first, twice. */
function listed(keys: number, each: (take: (key: number, value: number) => void) => void): Lists {
  const begin = new Uint32Array(keys + 1);
  each((key) => begin[key]!++);
  for (let key = 0; key < keys; key++) begin[key + 1]! += begin[key]!;
  const all = new Uint32Array(begin[keys]!);
  each((key, value) => (all[--begin[key]!] = value));
  return { begin, all };
}

function listOf({ begin, all }: Lists, key: number): number[] {
  const list: number[] = [];
  for (let i = begin[key]!; i < begin[key + 1]!; i++) list.push(all[i]!);
  return list;
}
