import { describe, expect, it } from "vitest";
import { readAsked, readTold } from "./message";

const SHOWN = { state: "off=p1", selection: "commune:10001", layers: ["p0"], date: [2017, 2019] };

describe("a request", () => {
  it("may name any of the parts", () => {
    expect(readAsked({ request: 3, shown: SHOWN })).toEqual({ request: 3, shown: SHOWN });
    expect(readAsked({ request: 1, shown: { date: null } })).toEqual({ request: 1, shown: { date: null } });
    expect(readAsked({ request: 1, shown: {} })).toEqual({ request: 1, shown: {} });
  });

  it("brings nothing along that is not known", () => {
    expect(readAsked({ request: 1, shown: { layers: [], onload: "x" }, code: "x" })).toEqual({ request: 1, shown: { layers: [] } });
  });

  it.each<[string, unknown]>([
    ["nothing", undefined],
    ["a text", "off=p1"],
    ["a list", [1, {}]],
    ["no number", { shown: {} }],
    ["half a number", { request: 1.5, shown: {} }],
    ["no parts", { request: 1 }],
    ["a state that is no text", { request: 1, shown: { state: 5 } }],
    ["a state longer than an address", { request: 1, shown: { state: "x".repeat(2_000_001) } }],
    ["an empty selection", { request: 1, shown: { selection: "" } }],
    ["one layer alone", { request: 1, shown: { layers: "p0" } }],
    ["a layer that is no text", { request: 1, shown: { layers: [{ toString: "p0" }] } }],
    ["years the wrong way round", { request: 1, shown: { date: [2019, 2017] } }],
    ["one year", { request: 1, shown: { date: [2019] } }],
    ["years as texts", { request: 1, shown: { date: ["2017", "2019"] } }],
    ["a year no date has", { request: 1, shown: { date: [-1, 2019] } }],
  ])("is left aside when it is %s", (_, data) => expect(readAsked(data)).toBeNull());
});

describe("what the page tells", () => {
  it("is all parts and the request that it answers", () => {
    expect(readTold({ answer: 0, shown: { ...SHOWN, selection: null, date: null } })).toEqual({ answer: 0, shown: { ...SHOWN, selection: null, date: null } });
  });

  it("is not believed where a part is missing or odd", () => {
    const { date: _, ...parts } = SHOWN;
    expect(readTold({ answer: 0, shown: parts })).toBeNull();
    expect(readTold({ shown: SHOWN })).toBeNull();
    expect(readTold({ answer: 0, shown: { ...SHOWN, layers: [1] } })).toBeNull();
  });
});
