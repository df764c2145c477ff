import { describe, expect, it } from "vitest";
import catalogue from "../../words.json";
import { country, entry, payload } from "../../test/fixture";
import { Atlas } from "../geometry/atlas";
import { NO_FILTERS } from "../state/filters";
import { initial } from "../state/store";
import { captionText } from "./tablecaption";
import { backward, cellOf, forward, partWith, shortDate, sortRows } from "./tablerows";
import { Words } from "../page/words";

const words = new Words(Object.fromEntries(Object.entries(catalogue).map(([key, text]) => [key, text.fr])), "fr");
const atlas = new Atlas(payload([
  entry("zone 10", [0], { total: 9, starts: "2019" }),
  entry("Été", [1], { total: null, starts: "2018-06" }),
  entry("Ecole", [2], { total: 1000, starts: null }),
  entry("zone 2", [3, 4], { total: 9, starts: "2018-06-01", places: ["A", "B", "C"], yearly: true, amounts: [{ payer: "state", eur: 2_500_000 }] }),
  entry("fin", [], { total: null, basis: "unknown", status: null }),
]), country().arcs);
const order = (column: string, down = false): string[] =>
  sortRows(atlas, [0, 1, 2, 3, 4], { column, down }, words).map((index) => atlas.payload.records[index]!.title);

describe("the order of rows", () => {
  it("is that of a French reader, numbers in a text as numbers", () => {
    expect(order("title")).toEqual(["Ecole", "Été", "fin", "zone 2", "zone 10"]);
    expect(order("title", true)).toEqual(["zone 10", "zone 2", "fin", "Été", "Ecole"]);
  });

  it("puts amounts by size, equals as they were, unknown last whichever way", () => {
    expect(order("total")).toEqual(["zone 10", "zone 2", "Ecole", "Été", "fin"]);
    expect(order("total", true)).toEqual(["Ecole", "zone 10", "zone 2", "Été", "fin"]);
  });

  it("puts dates from the year on, what is partial first", () => {
    expect(order("starts")).toEqual(["Été", "zone 2", "zone 10", "Ecole", "fin"]);
    expect(order("starts", true)).toEqual(["zone 10", "zone 2", "Été", "Ecole", "fin"]);
  });

  it("is by title for a column that there is not", () => {
    expect(order("nonsense")).toEqual(order("title"));
  });
});

describe("a cell", () => {
  const cell = (index: number, column: Parameters<typeof cellOf>[2]) => cellOf(atlas, atlas.payload.records[index]!, column, words);

  it("is empty where the source says nothing, never 0", () => {
    for (const column of ["total", "state", "starts", "status", "territory", "source"] as const) expect(cell(4, column)).toBeNull();
  });

  it("has partial dates, and amounts exact on hover", () => {
    expect([cell(0, "starts"), cell(1, "starts"), cell(3, "starts")].map((found) => found?.text)).toEqual(["2019", "06/2018", "01/06/2018"]);
    expect(shortDate("été 2018")).toBe("été 2018");
    expect(cell(3, "state")).toEqual({ text: "2,5\u00a0M€ par an", hint: "2\u202f500\u202f000\u00a0€ par an" });
  });

  it("says that payers together are the least, where no total is given, and is sorted by them", () => {
    const other = new Atlas(payload([
      entry("total", [0], { total: 9 }),
      entry("payers", [1], { amounts: [{ payer: "state", eur: 2e6 }, { payer: "eu", eur: 500_000 }], yearly: true }),
      entry("cents", [2], { amounts: [{ payer: "state", eur: 0.1 }, { payer: "eu", eur: 0.2 }] }),
      entry("none", [3]),
    ]), country().arcs);
    const [total, payers, cents, none] = other.payload.records.map((record) => cellOf(other, record, "total", words));
    expect(total!.text).toBe("9\u00a0€");
    expect(payers).toEqual({
      text: "au moins 2,5\u00a0M€ par an",
      hint: "au moins 2\u202f500\u202f000\u00a0€ par an\u00a0: somme des financements connus, la source ne donne pas de total",
    });
    expect([cents!.text, none]).toEqual(["au moins 0,30\u00a0€", null]);
    expect(sortRows(other, [0, 1, 2, 3], { column: "total", down: true }, words)).toEqual([1, 0, 2, 3]);
    expect(sortRows(other, [0, 1, 2, 3], { column: "total", down: false }, words)).toEqual([2, 0, 1, 3]);
  });

  it("names the first of many places, and all of them on hover", () => {
    expect(cell(3, "territory")).toEqual({ text: "A et 2 autres · 2 communes", hint: "A, B, C" });
  });
});

const rows = (from: number, to: number) => ({ from, to });

describe("the caption", () => {
  it("says how many rows, and what narrows them", () => {
    expect(captionText(atlas, initial, 5, rows(0, 500), words)).toBe("5 lignes");
    const state = { ...initial, filters: { ...NO_FILTERS, kinds: new Set(["contract"] as const), least: 1000 }, period: { from: 2019, to: 2019, undated: false }, hidden: new Set([0]) };
    expect(captionText(atlas, state, 1, rows(0, 500), words)).toBe("1 ligne affichée sur 5, filtres\u00a0: contrats, au moins 1\u202f000\u00a0€, en 2019, 1 couche masquée");
    expect(captionText(atlas, initial, 5, rows(0, 3), words)).toBe("5 lignes (les 3 premières dans le tableau)");
    expect(captionText(atlas, initial, 5, rows(3, 6), words)).toBe("5 lignes (les lignes 4 à 5 dans le tableau)");
  });

  it("says the order where no heading shows it", () => {
    const by = (column: string, down = true): string => captionText(atlas, { ...initial, sorting: { column, down } }, 5, rows(0, 500), words, new Set(["title", "total"]));
    expect([by("total"), by("gone")]).toEqual(["5 lignes", "5 lignes"]);
    expect(by("signed")).toBe("5 lignes, dans l’ordre décroissant de la colonne masquée «\u00a0Signature\u00a0»");
    expect(by("signed", false)).toBe("5 lignes, dans l’ordre croissant de la colonne masquée «\u00a0Signature\u00a0»");
  });
});

describe("the rows that are drawn", () => {
  it("reach to the chosen record, in whole steps, and are never too many", () => {
    expect([0, 499, 500, 999, 1000, -1].map((row) => partWith(rows(0, 500), row).to)).toEqual([500, 500, 1000, 1000, 1500, 500]);
    expect(partWith(rows(0, 1500), 900)).toEqual(rows(0, 1500));
    expect(partWith(rows(0, 500), 24_999)).toEqual(rows(23_500, 25_000));
    expect(partWith(rows(23_500, 25_000), 700)).toEqual(rows(500, 2000));
  });
  it("go forward and back by steps", () => {
    expect(forward(rows(0, 500))).toEqual(rows(0, 1000));
    expect(forward(rows(0, 1500))).toEqual(rows(500, 2000));
    expect(backward(rows(500, 2000))).toEqual(rows(0, 1500));
    expect(backward(rows(0, 500))).toEqual(rows(0, 500));
  });
});
