import { describe, expect, it, vi } from "vitest";
import { country, entry, payload } from "../../test/fixture";
import { Atlas } from "../geometry/atlas";
import { NO_FILTERS } from "../state/filters";
import { initial, type State } from "../state/store";

vi.stubGlobal("matchMedia", () => ({ matches: false, addEventListener: () => undefined }));
const { leftOut } = await import("./leftout");
const { themeOf } = await import("./thematic");
const { unitRows, unitsCsv, unitsTitle } = await import("./unitsfile");
const { fileName } = await import("../table/download");
const { Words } = await import("../page/words");
const catalogue = (await import("../../words.json")).default;

const made = country();
const given = payload([
  entry("a", [0, 1], { total: 100.5 }),
  entry("b", [1, 2], { programme: 1 }),
  ...[2, 3, 4, 5, 6].map((programme) => entry(`c${programme}`, [9], { programme })),
], made);
const last = made.names.length - 1;
/** Communes 0 and 1 are in an EPCI, the last one in none, the others in another one. */
const atlas = new Atlas({
  ...given,
  places: {
    ...given.places,
    epci: [{ code: "200", name: "=CC; un", population: null, x: 0, y: 0 }, { code: "100", name: "CC deux", population: null, x: 0, y: 0 }],
    communes: { ...given.places.communes, epci: made.names.map((_, i) => (i < 2 ? 0 : i === last ? -1 : 1)) },
  },
}, made.arcs);
const words = new Words(Object.fromEntries(Object.entries(catalogue).map(([key, { fr }]) => [key, fr])), "fr");
const all = new Set(atlas.payload.records.keys());
const theme = (more: Partial<State>) => themeOf(atlas, { ...initial, passing: all, ...more })!;

describe("the file of a thematic map", () => {
  it("has every commune with who it is, and its count", () => {
    const [head, ...rows] = unitRows(atlas, theme({ mode: "white" }), words);
    expect(head).toEqual(["Code Insee", "Commune", "EPCI", "Département", "Population", "Nombre de contrats", "Classe"]);
    expect(rows.length).toBe(made.names.length);
    expect(rows[1]).toEqual(["10001", made.names[1], "=CC; un", "Essai", 100, 2, "Au moins un"]);
    expect(rows[last]!.slice(2, 3)).toEqual([""]);
    expect(rows.filter((row) => row[6] === "Aucun contrat").length).toBe(theme({ mode: "white" }).classes[0]!.units);
  });
  it("has EPCI by their SIREN, in its order", () => {
    const [head, ...rows] = unitRows(atlas, theme({ mode: "amounts", unit: "epci" }), words);
    expect(head).toEqual(["SIREN", "EPCI", "Département", "Population", "Montant connu (€)", "Classe"]);
    expect(rows.map((row) => [row[0], row[4]])).toEqual([["100", null], ["200", 100.5]]);
    expect(rows[1]![3]).toBe(100);
  });
  it("has départements by their code", () => {
    expect(unitRows(atlas, theme({ mode: "amounts", unit: "departement" }), words).map((row) => row.slice(0, 2))).toEqual([["Code du département", "Département"], ["00", "Essai"]]);
  });
  it("names the programmes of each combination", () => {
    const [head, ...rows] = unitRows(atlas, theme({ mode: "cross", crossed: [0, 1] }), words);
    expect(head!.at(-1)).toBe("Dispositifs (A\u00a0: P0; B\u00a0: P1)");
    expect(rows.slice(0, 4).map((row) => row.slice(-2))).toEqual([["A sans B", "P0 sans P1"], ["A et B", "P0 et P1"], ["B sans A", "P1 sans P0"], ["Aucun d’eux", "Aucun d’eux"]]);
  });
  it("is written as the other files are", () => {
    const text = unitsCsv(atlas, theme({ mode: "amounts", unit: "epci" }), words);
    expect(text.startsWith("\ufeffSIREN;EPCI;")).toBe(true);
    expect(text).toContain(`200;"'=CC; un";Essai;100;100,5;`);
  });
  it("is named after the map", () => {
    const name = (more: Partial<State>): string => fileName(unitsTitle(atlas, theme(more), words), "csv");
    expect(name({ mode: "white" })).toBe("communes-sans-contrat.csv");
    expect(name({ mode: "pileup", unit: "epci" })).toBe("nombre-de-contrats-par-epci.csv");
    expect(name({ mode: "cross", crossed: [0, 1] })).toBe("dispositifs-croises-p0-p1.csv");
  });
});

describe("what a map leaves out", () => {
  const told = (more: Partial<State>): string[] => leftOut(atlas, { ...initial, mode: "white", ...more }, words);
  it("is nothing where all is on", () => expect(told({})).toEqual([]));
  it("names the programmes that are off, five at most", () => {
    expect(told({ hidden: new Set([1]) })).toEqual(["1 dispositif masqué\u00a0: P1"]);
    expect(told({ hidden: new Set([0, 1, 2, 3, 4]) })).toEqual(["5 dispositifs masqués\u00a0: P0, P1, P2, P3, P4"]);
    expect(told({ hidden: new Set([0, 1, 2, 3, 4, 5, 6]) })).toEqual(["7 dispositifs masqués\u00a0: P0, P1, P2, P3, P4 et 2 autres"]);
  });
  it("names the filters and the years", () => {
    expect(told({ filters: { ...NO_FILTERS, departement: 0 }, period: { from: 2019, to: 2019, undated: false } })).toEqual(["Filtres\u00a0: Essai, en 2019"]);
  });
  it("is not the layers that are off where programmes are crossed", () => expect(told({ mode: "cross", hidden: new Set([1]) })).toEqual([]));
});
