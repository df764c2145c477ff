import { describe, expect, it } from "vitest";
import catalogue from "../../words.json";
import { country, entry, payload } from "../../test/fixture";
import { Atlas } from "../geometry/atlas";
import { csvCell, csvOf, csvText } from "./csv";
import { fileName } from "./download";
import { Words } from "../page/words";

const texts = (lang: "fr" | "en"): Words => new Words(Object.fromEntries(Object.entries(catalogue).map(([key, text]) => [key, text[lang]])), lang);

describe("a cell", () => {
  it.each([
    ["plain", "plain"],
    ["a;b", '"a;b"'],
    ["a,b", '"a,b"'],
    ['say "so"', '"say ""so"""'],
    ["two\nlines", '"two\nlines"'],
    ["=1+1", "'=1+1"],
    ["+33 1", "'+33 1"],
    ["-1", "'-1"],
    ["@cmd", "'@cmd"],
    ["\t=1", "'\t=1"],
    ["\r=1", '"\'\r=1"'],
    ["\0=1", "'\0=1"],
    ['=HYPERLINK("x";"y")', '"\'=HYPERLINK(""x"";""y"")"'],
    [" \u00a0=1", "' \u00a0=1"],
    ["\n=1", "\"'\n=1\""],
    ["\u200b@x", "'\u200b@x"],
    ["＝1+1", "'＝1+1"],
    ["a = b", "a = b"],
    ["« -1 »", "« -1 »"],
  ])("%j is written %j", (text, written) => {
    expect(csvCell(text, "fr")).toBe(written);
  });

  it("writes numbers as the language does, and nothing for what is not known", () => {
    expect([csvCell(1250000.5, "fr"), csvCell(1250000.5, "en"), csvCell(0, "fr"), csvCell(null, "fr")]).toEqual(["1250000,5", "1250000.5", "0", ""]);
  });
});

describe("a file", () => {
  it("begins with the mark of UTF-8 and ends its lines as RFC 4180 asks", () => {
    expect(csvText([["a", 1.5], [null, "b"]], "fr")).toBe("\ufeffa;1,5\r\n;b\r\n");
    expect(csvText([["a", 1.5]], "en")).toBe("\ufeffa,1.5\r\n");
  });

  it("has all columns whatever the records, and leaves unknown amounts empty", () => {
    const atlas = new Atlas(payload([
      entry("a", [3, 4], { total: 12.5, amounts: [{ payer: "eu", eur: 2 }], yearly: true, facts: [{ label: "Axes", text: "x; y" }], remarks: ["R1", "R2"] }),
      entry("b", [], { towns: [5], draw: "towns", basis: "unknown", counted: 0 }),
    ]), country().arcs);
    const [head, row, ...rest] = csvOf(atlas, [1], texts("fr")).slice(1).split("\r\n").map((line) => line.split(";"));
    expect(rest).toEqual([[""]]);
    const cell = Object.fromEntries(head!.map((label, i) => [label, row![i]]));
    expect(cell).toMatchObject({
      "Identifiant": "b", "Montant total (€)": "", "Part de l’Union européenne (€)": "", "Axes": "", "Communes (codes Insee)": "", "Nombre de communes": "",
      "Siège d’un périmètre inconnu (code Insee)": "commune:10005", "Montants comptés dans (identifiant)": "a", "Période des montants": "",
    });
    expect(new Set(head).size).toBe(head!.length);
    expect(csvOf(atlas, [0], texts("fr"))).toContain(';"10003; 10004";');
    expect(csvOf(atlas, [0], texts("fr"))).toContain(";12,5;");
    expect(csvOf(atlas, [0], texts("en"))).toContain(",12.5,");
  });
});

describe("the code of a commune", () => {
  it("is that of Insee, with its zero", () => {
    const given = payload([entry("a", [0]), entry("b", [], { towns: [1], draw: "towns" })]);
    const code = ["02691", "01004", ...given.places.communes.code.slice(2)];
    const atlas = new Atlas({ ...given, places: { ...given.places, communes: { ...given.places.communes, code } } }, country().arcs);
    const cells = csvOf(atlas, [0, 1], texts("fr")).split(/[;\r\n]+/);
    expect(cells.filter((cell) => /02691|01004/.test(cell))).toEqual(["commune:02691", "commune:01004"]);
  });
});

describe("a list longer than a cell of a spreadsheet", () => {
  const given = payload([entry("a", [0, 1]), entry("b", [2], { places: Array.from({ length: 4000 }, (_, i) => `Commune ${i}`) })]);
  const cellsWith = (length: number): Record<string, string>[] => {
    const code = given.places.communes.code.map((_, i) => (i < 2 ? "a".repeat(length) : "02691"));
    const atlas = new Atlas({ ...given, places: { ...given.places, communes: { ...given.places.communes, code } } }, country().arcs);
    const [head, ...rows] = csvOf(atlas, [0, 1], texts("fr")).slice(1).trim().split("\r\n").map((line) => line.split(/;(?! )/));
    return rows.map((row) => Object.fromEntries(head!.map((label, i) => [label, row[i]!])));
  };
  it("is counted, and said to be whole elsewhere, not cut", () => {
    const [a, b] = cellsWith(16_000) as [Record<string, string>, Record<string, string>];
    expect(a["Communes (codes Insee)"]).toMatch(/^2 communes\u00a0: .*GeoJSON et «\u00a0geocontracts export\u00a0»/);
    expect(a["Nombre de communes"]).toBe("2");
    expect(b["Communes (codes Insee)"]).toBe("commune:02691");
    expect(csvOf(new Atlas(given, country().arcs), [1], texts("fr"))).toMatch(/4\u202f000 lieux\u00a0: /);
  });
  it("is given whole up to that length", () => {
    expect(cellsWith(15_999)[0]!["Communes (codes Insee)"]).toHaveLength(32_000 + 2); // within quotes
  });
});

describe("the name of a file", () => {
  it.each([
    ["Contrats territoriaux — Hauts-de-France", "contrats-territoriaux-hauts-de-france.csv"],
    ["Cœurs de ville & co / 2026", "coeurs-de-ville-co-2026.csv"],
    ["***", "contrats.csv"],
  ])("of %j is %j", (title, name) => {
    expect(fileName(title, "csv")).toBe(name);
  });

  it("is short enough for any disk", () => {
    expect(fileName("mot ".repeat(80), "geojson").length).toBeLessThanOrEqual(68);
    expect(fileName("x".repeat(300), "csv")).toHaveLength(64);
  });
});
