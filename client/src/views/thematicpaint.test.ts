import { describe, expect, it, vi } from "vitest";
import { country, entry, payload } from "../../test/fixture";
import { Atlas } from "../geometry/atlas";
import { initial } from "../state/store";

vi.stubGlobal("matchMedia", (query: string) => ({ matches: query.includes("dark"), addEventListener: () => undefined }));
const { isOverLight, lettersOver } = await import("./thematicpaint");
const { themeOf } = await import("./thematic");
const { DARK_INKS, LIGHT_INKS, luminance } = await import("./thematiccolours");
const { setPrinting } = await import("../map/theme");

const made = country();
const lit = ["8,8", "9,8"].map((name) => made.unit(name));
/** The strongest class, all but white in dark pages, in two communes side by side; the faintest in a third one. */
const atlas = new Atlas(payload([entry("a", [...lit, made.unit("8,3")].sort((a, b) => a - b)), ...[1, 2, 3, 4].map((n) => entry(`b${n}`, lit))], made), made.arcs);
const theme = themeOf(atlas, { ...initial, passing: new Set(atlas.payload.records.keys()), mode: "pileup" })!;

/** A name along communes of a row, from the middle of the first to the middle of the last. */
function name(from: string, to: string): { x: number; y: number; width: number; } & Parameters<ReturnType<typeof lettersOver>>[0] {
  const { communes } = atlas.payload.places;
  const [a, b] = [from, to].map((own) => atlas.projection.at(communes.x[made.unit(own)]!, communes.y[made.unit(own)]!));
  return { text: "", style: {} as never, dot: null, x: a![0], y: a![1], width: b![0] - a![0] };
}

describe("names over a thematic map", () => {
  const textOf = (own: ReturnType<typeof name>): number => luminance(lettersOver(atlas, theme, 1)(own).text);
  it("on dark pages are light letters in a dark rim, over the ground, faint classes and the sea", () => {
    for (const own of [name("8,1", "9,1"), name("8,3", "8,3"), { ...name("11,2", "11,2"), width: 9e9 }]) {
      expect(textOf(own)).toBeGreaterThan(0.7);
      expect(luminance(lettersOver(atlas, theme, 1)(own).halo)).toBeLessThan(0.05);
      expect(luminance(lettersOver(atlas, theme, 1)(own).muted)).toBeGreaterThan(0.6);
    }
  });
  it("are dark letters where a light class lies beneath all of them", () => {
    expect(textOf(name("8,8", "9,8"))).toBeLessThan(0.05);
    expect(textOf(name("6,8", "8,8"))).toBeGreaterThan(0.7);
  });
  it("on paper are dark letters everywhere", () => {
    setPrinting(true);
    expect([name("8,1", "9,1"), name("8,8", "9,8")].every((own) => textOf(own) < 0.05)).toBe(true);
    setPrinting(false);
  });
  it("ask the fills of the page, not those of another", () => {
    expect([DARK_INKS, LIGHT_INKS].map((inks) => isOverLight(atlas, theme, inks, 1, name("8,8", "9,8")))).toEqual([true, false]);
  });
});
