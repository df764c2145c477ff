/**
 * Sheets and lanes: how ten contracts on one border stay ten.
 *
 * A sheet is a set of records of one programme whose perimeters neither overlap nor touch:
 * they are drawn in one stroke. Where several sheets share a piece of border on the same
 * side, each gets a lane of its own, the largest perimeter outermost.
 */
import type { Atlas, Outline } from "../geometry/atlas";
import type { Box } from "../geometry/projection";
import { union } from "../geometry/projection";
import { eachOf, sizeOf } from "../geometry/runs";
import type { Step } from "../geometry/topology";

/** The share of the area above which a perimeter is vast. */
const VAST = 0.14;
/** The share above which it is all but the whole area: it is told, not drawn. */
const WHOLE = 0.6;

export interface Sheet {
  readonly programme: number;
  readonly records: readonly number[];
  readonly inferred: boolean;
  /** The communes of its largest perimeter. */
  readonly largest: number;
  readonly outline: Outline;
  /** The outlines of its records, each with the rectangle that it lies in. */
  readonly parts: readonly Outline[];
}

/** Pieces of a sheet's outline that lie at the same depth, in CSS pixels from the border. */
export interface Lane {
  readonly depth: number;
  /** Nothing lies deeper on these pieces. */
  readonly last: boolean;
  readonly runs: readonly (readonly Step[])[];
  /** Whether each run closes on itself. */
  readonly closed: readonly boolean[];
}

/** One outline of several. */
function joined(parts: readonly Outline[]): Outline {
  if (parts.length === 1) return parts[0]!;
  let box: Box | null = null;
  for (const part of parts) box = union(box, part.box);
  return { steps: parts.flatMap((part) => part.steps), rings: parts.flatMap((part) => part.rings), box: box! };
}

function sheet(atlas: Atlas, records: readonly number[]): Sheet {
  const first = atlas.payload.records[records[0]!]!;
  const parts = records.map((index) => atlas.outlineOf({ kind: "record", index }));
  let largest = 0;
  for (const index of records) largest = Math.max(largest, sizeOf(atlas.payload.records[index]!.communes));
  return { programme: first.programme, records, inferred: first.basis === "inferred", largest, outline: joined(parts), parts };
}

/** What of a sheet is in sight; null where nothing is. */
export function inSight(whole: Sheet, near: (box: Box) => boolean): Sheet | null {
  if (!near(whole.outline.box)) return null;
  const parts = whole.parts.filter(({ box }) => near(box));
  if (parts.length === whole.parts.length) return whole;
  return parts.length === 0 ? null : { ...whole, parts, outline: joined(parts) };
}

/** A perimeter of this many communes is drawn thin, without band or hatch: the ground must be seen. */
export function isVast(atlas: Atlas, communes: number): boolean {
  return communes > atlas.payload.grid.communes * VAST;
}

/** A perimeter of this many communes is (all but) the area itself: its outline would only repeat the area's. */
export function isWhole(atlas: Atlas, communes: number): boolean {
  return communes > atlas.payload.grid.communes * WHOLE;
}

export function widestFirst(a: Sheet, b: Sheet): number {
  return b.largest - a.largest || a.programme - b.programme;
}

/** How many sheets are filled at once: one bit of a number for each. */
const BITS = 32;

/** A sheet while it is filled. */
interface Open {
  readonly programme: number;
  readonly basis: string | null;
  /** Neither vast nor whole, vast, whole: kinds that are not drawn alike. */
  readonly breadth: number;
  readonly records: number[];
}

/** Put records that are drawn as areas into as few sheets as possible. */
export function sheetsOf(atlas: Atlas, records: Iterable<number>): Sheet[] {
  const { records: entries } = atlas.payload;
  let waiting = [...records].filter((index) => entries[index]!.draw === "area" && entries[index]!.communes.length > 0);
  const all: Open[] = [];
  while (waiting.length > 0) {
    const { open, left } = fill(atlas, waiting);
    all.push(...open);
    waiting = left;
  }
  return all.map((s) => sheet(atlas, s.records)).sort(widestFirst);
}

/** Give each record to the first sheet of its kind that neither covers nor touches it; `left` found none among so many. */
function fill(atlas: Atlas, records: readonly number[]): { open: Open[]; left: number[] } {
  const open: Open[] = [];
  const left: number[] = [];
  // The sheets that cover each unit, and those whose outlines hold each arc.
  const onUnit = new Int32Array(atlas.units);
  const onArc = new Int32Array(atlas.arcs.count);
  for (const index of records) {
    const { programme, basis, communes } = atlas.payload.records[index]!;
    const count = sizeOf(communes);
    const breadth = Number(isVast(atlas, count)) + Number(isWhole(atlas, count));
    const { steps } = atlas.outlineOf({ kind: "record", index });
    let taken = 0;
    eachOf(communes, (unit) => (taken |= onUnit[unit]!));
    for (const step of steps) taken |= onArc[step >> 1]!;
    let home = open.findIndex((s, i) => (taken & (1 << i)) === 0 && s.programme === programme && s.basis === basis && s.breadth === breadth);
    if (home < 0 && open.length === BITS) {
      left.push(index);
      continue;
    }
    if (home < 0) home = open.push({ programme, basis, breadth, records: [] }) - 1;
    open[home]!.records.push(index);
    eachOf(communes, (unit) => (onUnit[unit]! |= 1 << home));
    for (const step of steps) onArc[step >> 1]! |= 1 << home;
  }
  return { open, left };
}

/** Give every sheet its lanes. `pitch` is the room that a sheet's line needs, gap included. */
export function lanes(sheets: readonly Sheet[], arcs: number, pitch: (sheet: Sheet) => number): Lane[][] {
  const filled = new Float32Array(arcs * 2);
  const depths = sheets.map((s) => {
    const room = pitch(s);
    // Ring by ring, as they are cut below.
    return s.outline.rings.map((ring) => Float32Array.from(ring, (step) => {
      const depth = filled[step]!;
      filled[step] = depth + room;
      return depth;
    }));
  });
  return sheets.map((s, i) => {
    const room = pitch(s);
    const groups = new Map<number, { depth: number; last: boolean; runs: Step[][]; closed: boolean[] }>();
    s.outline.rings.forEach((ring, r) => {
      const kinds = ring.map((step, n) => {
        const depth = depths[i]![r]![n]!;
        return Math.round(depth * 100) * 2 + (filled[step]! <= depth + room + 0.01 ? 1 : 0);
      });
      for (const { kind, steps, closed } of runsOf(ring, kinds)) {
        let group = groups.get(kind);
        if (!group) groups.set(kind, (group = { depth: (kind >> 1) / 100, last: kind % 2 === 1, runs: [], closed: [] }));
        group.runs.push(steps);
        group.closed.push(closed);
      }
    });
    return [...groups.values()];
  });
}

/** Cut a ring into its longest pieces of one kind. */
function runsOf(ring: readonly Step[], kinds: readonly number[]): { kind: number; steps: Step[]; closed: boolean }[] {
  const begin = kinds.findIndex((kind, i) => kind !== kinds[(i + kinds.length - 1) % kinds.length]);
  if (begin < 0) return [{ kind: kinds[0]!, steps: [...ring], closed: true }];
  const runs: { kind: number; steps: Step[]; closed: boolean }[] = [];
  for (let n = 0; n < ring.length; n++) {
    const i = (begin + n) % ring.length;
    const current = runs[runs.length - 1];
    if (current && current.kind === kinds[i]) current.steps.push(ring[i]!);
    else runs.push({ kind: kinds[i]!, steps: [ring[i]!], closed: false });
  }
  return runs;
}
