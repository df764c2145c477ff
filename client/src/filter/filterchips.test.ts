import { describe, expect, it, vi } from "vitest";
import catalogue from "../../words.json";
import { country, entry, payload } from "../../test/fixture";
import { Atlas } from "../geometry/atlas";
import { countsOf, countsShort, fraction } from "../legend/counts";
import { facetsOf } from "./facets";
import { chipsOf } from "./filterchips";
import { NO_FILTERS, type Filters } from "../state/filters";
import { memberGroups } from "../place/memberlist";
import type { Period } from "../state/period";
import { Words } from "../page/words";

vi.hoisted(() => vi.stubGlobal("matchMedia", () => ({ matches: false, addEventListener: () => undefined })));

const words = new Words(Object.fromEntries(Object.entries(catalogue).map(([key, { fr }]) => [key, fr])), "fr");
const made = country();
const atlas = new Atlas(payload([
  entry("a", [0, 1], { themes: ["eau"], operators: ["Région", "région"], status: "in_force" }),
  entry("b", [2], { kind: "operation" }),
], made), made.arcs);
const facets = facetsOf(atlas);
const chips = (filters: Partial<Filters>, period: Period | null = null) => chipsOf({ words }, facets, { filters: { ...NO_FILTERS, ...filters }, period });
const told = (filters: Partial<Filters>, period: Period | null = null): string[] => chips(filters, period).map(({ facet, value }) => `${facet} ${value}`);

describe("what is set", () => {
  it("is told facet by facet, spellings of one option once", () => {
    expect(told({})).toEqual([]);
    expect(told({ kinds: new Set(["operation"]), statuses: new Set(["in_force"]), themes: new Set(["eau"]), operators: new Set(["Région", "région"]), epci: 0 }))
      .toEqual(["Nature Opération", "Statut en vigueur ou en cours", "Thème eau", "Opérateur Région", "EPCI CC Essai"]);
  });
  it.each<[Partial<Filters>, string]>([
    [{ least: 1.5e6 }, "au moins 1,5\u00a0M€"], [{ most: 2e6 }, "au plus 2\u00a0M€"], [{ least: 1e6, most: 2e6 }, "de 1\u00a0M€ à 2\u00a0M€"],
  ])("says amounts: %o", (filters, text) => expect(told(filters)).toEqual([`Montant en euros ${text}`]));
  it("says the years", () => {
    expect(told({}, { from: 2018, to: 2018, undated: true })).toEqual(["Années 2018"]);
    expect(told({}, { from: 2018, to: 2020, undated: true })).toEqual(["Années 2018–2020"]);
  });
  it("is taken away alone", () => {
    const [theme, operator] = chips({ themes: new Set(["eau"]), operators: new Set(["Région", "région"]) });
    expect(theme!.without.filters).toMatchObject({ themes: new Set(), operators: new Set(["Région", "région"]) });
    expect(operator!.without.filters).toMatchObject({ themes: new Set(["eau"]), operators: new Set() });
    expect(chips({}, { from: 1, to: 2, undated: true })[0]!.without).toEqual({ period: null });
  });
});

describe("what is left", () => {
  const counts = (contract: number, mission: number, operation: number) => ({ contract, mission, operation });
  it("is told beside what there is, when they differ", () => {
    expect([fraction(5, 5, "fr"), fraction(3, 5, "fr"), fraction(0, 2164, "fr")]).toEqual(["5", "3\u00a0/\u00a05", "0\u00a0/\u00a02\u202f164"]);
    expect(countsShort(counts(5, 0, 4), words, counts(3, 0, 1))).toEqual({ main: "3\u00a0/\u00a05", more: "+\u00a01\u00a0/\u00a04\u00a0op." });
    expect(countsOf(counts(5, 2, 4), counts(3, 2, 0), words)).toBe("3 contrats sur 5, 2 missions, 0 opération sur 4");
    expect(countsOf(counts(5, 0, 0), counts(5, 0, 0), words)).toBe("5 contrats");
  });
});

describe("the communes of a record", () => {
  it("are listed by EPCI, those without one at the end", () => {
    const { places } = atlas.payload;
    const communes = { ...places.communes, name: ["Zuydcoote", "Écuires", "Arras", "Berck"], epci: [0, -1, 0, 1] };
    const own = { atlas: { payload: { places: { ...places, communes, epci: [{ name: "CU Sud" }, { name: "CA Nord" }] } } }, words } as unknown as Parameters<typeof memberGroups>[0];
    expect(memberGroups(own, [0, 1, 2, 3])).toEqual([{ epci: 1, communes: [3] }, { epci: 0, communes: [2, 0] }, { epci: -1, communes: [1] }]);
  });
});
