import { describe, expect, it } from "vitest";
import { country, entry, payload } from "../../test/fixture";
import { Atlas } from "../geometry/atlas";
import { facetsOf, isOn, remaining, withOption, type Listed } from "./facets";
import { NO_FILTERS, type Filters } from "../state/filters";
import type { Period } from "../state/period";

const made = country();
const given = payload([
  entry("a", [0, 1], { themes: ["eau", "sport"], operators: ["Région"], total: 100, starts: "2018" }),
  entry("b", [0], { themes: ["eau"], operators: ["région"], kind: "operation", status: "planned", starts: "2020" }),
  entry("c", [5], { themes: ["sport"], operators: ["Cerema", "Région"], kind: "mission", status: "ended", total: 5, starts: "2016", ends: "2017" }),
], made);
const communes = { ...given.places.communes, epci: given.places.communes.epci.map((_, i) => (i < 2 ? 0 : 1)) };
const atlas = new Atlas({ ...given, places: { ...given.places, communes, epci: [...given.places.epci, { ...given.places.epci[0]!, name: "CC Autre" }] } }, made.arcs);
const facets = facetsOf(atlas);

function left(key: Listed, filters: Partial<Filters>, period: Period | null = null): Record<string, number> {
  const counts = remaining(atlas, facets, { ...NO_FILTERS, ...filters }, period).of[key];
  return Object.fromEntries(facets[key].options.map(({ label }, i) => [label, counts[i]!]));
}

describe("the options of a facet", () => {
  it("are sorted by how often they occur, spellings taken together", () => {
    expect(facets.operators.options).toEqual([
      { label: "Région", values: ["Région", "région"], total: 3 },
      { label: "Cerema", values: ["Cerema"], total: 1 },
    ]);
    expect(facets.themes.options.map(({ label }) => label)).toEqual(["eau", "sport"]);
    expect(facets.epci.options.map(({ label, total }) => [label, total])).toEqual([["CC Essai", 2], ["CC Autre", 1]]);
  });
  it("are switched on and off with all their spellings", () => {
    const [region] = facets.operators.options;
    const on = withOption(NO_FILTERS, "operators", region!, true);
    expect([...on.operators]).toEqual(["Région", "région"]);
    expect([isOn(on, "operators", region!), isOn(NO_FILTERS, "operators", region!)]).toEqual([true, false]);
    expect(withOption(on, "operators", region!, false).operators.size).toBe(0);
    const there = withOption(NO_FILTERS, "epci", facets.epci.options[1]!, true);
    expect([there.epci, withOption(there, "epci", facets.epci.options[1]!, false).epci]).toEqual([1, -1]);
  });
});

describe("names in any script", () => {
  const THEMES = ["C", "C#", "C++", "вода", "мост", "水", "橋", "!"];
  const other = new Atlas(payload(THEMES.map((theme, i) => entry(`t${i}`, [i], { themes: [theme] })), made), made.arcs);
  it("are options of their own", () => {
    const { options } = facetsOf(other).themes;
    expect(options.map(({ label }) => label).sort()).toEqual([...THEMES].sort());
    expect(options.every(({ total }) => total === 1)).toBe(true);
  });
});

describe("what remains", () => {
  it("counts the options of a facet as if it were not set", () => {
    expect(left("themes", {})).toEqual({ eau: 2, sport: 2 });
    expect(left("themes", { themes: new Set(["eau"]) })).toEqual({ eau: 2, sport: 2 });
    expect(left("kinds", { themes: new Set(["eau"]) })).toEqual({ contract: 1, operation: 1, mission: 0 });
  });
  it("applies the other facets and the period", () => {
    expect(left("themes", { kinds: new Set(["contract"]) })).toEqual({ eau: 1, sport: 1 });
    expect(left("themes", { kinds: new Set(["contract"]), epci: 1 })).toEqual({ eau: 0, sport: 0 });
    expect(left("themes", {}, { from: 2016, to: 2017, undated: false })).toEqual({ eau: 0, sport: 1 });
  });
  it("tells known amounts from the others", () => {
    const { known, unknown } = remaining(atlas, facets, { ...NO_FILTERS, least: 50 }, null);
    expect([known, unknown]).toEqual([2, 1]);
    expect(left("kinds", { least: 50 })).toEqual({ contract: 1, operation: 0, mission: 0 });
  });
});
