import { describe, expect, it } from "vitest";
import catalogue from "../../words.json";
import { entry } from "../../test/fixture";
import { Words } from "../page/words";
import { moneyTexts } from "./money";
import { placeSums } from "./placesums";

const records = [
  entry("own", [3], { total: 12e6, amounts: [{ payer: "state", eur: 4e6 }] }),
  entry("part of own", [3], { total: 1e6, counted: 0, amounts: [{ payer: "state", eur: 5000 }] }),
  entry("wider", [3, 4], { total: 100e6, amounts: [{ payer: "state", eur: 100e6 }] }),
  entry("partly elsewhere", [3], { total: 7, elsewhere: ["Rouen"] }),
  entry("yearly", [3], { total: 5, amounts: [{ payer: "state", eur: 1 }], yearly: true }),
  entry("unknown", [3]),
  entry("nothing", [3], { total: 0 }),
];
const fr = new Words(Object.fromEntries(Object.entries(catalogue).map(([key, both]) => [key, both.fr])), "fr");
const told = (some: readonly number[], kind: "commune" | "epci" = "commune", communes = [3]): string =>
  moneyTexts(placeSums(records, some, communes), kind, fr).join(" ").replace(/[\u00a0\u202f]/g, " ");

describe("the amounts of a place", () => {
  it("adds up what lies wholly in it, each euro once; wider ones are counted, never added", () =>
    expect(placeSums(records, [0, 1, 2, 3, 4, 5], [3])).toEqual({
      all: 6, inside: 2, total: 12e6, state: 4e6, over: 0, wider: 2, yearly: 1, without: 1, shares: [5000, 4e6, 100e6],
    }));
  it("holds more when it is larger", () =>
    expect(placeSums(records, [0, 1, 2], [3, 4])).toMatchObject({ inside: 3, total: 112e6, state: 104e6, wider: 0 }));
  it("keeps unknown and 0 apart", () => {
    expect(placeSums(records, [5], [3]).total).toBeNull();
    expect(placeSums(records, [5, 6], [3])).toMatchObject({ total: 0, state: null, without: 1 });
  });
  it("is said in a few sentences", () => {
    expect(told([0, 1, 2, 3, 4, 5])).toBe(
      "12 M€ connus dans la commune seule (2 lignes), dont 4 M€ connus de l’État. "
      + "Part de l’État connue pour 3 lignes sur 6 : de 5 000 € à 100 M€, à ne pas additionner. "
      + "2 lignes plus larges ont un montant, non réparti ; 1 montant par an, non additionné ; 1 sans montant connu.");
    expect(told([2, 5])).toBe(
      "Aucun montant connu dans la commune seule. Part de l’État connue pour 1 ligne sur 2 : 100 M€. "
      + "1 ligne plus large a un montant, non réparti ; 1 sans montant connu.");
    expect(told([6, 5], "epci")).toBe(
      "0 € connus dans l’EPCI seul (1 ligne), part de l’État non connue. Part de l’État connue pour aucune des 2 lignes. 1 sans montant connu.");
    expect(told([])).toBe("");
  });
  it("says where the shares come to more than the total, which else the sums would only show", () => {
    const some = [
      entry("over", [3], { total: 15_000, amounts: [{ payer: "state", eur: 20_000 }] }),
      entry("whole", [3], { total: 9_000, amounts: [{ payer: "state", eur: 4_000 }, { payer: "region", eur: 5_000 }] }),
      entry("left", [3], { total: 9_000, amounts: [{ payer: "state", eur: 4_000 }, { payer: "unattributed", eur: 9_000 }] }),
      entry("wider", [3, 4], { total: 1, amounts: [{ payer: "state", eur: 2 }] }),
    ];
    const all = placeSums(some, [0, 1, 2, 3], [3]);
    expect(all).toMatchObject({ inside: 3, over: 1 });
    expect(moneyTexts(all, "commune", fr)[1]).toBe("Dans 1 ligne, les parts dépassent le total énoncé.");
  });
});
