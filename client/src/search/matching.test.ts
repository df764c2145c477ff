import { describe, expect, it } from "vitest";
import { Finder, isStrayCode, normal, type Findable } from "./matching";
import { distance, nearness } from "./nearness";

const among = (...items: Findable[]) => new Finder({ length: items.length, item: (index) => items[index]! });

describe("names are compared without", () => {
  it.each([
    ["Hénin-Beaumont", "henin beaumont"],
    ["St-Quentin", "saint quentin"],
    ["Ste Marie", "sainte marie"],
    ["L’Œuf d'Or", "l oeuf d or"],
    ["  CŒUR  de Flandre ", "coeur de flandre"],
    ["Stella", "stella"],
  ])("%s", (written, compared) => expect(normal(written)).toBe(compared));
});

describe("a finder", () => {
  const item = (text: string, weight: number, code = "") => ({ text, code, weight });
  const finder = among(
    item("Saint-Quentin", 53000), item("Saint-Quentin-en-Tourmont", 300), item("Le Fay-Saint-Quentin", 500), item("Lens", 32000), item("Camblain", 3), item("Valenciennes", 42000, "59606"), item("Nord", 9, "59"), item("Ajaccio", 70000, "2A004"),
  );
  const texts = (query: string): string[] => finder.find(query, 10).map(({ text }) => text);

  it("puts the very name first, then those that begin so, then those that hold it", () => {
    expect(texts("st quentin")).toEqual(["Saint-Quentin", "Saint-Quentin-en-Tourmont", "Le Fay-Saint-Quentin"]);
  });
  it("prefers the beginning to the middle", () => expect(texts("len")).toEqual(["Lens", "Valenciennes"]));
  it("takes words in any order", () => expect(texts("quentin fay")).toEqual(["Le Fay-Saint-Quentin"]));
  it("takes codes as well as names, the very code first", () => {
    expect(texts("59606")).toEqual(["Valenciennes"]);
    expect(texts("59")).toEqual(["Nord", "Valenciennes"]);
    expect(texts("2a 004")).toEqual(["Ajaccio"]);
    expect(texts("5")).toEqual([]);
  });
  it("finds nothing for nothing", () => {
    expect(texts("")).toEqual([]);
    expect(texts(" - ")).toEqual([]);
    expect(texts("zzz")).toEqual([]);
  });
  it("stops at its limit", () => expect(finder.find("e", 2).length).toBeLessThanOrEqual(2));

  it("knows other names, and names with their département", () => {
    const more = among(
      { ...item("Creil", 36000), within: ["Oise", "60"] }, item("Oise", 5), { ...item("Mission à Soissons", 0), also: ["Cerema"] },
    );
    const found = (query: string): string[] => more.find(query, 10).map(({ text }) => text);
    expect(found("Creil (60)")).toEqual(["Creil"]);
    expect(found("creil (oise)")).toEqual(["Creil"]);
    expect(found("oise")).toEqual(["Oise"]);
    expect(found("cerema")).toEqual(["Mission à Soissons"]);
  });
  it("gets ready in slices, or all at once when it is asked", () => {
    const many = () => among(...Array.from({ length: 3000 }, (_, n) => item(`Lieu ${n}`, n)));
    const sliced = many();
    expect(sliced.prepare(-1)).toBe(false);
    expect(sliced.find("lieu 2999", 5).map(({ text }) => text)).toEqual(many().find("lieu 2999", 5).map(({ text }) => text));
    expect(sliced.prepare(-1)).toBe(true);
    expect(sliced.find("lieu", 3).map(({ text }) => text)).toEqual(["Lieu 2999", "Lieu 2998", "Lieu 2997"]);
  });
  it("takes no near name for a far one", () => {
    const names = ["lens", "lnes", "lnse", "valenciennes", "valencienes", "denain", "deanin", "", "a1b2", "1a2b", "saint omer"];
    for (const name of names) for (const most of [1, 2]) expect(names.map(nearness(name, most))).toEqual(names.map((other) => distance(other, name, most)));
  });
  it("offers near names", () => {
    expect(finder.near("Valencienes", 5).map(({ text }) => text)).toEqual(["Valenciennes"]);
    expect(finder.near("Lnes", 5).map(({ text }) => text)).toEqual(["Lens"]);
    expect(finder.near("xyz", 5)).toEqual([]);
  });
});

describe("five figures that are no INSEE code", () => {
  const found = [{ code: "59606" }, { code: "200042190" }];
  it.each([["59300", true], ["59 300", true], ["59606", false], ["20004", true], ["5930", false], ["200042190", false], ["Valenciennes", false]])(
    "%s: %s", (text, stray) => expect(isStrayCode(text, found)).toBe(stray));
});
