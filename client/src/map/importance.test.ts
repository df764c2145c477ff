import { describe, expect, it } from "vitest";
import { BITS, country, payload } from "../../test/fixture";
import { Atlas } from "../geometry/atlas";
import { Ranking } from "./importance";

/** Name, inhabitants, degrees east and north, arrondissement: as they are. */
const TOWNS = [
  ["Antony", 64_000, 2.3, 48.75, "Antony"], ["Lille", 238_000, 3.06, 50.63, "Lille"], ["Roubaix", 99_000, 3.18, 50.69, "Lille"],
  ["Paris", 2_100_000, 2.35, 48.86, "Paris"], ["Saint-Denis", 150_000, 2.36, 48.94, "Saint-Denis"], ["Vénissieux", 66_000, 4.88, 45.7, "Lyon"],
  ["Lyon", 520_000, 4.84, 45.76, "Lyon"], ["Arras", 42_000, 2.78, 50.29, "Arras"], ["Dunkerque", 87_000, 2.38, 51.04, "Dunkerque"],
] as const;

describe("the towns that are named from afar", () => {
  const made = country();
  const { places, ...given } = payload([], made);
  const none = TOWNS.map(() => 0);
  const atlas = new Atlas({
    ...given,
    grid: { ...given.grid, communes: TOWNS.length },
    places: {
      ...places,
      communes: {
        code: TOWNS.map(([name]) => name), name: TOWNS.map(([name]) => name), population: TOWNS.map(([, people]) => people),
        x: TOWNS.map(([, , lon]) => Math.round(lon * 2 ** BITS)), y: TOWNS.map(([, , , lat]) => Math.round(lat * 2 ** BITS)),
        epci: none, departement: none, arrondissement: TOWNS.map((_, i) => i),
      },
      arrondissements: TOWNS.map(([, , , , name]) => ({ code: name, name, population: null, x: 0, y: 0 })),
    },
  }, made.arcs);
  const names = (towns: readonly { index: number }[]): string[] => towns.map(({ index }) => TOWNS[index]![0]);

  it("come by population, without the suburbs of larger ones", () => {
    expect(names(new Ranking(atlas).far(60_000))).toEqual(["Paris", "Lyon", "Lille", "Dunkerque", "Arras"]);
  });
  it("are joined by their suburbs when one comes near", () => {
    expect(names(new Ranking(atlas).from(60_000)).slice(0, 4)).toEqual(["Paris", "Lyon", "Lille", "Saint-Denis"]);
    expect(names(new Ranking(atlas).from(60_000))).toContain("Vénissieux");
  });
  it("are asked for in parts", () => {
    expect(names(new Ranking(atlas).among([0, 2, 7], 60_000, 150_000))).toEqual(["Arras", "Roubaix"]);
  });
});
