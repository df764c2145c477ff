/**
 * What the shared arcs say: which units they part, and the outline of any set of
 * units, stitched to rings.
 *
 * A step is an arc with a direction: `arc * 2`, plus one when it is walked backwards.
 * Steps of an outline have the set on their left hand (y up).
 */
import type { Arcs } from "./decode";

export type Step = number;
export type Ring = readonly Step[];

export class Topology {
  private readonly first: Int32Array;
  private readonly last: Int32Array;
  readonly nodes: number;

  constructor(readonly arcs: Arcs) {
    this.first = new Int32Array(arcs.count);
    this.last = new Int32Array(arcs.count);
    const ids = new Map<number, number>();
    const node = (vertex: number): number => {
      const key = arcs.x[vertex]! * 2 ** 26 + arcs.y[vertex]!;
      let id = ids.get(key);
      if (id === undefined) ids.set(key, (id = ids.size));
      return id;
    };
    for (let arc = 0; arc < arcs.count; arc++) {
      this.first[arc] = node(arcs.start[arc]!);
      this.last[arc] = node(arcs.start[arc + 1]! - 1);
    }
    this.nodes = ids.size;
  }

  /** The steps between the units of the set (`member[unit]` is not 0) and the others. */
  outline(member: Uint8Array): Step[] {
    const { left, right, count } = this.arcs;
    const steps: Step[] = [];
    for (let arc = 0; arc < count; arc++) {
      const onLeft = left[arc]! >= 0 && member[left[arc]!] !== 0;
      const onRight = right[arc]! >= 0 && member[right[arc]!] !== 0;
      if (onLeft !== onRight) steps.push(onLeft ? arc * 2 : arc * 2 + 1);
    }
    return steps;
  }

  /** Join steps end to start; every step is used once and every ring is closed. */
  rings(steps: readonly Step[]): Ring[] {
    const from = new Map<number, Step[]>();
    for (const step of steps) {
      const node = this.startOf(step);
      const waiting = from.get(node);
      if (waiting) waiting.push(step);
      else from.set(node, [step]);
    }
    const rings: Ring[] = [];
    for (const step of steps) {
      const waiting = from.get(this.startOf(step))!;
      const at = waiting.indexOf(step);
      if (at < 0) continue;
      waiting.splice(at, 1);
      rings.push(this.walk(step, from));
    }
    return rings;
  }

  private walk(step: Step, from: Map<number, Step[]>): Ring {
    const ring = [step];
    const home = this.startOf(step);
    let node = this.endOf(step);
    while (node !== home) {
      const next = from.get(node)?.pop();
      if (next === undefined) break; // a ragged edge of the data: the ring is closed by a straight line
      ring.push(next);
      node = this.endOf(next);
    }
    return ring;
  }

  startOf(step: Step): number {
    return step % 2 === 0 ? this.first[step >> 1]! : this.last[step >> 1]!;
  }

  endOf(step: Step): number {
    return step % 2 === 0 ? this.last[step >> 1]! : this.first[step >> 1]!;
  }
}

export type Border = "commune" | "epci" | "departement" | "area" | "context";

/** Sort the arcs by the highest level that they part. */
export function borders(
  arcs: Arcs,
  communes: number,
  epci: readonly number[],
  departement: readonly number[],
): Record<Border, number[]> {
  const sorted: Record<Border, number[]> = { commune: [], epci: [], departement: [], area: [], context: [] };
  for (let arc = 0; arc < arcs.count; arc++) {
    const a = arcs.left[arc]!;
    const b = arcs.right[arc]!;
    const inA = a >= 0 && a < communes;
    const inB = b >= 0 && b < communes;
    if (inA && inB) {
      if (departement[a] !== departement[b]) sorted.departement.push(arc);
      else if (epci[a] !== epci[b]) sorted.epci.push(arc);
      else sorted.commune.push(arc);
    } else if (inA || inB) sorted.area.push(arc);
    else sorted.context.push(arc);
  }
  return sorted;
}
