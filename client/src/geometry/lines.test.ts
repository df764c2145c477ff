import { describe, expect, it } from "vitest";
import { thin } from "./lines";

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
