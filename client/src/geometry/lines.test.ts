import { describe, expect, it } from "vitest";
import type { Arcs } from "./decode";
import { levelFor, LEVELS, Lines, thin } from "./lines";
import { BASE_ZOOM, Projection } from "./projection";

/** The distance of a point from a chain of vertices. */
function away(px: number, py: number, x: ArrayLike<number>, y: ArrayLike<number>, length: number): number {
  let least = Infinity;
  for (let i = 0; i + 1 < length; i++) {
    const [dx, dy] = [x[i + 1]! - x[i]!, y[i + 1]! - y[i]!];
    const along = Math.max(0, Math.min(1, ((px - x[i]!) * dx + (py - y[i]!) * dy) / (dx * dx + dy * dy || 1)));
    least = Math.min(least, Math.hypot(px - x[i]! - along * dx, py - y[i]! - along * dy));
  }
  return least;
}

describe("thinned lines", () => {
  it("stay near the true ones, however dense the vertices of these are", () => {
    // A bay of a coast: a vertex every hundredth of a pixel, so that no single one seems to matter.
    const points = 4000;
    const trueX = Float32Array.from({ length: points }, (_, i) => i / 100);
    const trueY = trueX.map((x) => 8 * Math.sin(x / 5));
    for (const tolerance of [1.6, 0.38, 0.08]) {
      const [x, y] = [trueX.slice(), trueY.slice()];
      const kept = thin(x, y, 0, points, tolerance);
      expect(kept).toBeGreaterThan(5);
      expect(kept).toBeLessThan(points / 20);
      let worst = 0;
      for (let i = 0; i < points; i += 7) worst = Math.max(worst, away(trueX[i]!, trueY[i]!, x, y, kept));
      expect(worst).toBeLessThanOrEqual(tolerance + 0.001);
      expect([x[0], x[kept - 1]]).toEqual([trueX[0], trueX[points - 1]]);
    }
  });

  it("of a ring that begins and ends in one place keep its shape", () => {
    const x = Float32Array.from([0, 10, 10, 0, 0]);
    const y = Float32Array.from([0, 0, 10, 10, 0]);
    expect(thin(x, y, 0, 5, 1)).toBe(5);
    expect([...y]).toEqual([0, 0, 10, 10, 0]);
  });
});

describe("levels of detail", () => {
  it("lie half a pixel of the screen from the true lines at most", () => {
    for (const { until, tolerance } of LEVELS) if (tolerance > 0) expect(tolerance * 2 ** (until - BASE_ZOOM)).toBeLessThanOrEqual(0.51);
  });

  it("end where the next begins, and the last draws every vertex", () => {
    LEVELS.slice(0, -1).forEach(({ until }, level) => {
      expect(levelFor(until - 0.001)).toBe(level);
      expect(levelFor(until)).toBe(level + 1);
    });
    expect([levelFor(0), levelFor(22)]).toEqual([0, LEVELS.length - 1]);
    expect(LEVELS.at(-1)).toEqual({ until: Infinity, tolerance: 0 });
  });
});

describe("traced arcs", () => {
  const unit = 2 ** 13;
  const ground = (...degrees: number[]): [number, number, number, number] => degrees.map((value) => value * unit) as [number, number, number, number];
  // An arc in France, and one in La Réunion, which is drawn in a frame.
  const [x, y] = [[2, 3, 3, 4, 55.25, 55.5, 55.75], [48, 48, 49, 49, -21, -21.25, -21]].map((column) => Int32Array.from(column!, (value) => value * unit));
  const arcs: Arcs = { count: 2, start: Uint32Array.from([0, 4, 7]), left: Int32Array.of(0, 1), right: Int32Array.of(-1, -1), x: x!, y: y! };
  const projection = new Projection({
    bits: 13, bounds: ground(-8, 41, 10, 51),
    insets: [{ code: "974", name: "La Réunion", bounds: ground(55.25, -21.25, 55.75, -21), frame: ground(-8, 43, -6, 45), centre: [-7 * unit, 44 * unit], scale: 2, times: 1.5 }],
  });
  const lines = new Lines(arcs, projection);
  /** What is drawn of a step, at the level of all vertices. */
  const traced = (step: number, begin: boolean): (string | number)[][] => {
    const calls: (string | number)[][] = [];
    const path = { moveTo: (px: number, py: number) => calls.push(["move", px, py]), lineTo: (px: number, py: number) => calls.push(["line", px, py]) };
    lines.trace(path as unknown as Path2D, LEVELS.length - 1, step, begin);
    return calls;
  };
  const expected = (from: number, to: number): (string | number)[][] => Array.from({ length: to - from }, (_, i) =>
    [i === 0 ? "move" : "line", ...projection.at(x![from + i]!, y![from + i]!).map(Math.fround)]);
  const turned = (calls: (string | number)[][]): (string | number)[][] => calls.map(([verb], i) => [verb!, ...calls.at(-1 - i)!.slice(1)]);

  it("hold every vertex from the first to the last, or back", () => {
    expect(traced(0, true)).toEqual(expected(0, 4));
    expect(traced(1, true)).toEqual(turned(expected(0, 4)));
  });

  it("go on from where the path is without its first vertex", () => {
    expect(traced(0, false)).toEqual(expected(0, 4).slice(1));
    expect(traced(1, false)).toEqual(turned(expected(0, 4)).slice(1));
  });

  it("of a territory overseas lie in its frame", () => {
    const [left, top, right, bottom] = projection.frames[0]!.box;
    const calls = traced(2, true);
    for (const [, px, py] of calls) {
      expect(px).toBeGreaterThan(left);
      expect(px).toBeLessThan(right);
      expect(py).toBeGreaterThan(top);
      expect(py).toBeLessThan(bottom);
    }
    const near = (all: (string | number)[][]): unknown[] => all.map(([verb, px, py]) => [verb, expect.closeTo(Number(px), 1), expect.closeTo(Number(py), 1)]);
    expect(calls).toEqual(near(expected(4, 7)));
  });
});
