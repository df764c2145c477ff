import { describe, expect, it, vi } from "vitest";
import { DARK_INKS, fillOf, LIGHT_INKS, luminance } from "./thematiccolours";

vi.stubGlobal("matchMedia", () => ({ matches: false, addEventListener: () => undefined }));
const { DARK, LIGHT } = await import("../map/theme");

function contrast(a: string, b: string): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high! + 0.05) / (low! + 0.05);
}

describe.each([["light", LIGHT_INKS, LIGHT], ["dark", DARK_INKS, DARK]] as const)("the %s fills", (_, inks, { land }) => {
  it.each(["pileup", "amounts"] as const)("of %s go one way from the ground, each apart from the next", (scale) => {
    for (let of = 1; of <= 5; of++) {
      const colours = [land, ...Array.from({ length: of }, (_, rank) => fillOf({ kind: "scale", scale, rank, of }, inks).colour!)];
      const steps = colours.slice(1).map((colour, i) => contrast(colours[i]!, colour));
      expect(Math.min(...steps)).toBeGreaterThan(1.22);
      // A faint tone next to a dark ground is lost sooner than next to a light one.
      if (inks === DARK_INKS) expect(steps[0]).toBeGreaterThan(1.5);
      const away = colours.map((colour) => contrast(land, colour));
      expect([...away].sort((a, b) => a - b)).toEqual(away);
      expect(away.at(-1)).toBeGreaterThan(of > 2 ? 7 : of > 1 ? 3.5 : 2);
    }
  });
  it("of white areas are seen by their hatch in grey print", () => {
    expect(contrast(inks.whiteInk, inks.white)).toBeGreaterThan(3);
    expect(contrast(inks.unknownInk, land)).toBeGreaterThan(4.5);
  });
  it("of combinations have a hatch for each programme, seen on their colour", () => {
    const fills = Array.from({ length: 7 }, (_, n) => fillOf({ kind: "cross", mask: n + 1 }, inks));
    expect(new Set(fills.map(({ hatches }) => hatches.join())).size).toBe(7);
    for (const { colour, ink } of fills) expect(contrast(colour!, ink)).toBeGreaterThan(3.5);
  });
  it("of two programmes differ in grey as well", () => {
    const [a, b, both] = inks.cross as [string, string, string];
    expect(contrast(a, both)).toBeGreaterThan(1.5);
    expect(contrast(b, both)).toBeGreaterThan(1.5);
  });
  it("leave the paper white where nothing is told", () => expect(fillOf({ kind: "paper" }, inks).colour).toBeNull());
  it("of what is not known are seen at every size, with a hatch that no class has", () => {
    for (const flat of [true, false]) expect(contrast(fillOf({ kind: "unknown", flat }, inks).colour!, land)).toBeGreaterThan(1.6);
    const { colour, hatches, ink, dense } = fillOf({ kind: "unknown", flat: false }, inks);
    expect([hatches, dense]).toEqual([["dots"], true]);
    expect(contrast(colour!, ink)).toBeGreaterThan(3);
  });
});
