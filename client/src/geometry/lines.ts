/** The vertices of the arcs in base pixels, in a few levels of detail; an arc is projected when it is first drawn. */
import type { Arcs } from "./decode";
import type { Box, Projection } from "./projection";
import type { Ring, Step } from "./topology";

/** Up to which zoom a level serves, and how far its lines may lie from the true ones (base pixels): half a pixel on the screen at most. */
export const LEVELS = [
  { until: 6.3, tolerance: 1.6 },
  { until: 7.2, tolerance: 0.85 },
  { until: 8.4, tolerance: 0.38 },
  { until: 9.4, tolerance: 0.19 },
  { until: 10.6, tolerance: 0.08 },
  { until: Infinity, tolerance: 0 },
] as const;

export type Level = number;

/** Arcs that are made ready in a step. */
const AT_A_TIME = 256;

/** From this level on, corners are drawn round: in those before they are as small as the line. */
export const ROUND: Level = 5;

export function levelFor(zoom: number): Level {
  return LEVELS.findIndex((level) => zoom < level.until);
}

/** One level: the vertices that it keeps of the arcs that were asked for, in that order. Both ends of an arc always stay. */
class Detail {
  /** Where the vertices of an arc begin, plus one; 0 until they are made. */
  private readonly begin: Uint32Array;
  private readonly length: Uint32Array;
  private used = 0;
  x = new Float32Array(4096);
  y = new Float32Array(4096);

  constructor(private readonly arcs: Arcs, private readonly projection: Projection, private readonly tolerance: number) {
    this.begin = new Uint32Array(arcs.count);
    this.length = new Uint32Array(arcs.count);
  }

  /** Where the vertices of an arc begin. */
  from(arc: number): number {
    return this.begin[arc]! > 0 ? this.begin[arc]! - 1 : this.make(arc);
  }

  /** How many vertices an arc has here; ask for where they begin first. */
  count(arc: number): number {
    return this.length[arc]!;
  }

  private make(arc: number): number {
    const { start, x, y } = this.arcs;
    const { projection } = this;
    const from = start[arc]!;
    const points = start[arc + 1]! - from;
    this.reserve(points);
    const frame = projection.frames.length > 0 ? projection.frameOf(x[from]!, y[from]!) : null;
    const at = this.used;
    for (let i = 0; i < points; i++) {
      this.x[at + i] = projection.plainX(x[from + i]!);
      this.y[at + i] = projection.plainY(y[from + i]!);
      if (!frame) continue; // a territory overseas is drawn in its frame; an arc lies in one territory, all of it
      this.x[at + i] = this.x[at + i]! * frame.scale + frame.dx;
      this.y[at + i] = this.y[at + i]! * frame.scale + frame.dy;
    }
    const kept = this.tolerance > 0 ? thin(this.x, this.y, at, points, this.tolerance) : points;
    this.used += kept;
    this.begin[arc] = at + 1;
    this.length[arc] = kept;
    return at;
  }

  private reserve(points: number): void {
    if (this.used + points <= this.x.length) return;
    const grown = (old: Float32Array): Float32Array<ArrayBuffer> => {
      const column = new Float32Array(Math.max(this.used + points, old.length * 2));
      column.set(old);
      return column;
    };
    this.x = grown(this.x);
    this.y = grown(this.y);
  }
}

export class Lines {
  private readonly levels: (Detail | undefined)[] = [];
  /** The rectangle of each arc, once it was asked for: its left side is NaN until then. */
  private boxes: Float32Array | null = null;

  constructor(private readonly arcs: Arcs, private readonly projection: Projection) {}

  private detail(level: Level): Detail {
    return (this.levels[level] ??= new Detail(this.arcs, this.projection, LEVELS[level]!.tolerance));
  }

  /** Append an arc to a path, from its start or back from its end. */
  trace(path: Path2D, level: Level, step: Step, begin: boolean): void {
    const detail = this.detail(level);
    const from = detail.from(step >> 1);
    const to = from + detail.count(step >> 1);
    const { x, y } = detail;
    if (step % 2 === 0) {
      if (begin) path.moveTo(x[from]!, y[from]!);
      for (let i = from + 1; i < to; i++) path.lineTo(x[i]!, y[i]!);
    } else {
      if (begin) path.moveTo(x[to - 1]!, y[to - 1]!);
      for (let i = to - 2; i >= from; i--) path.lineTo(x[i]!, y[i]!);
    }
  }

  /** Make the vertices of rings ready at a level, some hundred arcs a step: to trace them then takes little. */
  *prepare(level: Level, rings: Iterable<Ring>): Generator<undefined, void, void> {
    const detail = this.detail(level);
    let made = 0;
    for (const ring of rings) {
      for (const step of ring) {
        detail.from(step >> 1);
        if (++made % AT_A_TIME === 0) yield;
      }
    }
  }

  /** Closed rings as one path, or added to one. */
  rings(level: Level, rings: readonly Ring[], path = new Path2D()): Path2D {
    for (const ring of rings) {
      for (let i = 0; i < ring.length; i++) this.trace(path, level, ring[i]!, i === 0);
      path.closePath();
    }
    return path;
  }

  /** The rectangle of some steps, in base pixels. */
  box(steps: Iterable<Step>): Box {
    let left = Infinity, top = Infinity, right = -Infinity, bottom = -Infinity;
    const boxes = (this.boxes ??= new Float32Array(this.arcs.count * 4).fill(NaN));
    for (const step of steps) {
      const i = (step >> 1) * 4;
      if (Number.isNaN(boxes[i])) this.measure(step >> 1, boxes);
      if (boxes[i]! < left) left = boxes[i]!;
      if (boxes[i + 1]! < top) top = boxes[i + 1]!;
      if (boxes[i + 2]! > right) right = boxes[i + 2]!;
      if (boxes[i + 3]! > bottom) bottom = boxes[i + 3]!;
    }
    return [left, top, right, bottom];
  }

  private measure(arc: number, boxes: Float32Array): void {
    boxes.set(this.around([arc]), arc * 4);
  }

  /** The rectangle of some arcs of one territory, in base pixels: two of its corners are projected, no vertex. */
  around(arcs: readonly number[]): Box {
    const { start, x, y } = this.arcs;
    let left = Infinity, south = Infinity, right = -Infinity, north = -Infinity;
    for (const arc of arcs) {
      for (let i = start[arc]!; i < start[arc + 1]!; i++) {
        if (x[i]! < left) left = x[i]!;
        if (x[i]! > right) right = x[i]!;
        if (y[i]! < south) south = y[i]!;
        if (y[i]! > north) north = y[i]!;
      }
    }
    return [...this.projection.at(left, north), ...this.projection.at(right, south)];
  }
}

const waiting: number[] = [];

/**
 * Keep both ends of an arc and what is needed so that none of its vertices lies farther than the
 * tolerance from the line that is left (Douglas and Peucker); return how many are left, moved to the front.
 */
export function thin(x: Float32Array, y: Float32Array, from: number, points: number, tolerance: number): number {
  if (points < 3) return points;
  const kept = new Uint8Array(points);
  kept[0] = kept[points - 1] = 1;
  waiting.push(0, points - 1);
  while (waiting.length > 0) {
    const last = waiting.pop()!;
    const first = waiting.pop()!;
    const farthest = farthestOf(x, y, from + first, from + last, tolerance * tolerance) - from;
    if (farthest <= first) continue;
    kept[farthest] = 1;
    if (farthest - first > 1) waiting.push(first, farthest);
    if (last - farthest > 1) waiting.push(farthest, last);
  }
  let n = 0;
  for (let i = 0; i < points; i++) {
    if (!kept[i]) continue;
    x[from + n] = x[from + i]!;
    y[from + n++] = y[from + i]!;
  }
  return n;
}

/** The vertex between two others that lies farthest from the straight way between them, or -1 when all are near. */
function farthestOf(x: Float32Array, y: Float32Array, first: number, last: number, near: number): number {
  const x0 = x[first]!, y0 = y[first]!;
  const dx = x[last]! - x0, dy = y[last]! - y0;
  const length = dx * dx + dy * dy;
  let farthest = -1;
  let most = near;
  for (let i = first + 1; i < last; i++) {
    const px = x[i]! - x0, py = y[i]! - y0;
    const along = length > 0 ? Math.max(0, Math.min(1, (px * dx + py * dy) / length)) : 0;
    const distance = (px - along * dx) ** 2 + (py - along * dy) ** 2;
    if (distance > most) {
      most = distance;
      farthest = i;
    }
  }
  return farthest;
}
