/** Outlines of all classes of a thematic map in one pass over the arcs. */
import type { Arcs } from "../geometry/decode";
import type { Step } from "../geometry/topology";

/** The steps around each class; a unit of class -1, and what is not a commune, belongs to none. */
export function mosaic({ left, right, count }: Pick<Arcs, "left" | "right" | "count">, classOf: Int8Array, classes: number): Step[][] {
  const steps: Step[][] = Array.from({ length: classes }, () => []);
  const at = (unit: number): number => (unit >= 0 && unit < classOf.length ? classOf[unit]! : -1);
  for (let arc = 0; arc < count; arc++) {
    const a = at(left[arc]!);
    const b = at(right[arc]!);
    if (a === b) continue;
    if (a >= 0) steps[a]!.push(arc * 2);
    if (b >= 0) steps[b]!.push(arc * 2 + 1);
  }
  return steps;
}
