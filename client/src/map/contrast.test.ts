/** Every pair of colours that is read or that carries meaning, computed from the sources themselves. */
import { readFileSync } from "node:fs";
import { describe, expect, it, vi } from "vitest";

vi.stubGlobal("matchMedia", () => ({ matches: false, addEventListener: () => undefined }));
const { DARK, LIGHT } = await import("./theme");

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), "utf8");

function luminance(colour: string): number {
  const six = colour.length === 4 ? `#${[...colour.slice(1)].map((digit) => digit + digit).join("")}` : colour;
  const [r, g, b] = [1, 3, 5].map((at) => {
    const value = parseInt(six.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}

function contrast(a: string, b: string): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high! + 0.05) / (low! + 0.05);
}

/** The custom properties of the page, light and dark, as base.css gives them. */
function properties(): Record<"light" | "dark", Record<string, string>> {
  const [light, dark] = [...read("../style/base.css").matchAll(/\.gc(?::where\(:not\(\.gc-light\)\))? \{([^}]*--paper[^}]*)\}/g)].map(([, rules]) =>
    Object.fromEntries([...rules!.matchAll(/--(\w+): (#[0-9a-f]{3,6});/g)].map(([, name, value]) => [name!, value!])));
  return { light: light!, dark: dark! };
}

/** The colours of the families, as the page is told them. */
function hues(): { family: string; light: string; dark: string }[] {
  const source = read("../../../geocontracts/webmap/style.py");
  return [...source.matchAll(/(?:"([\w-]+)": |_OTHER_HUE = )\("(#[0-9a-f]{6})", "(#[0-9a-f]{6})"\)/g)].map(([, family, light, dark]) => ({ family: family ?? "autres", light: light!, dark: dark! }));
}

const css = properties();

it("finds the colours that it is about", () => {
  expect(hues().map(({ family }) => family)).toEqual(["developpement-territorial", "nouvelle-generation", "cles-en-main", "priorites-nationales", "ingenierie", "autres"]);
  for (const side of [css.light, css.dark]) expect(Object.keys(side)).toEqual(expect.arrayContaining(["paper", "soft", "edge", "text", "muted", "accent", "sea"]));
});

describe.each([["light", css.light], ["dark", css.dark]] as const)("%s: what surrounds the map", (_, colours) => {
  it.each(["text", "muted", "accent"])("%s is read on paper and on the soft ground", (name) => {
    for (const ground of ["paper", "soft"]) expect(contrast(colours[name]!, colours[ground]!)).toBeGreaterThanOrEqual(4.5);
  });
  it("the scale and the credits are read on the sea", () => {
    for (const name of ["text", "muted"]) expect(contrast(colours[name]!, colours.sea!)).toBeGreaterThanOrEqual(4.5);
  });
  it("edges of fields and the focus ring stand out", () => {
    for (const name of ["edge", "accent"]) expect(contrast(colours[name]!, colours.paper!)).toBeGreaterThanOrEqual(3);
  });
});

describe.each([["light", LIGHT, css.light], ["dark", DARK, css.dark]] as const)("%s: the map", (side, colours, around) => {
  it("names are read on land, on the neighbours and on the sea", () => {
    for (const ground of [colours.land, colours.neighbour, colours.sea]) {
      for (const text of [colours.text, colours.muted]) expect(contrast(text, ground)).toBeGreaterThanOrEqual(4.5);
    }
    expect(contrast(colours.water, colours.sea)).toBeGreaterThanOrEqual(4.5);
  });
  it("the lines that carry meaning stand out from the land", () => {
    for (const line of [colours.area, colours.departement, colours.ring]) expect(contrast(line, colours.land)).toBeGreaterThanOrEqual(3);
  });
  it.each(hues())("$family: lines and symbols stand out from land, sea, neighbours and paper", (hue) => {
    for (const ground of [colours.land, colours.sea, colours.neighbour, around.paper!, around.soft!]) {
      expect(contrast(hue[side], ground)).toBeGreaterThanOrEqual(3);
    }
  });
  it.each(hues())("$family: the figure in a gathered sign is read", (hue) => {
    expect(contrast(hue[side], colours.land)).toBeGreaterThanOrEqual(4.5);
  });
});

it("a field that is found by its edge alone does not lose it", () => {
  expect(read("../style/legend.css")).not.toMatch(/\.gc-narrow \{[^}]*border-color: var\(--line\)/);
});
