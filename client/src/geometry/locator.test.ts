import { describe, expect, it } from "vitest";
import { CELL, SIDE, X0, Y0, country } from "../../test/fixture";
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
