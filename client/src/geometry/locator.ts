/**
 * Which unit lies under a point: a ray to the north over an index of cells.
 *
 * The first arc that the ray meets knows the unit on either side, so nothing else
 * has to be scanned. Each territory overseas has cells of its own, as small as it asks for.
 */
import type { Grid } from "../payload";
import type { Arcs } from "./decode";

type Bounds = Grid["bounds"];

/** How many cells the main territory has on each side, and each of the others. */
const CELLS = 384;
const FEWER = 48;

/** A territory: the rectangle of its cells, and the first of them. */
interface Zone {
  x0: number;
  x1: number;
  y0: number;
  y1: number;
  readonly first: number;
  readonly cells: number;
}

export class Locator {
  private readonly zones: readonly Zone[];
  private readonly top: Int32Array;
  private readonly bottom: Int32Array;
  private readonly begin: Uint32Array;
  private readonly members: Uint32Array;

  constructor(private readonly arcs: Arcs, private readonly apart: readonly Bounds[] = []) {
    const { count, start, x, y } = arcs;
    const zone = (cells: number, first: number): Zone => ({ x0: Infinity, x1: -Infinity, y0: Infinity, y1: -Infinity, first, cells });
    this.zones = [...apart.map((_, i) => zone(FEWER, i * FEWER * FEWER)), zone(CELLS, apart.length * FEWER * FEWER)];
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
      own.x0 = Math.min(own.x0, left);
      own.x1 = Math.max(own.x1, right);
      own.y0 = Math.min(own.y0, bottom);
      own.y1 = Math.max(own.y1, top);
    }
    const cells = apart.length * FEWER * FEWER + CELLS * CELLS;
    this.begin = new Uint32Array(cells + 1);
    const each = (take: (cell: number, arc: number) => void): void => {
      for (let arc = count - 1; arc >= 0; arc--) {
        const own = this.zoneOf(low[arc]!, this.bottom[arc]!);
        const last = columnOf(own, high[arc]!);
        const highest = rowOf(own, this.top[arc]!);
        for (let row = rowOf(own, this.bottom[arc]!); row <= highest; row++) {
          for (let column = columnOf(own, low[arc]!); column <= last; column++) take(own.first + row * own.cells + column, arc);
        }
      }
    };
    each((cell) => this.begin[cell]!++);
    for (let cell = 0; cell < cells; cell++) this.begin[cell + 1]! += this.begin[cell]!;
    this.members = new Uint32Array(this.begin[cells]!);
    each((cell, arc) => (this.members[--this.begin[cell]!] = arc));
  }

  /** The territory of a point: an arc lies in one, all of it. */
  private zoneOf(px: number, py: number): Zone {
    const found = this.apart.findIndex(([left, bottom, right, top]) => px >= left && px <= right && py >= bottom && py <= top);
    return this.zones[found < 0 ? this.apart.length : found]!;
  }

  /** The unit at a point in grid units, or -1 outside all of them. */
  at(px: number, py: number): number {
    const zone = this.zoneOf(px, py);
    if (!(px >= zone.x0 && px <= zone.x1 && py <= zone.y1)) return -1;
    const column = columnOf(zone, px);
    const found = { nearest: Infinity, unit: -1 };
    for (let row = rowOf(zone, py); row < zone.cells; row++) {
      this.look(zone.first + row * zone.cells + column, px, py, found);
      if (Number.isFinite(found.nearest) && rowOf(zone, found.nearest) <= row) break; // what lies in the rows above is farther
    }
    return found.unit;
  }

  /** Where a ray from a point to the north first meets the arcs of a cell. */
  private look(cell: number, px: number, py: number, found: { nearest: number; unit: number }): void {
    const { start, x, y, left, right } = this.arcs;
    for (let m = this.begin[cell]!; m < this.begin[cell + 1]!; m++) {
      const arc = this.members[m]!;
      if (this.top[arc]! < py || this.bottom[arc]! > found.nearest) continue;
      for (let i = start[arc]!; i < start[arc + 1]! - 1; i++) {
        const xa = x[i]!;
        const xb = x[i + 1]!;
        if (xa <= px === xb <= px) continue;
        const crossing = y[i]! + ((y[i + 1]! - y[i]!) * (px - xa)) / (xb - xa);
        if (crossing < py || crossing >= found.nearest) continue;
        found.nearest = crossing;
        found.unit = xb > xa ? right[arc]! : left[arc]!;
      }
    }
  }
}

function within(value: number, from: number, to: number, cells: number): number {
  return Math.max(0, Math.min(cells - 1, Math.floor(((value - from) / (to - from || 1)) * cells)));
}

const columnOf = (zone: Zone, gridX: number): number => within(gridX, zone.x0, zone.x1, zone.cells);
const rowOf = (zone: Zone, gridY: number): number => within(gridY, zone.y0, zone.y1, zone.cells);
