import { describe, expect, it } from "vitest";
import { holds, listOf, listsOf } from "./lists";

describe("lists", () => {
  const given = [[3, 0xffff], [], [7]];

  it("are read back", () => {
    const lists = listsOf(given.length, (n) => given[n]!);
    expect(given.map((_, n) => [...listOf(lists, n)])).toEqual(given);
    expect([holds(lists, 0, 3), holds(lists, 2, 3), holds(lists, 1, 7)]).toEqual([true, false, false]);
  });

  it("take half the room where all numbers are small, and wrap none that is not", () => {
    expect(listsOf(3, (n) => given[n]!).items).toBeInstanceOf(Uint16Array);
    const large = listsOf(2, (n) => [[0x10000, 70_000], [1]][n]!);
    expect([[...listOf(large, 0)], [...listOf(large, 1)]]).toEqual([[65_536, 70_000], [1]]);
    expect([holds(large, 0, 0), holds(large, 0, 65_536)]).toEqual([false, true]);
  });
});
