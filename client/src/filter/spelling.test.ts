import { describe, expect, it } from "vitest";
import { fold, once, spellings } from "./spelling";

describe("two spellings", () => {
  it.each([
    ["Région", "REGION"], ["re\u0301gion", "région"], ["eau  et\u00a0air ", "Eau et air"], ["ﬁnances", "Finances"], ["İzmir", "izmir"], ["МОСТ", "мост"], ["Ố", "o"],
  ])("%s and %s are one", (a, b) => expect(fold(a)).toBe(fold(b)));
  it.each([
    ["C", "C#"], ["C", "C++"], ["вода", "мост"], ["水", "橋"], ["か", "が"], ["कि", "की"], ["ماء", "جسر"], ["eau", "eau !"], ["l’eau", "l eau"], ["a", ""], ["😀", "😁"], ["мой", "мои"],
  ])("%s and %s are two", (a, b) => expect(fold(a)).not.toBe(fold(b)));
  it("are kept in their order, one of each where one is enough", () => {
    expect([...spellings(["b", "A", "a", "B", "b"])]).toEqual([["b", ["b", "B"]], ["a", ["A", "a"]]]);
    expect(once(["b", "A", "a", "B"])).toEqual(["b", "A"]);
  });
});
