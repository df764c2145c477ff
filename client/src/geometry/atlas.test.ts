import { describe, expect, it } from "vitest";
import { country, entry, payload } from "../../test/fixture";
import { Atlas } from "./atlas";

const made = country();

describe("what is known of a commune", () => {
  it("is who covers it, and apart from that whose seat it is where no perimeter is known", () => {
    const atlas = new Atlas(payload([
      entry("placed", [4, 7], { towns: [4, 9] }),
      entry("seated", [], { towns: [4], draw: "towns" }),
    ], made), made.arcs);
    expect([4, 7, 9].map((commune) => atlas.covering(commune))).toEqual([[0], [0], []]);
    expect([4, 7, 9].map((commune) => atlas.seated(commune))).toEqual([[1], [], []]);
  });
});
