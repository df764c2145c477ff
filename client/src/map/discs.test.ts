import { describe, expect, it, vi } from "vitest";
import { BITS, CELL, country, entry, payload, SIDE, X0, Y0 } from "../../test/fixture";
import { Atlas } from "../geometry/atlas";
import { Boxes } from "../geometry/boxes";
import type { Entry, Inset } from "../payload";
import { crossingsOf } from "./crossings";
import { standDiscs, type Disc } from "./discs";
import { areasOf, Signs, UNITS, type Level } from "./gather";
import { rectOf } from "./insets";
import { layOut, SymbolFinder, type Cluster } from "./symbols";
import { townsOf } from "./towns";

vi.stubGlobal("matchMedia", () => ({ matches: false, addEventListener: () => undefined }));
const { Styles } = await import("./styles");

const group = (name: string, column: number, row: number) => ({ code: name, name, population: null, x: X0 + column * CELL, y: Y0 + row * CELL });
const ZOOMS = [7, 7.5, 8, 8.5, 9, 9.25, 9.5, 9.75, 10, 10.25, 10.5, 10.75];
/** Where the country overseas lies: the last two columns of the squares, drawn in a frame to the east. */
const OVERSEAS: Inset = {
  code: "9", name: "Île", bounds: [X0 + 10.01 * CELL, Y0, X0 + SIDE * CELL, Y0 + SIDE * CELL], frame: [X0 + 13 * CELL, Y0, X0 + 15.5 * CELL, Y0 + SIDE * CELL],
  centre: [X0 + 14.25 * CELL, Y0 + 6 * CELL], scale: 0.9, times: 1,
};

/**
 * A nation: régions of very unequal units, the same at each level. The east has two wide ones; the west
 * has nine, eight of them of one square each (a crowded capital); overseas is one of its own.
 */
function nation(records: readonly Entry[], insets: readonly Inset[] = []): Atlas {
  const own = country();
  const { places, ...given } = payload(records, own);
  const { communes } = places;
  const column = communes.x.map((x) => Math.floor((x - X0) / CELL));
  const row = communes.y.map((y) => Math.floor((y - Y0) / CELL));
  const departement = communes.x.map((_, i) => {
    if (column[i]! >= 10) return 11;
    if (column[i]! >= 4) return row[i]! >= 6 ? 10 : 9;
    return column[i]! < 3 && row[i]! < 3 ? 3 * row[i]! + column[i]! : 8;
  });
  const units = [
    ...Array.from({ length: 8 }, (_, i) => group(`D${i}`, (i % 3) + 0.5, Math.floor(i / 3) + 0.5)),
    group("D8", 2.5, 7.5), group("D9", 7.5, 3.5), group("D10", 7.5, 9.5), group("D11", 11.2, 6.5),
  ];
  return new Atlas({
    ...given, grid: { ...given.grid, insets },
    places: {
      ...places,
      communes: { ...communes, epci: departement, arrondissement: departement, departement },
      epci: units, arrondissements: units, departements: units,
      regions: [group("Capitale", 2.5, 5.5), group("Est", 7.5, 6.5), group("Île", 11.2, 6.5)], region: [...Array.from({ length: 9 }, () => 0), 1, 1, 2],
    },
  }, own.arcs);
}

const towns = country().names.length - 1;
const crowd = Array.from({ length: towns * 4 }, (_, i) => entry(`c${i}`, [], { draw: "towns", towns: [i % towns] }));

function discsAt(atlas: Atlas, signs: Signs, zoom: number): { discs: readonly Disc[]; levels: readonly Level[] } {
  return standDiscs(atlas, signs, { zoom, scale: 2 ** (zoom - 8) }, new Boxes());
}

/** Whether a point in CSS pixels lies on the land of a disc's unit. */
function onItsLand(atlas: Atlas, { unit, x, y }: Disc, scale: number): boolean {
  if (unit.kind === "commune") return true;
  const of = unit.kind === "region" ? townsOf(atlas).region : atlas.payload.places.communes[unit.kind];
  return crossingsOf(atlas, of).holds(unit.index, ...atlas.projection.toGrid(x / scale, y / scale));
}

describe.each([{ name: "in one piece", insets: [] }, { name: "with a frame", insets: [OVERSEAS] }])("discs of a nation $name", ({ insets }) => {
  const atlas = nation(crowd, insets);
  const styles = new Styles(atlas);
  const signs = new Signs(atlas, styles, crowd.keys());
  const gathered = ZOOMS.filter((zoom) => discsAt(atlas, signs, zoom).discs.length > 0);

  it("are seen at several zooms", () => {
    expect(BITS).toBe(12);
    expect(gathered.length).toBeGreaterThan(5);
  });

  it.each(gathered)("never overlap (zoom %f)", (zoom) => {
    const { discs } = discsAt(atlas, signs, zoom);
    discs.forEach((disc, i) => discs.slice(i + 1).forEach((other) => expect(Math.hypot(disc.x - other.x, disc.y - other.y)).toBeGreaterThan(disc.r + other.r + 2)));
  });

  it.each(gathered)("stand on their own unit, or have a leader to it (zoom %f)", (zoom) => {
    const scale = 2 ** (zoom - 8);
    const { discs } = discsAt(atlas, signs, zoom);
    const clusters = layOut(atlas, styles, signs, { zoom, scale });
    for (const disc of discs) {
      const far = Math.hypot(disc.x - disc.unit.x * scale, disc.y - disc.unit.y * scale);
      const cluster = clusters.find(({ unit }) => unit === disc.unit)!;
      expect(cluster.moved).toBe(far > disc.r + 1);
      // In a frame that is smaller than its disc, this covers its point.
      const covers = disc.unit.frame !== null && far <= disc.r;
      if (disc.unit.kind === "region") expect(onItsLand(atlas, disc, scale) || cluster.moved || covers).toBe(true);
      else if (far > 0) expect([onItsLand(atlas, disc, scale), far <= 2 * disc.r + 0.01]).toEqual([true, true]);
    }
  });

  it.each(gathered)("keep to their frame, and out of the frames of others (zoom %f)", (zoom) => {
    const scale = 2 ** (zoom - 8);
    const frames = atlas.projection.frames.map((frame) => ({ frame, rect: rectOf(frame, scale) }));
    for (const { unit, x, y, r } of discsAt(atlas, signs, zoom).discs) {
      for (const { frame, rect: [left, top, right, bottom] } of frames) {
        const room = Math.min((right - left) / 2, (bottom - top) / 2) - 2;
        if (unit.frame === frame) expect(room < r || (x - r >= left && x + r <= right && y - r >= top && y + r <= bottom)).toBe(true);
        else expect(x + r <= left || x - r >= right || y + r <= top || y - r >= bottom).toBe(true);
      }
    }
  });

  it.each(gathered)("are never lost nor counted twice where levels differ (zoom %f)", (zoom) => {
    const counted = layOut(atlas, styles, signs, { zoom, scale: 2 ** (zoom - 8) }).flatMap(({ marks }) => marks.flatMap(({ records }) => records));
    expect(counted.sort((a, b) => a - b)).toEqual([...crowd.keys()]);
  });

  it("gather a région without room by wider units, and leave the others", () => {
    const mixed = gathered.map((zoom) => ({ ...discsAt(atlas, signs, zoom), first: signs.levelAt(null, zoom) })).filter(({ levels, first }) => levels[0] === "region" && levels[1] === first && first !== "region");
    expect(mixed.length).toBeGreaterThan(0);
    for (const { discs, first } of mixed) {
      expect(discs.filter(({ unit }) => unit.region === 0).map(({ unit }) => unit.kind)).toEqual(["region"]);
      expect(discs.filter(({ unit }) => unit.region === 1).map(({ unit }) => unit.kind)).toEqual([first, first]);
    }
  });

  it.each(gathered)("answer where they are drawn (zoom %f)", (zoom) => {
    const clusters = layOut(atlas, styles, signs, { zoom, scale: 2 ** (zoom - 8) });
    const finder = new SymbolFinder(clusters);
    for (const { unit, marks } of clusters) if (unit) expect(finder.at(marks[0]!.x, marks[0]!.y)?.unit).toBe(unit);
  });
});

describe("what is pointed at", () => {
  const disc = (town: number, x: number): Cluster => ({
    town, unit: null, x, y: 0, rect: [x - 10, -10, x + 10, 10], moved: false, marks: [{ record: town, records: [town], x, y: 0, r: 10 }],
  });
  it("is what is drawn last, and beside it the nearest", () => {
    const finder = new SymbolFinder([disc(1, 0), disc(2, 12), disc(3, 60)]);
    expect(finder.at(6, 0)?.town).toBe(2);
    expect(finder.at(1, 0)?.town).toBe(1);
    expect(finder.at(-11, 0)?.town).toBe(1);
    expect(finder.at(49, 0)?.town).toBe(3);
    expect(finder.at(40, 0)).toBe(null);
  });
});

describe("a symbol alone in a frame", () => {
  it("stays in its town, however small the frame is", () => {
    const { names } = country();
    const alone = [entry("a", [], { draw: "towns", towns: [names.indexOf("11,11")] })];
    const atlas = nation(alone, [OVERSEAS]);
    const styles = new Styles(atlas);
    for (const zoom of [8.5, 9, 10, 11]) {
      const scale = 2 ** (zoom - 8);
      const [{ marks, moved, x, y, rect }] = layOut(atlas, styles, new Signs(atlas, styles, [0]), { zoom, scale }) as [Cluster];
      const [left, top, right, bottom] = rectOf(atlas.projection.frames[0]!, scale);
      const clear = x - left > 12 && right - x > 12 && y - top > 12 && bottom - y > 12;
      expect(moved).toBe(false);
      if (clear) expect([marks[0]!.x, marks[0]!.y]).toEqual([x, y]);
      else expect(rect[1]).toBeGreaterThanOrEqual(top - 0.001);
    }
  });
});

describe("what a disc does not count", () => {
  it("are the perimeters that cover its land", () => {
    const { names } = country();
    const records = [entry("west", [names.indexOf("3,9")]), entry("east", [names.indexOf("8,9")]), ...crowd];
    const atlas = nation(records);
    expect(areasOf(atlas, { kind: "region", index: 1 })).toEqual([1]);
    expect(areasOf(atlas, { kind: "departement", index: 8 })).toEqual([0]);
    expect(UNITS.length).toBe(4);
  });
});
