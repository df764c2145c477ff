import { describe, expect, it } from "vitest";
import { country, entry, payload } from "../../test/fixture";
import { Atlas } from "../geometry/atlas";
import { Extents } from "./extents";
import { localSums } from "./localsums";

const made = country();

describe("counts of records", () => {
  it("go beyond 65,535 on one commune", () => {
    const atlas = new Atlas(payload([entry("a", [4])], made), made.arcs);
    const extents = new Extents(atlas);
    const many = Array<number>(65_537).fill(0);
    expect(extents.pileUp("commune", many)[4]).toBe(65_537);
    expect(extents.pileUp("epci", many)[0]).toBe(65_537);
    expect(localSums(atlas, extents, "commune", many).records[4]).toBe(65_537);
  });
});
