import { describe, expect, it } from "vitest";
import { placesOf } from "./collation";

/** What the collator alone says. */
function expected(texts: readonly string[], lang: "fr" | "en", numeric: boolean): number[] {
  const { compare } = new Intl.Collator(lang, { numeric });
  const sorted = [...texts].sort(compare);
  const places: number[] = [];
  sorted.forEach((text, i) => places.push(i === 0 ? 0 : places[i - 1]! + Number(compare(sorted[i - 1]!, text) !== 0)));
  return texts.map((text) => places[sorted.indexOf(text)]!);
}

const NAMES = [
  "Écouen", "Ecouen", "ecouen", "Œuilly", "Oeuilly", "Ouilly", "L’Haÿ-les-Roses", "L'Haÿ-les-Roses", "Le Mans", "Le-Mans", "LeMans", "Lemans", "",
  "Contrat 2", "Contrat 10", "Contrat 010", "Contrat 2 bis", "Contrat", "Contrat de ville – Lens", "Contrat de ville - Lens", "contrat 2", "Contrat 1 000", "Contrat 1\u202f000",
  "« Cité »", "(Cité)", "Cité", "cité", "cite", "10 000 €", "9 000 €", "+ 5", "a+b", "a b", "ab", "a_b", "1er", "2e", "№ 5", "Straße", "Strasse", "Ærø", "水", "мост", "1½", "1²", "12",
  "Saint-Étienne", "Saint Etienne", "St-Étienne", "…", "a…", "é", "e", "E", "È", "ea", "éa", "Zz", "0", "00", "000 a", "0 a", "Ŷ", "đ", "d", "ø", "o", "ł", "l",
];

describe("texts are placed as the collator places them", () => {
  it.each([["fr", true], ["fr", false], ["en", true], ["en", false]] as const)("in %s, figures as numbers: %s", (lang, numeric) => {
    expect([...placesOf(NAMES, lang, numeric)]).toEqual(expected(NAMES, lang, numeric));
  });
  it("also those made at random", () => {
    let seed = 7;
    const any = (n: number): number => (seed = (seed * 48271) % 2147483647) % n;
    const SIGNS = "aàâbcçdeéèêëfghiîïjklmnoôpqrstuùûüvwxyzœæABCÉZ0123456789 -’'.,;:()/«»–—&°\u00a0";
    const texts = Array.from({ length: 1500 }, () => Array.from({ length: any(7) }, () => SIGNS[any(SIGNS.length)]).join(""));
    for (const numeric of [true, false]) expect([...placesOf(texts, "fr", numeric)]).toEqual(expected(texts, "fr", numeric));
  });
});
