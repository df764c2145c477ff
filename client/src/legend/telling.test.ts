import { describe, expect, it, vi } from "vitest";
import catalogue from "../../words.json";
import { country, entry, payload } from "../../test/fixture";
import { Atlas } from "../geometry/atlas";
import { countKinds, countsShort, countsText, shownOf } from "./counts";
import { importance } from "../map/importance";
import { distance } from "../search/nearness";
import { absentGroups, reasonsOf } from "./nowhere";
import { recordsByExtent } from "../place/panelgroups";
import { citation } from "../paper/papernote";
import { isWhole, sheetsOf } from "../map/sheets";
import { signNote } from "../map/tooltip";
import { Words } from "../page/words";

vi.hoisted(() => vi.stubGlobal("matchMedia", () => ({ matches: false, addEventListener: () => undefined })));

const french = Object.fromEntries(Object.entries(catalogue).map(([key, { fr }]) => [key, fr]));
const words = new Words(french, "fr");
const counts = (contract: number, mission: number, operation: number) => ({ contract, mission, operation });

describe("counts", () => {
  it("keep kinds apart", () => {
    expect(countKinds([entry("a", []), entry("b", [], { kind: "operation" })])).toEqual(counts(1, 0, 1));
  });
  it("show contracts, and operations beside them", () => {
    expect(countsShort(counts(9, 0, 4), words)).toEqual({ main: "9", more: "+\u00a04\u00a0op." });
    expect(countsShort(counts(0, 0, 4), words)).toEqual({ main: "", more: "4\u00a0op." });
    expect(countsShort(counts(0, 2, 0), words)).toEqual({ main: "2", more: "" });
  });
  it("are said in full", () => {
    expect(countsText(counts(9, 0, 4), words)).toBe("9 contrats, 4 opérations");
    expect(countsText(counts(0, 0, 0), words)).toBe("0 contrat");
  });
  it("say how many are shown when they are fewer", () => {
    expect(shownOf(counts(9, 0, 0), counts(9, 0, 0), words)).toBe("9 contrats");
    expect(shownOf(counts(9, 0, 2), counts(1, 0, 0), words)).toBe("9 contrats, dont 1 affiché · 2 opérations, dont 0 affichée");
  });
});

describe("slips", () => {
  it.each([["lens", "lens", 0], ["valenciennes", "valencienes", 1], ["douai", "duoai", 1], ["creil", "crepy", 2], ["a", "abcdef", 3]])(
    "%s to %s", (a, b, slips) => expect(distance(a, b, 2)).toBe(slips));
});

const made = country();
const u = (name: string): number => made.unit(name);
const atlasOf = (records: ReturnType<typeof entry>[]): Atlas => new Atlas(payload(records, made), made.arcs);

describe("a place", () => {
  const atlas = atlasOf([
    entry("all", [...made.names.keys()].filter((unit) => unit < made.names.length - 1)),
    entry("part", [u("2,8")]),
    entry("seat", [], { draw: "towns", towns: [u("2,8")], basis: "unknown" }),
  ]);
  it("is covered, touched, or only a seat", () => {
    expect(recordsByExtent(atlas, { kind: "commune", index: u("2,8") })).toEqual({ whole: [0, 1], part: [], seat: [2] });
    expect(recordsByExtent(atlas, { kind: "epci", index: 0 })).toEqual({ whole: [], part: [0, 1], seat: [2] });
    expect(atlas.covering(u("2,8"))).toEqual([0, 1]);
  });
  it("shows first what was pointed at", () => {
    expect(recordsByExtent(atlas, { kind: "commune", index: u("2,8"), first: [1] }).whole).toEqual([1, 0]);
  });
  it("hardly smaller than the area is told, not drawn", () => {
    const [sheet] = sheetsOf(atlas, [0]);
    expect(isWhole(atlas, sheet!.largest)).toBe(true);
    expect(isWhole(atlas, 1)).toBe(false);
  });
});

describe("a sign", () => {
  const own = (communes: number[], towns: number[], places: string[]) => signNote(entry("a", communes, { towns, places }), words);
  it("says what it stands for", () => {
    expect(own([3], [3], ["x"])).toBe("");
    expect(own([1, 2, 3], [2], ["y"])).toBe("au centre de son périmètre (3\u00a0communes)");
    expect(own([1, 2], [1], ["x", "y"])).toBe("un seul signe pour ses 2\u00a0communes");
    expect(own([], [1], [])).toBe("siège d’un périmètre inconnu");
  });
});

describe("what is not drawn", () => {
  it("gives its reasons, those outside the territory apart", () => {
    const records = [
      entry("in", [], { draw: "none", reasons: ["Lieu : inconnu."] }),
      entry("out", [], { draw: "none", elsewhere: ["Ailleurs"], reasons: ["Ailleurs : hors du territoire."] }),
      entry("bare", [], { draw: "none" }),
    ];
    const groups = absentGroups({ atlas: atlasOf(records), words } as Parameters<typeof absentGroups>[0]);
    expect(groups.map((group) => group.records)).toEqual([[0, 2], [1]]);
    expect(reasonsOf(records[0]!, words)).toEqual(["Lieu : inconnu."]);
    expect(reasonsOf(records[2]!, words)).toEqual(["Aucun lieu à dessiner."]);
  });
});

describe("a document", () => {
  it("is cited with publisher and date", () => {
    expect(citation({ title: "T", publisher: "P", published: "2019" }, "fr")).toBe("T (P, 2019)");
    expect(citation({ title: "T", publisher: "", published: "" }, "fr")).toBe("T");
  });
});

describe("importance of a town", () => {
  it("counts thrice for the town of its arrondissement, twice for that of its EPCI", () => {
    const { places } = payload([]);
    const town = { ...places.communes, name: ["Lens", "Liévin", "Avion"], population: [32000, 30000, 17000], epci: [0, 0, 0], arrondissement: [0, 0, 0] };
    const group = { code: "1", population: 1, x: 0, y: 0 };
    const own = { communes: town, epci: [{ ...group, name: "CA de Lens - Liévin" }], arrondissements: [{ ...group, name: "Lens" }] };
    expect([0, 1, 2].map((index) => importance(own, index))).toEqual([96000, 60000, 17000]);
  });
});
