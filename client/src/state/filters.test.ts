import { describe, expect, it } from "vitest";
import { country, entry, payload } from "../../test/fixture";
import { Atlas } from "../geometry/atlas";
import { knownAmount } from "./amounts";
import { filterCount, NO_FILTERS, passing, type Filters } from "./filters";
import { inForce, spanOf } from "./period";
import { inView, keepSelection, recordsInView } from "./selection";
import { Store } from "./store";

const made = country();
const given = payload([
  entry("a", [0, 1], { kind: "contract", status: "signed", themes: ["eau"], operators: ["État"], total: 100, starts: "2018" }),
  entry("b", [2], { kind: "operation", status: "planned", amounts: [{ payer: "state", eur: 20 }, { payer: "eu", eur: 5 }], programme: 1 }),
  entry("c", [], { kind: "mission", status: null, towns: [3], draw: "towns", operators: ["Cerema"], signed: "2016-05", ends: "2017" }),
], made);
const atlas = new Atlas(
  { ...given, places: { ...given.places, communes: { ...given.places.communes, epci: given.places.communes.epci.map((_, i) => (i < 2 ? 0 : 1)) } } },
  made.arcs,
);
const kept = (filters: Partial<Filters>): string => [...passing(atlas, { ...NO_FILTERS, ...filters }, null)].map((i) => atlas.payload.records[i]!.id).join("");

describe("a filter", () => {
  it.each<[string, Partial<Filters>, string]>([
    ["nothing", {}, "abc"],
    ["a kind", { kinds: new Set(["operation"]) }, "b"],
    ["statuses, one of them not said", { statuses: new Set(["signed", ""]) }, "ac"],
    ["a theme", { themes: new Set(["eau"]) }, "a"],
    ["an operator", { operators: new Set(["Cerema", "ANCT"]) }, "c"],
    ["at least", { least: 25 }, "ab"],
    ["at most", { most: 25 }, "b"],
    ["between", { least: 26, most: 99 }, ""],
    ["an EPCI, by perimeter and by seat", { epci: 1 }, "bc"],
    ["a département", { departement: 0 }, "abc"],
    ["two at once", { epci: 0, kinds: new Set(["contract"]) }, "a"],
  ])("by %s", (_, filters, expected) => expect(kept(filters)).toBe(expected));
  it("is counted once for each facet", () => {
    expect(filterCount(NO_FILTERS)).toBe(0);
    expect(filterCount({ ...NO_FILTERS, kinds: new Set(["contract", "mission"]), epci: 3, least: 1, most: 2 })).toBe(3);
  });
  it("knows an amount by its total or by its payers, and unknown is not 0", () => {
    expect(atlas.payload.records.map(knownAmount)).toEqual([100, 25, null]);
    expect(passing(atlas, { ...NO_FILTERS, most: 1e9 }, null).has(2)).toBe(false);
  });
});

describe("a period", () => {
  const at = (signed: string | null, starts: string | null, ends: string | null, status: "signed" | "ended" = "signed") => ({ signed, starts, ends, status });
  it.each([
    [at("2015-11-13", "2016", "2020"), { from: 2016, to: 2020 }],
    [at("2015-11-13", null, null), { from: 2015, to: null }],
    [at(null, "2018", null, "ended"), { from: 2018, to: 2018 }],
    [at(null, null, "2012", "ended"), { from: 2012, to: 2012 }],
    [at(null, "2020", "2016"), { from: 2020, to: null }],
    [at(null, "2020", "2016", "ended"), { from: 2020, to: 2020 }],
    [at(null, null, null), null],
  ])("%o", (record, span) => expect(spanOf(record)).toEqual(span));
  it("keeps what is in force in a part of it", () => {
    const record = at("2015-11-13", null, "2017");
    const kept = ([from, to]: [number, number]) => inForce(record, { from, to, undated: false });
    expect(([[2013, 2014], [2013, 2015], [2016, 2016], [2017, 2026], [2018, 2026]] as [number, number][]).map(kept)).toEqual([false, true, true, true, false]);
    expect(inForce(at("2018", null, null), { from: 2026, to: 2026, undated: false })).toBe(true);
  });
  it("keeps what has no date when it is asked to", () => {
    expect(inForce(at(null, null, null), { from: 2019, to: 2019, undated: true })).toBe(true);
    expect(inForce(at(null, null, null), { from: 2019, to: 2019, undated: false })).toBe(false);
  });
});

describe("the selection", () => {
  it("follows filters, period and layers", () => {
    const store = new Store();
    keepSelection(atlas, store);
    expect(recordsInView(atlas, store.state)).toEqual([0, 2, 1]);
    store.set({ filters: { ...NO_FILTERS, kinds: new Set(["contract", "operation"]) } });
    expect([...store.state.passing]).toEqual([0, 1]);
    store.set({ hidden: new Set([1]) });
    expect(recordsInView(atlas, store.state)).toEqual([0]);
    expect([0, 1, 2].map((index) => inView(atlas, store.state, index))).toEqual([true, false, false]);
    store.set({ period: { from: 2010, to: 2017, undated: false } });
    expect(recordsInView(atlas, store.state)).toEqual([]);
    store.set({ filters: NO_FILTERS });
    expect(recordsInView(atlas, store.state)).toEqual([2]);
  });
});
