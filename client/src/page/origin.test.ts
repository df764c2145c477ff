import { describe, expect, it } from "vitest";
import { payload } from "../../test/fixture";
import catalogue from "../../words.json";
import type { Atlas } from "../geometry/atlas";
import { exactness } from "./origin";
import { Words } from "./words";

function told(lang: "fr" | "en", tolerance: number): string {
  const made = payload([]);
  const words = new Words(Object.fromEntries(Object.entries(catalogue).map(([key, both]) => [key, both[lang]])), lang);
  return exactness({ atlas: { payload: { ...made, grid: { ...made.grid, tolerance } } } as Atlas, words });
}

describe("how exact the borders are", () => {
  it("is said with the figure of the page's own grid, after what its boundaries are", () => {
    expect(told("fr", 10)).toMatch(/^Limites d’essai\. .*communes à 10\u00a0m au plus de celles-là/);
    expect(told("fr", 20)).toContain("20\u00a0m");
    expect(told("en", 20)).toMatch(/at most 20\u00a0m from those/);
  });
});
