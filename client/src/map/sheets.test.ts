import { describe, expect, it } from "vitest";
import { country, entry, payload } from "../../test/fixture";
import { Atlas, members, touched } from "../geometry/atlas";
import { inSight, lanes, sheetsOf } from "./sheets";

const made = country();
const u = (name: string): number => made.unit(name);
const atlasOf = (records: ReturnType<typeof entry>[]): Atlas => new Atlas(payload(records, made), made.arcs);

describe("runs", () => {
  it("unfold", () => expect(members([3, 2, 9, 1])).toEqual([3, 4, 9]));
  it("and towns are counted once", () => expect(touched(entry("a", [4], { towns: [4, 7] }))).toEqual([4, 7]));
});

describe("sheets", () => {
  it("hold records of one programme that neither overlap nor touch", () => {
    const atlas = atlasOf([entry("a", [u("2,8")]), entry("b", [u("9,8")]), entry("c", [u("9,8"), u("8,8")]), entry("d", [u("2,8")], { programme: 1 })]);
    const sheets = sheetsOf(atlas, [0, 1, 2, 3]);
    expect(sheets.map((sheet) => sheet.records)).toEqual([[2], [0, 1], [3]]);
  });

  it("part neighbours, whose lines must not spill into each other", () => {
    const atlas = atlasOf([entry("a", [u("2,8")]), entry("b", [u("3,8")])]);
    expect(sheetsOf(atlas, [0, 1]).map((sheet) => sheet.records)).toEqual([[0], [1]]);
  });

  it("part what is stated from what is inferred", () => {
    const atlas = atlasOf([entry("a", [u("2,8")]), entry("b", [u("9,9")], { basis: "inferred" })]);
    expect(sheetsOf(atlas, [0, 1]).map((sheet) => sheet.inferred)).toEqual([false, true]);
  });

  it("leave out what is not drawn as an area", () => {
    const atlas = atlasOf([entry("a", [u("2,8")], { draw: "towns" }), entry("b", [], { draw: "none" })]);
    expect(sheetsOf(atlas, [0, 1])).toEqual([]);
  });
});

describe("many sheets", () => {
  it("hold every record once, none with one that it covers or touches, also beyond the 32 that are filled at once", () => {
    const records = Array.from({ length: 40 }, (_, i) => entry(`same${i}`, [u("2,8")]));
    let random = 5;
    const next = (most: number): number => (random = (random * 16807) % 2147483647) % most;
    for (let i = 0; i < 60; i++) records.push(entry(`r${i}`, [next(100), next(100)], { programme: next(2), basis: next(2) ? "stated" : "inferred" }));
    const atlas = atlasOf(records);
    const sheets = sheetsOf(atlas, records.keys());
    expect(sheets.flatMap((sheet) => sheet.records).sort((a, b) => a - b)).toEqual([...records.keys()]);
    for (const { records: own, programme, inferred, parts, outline } of sheets) {
      const units = own.flatMap((index) => members(records[index]!.communes));
      expect(new Set(units).size).toBe(units.length);
      const arcs = outline.steps.map((step) => step >> 1);
      expect(new Set(arcs).size).toBe(arcs.length);
      expect(parts.map(({ steps }) => steps).flat()).toEqual(outline.steps);
      expect(own.every((index) => records[index]!.programme === programme && (records[index]!.basis === "inferred") === inferred)).toBe(true);
    }
  });

  it("share no commune and are as few as they can be, with one more than are filled at once", () => {
    const one = Array.from({ length: 33 }, (_, i) => entry(`r${i}`, [u("2,8")], { programme: i }));
    // Elsewhere the first programme and the last one meet again: each goes to the sheet that it has.
    const atlas = atlasOf([...one, entry("first", [u("9,9")]), entry("last", [u("9,9")], { programme: 32 })]);
    const sheets = sheetsOf(atlas, atlas.payload.records.keys());
    expect(sheets.map(({ programme, records }) => [programme, ...records])).toEqual(
      one.map((_, i) => (i === 0 ? [0, 0, 33] : i === 32 ? [32, 32, 34] : [i, i])));
    for (const { records } of sheets) {
      const units = records.flatMap((index) => members(atlas.payload.records[index]!.communes));
      expect(new Set(units).size).toBe(units.length);
    }
  });

  it("are cut to what is in sight", () => {
    const atlas = atlasOf([entry("west", [u("2,8")]), entry("east", [u("9,8")])]);
    const [sheet] = sheetsOf(atlas, [0, 1]);
    const west = sheet!.parts[0]!;
    expect(inSight(sheet!, () => true)).toBe(sheet);
    expect(inSight(sheet!, () => false)).toBeNull();
    const cut = inSight(sheet!, (box) => box[0] <= west.box[0]);
    expect(cut!.outline).toBe(west);
    expect(cut!.largest).toBe(sheet!.largest);
  });
});

describe("lanes", () => {
  it("ten perimeters that are the same lie at ten depths", () => {
    const records = Array.from({ length: 10 }, (_, i) => entry(`r${i}`, [u("2,8")], { programme: i }));
    const atlas = atlasOf(records);
    const laid = lanes(sheetsOf(atlas, records.keys()), made.arcs.count, () => 3);
    expect(laid.map((own) => own.map((lane) => lane.depth))).toEqual(Array.from({ length: 10 }, (_, i) => [i * 3]));
    expect(laid.map((own) => own[0]!.last)).toEqual([...Array(9).fill(false), true]);
    expect(laid.every((own) => own[0]!.closed[0])).toBe(true);
  });

  it("only the shared piece of a border moves inwards", () => {
    const atlas = atlasOf([entry("wide", [u("2,8"), u("3,8")]), entry("small", [u("2,8")], { programme: 1 })]);
    const [wide, small] = lanes(sheetsOf(atlas, [0, 1]), made.arcs.count, () => 3);
    expect(wide!.every((lane) => lane.depth === 0)).toBe(true);
    const depths = small!.map((lane) => [lane.depth, lane.runs.flat().length]).sort();
    expect(depths).toEqual([[0, 1], [3, 3]]);
  });

  it("neighbours on either side of a border do not push each other", () => {
    const atlas = atlasOf([entry("a", [u("2,8")]), entry("b", [u("3,8")], { programme: 1 })]);
    for (const own of lanes(sheetsOf(atlas, [0, 1]), made.arcs.count, () => 3)) expect(own.map((lane) => lane.depth)).toEqual([0]);
  });
});
