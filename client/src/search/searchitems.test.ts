import { describe, expect, it } from "vitest";
import catalogue from "../../words.json";
import { country, payload } from "../../test/fixture";
import { Atlas } from "../geometry/atlas";
import { Finder } from "./matching";
import { searchItems } from "./searchitems";
import { Words } from "../page/words";

const words = new Words(Object.fromEntries(Object.entries(catalogue).map(([key, { fr }]) => [key, fr])), "fr");
const given = payload([]);
const group = (code: string, name: string) => ({ code, name, population: 1, x: 0, y: 0 });
const { communes } = given.places;
const atlas = new Atlas({
  ...given,
  places: {
    ...given.places,
    departements: [group("93", "Seine-Saint-Denis"), group("974", "La Réunion")],
    arrondissements: [group("9741", "Saint-Denis"), group("933", "Saint-Denis")],
    epci: [group("1", "CC du Val"), group("2", "CC du Val"), group("3", "CC des Monts")],
    communes: { ...communes, departement: communes.code.map((_, i) => Number(i > 5)), epci: communes.code.map((_, i) => (i < 3 ? 0 : i < 9 ? 2 : 1)) },
  },
}, country().arcs);
const kinds = (text: string): string[] => new Finder(searchItems({ atlas, words })).find(text, 9).map(({ kind }) => kind).sort();

describe("places of one name", () => {
  it("are told apart by their département", () => {
    expect(kinds("Saint-Denis")).toEqual(["arrondissement (La Réunion)", "arrondissement (Seine-Saint-Denis)", "département"]);
    expect(kinds("CC du Val")).toEqual(["EPCI (La Réunion)", "EPCI (Seine-Saint-Denis)"]);
  });
  it("an EPCI whose name is its own needs none", () => expect(kinds("CC des Monts")).toEqual(["EPCI"]));
});
