/**
 * Which unit lies under a point: a ray to the north over an index of columns.
 *
 * The first arc that the ray meets knows the unit on either side, so nothing else
 * has to be scanned. Each territory overseas has columns of its own, as narrow as it is.
 */
import type { Grid } from "../payload";
import type { Arcs } from "./decode";

type Bounds = Grid["bounds"];

/** How many columns the main territory has, and each of the others. */
const COLUMNS = 512;
const FEWER = 64;

/** A territory: where its columns begin and end, and the first of them. */
interface Zone {
  x0: number;
  x1: number;
  readonly first: number;
  readonly columns: number;
}

export class Locator {
  private readonly zones: readonly Zone[];
  private readonly top: Int32Array;
  private readonly bottom: Int32Array;
  private readonly begin: Uint32Array;
  private readonly members: Uint32Array;

  constructor(private readonly arcs: Arcs, private readonly apart: readonly Bounds[] = []) {
    const { count, start, x, y } = arcs;
    const zone = (columns: number, first: number): Zone => ({ x0: Infinity, x1: -Infinity, first, columns });
    this.zones = [...apart.map((_, i) => zone(FEWER, i * FEWER)), zone(COLUMNS, apart.length * FEWER)];
    const low = new Int32Array(count);
    const high = new Int32Array(count);
    this.top = new Int32Array(count);
    this.bottom = new Int32Array(count);
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
      const own = this.zoneOf(left, bottom);
      if (left < own.x0) own.x0 = left;
      if (right > own.x1) own.x1 = right;
    }
    const columns = apart.length * FEWER + COLUMNS;
    this.begin = new Uint32Array(columns + 1);
    const each = (take: (column: number, arc: number) => void): void => {
      for (let arc = count - 1; arc >= 0; arc--) {
        const own = this.zoneOf(low[arc]!, this.bottom[arc]!);
        for (let c = column(own, low[arc]!); c <= column(own, high[arc]!); c++) take(c, arc);
      }
    };
    each((c) => this.begin[c]!++);
    for (let c = 0; c < columns; c++) this.begin[c + 1]! += this.begin[c]!;
    this.members = new Uint32Array(this.begin[columns]!);
    each((c, arc) => (this.members[--this.begin[c]!] = arc));
  }

  /** The territory of a point: an arc lies in one, all of it. */
  private zoneOf(px: number, py: number): Zone {
    const found = this.apart.findIndex(([left, bottom, right, top]) => px >= left && px <= right && py >= bottom && py <= top);
    return this.zones[found < 0 ? this.apart.length : found]!;
  }

  /** The unit at a point in grid units, or -1 outside all of them. */
  at(px: number, py: number): number {
    const zone = this.zoneOf(px, py);
    if (!(px >= zone.x0 && px <= zone.x1)) return -1;
    const { start, x, y, left, right } = this.arcs;
    const own = column(zone, px);
    let nearest = Infinity;
    let unit = -1;
    for (let m = this.begin[own]!; m < this.begin[own + 1]!; m++) {
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

function column({ x0, x1, first, columns }: Zone, gridX: number): number {
  return first + Math.max(0, Math.min(columns - 1, Math.floor(((gridX - x0) / (x1 - x0 || 1)) * columns)));
}
