/** The payload made ready to be asked: who covers what, outlines, boxes. */
import type { Arcs } from "./decode";
import { Lines } from "./lines";
import { Locator } from "./locator";
import type { Entry, Payload } from "../payload";
import { Projection, union, type Box } from "./projection";
import type { Chosen } from "../state/store";
import { Topology, type Ring, type Step } from "./topology";

/** An outline: its steps, and the rings that they make. */
export interface Outline {
  readonly steps: readonly Step[];
  readonly rings: readonly Ring[];
  readonly box: Box;
}

export class Atlas {
  readonly projection: Projection;
  readonly topology: Topology;
  readonly lines: Lines;
  readonly locator: Locator;
  /** Records of each programme, and communes of each EPCI and département. */
  readonly ofProgramme: readonly (readonly number[])[];
  readonly ofFamily: readonly (readonly number[])[];
  readonly inEpci: readonly (readonly number[])[];
  readonly inArrondissement: readonly (readonly number[])[];
  readonly inDepartement: readonly (readonly number[])[];
  /** Records that cover each commune, and those of which it is only the seat, in the order of the payload. */
  private readonly coverage: number[][];
  private readonly seats: number[][];
  private readonly outlines = new Map<string, Outline>();

  constructor(readonly payload: Payload, readonly arcs: Arcs) {
    const { places, programmes, families, records } = payload;
    this.projection = new Projection(payload.grid);
    this.topology = new Topology(arcs);
    this.lines = new Lines(arcs, this.projection);
    this.locator = new Locator(arcs);
    this.ofProgramme = grouped(records.map((record) => record.programme), programmes.length);
    this.ofFamily = grouped(programmes.map((programme) => programme.family), families.length);
    this.inEpci = grouped(places.communes.epci, places.epci.length);
    this.inArrondissement = grouped(places.communes.arrondissement, places.arrondissements.length);
    this.inDepartement = grouped(places.communes.departement, places.departements.length);
    this.coverage = places.communes.code.map(() => []);
    this.seats = places.communes.code.map(() => []);
    records.forEach((record, index) => {
      const known = record.communes.length > 0;
      for (const commune of known ? members(record.communes) : record.towns) (known ? this.coverage : this.seats)[commune]?.push(index);
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
    return this.coverage[commune] ?? [];
  }

  /** The records whose perimeter is not known, and whose seat is this commune. */
  seated(commune: number): readonly number[] {
    return this.seats[commune] ?? [];
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

  outline(key: string, units: Iterable<number>): Outline {
    let outline = this.outlines.get(key);
    if (outline === undefined) {
      const member = new Uint8Array(this.units);
      for (const unit of units) member[unit] = 1;
      const steps = this.topology.outline(member);
      outline = { steps, rings: this.topology.rings(steps), box: this.lines.box(steps) };
      this.outlines.set(key, outline);
    }
    return outline;
  }

  outlineOf(chosen: Chosen): Outline {
    const units = chosen.kind === "record" ? members(this.payload.records[chosen.index]!.communes) : this.communesOf(chosen);
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

/** The numbers in runs: first, how many, first, how many... */
export function members(runs: readonly number[]): number[] {
  const all: number[] = [];
  for (let i = 0; i + 1 < runs.length; i += 2) {
    for (let n = 0; n < runs[i + 1]!; n++) all.push(runs[i]! + n);
  }
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
