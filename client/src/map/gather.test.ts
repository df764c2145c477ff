import { describe, expect, it, vi } from "vitest";
import { CELL, country, entry, payload, SIDE } from "../../test/fixture";
import { Atlas } from "../geometry/atlas";
import type { Rect } from "../geometry/boxes";
import type { Entry } from "../payload";
import { sharesOf, Signs, UNITS } from "./gather";
import { layOut, SymbolFinder } from "./symbols";
import { townsOf } from "./towns";

vi.stubGlobal("matchMedia", () => ({ matches: false, addEventListener: () => undefined }));
const { Styles } = await import("./styles");

const overlap = (a: Rect, b: Rect): boolean => a[0] < b[2] && a[2] > b[0] && a[1] < b[3] && a[3] > b[1];
/** A town in the north-east. */
const LAST = country().names.length - 1;
const group = (name: string, x: number, y: number) => ({ code: name, name, population: null, x, y });

/** The country in four EPCI (quarters), two arrondissements and départements (west and east), one région; one commune has no EPCI. */
function made(records: readonly Entry[]): Atlas {
  const own = country();
  const { places, ...given } = payload(records, own);
  const { communes } = places;
  const middle = communes.x.map((x, i) => ({ east: Number(x > communes.x[0]! + (SIDE / 2) * CELL), north: Number(communes.y[i]! > communes.y[0]! + (SIDE / 2) * CELL) }));
  const at = (column: number, row: number) => [communes.x[0]! + column * CELL, communes.y[0]! + row * CELL] as const;
  return new Atlas({
    ...given,
    families: [...given.families, { ...given.families[0]!, id: "g" }],
    programmes: given.programmes.map((programme, i) => ({ ...programme, family: i % 2 })),
    places: {
      ...places,
      communes: {
        ...communes, epci: middle.map(({ east, north }, i) => (i === 0 ? -1 : east + 2 * north)),
        arrondissement: middle.map(({ east }) => east), departement: middle.map(({ east }) => east),
      },
      epci: [group("CC SO", ...at(3, 3)), group("CC SE", ...at(8, 3)), group("CC NO", ...at(3, 8)), group("CC NE", ...at(8, 8))],
      arrondissements: [group("O", ...at(3, 6)), group("E", ...at(8, 6))],
      departements: [group("Ouest", ...at(3, 6)), group("Est", ...at(8, 6))],
      regions: [group("Pays", ...at(6, 6))], region: [0, 0],
    },
  }, own.arcs);
}

const contract = (town: number, i = 0, more: Partial<Entry> = {}): Entry => entry(`c${town} ${i}`, [], { draw: "towns", towns: [town], programme: i % 2, ...more });
const all = (records: readonly Entry[]): number[] => records.map((_, i) => i);

describe("symbols seen from afar", () => {
  const communes = country().names.length - 1;
  const crowd = Array.from({ length: communes }, (_, town) => [contract(town), contract(town, 1)]).flat();
  const atlas = made(crowd);
  const styles = new Styles(atlas);
  const signs = new Signs(atlas, styles, all(crowd));

  it("know how much land there is", () => {
    const [left, top, right, bottom] = atlas.projection.box(atlas.payload.grid.bounds);
    expect(townsOf(atlas).land[0]! / ((right - left) * (bottom - top))).toBeCloseTo(1, 2);
  });

  it("are gathered by ever wider units, and stand in their towns when one is near", () => {
    const levels = [12, 11, 10, 9, 8, 7, 6, 5, 4].map((zoom) => signs.levelAt(null, zoom));
    const order = ["town", ...UNITS];
    expect(levels[0]).toBe("town");
    expect(levels[1]).toBe("town");
    expect(levels.at(-1)).toBe("region");
    expect(levels).toContain("epci");
    for (let i = 1; i < levels.length; i++) expect(order.indexOf(levels[i]!)).toBeGreaterThanOrEqual(order.indexOf(levels[i - 1]!));
  });

  it("are never lost: every record is counted once at each level", () => {
    for (const kind of UNITS) {
      const counted = signs.gathered(kind).flatMap(({ records }) => records);
      expect(counted.length).toBe(crowd.length);
      expect(new Set(counted)).toEqual(new Set(all(crowd)));
    }
    for (const zoom of [4, 5, 6, 7, 8, 9, 10, 11, 12]) {
      const clusters = layOut(atlas, styles, signs, { zoom, scale: 2 ** (zoom - 8) });
      const shown = clusters.flatMap(({ marks }) => marks.flatMap(({ records }) => records));
      expect(shown.sort((a, b) => a - b)).toEqual(all(crowd));
    }
  });

  it("are told apart by family in the ring", () => {
    const [country] = signs.gathered("region");
    expect(sharesOf(atlas, country!).map(({ family, records }) => [family, records])).toEqual([[0, communes], [1, communes]]);
  });

  it("keep a commune without EPCI apart", () => {
    const alone = signs.gathered("epci").filter(({ kind }) => kind === "commune");
    expect(alone.map(({ index, records }) => [index, records.length])).toEqual([[0, 2]]);
    expect(signs.gathered("epci").length).toBe(5);
  });

  it("do not cover one another, and are found under the pointer", () => {
    const clusters = layOut(atlas, styles, signs, { zoom: 7, scale: 0.5 });
    expect(clusters.some(({ unit }) => unit)).toBe(true);
    clusters.forEach(({ rect }, i) => clusters.slice(i + 1).forEach((other) => expect(overlap(rect, other.rect)).toBe(false)));
    const finder = new SymbolFinder(clusters);
    for (const { unit, marks } of clusters) expect(finder.at(marks[0]!.x, marks[0]!.y)?.unit).toBe(unit);
    expect(finder.at(4000, 4000)).toBe(null);
  });
});

describe("few symbols", () => {
  it("stand in their towns where there is room for them", () => {
    const few = [contract(20), contract(90)];
    const atlas = made(few);
    expect(new Signs(atlas, new Styles(atlas), all(few)).levelAt(null, 8)).toBe("town");
  });

  it("that are alone in a unit keep their own sign", () => {
    const records = [contract(LAST), ...Array.from({ length: 60 }, (_, i) => contract(13 + (i % 3), i))];
    const atlas = made(records);
    const styles = new Styles(atlas);
    const signs = new Signs(atlas, styles, all(records));
    const zoom = [9, 8.5, 8, 7.5, 7].find((each) => signs.levelAt(null, each) === "epci")!;
    const clusters = layOut(atlas, styles, signs, { zoom, scale: 2 ** (zoom - 8) });
    expect(clusters.find(({ town }) => town === LAST)?.marks[0]?.records).toEqual([0]);
    expect(clusters.filter(({ unit }) => unit).map(({ unit }) => unit!.records.length)).toEqual([60]);
  });

  it("of a record in two units are counted in both, once in each", () => {
    const records = [contract(20, 0, { towns: [13, 14, 15, LAST] }), contract(13), contract(LAST)];
    const atlas = made(records);
    const units = new Signs(atlas, new Styles(atlas), all(records)).gathered("departement");
    expect(units.map(({ index, records: own }) => [index, [...own].sort()]).sort()).toEqual([[0, [0, 1]], [1, [0, 2]]]);
  });

  it("leave out what is drawn as an area", () => {
    const records = [entry("area", [3]), contract(5)];
    const atlas = made(records);
    expect(new Signs(atlas, new Styles(atlas), all(records)).towns.map(({ town }) => town)).toEqual([5]);
  });
});
