/**
 * Sheets and lanes: how ten contracts on one border stay ten.
 *
 * A sheet is a set of records of one programme whose perimeters neither overlap nor touch:
 * they are drawn in one stroke. Where several sheets share a piece of border on the same
 * side, each gets a lane of its own, the largest perimeter outermost.
 */
import { members, type Atlas, type Outline } from "../geometry/atlas";
import type { Box } from "../geometry/projection";
import { union } from "../geometry/projection";
import type { Step } from "../geometry/topology";

/** The share of the area above which a perimeter is vast. */
const VAST = 0.14;
/** The share above which it is all but the whole area: it is told, not drawn. */
const WHOLE = 0.6;

export interface Sheet {
  readonly key: string;
  readonly programme: number;
  readonly records: readonly number[];
  readonly inferred: boolean;
  /** The communes of its largest perimeter. */
  readonly largest: number;
  readonly outline: Outline;
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

function sheet(atlas: Atlas, records: readonly number[]): Sheet {
  const first = atlas.payload.records[records[0]!]!;
  const outlines = records.map((index) => atlas.outlineOf({ kind: "record", index }));
  let largest = 0;
  let box: Box | null = null;
  for (const index of records) largest = Math.max(largest, members(atlas.payload.records[index]!.communes).length);
  for (const outline of outlines) box = union(box, outline.box);
  return {
    key: records.join(" "),
    programme: first.programme,
    records,
    inferred: first.basis === "inferred",
    largest,
    outline: { steps: outlines.flatMap((o) => o.steps), rings: outlines.flatMap((o) => o.rings), box: box! },
  };
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

/** A sheet while it is filled: what its records cover already, and the arcs of their outlines. */
interface Open {
  readonly programme: number;
  readonly basis: string | null;
  /** Neither vast nor whole, vast, whole: kinds that are not drawn alike. */
  readonly breadth: number;
  readonly units: Set<number>;
  readonly arcs: Set<number>;
  readonly records: number[];
}

/** Put records that are drawn as areas into as few sheets as possible. */
export function sheetsOf(atlas: Atlas, records: Iterable<number>): Sheet[] {
  const open: Open[] = [];
  for (const index of records) {
    const { programme, basis, draw, communes } = atlas.payload.records[index]!;
    const units = members(communes);
    if (draw !== "area" || units.length === 0) continue;
    const breadth = Number(isVast(atlas, units.length)) + Number(isWhole(atlas, units.length));
    const arcs = atlas.outlineOf({ kind: "record", index }).steps.map((step) => step >> 1);
    const fits = (s: Open): boolean => !units.some((unit) => s.units.has(unit)) && !arcs.some((arc) => s.arcs.has(arc));
    let home = open.find((s) => s.programme === programme && s.basis === basis && s.breadth === breadth && fits(s));
    if (home === undefined) open.push((home = { programme, basis, breadth, units: new Set(), arcs: new Set(), records: [] }));
    home.records.push(index);
    for (const unit of units) home.units.add(unit);
    for (const arc of arcs) home.arcs.add(arc);
  }
  return open.map((s) => sheet(atlas, s.records)).sort(widestFirst);
}

/** Give every sheet its lanes. `pitch` is the room that a sheet's line needs, gap included. */
export function lanes(sheets: readonly Sheet[], arcs: number, pitch: (sheet: Sheet) => number): Lane[][] {
  const filled = new Float32Array(arcs * 2);
  const depths = sheets.map((s) => {
    const room = pitch(s);
    return s.outline.steps.map((step) => {
      const depth = filled[step]!;
      filled[step] = depth + room;
      return depth;
    });
  });
  return sheets.map((s, i) => {
    const room = pitch(s);
    const at = new Map<Step, number>();
    s.outline.steps.forEach((step, n) => at.set(step, depths[i]![n]!));
    const groups = new Map<string, { depth: number; last: boolean; runs: Step[][]; closed: boolean[] }>();
    for (const ring of s.outline.rings) {
      const kinds = ring.map((step) => {
        const depth = at.get(step)!;
        return `${depth.toFixed(2)} ${filled[step]! <= depth + room + 0.01 ? 1 : 0}`;
      });
      for (const { kind, steps, closed } of runsOf(ring, kinds)) {
        const [depth, last] = kind.split(" ");
        let group = groups.get(kind);
        if (!group) groups.set(kind, (group = { depth: Number(depth), last: last === "1", runs: [], closed: [] }));
        group.runs.push(steps);
        group.closed.push(closed);
      }
    }
    return [...groups.values()];
  });
}

/** Cut a ring into its longest pieces of one kind. */
function runsOf(ring: readonly Step[], kinds: readonly string[]): { kind: string; steps: Step[]; closed: boolean }[] {
  let begin = kinds.findIndex((kind, i) => kind !== kinds[(i + kinds.length - 1) % kinds.length]);
  if (begin < 0) return [{ kind: kinds[0]!, steps: [...ring], closed: true }];
  const runs: { kind: string; steps: Step[]; closed: boolean }[] = [];
  for (let n = 0; n < ring.length; n++) {
    const i = (begin + n) % ring.length;
    const current = runs[runs.length - 1];
    if (current && current.kind === kinds[i]) current.steps.push(ring[i]!);
    else runs.push({ kind: kinds[i]!, steps: [ring[i]!], closed: false });
  }
  return runs;
}
