import { describe, expect, it, vi } from "vitest";
import { country, entry, payload } from "../../test/fixture";
import { Atlas } from "../geometry/atlas";
import { initial } from "../state/store";

vi.stubGlobal("matchMedia", () => ({ matches: false, addEventListener: () => undefined }));
const { cross, crossable, firstPair, withChoice } = await import("./crossing");
const { Extents } = await import("./extents");
const { crossedOf, themeOf } = await import("./thematic");

const made = country();
const atlasOf = (records: Parameters<typeof payload>[0]): Atlas => new Atlas(payload(records, made), made.arcs);
const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i);

describe("operations", () => {
  const atlas = atlasOf([
    entry("a", [0, 1]),
    entry("works in other communes", [4], { kind: "operation" }),
    entry("works alone", [0], { kind: "operation", programme: 1 }),
    entry("b", [1, 2], { programme: 2 }),
  ]);
  it("make no programme that can be crossed", () => expect(crossable(atlas)).toEqual([0, 2]));
  it("cover nothing", () => {
    const all = new Set(atlas.payload.records.keys());
    expect([...cross(atlas, new Extents(atlas), [0, 1, 2], all)].slice(0, 5)).toEqual([1, 5, 4, 0, 0]);
  });
});

describe("the first two programmes", () => {
  it("are the pair whose smallest combination is the largest", () => {
    const atlas = atlasOf([
      entry("a", range(0, 8)), entry("b", range(7, 15), { programme: 1 }), entry("c", range(4, 12), { programme: 2 }), entry("d", range(0, 3), { programme: 3 }),
    ]);
    expect(firstPair(atlas, new Extents(atlas))).toEqual([0, 2]);
  });

  it("are as good as if all pairs were compared", () => {
    let seed = 7;
    const random = (below: number): number => (seed = (seed * 1103515245 + 12345) % 2 ** 31) % below;
    for (let run = 0; run < 30; run++) {
      const sets = range(0, 8).map(() => range(0, 1 + random(12)).map(() => random(16)).filter((n, i, all) => all.indexOf(n) === i));
      const atlas = atlasOf(sets.map((communes, programme) => entry(`r${programme}`, communes, { programme })));
      const worth = (a: number, b: number): number => {
        const both = sets[a]!.filter((n) => sets[b]!.includes(n)).length;
        return Math.min(both, sets[a]!.length - both, sets[b]!.length - both);
      };
      const best = Math.max(...sets.flatMap((_, a) => sets.map((__, b) => (a < b ? worth(a, b) : 0))));
      const [a, b] = firstPair(atlas, new Extents(atlas)) as [number, number];
      expect(worth(a, b)).toBe(best);
    }
  });

  it("are chosen where fewer than two are", () => {
    const atlas = atlasOf([entry("a", [0, 1]), entry("b", [1, 2], { programme: 1 }), entry("c", [5], { programme: 2 })]);
    expect([[], [2], [2, 0]].map((crossed) => crossedOf(atlas, crossed))).toEqual([[0, 1], [0, 1], [2, 0]]);
    const theme = themeOf(atlas, { ...initial, passing: new Set([0, 1, 2]), mode: "cross", crossed: [2] })!;
    expect(theme.crossed).toEqual([0, 1]);
    expect(theme.classes).toHaveLength(4);
  });
});

describe("a choice that changes nothing", () => {
  it.each([["the same again", 1, 5], ["as the third one, one that is there already", 2, 5]])("%s: the list stays the same one", (_, rank, programme) => {
    const crossed = [4, 5];
    expect(withChoice(crossed, rank, programme)).toBe(crossed);
  });
});
