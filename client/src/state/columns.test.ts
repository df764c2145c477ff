import { describe, expect, it } from "vitest";
import { country, entry, payload } from "../../test/fixture";
import { Atlas, members } from "../geometry/atlas";
import { eachOf, sizeOf } from "../geometry/runs";
import { columnsOf } from "./columns";
import { NO_FILTERS, passing } from "./filters";
import { Flags } from "./flags";
import { listOf } from "./lists";
import { inForce } from "./period";

const made = country();
const given = payload([
  entry("a", [0, 1, 2], { total: 5, starts: "2018", ends: "2020" }),
  entry("b", [2, 3], { kind: "operation", status: "planned", starts: "2019" }),
  entry("c", [], { towns: [5], draw: "towns", signed: "2016" }),
  entry("d", [], { draw: "none", status: "ended", ends: "2012" }),
], made);
const atlas = new Atlas({
  ...given, places: { ...given.places, communes: { ...given.places.communes, epci: given.places.communes.epci.map((_, i) => (i < 2 ? 0 : i < 4 ? 1 : -1)) }, epci: [given.places.epci[0]!, given.places.epci[0]!] },
}, made.arcs);
const { records } = atlas.payload;

describe("what a record reaches", () => {
  it("is each EPCI once, by perimeter or by seat, and whether a part lies in none", () => {
    const { groups, beyond } = columnsOf(atlas).reach("epci");
    expect(records.map((_, index) => [...listOf(groups, index)])).toEqual([[0, 1], [1], [], []]);
    expect([...beyond]).toEqual([0, 0, 1, 0]);
  });
});

describe("the years in columns", () => {
  it("let the same records pass as the rule does for each", () => {
    for (let from = 2010; from < 2022; from++) for (let to = from; to < 2022; to++) for (const undated of [true, false]) {
      const period = { from, to, undated };
      expect([...passing(atlas, NO_FILTERS, period)]).toEqual([...records.keys()].filter((index) => inForce(records[index]!, period)));
    }
  });
});

describe("flags", () => {
  it("are a set", () => {
    const flags = new Flags(Uint8Array.from([0, 1, 0, 1]));
    const seen: number[] = [];
    flags.forEach((record) => seen.push(record));
    expect([flags.size, [...flags], [...flags.keys()], [...flags.entries()], seen]).toEqual([2, [1, 3], [1, 3], [[1, 1], [3, 3]], [1, 3]]);
    expect([0, 1, 3, 4, -1].map((record) => flags.has(record))).toEqual([false, true, true, false, false]);
  });
});

describe("runs", () => {
  it("are walked as they would be written out", () => {
    const runs = [3, 2, 9, 1, 20, 4];
    const seen: number[] = [];
    eachOf(runs, (member) => seen.push(member));
    expect(seen).toEqual(members(runs));
    expect(sizeOf(runs)).toBe(seen.length);
    expect(sizeOf([])).toBe(0);
  });
});
