import { describe, expect, it } from "vitest";
import { country, entry, payload } from "../../test/fixture";
import { Atlas } from "../geometry/atlas";
import { geometryOf, geojsonOf } from "./geojson";

const made = country();
const atlas = new Atlas(payload([
  entry("an area with as many seats as communes", [3, 4], { towns: [3, 4] }),
  entry("towns", [3, 4], { draw: "towns", towns: [3, 4] }),
  entry("a town", [3], { draw: "towns", towns: [3] }),
  entry("one sign for many communes", [3, 4], { draw: "towns", towns: [3] }),
  entry("not known", [], { draw: "towns", towns: [3] }),
], made), made.arcs);

describe("the geometry of a record", () => {
  it.each([["MultiPolygon"], ["MultiPoint"], ["Point"], ["MultiPolygon"], [undefined]].map(([type], i) => [atlas.payload.records[i]!.id, i, type] as const))(
    "%s", (_, index, type) => expect(geometryOf(atlas, index)?.type).toBe(type));
});

describe("the file", () => {
  it("states how exact its borders are: the page's figure, and what its own rounding adds", () => {
    const told = JSON.parse(geojsonOf(atlas, [0])) as { boundaries: string; tolerance_m: number; features: { geometry: { coordinates: [number, number][][][] } }[] };
    const { bits, tolerance } = atlas.payload.grid;
    const off = (degrees: number): number => (Math.abs(degrees * 2 ** bits - Math.round(degrees * 2 ** bits)) / 2 ** bits) * 111_700;
    const worst = Math.max(...told.features[0]!.geometry.coordinates.flat(2).map(([x, y]) => Math.hypot(off(x), off(y))));
    expect(worst).toBeLessThanOrEqual(told.tolerance_m - tolerance);
    expect(told.tolerance_m).toBe(21);
    expect(told.boundaries).toBe("Limites d’essai");
  });
});
