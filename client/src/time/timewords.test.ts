import { describe, expect, it } from "vitest";
import catalogue from "../../words.json";
import { beyondText, countText, heading, sentence } from "./timewords";
import { Words } from "../page/words";

const words = (lang: "fr" | "en"): Words => new Words(Object.fromEntries(Object.entries(catalogue).map(([key, text]) => [key, text[lang]])), lang);
const fr = words("fr");
const counted = (undated: number) => ({ inForce: [], endless: [], undated, all: 1175, before: 0, after: 0 });

describe("the time axis says", () => {
  it("which years are shown", () => {
    expect([null, { from: 2019, to: 2019 }, { from: 2017, to: 2019 }].map((years) => heading(years, fr)))
      .toEqual(["Toutes les dates", "En vigueur en 2019", "En vigueur de 2017 à 2019"]);
    expect(heading({ from: 2019, to: 2019, undated: true }, fr)).toBe("En vigueur en 2019, ou sans date");
    expect(heading({ from: 2017, to: 2019 }, words("en"))).toBe("In force from 2017 to 2019");
  });

  it("how many are shown, of how many, and how many have no date", () => {
    const period = { from: 2019, to: 2019, undated: false };
    expect(countText(42, 0, counted(114), period, fr)).toBe("42 sur 1\u202f175 · 114 sans date ou prévus");
    expect(countText(42, 0, counted(0), period, fr)).toBe("42 sur 1\u202f175");
    expect(countText(42, 30, counted(0), period, fr)).toBe("42 sur 1\u202f175, dont 30 sans fin connue");
    expect(countText(42, 30, counted(0), null, fr), "all dates have no end to miss").toBe("42 sur 1\u202f175");
  });

  it("on paper, whether those without a date are there", () => {
    const paper = (undated: boolean): string => countText(42, 0, counted(2), { from: 2019, to: 2019, undated }, fr, true);
    expect(paper(false)).toBe("42 sur 1\u202f175 · 2 sans date ou prévus, non montrés");
    expect(paper(true)).toBe("42 sur 1\u202f175 · 2 sans date ou prévus");
    expect(sentence("En vigueur en 2019", "42 sur 60", fr)).toBe("En vigueur en 2019\u00a0: 42 sur 60");
  });

  it("what lies beyond the axis", () => {
    const axis = { first: 1890, last: 2026 };
    expect(beyondText({ before: 0, after: 0 }, axis, fr)).toBe("");
    expect(beyondText({ before: 0, after: 1 }, axis, fr)).toBe("Hors de l’axe\u00a0: 1 commence après 2026.");
    expect(beyondText({ before: 2, after: 3 }, axis, fr)).toBe("Hors de l’axe\u00a0: 2 terminés avant 1890, 3 commencent après 2026.");
  });
});
