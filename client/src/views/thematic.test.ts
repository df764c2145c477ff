import { describe, expect, it, vi } from "vitest";
import { country, entry, payload } from "../../test/fixture";
import { Atlas } from "../geometry/atlas";
import type { Entry } from "../payload";
import { NO_FILTERS, passing } from "../state/filters";
import { initial, type Mode, type State, type Unit } from "../state/store";

vi.stubGlobal("matchMedia", () => ({ matches: false, addEventListener: () => undefined }));
const { combinations, crossable, firstPair, withChoice } = await import("./crossing");
const { Extents } = await import("./extents");
const { localSums } = await import("./localsums");
const { mosaic } = await import("./mosaic");
const { classText, combinationText, notesOf, valueText } = await import("./scaletext");
const { unitRows } = await import("./unitsfile");
const { themeOf, unitFor } = await import("./thematic");
const { Words } = await import("../page/words");
const catalogue = (await import("../../words.json")).default;

const made = country();
/** Communes 0 and 1 are in EPCI 0, the next two in EPCI 1, the last one in none, the others in EPCI 2. */
const group = (commune: number): number => (commune < 2 ? 0 : commune < 4 ? 1 : commune === made.names.length - 1 ? -1 : 2);
function atlasOf(records: readonly Entry[]): Atlas {
  const given = payload(records, made);
  const epci = [0, 1, 2].map((code) => ({ code: String(code), name: `CC ${code}`, population: 1, x: 0, y: 0 }));
  return new Atlas({ ...given, places: { ...given.places, epci, communes: { ...given.places.communes, epci: made.names.map((_, i) => group(i)) } } }, made.arcs);
}
const atlas = atlasOf([
  entry("a", [0, 1], { total: 100 }),
  entry("b", [1, 2], { total: 50, programme: 1 }),
  entry("seat", [], { towns: [3], draw: "towns", total: 9 }),
  entry("works", [1], { kind: "operation", total: 30, counted: 0 }),
  entry("mission", [3], { kind: "mission", programme: 1 }),
  entry("yearly", [2], { total: 8, yearly: true }),
  entry("away", [0], { total: 3, elsewhere: ["Ailleurs"] }),
]);
const all = new Set(atlas.payload.records.keys());
const told = (mode: Mode, unit: Unit, more: Partial<State> = {}) => themeOf(atlas, { ...initial, passing: all, mode, unit, ...more });
const words = new Words(Object.fromEntries(Object.entries(catalogue).map(([key, { fr }]) => [key, fr])), "fr");

describe("the pile-up", () => {
  it("counts contracts, not missions or operations, and no seats", () => {
    expect(Array.from(told("pileup", "commune")!.values).slice(0, 5)).toEqual([2, 2, 2, 0, 0]);
    expect(told("pileup", "commune")!.uncounted).toBe(1);
  });
  it("tells contracts outside the territory from those whose perimeter is not known, each only where there are any", () => {
    const other = atlasOf([entry("here", [0]), entry("far", [], { draw: "none", elsewhere: ["Rethel"] }), entry("nowhere", [], { draw: "none" }), entry("seat", [], { draw: "towns", towns: [1] })]);
    const notes = (...shown: number[]) => (["pileup", "white"] as const).map((mode) =>
      notesOf(themeOf(other, { ...initial, passing: new Set(shown), mode })!, words).filter((note) => note.includes("compté")));
    const away = "1 contrat hors du territoire de la carte n’est pas compté.";
    expect(notes(0, 1)).toEqual([[away], [away]]);
    expect(notes(0, 2)).toEqual(Array(2).fill(["1 contrat au périmètre inconnu n’est pas compté."]));
    expect(notes(0, 1, 2, 3)).toEqual(Array(2).fill([away, "2 contrats au périmètre inconnu ne sont pas comptés."]));
    expect(notes(0)).toEqual([[], []]);
  });
  it("counts a contract once in each EPCI that it touches", () => {
    expect(Array.from(told("pileup", "epci")!.values)).toEqual([3, 2, 0]);
  });
  it("follows layers and filters", () => {
    expect(Array.from(told("pileup", "commune", { hidden: new Set([1]) })!.values).slice(0, 3)).toEqual([2, 1, 1]);
    expect(Array.from(told("pileup", "commune", { passing: new Set([1]) })!.values).slice(0, 3)).toEqual([0, 1, 1]);
  });
  it("tells 0 from no data", () => {
    const theme = told("pileup", "epci")!;
    const kindAt = (commune: number) => theme.classes[theme.classOf[commune]!]!.style.kind;
    expect([kindAt(0), kindAt(9), kindAt(made.names.length - 1)]).toEqual(["scale", "paper", "missing"]);
    expect(told("pileup", "commune")!.classes.some(({ style }) => style.kind === "missing")).toBe(false);
  });
});

describe("amounts", () => {
  it("are told only where the whole perimeter lies within the unit, each euro once", () => {
    const sums = (unit: Unit) => localSums(atlas, new Extents(atlas), unit, [...all]);
    expect(Array.from(sums("commune").euros.slice(0, 4))).toEqual([NaN, 30, NaN, NaN]);
    expect(Array.from(sums("epci").euros)).toEqual([100, NaN, NaN]);
    expect(sums("epci")).toMatchObject({ wider: 53, unplaced: 9, yearly: 1, without: 1 });
    expect(sums("commune").wider).toBe(153);
    expect(Array.from(sums("departement").euros)).toEqual([150]);
  });
  it("of what lies outside the territory are told apart, and are no gap of the map", () => {
    const wide = atlasOf([
      entry("here", [0], { total: 5 }),
      entry("far", [], { draw: "none", total: 7, elsewhere: ["Ailleurs"] }),
      entry("farther", [], { draw: "none", elsewhere: ["Ailleurs"] }),
      entry("nowhere", [], { draw: "none", total: 2 }),
    ]);
    expect(localSums(wide, new Extents(wide), "epci", [0, 1, 2, 3])).toMatchObject({ outside: 7, unplaced: 2, without: 0, wider: null });
    const theme = themeOf(wide, { ...initial, passing: new Set([0, 1, 2, 3]), mode: "amounts", unit: "epci" })!;
    const notes = notesOf(theme, words).map((note) => note.replace(/\s/g, " "));
    expect(notes.filter((note) => /hors de ce territoire|inconnus/.test(note))).toEqual([
      "2 € portent sur des périmètres inconnus : hors carte.", "7 € portent sur des périmètres hors de ce territoire : hors carte.",
    ]);
  });
  it("that are not known are told from nothing at all", () => {
    const theme = told("amounts", "epci")!;
    expect([0, 2, 9].map((commune) => theme.classes[theme.classOf[commune]!]!.style.kind)).toEqual(["scale", "unknown", "paper"]);
  });
});

describe("white areas", () => {
  it("are what no contract in view covers, with their inhabitants", () => {
    const [white, rest] = told("white", "commune")!.classes;
    expect(rest!.units).toBe(3);
    expect(white!.units).toBe(made.names.length - 3);
    expect(rest!.population).toBe(0 + 100 + 200);
  });
  it("that very wide programmes leave none of say so, where there is something to see behind them", () => {
    const everywhere = made.names.map((_, i) => i);
    const half = everywhere.filter((i) => i % 2 === 0);
    const others = everywhere.filter((i) => i % 2 === 1);
    const wide = atlasOf([entry("a", half), entry("b", others, { programme: 1 }), entry("c", [3], { programme: 2 }), entry("whole", everywhere, { programme: 3 })]);
    const notes = (...shown: number[]) =>
      notesOf(themeOf(wide, { ...initial, passing: new Set(shown), mode: "white" })!, words, "P").slice(1).map((note) => note.replace(/\s/g, " "));
    expect(notes(0, 1, 2)).toEqual(["2 dispositifs très étendus couvrent tout : masquez-les pour voir les autres."]);
    expect(notes(2, 3)).toEqual(["P, très étendu, couvre tout : masquez-le pour voir les autres."]);
    expect(notes(0, 2)).toEqual([]); // a part is white
    expect(notes(0, 1)).toEqual([]); // nothing behind them
    expect(notes(2)).toEqual([]);
  });
  it("that very wide programmes cover only with the help of others are not laid to them", () => {
    const everywhere = made.names.map((_, i) => i);
    const wide = atlasOf([entry("most", everywhere.slice(1)), entry("rest", [0], { programme: 1 })]);
    expect(themeOf(wide, { ...initial, passing: new Set([0, 1]), mode: "white" })).toMatchObject({ smothered: false, vast: [0] });
  });
  it("by EPCI are those that none touches", () => expect(told("white", "epci")!.classes.map(({ units }) => units)).toEqual([1, 2, 0]));
});

describe("a territory chosen by the filters", () => {
  // Two départements: communes 0 to 2, and the others; EPCI 1 (communes 2 and 3) lies in both.
  const two = (() => {
    const { places } = atlas.payload;
    const departements = ["Nord", "La Réunion"].map((name, code) => ({ code: String(code), name, population: 1, x: 0, y: 0 }));
    return new Atlas({ ...atlas.payload, places: { ...places, departements, communes: { ...places.communes, departement: made.names.map((_, i) => Number(i > 2)) } } }, made.arcs);
  })();
  const filtered = (mode: Mode, unit: Unit, own: Partial<State["filters"]>, more: Partial<State> = {}) => {
    const filters = { ...NO_FILTERS, ...own };
    return themeOf(two, { ...initial, passing: passing(two, filters, null), filters, mode, unit, ...more })!;
  };
  it("leaves what lies outside without a class, in every view", () => {
    for (const mode of ["pileup", "amounts", "white", "cross"] as const) {
      const theme = filtered(mode, "epci", { departement: 0 }, { crossed: [0, 1] });
      expect(Array.from(theme.classOf, (own) => own >= 0)).toEqual(made.names.map((_, i) => i <= 2));
      expect(theme.classes.reduce((sum, { units }) => sum + units, 0)).toBe(mode === "cross" ? 3 : 2);
      expect(theme.classes.reduce((sum, { population }) => sum + population, 0)).toBe(0 + 100 + 200);
    }
  });
  it("counts, tells and names it alone", () => {
    const theme = filtered("white", "epci", { departement: 1 });
    // "b" reaches EPCI 1 in the other département only: here the EPCI has no contract.
    expect(theme.classes.slice(0, 2).map(({ units }) => units)).toEqual([2, 0]);
    expect(notesOf(theme, words).slice(0, 2).map((note) => note.replace(/\s/g, " "))).toEqual([
      expect.stringMatching(/^2 EPCI sans contrat sur 2 /),
      "Territoire du filtre : La Réunion. Le reste de la carte n’est ni coloré ni compté.",
    ]);
    expect(valueText(two, theme, 3, words)).toBe("CC 1\u00a0: aucun contrat");
    expect(valueText(two, theme, 0, words)).toBe(`${made.names[0]!}\u00a0: hors du filtre`);
  });
  it("takes no class from what records have elsewhere", () => {
    const theme = filtered("pileup", "commune", { epci: 1 });
    expect(theme.classes.map(({ range, units }) => [range!.from, units])).toEqual([[0, 1], [2, 1]]); // elsewhere are communes with one
    expect(unitRows(two, theme, words).slice(1).map((row) => row[1])).toEqual([made.names[2], made.names[3]]);
    expect(unitRows(two, filtered("amounts", "departement", { epci: 0 }), words)).toHaveLength(2);
  });
  it("is followed when it alone changes", () => {
    const state: State = { ...initial, passing: all, mode: "white" };
    themeOf(two, state);
    expect(themeOf(two, { ...state, filters: { ...NO_FILTERS, departement: 0 } })!.units).toBe(3);
  });
});

describe("the notes of the key", () => {
  it("say who lives in no EPCI", () => {
    expect(notesOf(told("white", "epci")!, words).map((note) => note.replace(/\s/g, " "))).toContainEqual(
      expect.stringMatching(/^1 commune sans EPCI \(population : /));
    expect(notesOf(told("white", "commune")!, words).join()).not.toContain("sans EPCI");
  });
});

describe("the key of amounts", () => {
  it.each([
    [{ from: 0, to: 5e8 }, "moins de 500 M€"],
    [{ from: 5e8, to: 8e8 }, "500 à 800 M€"],
    [{ from: 8e8, to: 1e9 }, "800 M€ à 1 Md€"],
    [{ from: 1e9, to: 2e9 }, "1 à 2 Md€"],
    [{ from: 2e9, to: null }, "2 Md€ et plus"],
  ])("%j", (range, expected) => {
    const own = { style: { kind: "scale", scale: "amounts", rank: 0, of: 1 } as const, range, units: 1, population: 1 };
    expect(classText(told("amounts", "departement")!, own, words).replace(/\s/g, " ")).toBe(expected);
  });
});

describe("programmes crossed", () => {
  it("give each combination its communes; operations do not count", () => {
    const theme = told("cross", "epci", { crossed: [0, 1] })!;
    expect(theme.unit).toBe("commune");
    expect(theme.classes.map(({ units }) => units)).toEqual([2, 1, 1, made.names.length - 4]);
    expect(combinations(3)).toEqual([7, 3, 5, 6, 1, 2, 4]);
  });
  it("do not follow the layers that are on, but the filters", () => {
    expect(told("cross", "commune", { crossed: [0, 1], hidden: new Set([0]) })!.classes[0]!.units).toBe(2);
    expect(told("cross", "commune", { crossed: [0, 1], passing: new Set([0]) })!.classes[0]!.units).toBe(0);
  });
  it("begin with two that can be crossed", () => {
    expect(crossable(atlas)).toEqual([0, 1]);
    expect(firstPair(atlas, new Extents(atlas))).toEqual([0, 1]);
    expect(told("cross", "commune")!.crossed).toEqual([0, 1]);
  });
  it.each([
    ["another programme", [4, 5], 0, 9, [9, 5]],
    ["one that stands elsewhere changes places", [4, 5], 0, 5, [5, 4]],
    ["a third one", [4, 5], 2, 6, [4, 5, 6]],
    ["no third one", [4, 5, 6], 2, -1, [4, 5]],
    ["a third one that is there already", [4, 5], 2, 5, [4, 5]],
    ["the same again", [4, 5], 1, 5, [4, 5]],
  ])("after a choice: %s", (_, crossed, rank, programme, expected) => expect(withChoice(crossed, rank, programme)).toEqual(expected));
  it("are named by their letters", () => {
    expect(combinations(2).map((mask) => combinationText(mask, 2, words))).toEqual(["A et B", "A sans B", "B sans A"]);
    expect(combinations(3).map((mask) => combinationText(mask, 3, words)))
      .toEqual(["A, B et C", "A et B sans C", "A et C sans B", "B et C sans A", "A sans B ni C", "B sans A ni C", "C sans A ni B"]);
  });
});

describe("a theme", () => {
  it("is worked out once for a state", () => {
    const state: State = { ...initial, passing: all, mode: "pileup" };
    const later: State = { ...state, hovered: 4 };
    expect(themeOf(atlas, state)).toBe(themeOf(atlas, later));
    expect(themeOf(atlas, initial)).toBeNull();
  });
  it("takes a unit that its mode knows", () => {
    expect(unitFor("pileup", "departement")).toBe("epci");
    expect(unitFor("amounts", "departement")).toBe("departement");
    expect(unitFor("cross", "epci")).toBe("commune");
  });
  it("draws the same outline as the members of each class would alone", () => {
    const classOf = Int8Array.from(made.names, (_, i) => (i % 7 === 0 ? -1 : i % 3));
    mosaic(made.arcs, classOf, 3).forEach((steps, rank) => {
      const member = Uint8Array.from({ length: atlas.units }, (_, unit) => Number(classOf[unit] === rank));
      expect(steps).toEqual(atlas.topology.outline(member));
    });
  });
});
