import { describe, expect, it } from "vitest";
import { country, entry, payload } from "../../test/fixture";
import { Atlas } from "../geometry/atlas";
import { geometryOf } from "./geojson";

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
