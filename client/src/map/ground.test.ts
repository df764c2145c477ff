import { describe, expect, it } from "vitest";
import { widthAt } from "./ground";
import { roundDistance } from "./controls";

describe("borders come and go with the zoom", () => {
  it("communes are not drawn from afar", () => {
    expect(widthAt("commune", 7)).toBe(0);
    expect(widthAt("commune", 8)).toBeCloseTo(0.35);
    expect(widthAt("commune", 15)).toBe(1);
  });
  it("EPCI come after the départements, and régions are stronger", () => {
    expect(widthAt("epci", 7)).toBe(0);
    expect(widthAt("epci", 7.6)).toBeGreaterThan(0);
    expect(widthAt("region", 6)).toBeGreaterThan(1.5 * widthAt("departement", 6));
  });
  it("a higher level is never thinner", () => {
    for (let zoom = 6; zoom <= 15; zoom += 0.5) {
      expect(widthAt("epci", zoom)).toBeGreaterThanOrEqual(widthAt("commune", zoom));
      expect(widthAt("departement", zoom)).toBeGreaterThanOrEqual(widthAt("epci", zoom));
      expect(widthAt("region", zoom)).toBeGreaterThanOrEqual(widthAt("departement", zoom));
      expect(widthAt("area", zoom)).toBeGreaterThanOrEqual(widthAt("departement", zoom));
    }
  });
});

describe("the scale bar", () => {
  it.each([[99, 50], [100, 100], [24000, 20000], [4999, 2000], [1.5, 1]])("of at most %d m shows %d", (most, shown) => expect(roundDistance(most)).toBe(shown));
});
