/**
 * Which unit lies under a point: a ray to the north over an index of columns.
 *
 * The first arc that the ray meets knows the unit on either side, so nothing else
 * has to be scanned.
 */
import type { Arcs } from "./decode";

const COLUMNS = 512;

export class Locator {
  private readonly x0: number;
  private readonly width: number;
  private readonly top: Int32Array;
  private readonly bottom: Int32Array;
  private readonly begin: Uint32Array;
  private readonly members: Uint32Array;

  constructor(private readonly arcs: Arcs) {
    const { count, start, x, y } = arcs;
    const low = new Int32Array(count);
    const high = new Int32Array(count);
    this.top = new Int32Array(count);
    this.bottom = new Int32Array(count);
    let x0 = Infinity;
    let x1 = -Infinity;
    for (let arc = 0; arc < count; arc++) {
      let left = Infinity, right = -Infinity, bottom = Infinity, top = -Infinity;
      for (let i = start[arc]!; i < start[arc + 1]!; i++) {
        if (x[i]! < left) left = x[i]!;
        if (x[i]! > right) right = x[i]!;
        if (y[i]! < bottom) bottom = y[i]!;
        if (y[i]! > top) top = y[i]!;
      }
      low[arc] = left;
      high[arc] = right;
      this.bottom[arc] = bottom;
      this.top[arc] = top;
      if (left < x0) x0 = left;
      if (right > x1) x1 = right;
    }
    this.x0 = x0;
    this.width = (x1 - x0) / COLUMNS || 1;
    this.begin = new Uint32Array(COLUMNS + 1);
    for (let arc = 0; arc < count; arc++) {
      for (let c = this.column(low[arc]!); c <= this.column(high[arc]!); c++) this.begin[c + 1]!++;
    }
    for (let c = 0; c < COLUMNS; c++) this.begin[c + 1]! += this.begin[c]!;
    this.members = new Uint32Array(this.begin[COLUMNS]!);
    const fill = this.begin.slice();
    for (let arc = 0; arc < count; arc++) {
      for (let c = this.column(low[arc]!); c <= this.column(high[arc]!); c++) this.members[fill[c]!++] = arc;
    }
  }

  private column(gridX: number): number {
    return Math.max(0, Math.min(COLUMNS - 1, Math.floor((gridX - this.x0) / this.width)));
  }

  /** The unit at a point in grid units, or -1 outside all of them. */
  at(px: number, py: number): number {
    if (!(px >= this.x0 && px <= this.x0 + this.width * COLUMNS)) return -1;
    const { start, x, y, left, right } = this.arcs;
    const column = this.column(px);
    let nearest = Infinity;
    let unit = -1;
    for (let m = this.begin[column]!; m < this.begin[column + 1]!; m++) {
      const arc = this.members[m]!;
      if (this.top[arc]! < py || this.bottom[arc]! > nearest) continue;
      for (let i = start[arc]!; i < start[arc + 1]! - 1; i++) {
        const xa = x[i]!;
        const xb = x[i + 1]!;
        if (xa <= px === xb <= px) continue;
        const crossing = y[i]! + ((y[i + 1]! - y[i]!) * (px - xa)) / (xb - xa);
        if (crossing < py || crossing >= nearest) continue;
        nearest = crossing;
        unit = xb > xa ? right[arc]! : left[arc]!;
      }
    }
    return unit;
  }
}
