import { describe, expect, it } from "vitest";
import { CELL, SIDE, country } from "../../test/fixture";
import { assign, cut, doubleArea, polygonsOf, walks, type Loop, type Polygon, type Vertex } from "./polygons";
import { Topology } from "./topology";

const made = country();
const topology = new Topology(made.arcs);

function steps(...names: string[]): number[] {
  const member = new Uint8Array(made.names.length + 1);
  for (const name of names) member[made.unit(name)] = 1;
  return topology.outline(member);
}

const polygons = (...names: string[]): Polygon[] => [...polygonsOf(topology, steps(...names))];
/** Areas in squares, holes negative. */
const areas = (found: readonly Polygon[]): number[][] => found.map((polygon) => polygon.map((loop) => doubleArea(loop) / 2 / CELL ** 2));
const square = (x: number, y: number, side: number): Vertex[] => [[x, y], [x + side, y], [x + side, y + side], [x, y + side]];

describe("polygons of an outline", () => {
  it("has one counter-clockwise exterior for a square", () => {
    expect(areas(polygons("2,8"))).toEqual([[1]]);
  });

  it("has the hole of the crown clockwise, in its exterior, and none when the hole is filled", () => {
    expect(areas(polygons("crown"))).toEqual([[9, -1]]);
    expect(areas(polygons("crown", "pearl"))).toEqual([[9]]);
  });

  it("has two parts for a commune in two parts", () => {
    expect(areas(polygons("twins"))).toEqual([[1], [1]]);
  });

  it("keeps squares apart that touch at a corner", () => {
    const found = polygons("8,8", "9,9");
    expect(areas(found)).toEqual([[1], [1]]);
    for (const [exterior] of found) expect(new Set(exterior!.map(String)).size).toBe(exterior!.length);
  });

  it("has a simple exterior where a hole touches it at a corner", () => {
    // A 3 x 3 block without its middle and without a corner: the two gaps meet at one point.
    const names = ["8,8", "9,8", "10,8", "8,9", "10,9", "8,10", "9,10"];
    const [only, ...rest] = polygons(...names);
    expect(rest).toEqual([]);
    expect(areas([only!])).toEqual([[8, -1]]);
    for (const loop of only!) expect(new Set(loop.map(String)).size).toBe(loop.length);
  });

  it("parts what two touching gaps would cut in two", () => {
    // Around the middle square, two opposite corners are missing: the inside is not connected.
    const found = areas(polygons("8,8", "9,8", "8,9", "10,9", "9,10", "10,10"));
    expect(found).toEqual([[3], [3]]);
  });

  it("keeps every square of the country", () => {
    const all = made.names.filter((name) => name !== "neighbour");
    expect(areas(polygons(...all))).toEqual([[SIDE * SIDE]]);
    expect(walks(topology, steps(...all))).toHaveLength(1);
  });
});

describe("holes", () => {
  const hole = (x: number, y: number, side: number): Loop => square(x, y, side).reverse();

  it("go to the smallest exterior around them", () => {
    const lake = hole(10, 10, 30);
    const island = square(15, 15, 20);
    const pond = hole(20, 20, 5);
    const far = square(200, 0, 50);
    const found = assign([square(0, 0, 100), lake, island, pond, far]);
    expect(found.map((polygon) => polygon.length)).toEqual([2, 1, 2]);
    expect(found[0]).toEqual([island, pond]);
    expect(found[2]![1]).toEqual(lake);
  });

  it("that touch their exterior at a vertex are still in it", () => {
    const touching: Loop = [[0, 0], [10, 20], [20, 10]];
    expect(doubleArea(touching)).toBeLessThan(0);
    expect(assign([square(0, 0, 100), touching])).toEqual([[square(0, 0, 100), touching]]);
  });
});

describe("a hole", () => {
  it("is in no exterior smaller than itself, even where they share an edge", () => {
    const land = square(0, 0, 100);
    const lake: Loop = [[10, 20], [10, 40], [40, 40], [40, 10], [10, 10]];
    const island = square(10, 15, 10); // the first vertex of the lake lies on its left side
    expect(doubleArea(lake)).toBeLessThan(0);
    expect(assign([land, lake, island])).toEqual([[island], [land, lake]]);
  });
});

describe("a walk at a node", () => {
  it("goes back the way it came only if there is no other", () => {
    const lines: Vertex[][] = [
      [[0, 0], [10, 0]], // arrives at (10, 0)
      [[0, 0], [10, -10], [10, 0]], // so does this
      [[10, 0], [5, 0], [5, -5], [0, 0]], // leaves along the first
      [[10, 0], [10, 10], [0, 0]],
    ];
    const start = [0];
    for (const line of lines) start.push(start.at(-1)! + line.length);
    const node = ([x, y]: Vertex): number => x * 100 + y;
    const small = {
      arcs: { start, x: lines.flat().map(([x]) => x), y: lines.flat().map(([, y]) => y) },
      startOf: (step: number) => node(lines[step >> 1]![0]!),
      endOf: (step: number) => node(lines[step >> 1]!.at(-1)!),
    } as unknown as Topology;
    expect(walks(small, [0, 2, 4, 6])[0]!.slice(0, 3)).toEqual([[0, 0], [10, 0], [10, 10]]);
  });
});

describe("a walk that meets itself", () => {
  it("is cut in loops; what has no area is dropped", () => {
    const eight: Vertex[] = [[0, 0], [10, 0], [10, 10], [20, 10], [20, 20], [10, 20], [10, 10], [0, 10]];
    expect(cut(eight).map((loop) => doubleArea(loop) / 2)).toEqual([100, 100]);
    expect(cut([[0, 0], [10, 0], [0, 0], [0, 10]])).toEqual([]);
  });
});
