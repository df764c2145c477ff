import { describe, expect, it, vi } from "vitest";

vi.stubGlobal("matchMedia", () => ({ matches: false, addEventListener: () => undefined }));
const { DARK, LIGHT } = await import("./theme");

function luminance(colour: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const value = parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}

function contrast(a: string, b: string): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high! + 0.05) / (low! + 0.05);
}

describe.each([["light", LIGHT], ["dark", DARK]] as const)("the %s palette", (_, colours) => {
  it("text is readable on all grounds", () => {
    for (const ground of [colours.land, colours.neighbour, colours.sea]) {
      for (const text of [colours.text, colours.muted]) expect(contrast(text, ground)).toBeGreaterThan(4.5);
    }
    expect(contrast(colours.water, colours.sea)).toBeGreaterThan(4.5);
  });
  it("the lines that carry meaning stand out", () => {
    expect(contrast(colours.area, colours.land)).toBeGreaterThan(3);
    expect(contrast(colours.departement, colours.land)).toBeGreaterThan(3);
    expect(contrast(colours.ring, colours.land)).toBeGreaterThan(3);
  });
});
