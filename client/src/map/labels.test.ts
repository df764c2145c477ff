import { describe, expect, it } from "vitest";
import { CELL, country, entry, payload, SIDE, X0, Y0 } from "../../test/fixture";
import { Atlas } from "../geometry/atlas";
import { Boxes, type Rect } from "../geometry/boxes";
import { cut } from "./labels";
import { beside, Naming, twoLines } from "./naming";
import { pack } from "./symbols";

const overlap = (a: Rect, b: Rect): boolean => a[0] < b[2] && a[2] > b[0] && a[1] < b[3] && a[3] > b[1];

describe("boxes", () => {
  it("take the first place that is free", () => {
    const boxes = new Boxes();
    expect(boxes.place([[0, 0, 10, 10]])).toBe(0);
    expect(boxes.place([[5, 5, 15, 15], [10, 0, 20, 10]])).toBe(1);
    expect(boxes.place([[1, 1, 2, 2]])).toBe(-1);
  });
  it("see each other across cells and below zero", () => {
    const boxes = new Boxes();
    boxes.add([-300, -5, 300, 5]);
    expect(boxes.free([-200, -2, -190, 2])).toBe(false);
    expect(boxes.free([290, 4, 400, 20])).toBe(false);
    expect(boxes.free([301, 0, 400, 20])).toBe(true);
  });
});

/** All names of a zoom, wherever one looks. */
const namesOf = (atlas: Atlas, zoom: number, scale: number, letter: number, boxes = new Boxes()) =>
  new Naming(atlas, boxes, "town", { zoom, scale }, (text) => text.length * letter).around([]).within([-2000, -2000, 2000, 2000]);

describe("labels", () => {
  it("stand beside their town, never on it", () => {
    const town: Rect = [10, 10, 20, 20];
    for (const rect of beside(town, 40, 12)) expect(overlap(rect, town)).toBe(false);
  });

  it("never overlap, at any zoom", () => {
    const atlas = new Atlas(payload([entry("a", [0])]), country().arcs);
    for (const zoom of [8, 9, 10, 11, 12]) {
      const labels = namesOf(atlas, zoom, 2 ** (zoom - 8), 6);
      const rects = labels.map(({ x, y, width, style }): Rect => [x, y - style.size / 2, x + width - 5, y + style.size / 2]);
      rects.forEach((rect, i) => rects.slice(i + 1).forEach((other) => expect(overlap(rect, other)).toBe(false)));
    }
    expect(namesOf(atlas, 12, 16, 2).length).toBeGreaterThan(50);
  });
});

describe("the name of a région", () => {
  it.each([
    ["Corse", "Corse"], ["Provence-Alpes-Côte d’Azur", "Provence-Alpes-\nCôte d’Azur"], ["Auvergne-Rhône-Alpes", "Auvergne-\nRhône-Alpes"],
    ["Pays de la Loire", "Pays de\nla Loire"], ["Guadeloupe-sans-tiret".replace(/-/g, ""), "Guadeloupesanstiret"],
  ])("%s is written as %s", (name, lines) => expect(twoLines(name)).toBe(lines));
});

describe("names of départements", () => {
  const made = country();
  const { places, ...given } = payload([], made);
  const middle = Y0 + (SIDE / 2) * CELL;
  /** Two départements, west and east of a column of squares; the anchors of both stand by the border, as those of bent shapes do. */
  const border = 8;
  const atlas = new Atlas({
    ...given,
    places: {
      ...places,
      communes: { ...places.communes, population: places.communes.population.map(() => 0), departement: places.communes.x.map((x) => Number(x > X0 + border * CELL)) },
      epci: [],
      departements: ["Ouest", "Est"].map((name, i) => ({ code: String(i), name, population: 1, x: X0 + (border + (i ? 0.2 : -0.2)) * CELL, y: middle })),
    },
  }, made.arcs);
  const placed = (scale: number, taken = new Boxes()) =>
    namesOf(atlas, 9, scale, 12, taken).filter(({ text }) => text === "OUEST" || text === "EST");
  const line = (scale: number): number => atlas.projection.plainX(X0 + border * CELL) * scale;

  it("stand inside from end to end", () => {
    for (const scale of [4, 8, 12]) {
      const labels = placed(scale);
      expect(labels.map(({ text }) => text).sort()).toEqual(["EST", "OUEST"]);
      for (const { text, x, width } of labels) {
        if (text === "OUEST") expect(x + width - 3).toBeLessThan(line(scale));
        else expect(x - 3).toBeGreaterThan(line(scale));
      }
    }
  });
  it("are dropped where there is no room inside", () => {
    expect(placed(0.5)).toEqual([]);
    const taken = new Boxes();
    taken.add([-1000, -1000, line(8), 1000]);
    expect(placed(8, taken).map(({ text }) => text)).toEqual(["EST"]);
  });
});

describe("a name at the edge of the screen", () => {
  const view = { tx: 0, ty: 0, padX: 60, padY: 100, width: 480, height: 940, covered: 110 };
  const standing: Rect[] = [[10, 600, 120, 630]];
  it("is not drawn under what covers the top", () => {
    expect(cut(view, 100, 100 + 105, 80, standing)).toBe(true);
    expect(cut(view, 100, 100 + 125, 80, standing)).toBe(false);
    expect(cut({ ...view, covered: 0 }, 100, 100 + 105, 80, standing)).toBe(false);
  });
  it("is not drawn at its very side", () => {
    expect(cut(view, 60 + 3, 300, 80, [])).toBe(true);
    expect(cut(view, 60 + 6, 300, 80, [])).toBe(false);
    expect(cut(view, 480 - 60 - 83, 300, 80, [])).toBe(true);
  });
  it("is not drawn under the scale bar", () => {
    expect(cut(view, 60 + 100, 100 + 610, 80, standing)).toBe(true);
    expect(cut(view, 60 + 125, 100 + 610, 80, standing)).toBe(false);
    expect(cut(view, 60 + 100, 100 + 590, 80, standing)).toBe(false);
  });
});

describe("symbols of one town", () => {
  it("stand beside each other", () => {
    const radii = [6, 6, 15, 4, 4, 6, 9];
    const { at, width, height } = pack(radii);
    at.forEach((a, i) => {
      expect(Math.abs(a.x) + radii[i]!).toBeLessThanOrEqual(width / 2 + 1e-9);
      expect(Math.abs(a.y) + radii[i]!).toBeLessThanOrEqual(height / 2 + 1e-9);
      at.slice(i + 1).forEach((b, j) => expect(Math.hypot(a.x - b.x, a.y - b.y)).toBeGreaterThanOrEqual(radii[i]! + radii[i + 1 + j]!));
    });
  });
});
