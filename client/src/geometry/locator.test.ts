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
});
