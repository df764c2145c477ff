/** Where the borders of units cross a row of the grid: whether a name stands in its unit is read off there. */
import type { Atlas } from "../geometry/atlas";

/** The unit of each commune. */
export type UnitOf = ArrayLike<number>;

export class Crossings {
  private readonly borders: number[][] = [];
  private key = "";
  private row: number[] = [];

  constructor(private readonly atlas: Atlas, of: UnitOf) {
    const { left, right, count } = atlas.arcs;
    const unit = (side: number): number => (atlas.isCommune(side) ? of[side]! : -1);
    for (let arc = 0; arc < count; arc++) {
      const a = unit(left[arc]!);
      const b = unit(right[arc]!);
      if (a === b) continue;
      if (a >= 0) (this.borders[a] ??= []).push(arc);
      if (b >= 0) (this.borders[b] ??= []).push(arc);
    }
  }

  /** Whether a point of the grid lies in a unit; many points of one row are asked for one after the other. */
  holds(unit: number, gridX: number, gridY: number): boolean {
    const key = `${unit} ${gridY}`;
    if (key !== this.key) this.row = this.cross(unit, gridY);
    this.key = key;
    return this.row.filter((x) => x < gridX).length % 2 === 1;
  }

  private cross(unit: number, gridY: number): number[] {
    const { start, x, y } = this.atlas.arcs;
    const row: number[] = [];
    for (const arc of this.borders[unit] ?? []) {
      for (let i = start[arc]! + 1; i < start[arc + 1]!; i++) {
        const above = y[i]! > gridY;
        if (above === y[i - 1]! > gridY) continue;
        row.push(x[i - 1]! + ((x[i]! - x[i - 1]!) * (gridY - y[i - 1]!)) / (y[i]! - y[i - 1]!));
      }
    }
    return row;
  }
}

const known = new WeakMap<UnitOf & object, Crossings>();

export function crossingsOf(atlas: Atlas, of: UnitOf & object): Crossings {
  let crossings = known.get(of);
  if (crossings === undefined) known.set(of, (crossings = new Crossings(atlas, of)));
  return crossings;
}
