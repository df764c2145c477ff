/**
 * A small country: 12 x 12 squares, the sea to the east, a neighbour to the west, a commune in
 * four parts of one ring (the "crown") around another (the "pearl"), and a commune in two parts.
 */
import type { Arcs } from "../src/geometry/decode";
import type { Entry, Payload } from "../src/payload";

export const SIDE = 12;
/** Grid units in the side of a square, and where the grid starts: about 2° E, 50° N. */
export const CELL = 100;
export const BITS = 12;
export const X0 = 2 * 2 ** BITS;
export const Y0 = 50 * 2 ** BITS;
export const SEA = -1;

const CROWN_LOW = 4;
const CROWN_HIGH = 6;

/** The owner of each square by name: `r,c` for a plain one. */
function owner(column: number, row: number): string {
  if (column >= SIDE || row < 0 || row >= SIDE) return "sea";
  if (column < 0) return "neighbour";
  if (column === 5 && row === 5) return "pearl";
  const inCrown = column >= CROWN_LOW && column <= CROWN_HIGH && row >= CROWN_LOW && row <= CROWN_HIGH;
  if (inCrown) return "crown";
  if ((column === 1 && row === 1) || (column === 3 && row === 1)) return "twins";
  return `${column},${row}`;
}

export interface Country {
  readonly arcs: Arcs;
  readonly names: readonly string[];
  unit(name: string): number;
}

export function country(): Country {
  const names: string[] = [];
  const numbers = new Map<string, number>([["sea", SEA]]);
  for (let row = 0; row < SIDE; row++) {
    for (let column = 0; column < SIDE; column++) {
      const name = owner(column, row);
      if (!numbers.has(name)) {
        numbers.set(name, names.length);
        names.push(name);
      }
    }
  }
  numbers.set("neighbour", names.length);
  const unit = (name: string): number => {
    const number = numbers.get(name);
    if (number === undefined) throw new Error(`no unit ${name}`);
    return number;
  };
  const left: number[] = [];
  const right: number[] = [];
  const lines: [number, number][][] = [];
  const edge = (a: [number, number], b: [number, number], onLeft: number, onRight: number): void => {
    if (onLeft === onRight) return;
    lines.push([a, b]);
    left.push(onLeft);
    right.push(onRight);
  };
  const pearl = unit("pearl");
  for (let row = -1; row < SIDE; row++) {
    for (let column = -1; column < SIDE; column++) {
      const here = unit(owner(column, row));
      const east = unit(owner(column + 1, row));
      const north = unit(owner(column, row + 1));
      const round = (other: number): boolean => here === pearl || other === pearl;
      // Going north, the square to the west is on the left; going west, the square to the south is.
      if (row >= 0 && !round(east)) edge([column + 1, row], [column + 1, row + 1], here, east);
      if (column >= 0 && !round(north)) edge([column + 1, row + 1], [column, row + 1], here, north);
    }
  }
  // The border of the pearl is one closed arc, counter-clockwise: the pearl is on its left.
  lines.push([[5, 5], [6, 5], [6, 6], [5, 6], [5, 5]]);
  left.push(pearl);
  right.push(unit("crown"));
  const start = new Uint32Array(lines.length + 1);
  lines.forEach((line, i) => (start[i + 1] = start[i]! + line.length));
  const points = lines.flat();
  return {
    names,
    unit,
    arcs: {
      count: lines.length,
      start,
      left: Int32Array.from(left),
      right: Int32Array.from(right),
      x: Int32Array.from(points, ([column]) => X0 + column * CELL),
      y: Int32Array.from(points, ([, row]) => Y0 + row * CELL),
    },
  };
}

export function entry(id: string, communes: readonly number[], more: Partial<Entry> = {}): Entry {
  return {
    id, kind: "contract", programme: 0, title: id, status: "signed", basis: "stated", draw: "area", communes: communes.flatMap((unit) => [unit, 1]),
    towns: [], places: [], elsewhere: [], signed: null, starts: null, ends: null, total: null, amounts: [], yearly: false, contract: -1, counted: -1, operators: [], themes: [], facts: [], reasons: [], remarks: [],
    summary: "", source: -1, section: "", links: [], ...more,
  };
}

/** The payload of the country, with these records and as many programmes as they name. */
export function payload(records: readonly Entry[], made: Country = country()): Payload {
  const centre = (name: string): [number, number] => {
    const [column, row] = name === "pearl" ? [5, 5] : name === "crown" ? [4, 4] : name === "twins" ? [1, 1] : name.split(",").map(Number);
    return [X0 + (column! + 0.5) * CELL, Y0 + (row! + 0.5) * CELL];
  };
  const programmes = 1 + Math.max(0, ...records.map((record) => record.programme));
  return {
    format: 2, lang: "fr", title: "Essai", subtitle: "", area: { level: "region", code: "00", name: "Essai" }, vintage: 2026, edition: "", generator: "",
    basemap: "none", chrome: "page", bridge: false, views: ["contracts", "pileup", "amounts", "white", "cross"], timeline: true, credits: [], words: {},
    grid: {
      bits: BITS, arcs: made.arcs.count, points: made.arcs.x.length, communes: made.names.length, context: 1,
      bounds: [X0, Y0, X0 + SIDE * CELL, Y0 + SIDE * CELL], insets: [], tolerance: 20,
    },
    places: {
      communes: {
        code: made.names.map((_, i) => String(10000 + i)), name: made.names, epci: made.names.map(() => 0), arrondissement: made.names.map(() => 0),
        departement: made.names.map(() => 0), population: made.names.map((_, i) => i * 100), x: made.names.map((n) => centre(n)[0]), y: made.names.map((n) => centre(n)[1]),
      },
      epci: [{ code: "1", name: "CC Essai", population: 1, x: X0, y: Y0 }],
      arrondissements: [], departements: [{ code: "00", name: "Essai", population: 1, x: X0, y: Y0 }],
      regions: [{ code: "00", name: "Essai", population: 1, x: X0, y: Y0 }], region: [0], aliases: [], context: [], marks: [],
    },
    families: [{ id: "f", label: "F", light: "#a00000", dark: "#ffaaaa" }],
    programmes: Array.from({ length: programmes }, (_, i) => ({
      id: `p${i}`, family: 0, name: `P${i}`, short: `P${i}`, summary: "", period: "", hatch: "none", line: "solid", glyph: "lozenge", source: -1, section: "",
    })),
    records, sources: [],
    provenance: { licence: "", rights: "", editions: "", inputs: [], places: { id: "places", title: "P", publisher: "", published: "", href: null, licence: "" }, hash: "00", exactness: "Limites d’essai" },
  };
}
