/**
 * From the grid of the payload (EPSG:4326) to "base pixels": Web Mercator pixels
 * of zoom 8, measured from a point of the area so that 32-bit floats stay exact.
 */
import type { Grid } from "../payload";

export const BASE_ZOOM = 8;
const WORLD = 256 * 2 ** BASE_ZOOM;

/** A rectangle: left, top, right, bottom in base pixels (y down). */
export type Box = readonly [number, number, number, number];

export class Projection {
  /** The origin of base pixels, in world pixels of the base zoom. */
  readonly x0: number;
  readonly y0: number;
  readonly unit: number;

  constructor(grid: Pick<Grid, "bits" | "bounds">) {
    this.unit = 2 ** grid.bits;
    const [left, bottom, right, top] = grid.bounds;
    this.x0 = worldX((left + right) / 2 / this.unit);
    this.y0 = worldY((bottom + top) / 2 / this.unit);
  }

  /** Base pixels of a grid column. */
  x(gridX: number): number {
    return worldX(gridX / this.unit) - this.x0;
  }

  /** Base pixels of a grid row. */
  y(gridY: number): number {
    return worldY(gridY / this.unit) - this.y0;
  }

  box(bounds: Grid["bounds"]): Box {
    return [this.x(bounds[0]), this.y(bounds[3]), this.x(bounds[2]), this.y(bounds[1])];
  }

  lon(baseX: number): number {
    return ((baseX + this.x0) / WORLD) * 360 - 180;
  }

  lat(baseY: number): number {
    const n = Math.PI * (1 - (2 * (baseY + this.y0)) / WORLD);
    return (Math.atan(Math.sinh(n)) * 180) / Math.PI;
  }
}

function worldX(lon: number): number {
  return ((lon + 180) / 360) * WORLD;
}

function worldY(lat: number): number {
  const sine = Math.sin((lat * Math.PI) / 180);
  return (0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * WORLD;
}

export function union(a: Box | null, b: Box | null): Box | null {
  if (a === null) return b;
  if (b === null) return a;
  return [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[2], b[2]), Math.max(a[3], b[3])];
}

export function meets(a: Box, b: Box): boolean {
  return a[0] <= b[2] && a[2] >= b[0] && a[1] <= b[3] && a[3] >= b[1];
}
