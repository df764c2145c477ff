/**
 * From the grid of the payload (EPSG:4326) to "base pixels": Web Mercator pixels
 * of zoom 8, measured from a point of the area so that 32-bit floats stay exact. Territories
 * overseas are moved and scaled into their frames: the grid stays true, base pixels
 * are those of the picture.
 */
import type { Grid, Inset } from "../payload";

export const BASE_ZOOM = 8;
const WORLD = 256 * 2 ** BASE_ZOOM;

/** A rectangle: left, top, right, bottom in base pixels (y down). */
export type Box = readonly [number, number, number, number];

/** A frame in which a territory overseas is drawn, in base pixels; `true` pixels are those of where it lies. */
export interface Frame {
  readonly inset: Inset;
  readonly box: Box;
  /** Drawn = true * scale + offset. */
  readonly scale: number;
  readonly dx: number;
  readonly dy: number;
}

export class Projection {
  /** The origin of base pixels, in world pixels of the base zoom. */
  readonly x0: number;
  readonly y0: number;
  readonly unit: number;
  readonly frames: readonly Frame[];

  constructor(grid: Pick<Grid, "bits" | "bounds"> & Partial<Pick<Grid, "insets">>) {
    this.unit = 2 ** grid.bits;
    const [left, bottom, right, top] = grid.bounds;
    this.x0 = worldX((left + right) / 2 / this.unit);
    this.y0 = worldY((bottom + top) / 2 / this.unit);
    this.frames = (grid.insets ?? []).map((inset): Frame => {
      const land = this.box(inset.bounds);
      const { scale, centre } = inset;
      return {
        inset, scale, box: this.box(inset.frame),
        dx: this.plainX(centre[0]) - (scale * (land[0] + land[2])) / 2,
        dy: this.plainY(centre[1]) - (scale * (land[1] + land[3])) / 2,
      };
    });
  }

  /** The frame in which a point of the grid is drawn; null where it is drawn where it lies. */
  frameOf(gridX: number, gridY: number): Frame | null {
    for (const frame of this.frames) {
      const [left, bottom, right, top] = frame.inset.bounds;
      if (gridX >= left && gridX <= right && gridY >= bottom && gridY <= top) return frame;
    }
    return null;
  }

  /** The frame drawn at a point in base pixels. */
  frameAt(x: number, y: number): Frame | null {
    return this.frames.find(({ box }) => x >= box[0] && x <= box[2] && y >= box[1] && y <= box[3]) ?? null;
  }

  /** Base pixels of a point of the grid. */
  at(gridX: number, gridY: number): readonly [number, number] {
    const frame = this.frames.length > 0 ? this.frameOf(gridX, gridY) : null;
    const x = this.plainX(gridX);
    const y = this.plainY(gridY);
    return frame ? [x * frame.scale + frame.dx, y * frame.scale + frame.dy] : [x, y];
  }

  /** The point of the grid that is drawn at a point in base pixels. */
  toGrid(x: number, y: number): readonly [number, number] {
    const frame = this.frames.length > 0 ? this.frameAt(x, y) : null;
    if (frame) return [this.lon((x - frame.dx) / frame.scale) * this.unit, this.lat((y - frame.dy) / frame.scale) * this.unit];
    return [this.lon(x) * this.unit, this.lat(y) * this.unit];
  }

  /** The point of the grid that is drawn where the map has this longitude and latitude. */
  fromMap(lon: number, lat: number): readonly [number, number] {
    return this.toGrid(worldX(lon) - this.x0, worldY(lat) - this.y0);
  }

  /** How many metres on the ground one metre of the map stands for, where the map has this place: 1, but in a frame. */
  stretch(lon: number, lat: number): number {
    const frame = this.frameAt(worldX(lon) - this.x0, worldY(lat) - this.y0);
    if (!frame) return 1;
    const trueLat = this.fromMap(lon, lat)[1] / this.unit;
    return Math.cos((trueLat * Math.PI) / 180) / Math.cos((lat * Math.PI) / 180) / frame.scale;
  }

  /** Base pixels of a grid column where nothing is moved. */
  plainX(gridX: number): number {
    return worldX(gridX / this.unit) - this.x0;
  }

  /** Base pixels of a grid row where nothing is moved. */
  plainY(gridY: number): number {
    return worldY(gridY / this.unit) - this.y0;
  }

  /** The rectangle of some bounds, as they lie on the map. */
  box(bounds: Grid["bounds"]): Box {
    return [this.plainX(bounds[0]), this.plainY(bounds[3]), this.plainX(bounds[2]), this.plainY(bounds[1])];
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
