import { describe, expect, it } from "vitest";
import { CELL, SIDE, X0, Y0, country } from "../../test/fixture";
import type { Arcs } from "./decode";
import { Locator } from "./locator";

const made = country();
const locator = new Locator(made.arcs);
const at = (column: number, row: number): number => locator.at(X0 + column * CELL, Y0 + row * CELL);

describe("the unit under a point", () => {
  it.each([
    [2.5, 8.5, "2,8"],
    [0.01, 0.01, "0,0"],
    [11.99, 11.99, "11,11"],
    [5.5, 5.5, "pearl"],
    [4.5, 5.5, "crown"],
    [5.5, 4.2, "crown"],
    [1.5, 1.5, "twins"],
    [3.5, 1.5, "twins"],
  ])("at %d, %d is %s", (column, row, name) => expect(at(column, row)).toBe(made.unit(name)));

  it("is nothing at sea", () => {
    for (const [column, row] of [[SIDE + 0.5, 5], [5, -1], [5, SIDE + 1], [-9, 5]] as const) expect(at(column, row)).toBe(-1);
    expect(locator.at(Number.NaN, 0)).toBe(-1);
  });

  it("agrees with the squares everywhere", () => {
    for (let column = 0; column < SIDE; column++) {
      for (let row = 0; row < SIDE; row++) {
        const name = made.names[at(column + 0.37, row + 0.61)]!;
        expect(["pearl", "crown", "twins", `${column},${row}`]).toContain(name);
      }
    }
  });

  it("is that of the first arc to the north, at any point, with a territory apart or not", () => {
    const { count, start, x, y, left, right } = made.arcs;
    const scanned = (px: number, py: number): number => {
      let nearest = Infinity;
      let unit = -1;
      for (let arc = 0; arc < count; arc++) {
        for (let i = start[arc]!; i < start[arc + 1]! - 1; i++) {
          if (x[i]! <= px === x[i + 1]! <= px) continue;
          const crossing = y[i]! + ((y[i + 1]! - y[i]!) * (px - x[i]!)) / (x[i + 1]! - x[i]!);
          if (crossing < py || crossing >= nearest) continue;
          nearest = crossing;
          unit = x[i + 1]! > x[i]! ? right[arc]! : left[arc]!;
        }
      }
      return unit;
    };
    const end = SIDE * CELL;
    // The same country twice: here, and far to the west.
    const far = (value: number): number => value - 50_000;
    const two = (column: Int32Array, move: (value: number) => number): Int32Array => Int32Array.from([...column, ...column.map(move)]);
    const same = (value: number): number => value;
    const both = {
      count: count * 2, left: two(left, same), right: two(right, same), x: two(x, far), y: two(y, same),
      start: Uint32Array.from([...start, ...start.subarray(1).map((at) => at + x.length)]),
    };
    const apart = new Locator(both, [[far(X0 - 500), Y0 - 500, far(X0 + end + 500), Y0 + end + 500]]);
    let random = 7;
    for (let n = 0; n < 2000; n++) {
      const next = (): number => (random = (random * 16807) % 2147483647) / 2147483647;
      const px = X0 + Math.floor((next() * 1.2 - 0.1) * end) + 0.5;
      const py = Y0 + Math.floor((next() * 1.2 - 0.1) * end) + 0.25;
      const expected = scanned(px, py);
      expect(locator.at(px, py)).toBe(expected);
      expect(apart.at(px, py)).toBe(expected);
      expect(apart.at(far(px), py)).toBe(expected);
    }
  });
});

describe("what the locator looks at", () => {
  /** Arcs of vertices; arc `n` has unit 2n on its left and 2n + 1 on its right. */
  const arcsOf = (...lines: [number, number][][]): Arcs => {
    const start = new Uint32Array(lines.length + 1);
    lines.forEach((line, i) => (start[i + 1] = start[i]! + line.length));
    const points = lines.flat();
    return {
      count: lines.length, start, left: Int32Array.from(lines, (_, n) => 2 * n), right: Int32Array.from(lines, (_, n) => 2 * n + 1),
      x: Int32Array.from(points, ([px]) => px), y: Int32Array.from(points, ([, py]) => py),
    };
  };

  it("is the nearest crossing of an arc that is crossed more than once", () => {
    // Far to the north eastwards, then back nearer: under the way back its left lies.
    for (const back of [5000, 8990]) {
      const hook = new Locator(arcsOf([[0, 0], [0, 9000], [9000, 9000], [9000, back], [10, back]]));
      expect(hook.at(4000, back - 10)).toBe(0);
      expect(hook.at(4000, back + 5)).toBe(1);
    }
  });

  it("goes on to the rows before a far crossing: an arc nearer than that lies in them", () => {
    // The first arc is in the cell of the point, but is crossed in the last row only.
    const locator = new Locator(arcsOf([[4000, 0], [0, 0], [0, 9000], [9000, 9000]], [[3000, 5000], [6000, 5000]]));
    expect(locator.at(5000, 10)).toBe(3);
    expect(locator.at(5000, 6000)).toBe(1);
  });

  it("is little, although a territory lies far away: that has cells of its own", () => {
    const end = SIDE * CELL;
    const far = (value: number): number => value - 500_000;
    const { count, start, x, y, left, right } = made.arcs;
    const twice = (column: Int32Array): number[] => [...column, ...column];
    let read = 0;
    const counted = new Proxy(Int32Array.from([...x, ...x.map(far)]), { get: (column, key) => (read++, Reflect.get(column, key) as unknown) });
    const both: Arcs = {
      count: count * 2, left: Int32Array.from(twice(left)), right: Int32Array.from(twice(right)), x: counted, y: Int32Array.from(twice(y)),
      start: Uint32Array.from([...start, ...start.subarray(1).map((at) => at + x.length)]),
    };
    const [whole, parted] = [new Locator(both), new Locator(both, [[far(X0), Y0, far(X0 + end), Y0 + end]])];
    const cost = (one: Locator): number => {
      read = 0;
      for (let column = 0; column < SIDE; column++) one.at(X0 + (column + 0.37) * CELL, Y0 + 0.61 * CELL);
      return read;
    };
    expect(cost(parted)).toBeGreaterThan(0);
    expect(cost(parted) * 4).toBeLessThan(cost(whole));
  });
});
