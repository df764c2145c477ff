/** The communes as points on the map, by population, and the land around them: worked out once for all zooms. */
import type { Atlas } from "../geometry/atlas";
import type { Box } from "../geometry/projection";

/** Squares of this side (base pixels): names of small places are placed where one looks. */
const BLOCK = 64;
/** The same for symbols, and the names around them. */
export const WIDE_BLOCK = 512;
const ROW = 65536;

interface Blocks {
  readonly communes: Map<number, number[]>;
  readonly epci: Map<number, number[]>;
}

export const blockAt = (x: number, y: number, side = BLOCK): number => Math.floor(x / side) * ROW + Math.floor(y / side);

/** The squares that meet a rectangle. */
export function blocksIn([left, top, right, bottom]: Box, side = BLOCK): number[] {
  const keys: number[] = [];
  for (let x = Math.floor(left / side); x <= Math.floor(right / side); x++) {
    for (let y = Math.floor(top / side); y <= Math.floor(bottom / side); y++) keys.push(x * ROW + y);
  }
  return keys;
}

export class Towns {
  /** Communes, the most populous first. */
  readonly byPopulation: Uint32Array;
  /** The région of each commune; -1 where the payload names none. */
  readonly region: Int16Array;
  private readonly xy: Float64Array;
  private areas: Float64Array | null = null;
  private squares: Blocks | null = null;

  constructor(private readonly atlas: Atlas) {
    const { communes, region } = atlas.payload.places;
    const people = Float64Array.from(communes.population, (n) => n ?? 0);
    this.byPopulation = Uint32Array.from(people.keys()).sort((a, b) => people[b]! - people[a]! || a - b);
    this.region = Int16Array.from(communes.departement, (departement) => region[departement] ?? -1);
    this.xy = new Float64Array(2 * people.length).fill(NaN);
  }

  /** Base pixels of a commune's point. */
  x(commune: number): number {
    if (Number.isNaN(this.xy[2 * commune])) {
      const { x, y } = this.atlas.payload.places.communes;
      this.xy.set(this.atlas.projection.at(x[commune]!, y[commune]!), 2 * commune);
    }
    return this.xy[2 * commune]!;
  }

  y(commune: number): number {
    this.x(commune);
    return this.xy[2 * commune + 1]!;
  }

  /** The communes, and the EPCI, whose points lie in each square of the map. */
  get blocks(): Blocks {
    if (this.squares) return this.squares;
    const { communes, epci } = this.atlas.payload.places;
    const squares: Blocks = { communes: new Map(), epci: new Map() };
    const put = (map: Map<number, number[]>, x: number, y: number, index: number): void => {
      const key = blockAt(x, y);
      const there = map.get(key);
      if (there) there.push(index);
      else map.set(key, [index]);
    };
    communes.code.forEach((_, index) => put(squares.communes, this.x(index), this.y(index), index));
    epci.forEach((place, index) => put(squares.epci, ...this.atlas.projection.at(place.x, place.y), index));
    return (this.squares = squares);
  }

  /** The land of each région that belongs to the area, in square base pixels, where nothing is enlarged. */
  get land(): Float64Array {
    return (this.areas ??= this.measured());
  }

  private measured(): Float64Array {
    const { arcs, projection, payload } = this.atlas;
    const { regions } = payload.places;
    const { left, right, start, x, y, count } = arcs;
    const land = new Float64Array(regions.length);
    for (let arc = 0; arc < count; arc++) {
      const a = this.region[left[arc]!] ?? -1;
      const b = this.region[right[arc]!] ?? -1;
      if (a === b) continue;
      let twice = 0;
      for (let i = start[arc]! + 1; i < start[arc + 1]!; i++) twice += x[i - 1]! * y[i]! - x[i]! * y[i - 1]!;
      if (a >= 0) land[a]! += twice / 2;
      if (b >= 0) land[b]! -= twice / 2;
    }
    const wide = projection.plainX(1) - projection.plainX(0);
    return land.map((area, index) => area * wide * (projection.plainY(regions[index]!.y) - projection.plainY(regions[index]!.y + 1)));
  }
}

const known = new WeakMap<Atlas, Towns>();

export function townsOf(atlas: Atlas): Towns {
  let towns = known.get(atlas);
  if (towns === undefined) known.set(atlas, (towns = new Towns(atlas)));
  return towns;
}
