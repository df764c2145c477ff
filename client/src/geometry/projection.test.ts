import { describe, expect, it } from "vitest";
import { metresAPixel } from "../map/insets";
import { Projection } from "./projection";

const UNIT = 2 ** 13;
const grid = (...degrees: [number, number, number, number]): [number, number, number, number] =>
  degrees.map((value) => Math.round(value * UNIT)) as [number, number, number, number];
// La Réunion drawn in a frame west of Brittany, twice as large in Mercator.
const projection = new Projection({
  bits: 13, bounds: grid(-8.1, 41.3, 9.6, 51.1),
  insets: [{
    code: "974", name: "La Réunion", bounds: grid(55.2, -21.4, 55.9, -20.8), frame: grid(-8.1, 43, -5.7, 44.6),
    centre: [-6.9 * UNIT, 43.8 * UNIT], scale: 2, times: 1.48,
  }],
});
const SAINT_DENIS = [55.45 * UNIT, -20.88 * UNIT] as const;
const PARIS = [2.35 * UNIT, 48.86 * UNIT] as const;

describe("frames overseas", () => {
  it("draw a place inside its frame and find it again there", () => {
    const drawn = projection.at(...SAINT_DENIS);
    const [left, top, right, bottom] = projection.frames[0]!.box;
    expect(drawn[0]).toBeGreaterThan(left);
    expect(drawn[0]).toBeLessThan(right);
    expect(drawn[1]).toBeGreaterThan(top);
    expect(drawn[1]).toBeLessThan(bottom);
    const [x, y] = projection.toGrid(...drawn);
    expect(x).toBeCloseTo(SAINT_DENIS[0], 3);
    expect(y).toBeCloseTo(SAINT_DENIS[1], 3);
  });

  it("leave the rest where it lies", () => {
    const drawn = projection.at(...PARIS);
    expect(drawn).toEqual([projection.plainX(PARIS[0]), projection.plainY(PARIS[1])]);
    expect(projection.frameOf(...PARIS)).toBeNull();
    const [x, y] = projection.toGrid(...drawn);
    expect([x / UNIT, y / UNIT]).toEqual([expect.closeTo(2.35, 6), expect.closeTo(48.86, 6)]);
  });

  it("enlarge both ways alike", () => {
    const [x0, y0] = projection.at(...SAINT_DENIS);
    const [x1, y1] = projection.at(SAINT_DENIS[0] + 100, SAINT_DENIS[1] + 100);
    expect((x1 - x0) / (projection.plainX(SAINT_DENIS[0] + 100) - projection.plainX(SAINT_DENIS[0]))).toBeCloseTo(2, 6);
    expect((y1 - y0) / (projection.plainY(SAINT_DENIS[1] + 100) - projection.plainY(SAINT_DENIS[1]))).toBeCloseTo(2, 6);
  });

  it("tell the metres of their own ground", () => {
    const frame = projection.frames[0]!;
    const middle = [projection.lon((frame.box[0] + frame.box[2]) / 2), projection.lat((frame.box[1] + frame.box[3]) / 2)] as const;
    // Drawn twice as large in Mercator, at 21° S rather than at 44° N.
    const apparent = (40_075_016.686 / (256 * 2 ** 8)) * Math.cos((middle[1] * Math.PI) / 180);
    expect(projection.stretch(...middle) * apparent).toBeCloseTo(metresAPixel(projection, frame, 1), 0);
    expect(projection.stretch(...middle)).toBeCloseTo(Math.cos((21.1 * Math.PI) / 180) / Math.cos((43.8 * Math.PI) / 180) / 2, 2);
    expect(projection.stretch(2.35, 48.86)).toBe(1);
  });
});

describe("territories on one meridian", () => {
  // Their bounds share longitudes: only the latitude tells Guadeloupe from Martinique, south of it.
  const guadeloupe = { code: "971", name: "Guadeloupe", bounds: grid(-61.81, 15.83, -61, 16.51), frame: grid(-8, 48, -6, 50), centre: [-7 * UNIT, 49 * UNIT] as [number, number], scale: 2, times: 1.5 };
  const martinique = { code: "972", name: "Martinique", bounds: grid(-61.23, 14.39, -60.81, 14.88), frame: grid(-8, 45, -6, 47), centre: [-7 * UNIT, 46 * UNIT] as [number, number], scale: 2, times: 1.5 };
  const at = (lon: number, lat: number): [number, number] => [lon * UNIT, lat * UNIT];

  it.each([["from the north", [guadeloupe, martinique]], ["from the south", [martinique, guadeloupe]]])("are told apart, named %s", (_, insets) => {
    const both = new Projection({ bits: 13, bounds: grid(-8.1, 41.3, 9.6, 51.1), insets });
    expect(both.frameOf(...at(-61.07, 14.6))?.inset.name).toBe("Martinique"); // Fort-de-France
    expect(both.frameOf(...at(-61.07, 16.3))?.inset.name).toBe("Guadeloupe"); // La Désirade
    expect(both.frameOf(...at(-61.07, 15.3))).toBeNull(); // Dominica, between them
  });
});
