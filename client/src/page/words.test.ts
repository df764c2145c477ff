import { readFileSync, readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import catalogue from "../../words.json";
import { Words } from "./words";

const entries = Object.entries(catalogue);
const sources = readdirSync(new URL("..", import.meta.url), { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"))
  .map((name) => readFileSync(new URL(`../${name}`, import.meta.url), "utf8"))
  .join("\n");

describe("the catalogue", () => {
  it("says with one verb who made the page, dated or not", () => {
    for (const lang of ["fr", "en"] as const) {
      const [dated, plain] = (["about.made", "about.made.plain"] as const).map((key) => catalogue[key][lang].split("{generator}")[0]);
      expect(dated).toBe(plain);
    }
  });

  it("has both languages, with the same placeholders", () => {
    const holes = (text: string): string[] => [...text.matchAll(/\{\w+\}/g)].map(([hole]) => hole).sort();
    for (const [key, { fr, en }] of entries) {
      expect(fr, key).not.toBe("");
      expect(en, key).not.toBe("");
      // "un contrat" and "one contract" may leave the number out, on both sides or on one.
      if (!key.endsWith(".one")) expect(holes(fr), key).toEqual(holes(en));
    }
  });

  it("has both forms of what is counted", () => {
    for (const [key] of entries) {
      if (key.endsWith(".one")) expect(catalogue).toHaveProperty([key.replace(/one$/, "other")]);
      if (key.endsWith(".other") && key !== "payer.other") expect(catalogue).toHaveProperty([key.replace(/other$/, "one")]);
    }
  });

  it("is set in French typography", () => {
    for (const [key, { fr }] of entries) {
      expect(fr, key).not.toMatch(/ [:;?!»%€]|« | '|'/);
      expect(fr, key).not.toContain("...");
    }
  });

  it("has no word that nobody says", () => {
    for (const [key] of entries) {
      const stem = key.replace(/\.(one|other)$/, "");
      const built = `${stem.slice(0, stem.lastIndexOf(".") + 1)}$`;
      expect(sources.includes(`"${stem}"`) || sources.includes(`\`${built}`), key).toBe(true);
    }
  });
});

describe("words", () => {
  const fr = new Words(Object.fromEntries(entries.map(([key, both]) => [key, both.fr])), "fr");
  const en = new Words(Object.fromEntries(entries.map(([key, both]) => [key, both.en])), "en");

  it("none and one are singular in French, not in English", () => {
    expect([0, 1, 2].map((n) => fr.count("kinds.contract", n))).toEqual(["0 contrat", "1 contrat", "2 contrats"]);
    expect([0, 1, 2].map((n) => en.count("kinds.contract", n))).toEqual(["0 contracts", "1 contract", "2 contracts"]);
  });

  it("numbers are grouped", () => expect(fr.count("place.communes", 3782)).toBe("3\u202f782 communes"));

  it("values fill the places, and markup stays text", () => {
    expect(fr.get("card.show.of", { name: "<b>{x}</b>" })).toBe("Voir sur la carte\u00a0: <b>{x}</b>");
  });
});
