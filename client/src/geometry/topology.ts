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

/** The steps around each unit, one unit after the other: those of `unit` begin at `begin[unit]`. */
interface Around {
  readonly begin: Uint32Array;
  readonly steps: Uint32Array;
  /** All 0 between two uses: which units are in the set that is looked at. */
  readonly member: Uint8Array;
}

export class Topology {
  /** The nodes at both ends of an arc, -1 until they are asked for: a node is its slot in the table. */
  private readonly ends: Int32Array;
  /** An open table: a vertex at each node, plus one; 0 where a slot is free. */
  private readonly slots: Uint32Array;
  /** The last step that waits at each node, plus one; all 0 between two uses. */
  private readonly waiting: Uint32Array;
  private known: Around | null = null;

  constructor(readonly arcs: Arcs) {
    this.ends = new Int32Array(arcs.count * 2).fill(-1);
    const size = 2 ** Math.ceil(Math.log2(arcs.count * 2 + 2));
    this.slots = new Uint32Array(size);
    this.waiting = new Uint32Array(size);
  }

  private nodeAt(vertex: number): number {
    const { x, y } = this.arcs;
    const last = this.slots.length - 1;
    let slot = (Math.imul(x[vertex]!, 0x9e3779b1) ^ Math.imul(y[vertex]!, 0x85ebca6b)) >>> 0;
    slot = (slot ^ (slot >>> 15)) & last;
    for (; ; slot = (slot + 1) & last) {
      const there = this.slots[slot]! - 1;
      if (there < 0) this.slots[slot] = vertex + 1;
      else if (x[there] !== x[vertex] || y[there] !== y[vertex]) continue;
      return slot;
    }
  }

  startOf(step: Step): number {
    const known = this.ends[step]!;
    if (known >= 0) return known;
    const { start } = this.arcs;
    return (this.ends[step] = this.nodeAt(step % 2 === 0 ? start[step >> 1]! : start[(step >> 1) + 1]! - 1));
  }

  endOf(step: Step): number {
    return this.startOf(step ^ 1);
  }

  private around(): Around {
    if (this.known) return this.known;
    const { left, right, count } = this.arcs;
    let units = 0;
    for (let arc = 0; arc < count; arc++) units = Math.max(units, left[arc]! + 1, right[arc]! + 1);
    const begin = new Uint32Array(units + 1);
    const each = (take: (unit: number, step: Step) => void): void => {
      for (let arc = count - 1; arc >= 0; arc--) {
        if (right[arc]! >= 0) take(right[arc]!, arc * 2 + 1);
        if (left[arc]! >= 0) take(left[arc]!, arc * 2);
      }
    };
    each((unit) => begin[unit]!++);
    for (let unit = 0; unit < units; unit++) begin[unit + 1]! += begin[unit]!;
    const steps = new Uint32Array(begin[units]!);
    // Filled from the end of each unit: `begin` ends where its steps begin, in the order of the arcs.
    each((unit, step) => (steps[--begin[unit]!] = step));
    return (this.known = { begin, steps, member: new Uint8Array(units) });
  }

  /** The outline of these units, in the order of the arcs; only the arcs around them are looked at. */
  outlineOf(units: ArrayLike<number>): Step[] {
    const { begin, steps, member } = this.around();
    const found: Step[] = [];
    for (let i = 0; i < units.length; i++) member[units[i]!] = 1;
    for (let i = 0; i < units.length; i++) {
      const unit = units[i]!;
      if (member[unit] !== 1) continue;
      member[unit] = 2; // a unit that is named twice is walked around once
      for (let n = begin[unit]!; n < begin[unit + 1]!; n++) {
        const step = steps[n]!;
        const other = step % 2 === 0 ? this.arcs.right[step >> 1]! : this.arcs.left[step >> 1]!;
        if (other < 0 || member[other] === 0) found.push(step);
      }
    }
    for (let i = 0; i < units.length; i++) member[units[i]!] = 0;
    return found.sort((a, b) => a - b);
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
    const before = new Uint32Array(steps.length);
    const used = new Uint8Array(steps.length);
    steps.forEach((step, i) => {
      const node = this.startOf(step);
      before[i] = this.waiting[node]!;
      this.waiting[node] = i + 1;
    });
    /** The step that came last to a node and was not walked yet. */
    const next = (node: number): number => {
      let i = this.waiting[node]! - 1;
      while (i >= 0 && used[i]) i = before[i]! - 1;
      this.waiting[node] = i < 0 ? 0 : before[i]!;
      return i;
    };
    const rings: Ring[] = [];
    steps.forEach((first, i) => {
      if (used[i]) return;
      used[i] = 1;
      const ring = [first];
      const home = this.startOf(first);
      for (let node = this.endOf(first); node !== home;) {
        const found = next(node);
        if (found < 0) break; // a ragged edge of the data: the ring is closed by a straight line
        used[found] = 1;
        ring.push(steps[found]!);
        node = this.endOf(steps[found]!);
      }
      rings.push(ring);
    });
    for (const step of steps) this.waiting[this.startOf(step)] = 0;
    return rings;
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
