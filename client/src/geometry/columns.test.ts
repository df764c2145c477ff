import { describe, expect, it } from "vitest";
import { Columns, type Column } from "./columns";

const read = (column: Column, rows: number, ...bytes: number[]): unknown[] => new Columns(Uint8Array.from(bytes)).read(column, rows);

describe("columns", () => {
  it("of one value", () => {
    expect(read({ same: "a" }, 3)).toEqual(["a", "a", "a"]);
    expect(read({ same: 1 }, 0)).toEqual([]);
  });

  it("of integers, as they are or as steps, from their place in the block", () => {
    expect(read({ ints: 1 }, 3, 9, 2, 1, 4)).toEqual([1, -1, 2]);
    expect(read({ steps: 1 }, 3, 9, 2, 1, 4)).toEqual([1, 0, 2]);
    expect(read({ ints: 0 }, 2, 254, 255, 255, 255, 63, 255, 255, 255, 255, 63)).toEqual([2 ** 33 - 1, -(2 ** 33)]);
  });

  it("of values that come again: one object each", () => {
    const [first, second, third] = read({ of: { list: [["x"], ["y"]] }, kinds: 2, at: { ints: 0 } }, 3, 0, 2, 0);
    expect([first, second]).toEqual([["x"], ["y"]]);
    expect(third).toBe(first);
  });

  it("with gaps", () => {
    expect(read({ has: { ints: 0 }, of: { texts: "a\nb" } }, 3, 2, 0, 2)).toEqual(["a", null, "b"]);
  });

  it("of texts that end in numbers", () => {
    expect(read({ heads: { same: "c-" }, widths: { ints: 0 }, numbers: { ints: 2 } }, 2, 6, 0, 14, 20)).toEqual(["c-007", "c-10"]);
  });

  it("of lists and objects", () => {
    expect(read({ sizes: { ints: 0 }, items: { texts: "a\nb\nc" } }, 3, 4, 0, 2)).toEqual([["a", "b"], [], ["c"]]);
    expect(read({ keys: { a: { ints: 0 }, b: { same: null } } }, 2, 2, 4)).toEqual([{ a: 1, b: null }, { a: 2, b: null }]);
  });

  it("are refused where they are not as long as the table", () => {
    expect(() => read({ texts: "a\nb" }, 3)).toThrow(/2 rows, not 3/);
    expect(() => read({ list: [1] }, 2)).toThrow(/1 rows, not 2/);
    expect(() => read({ ints: 0 }, 2, 1)).toThrow(/too early/);
  });
});
