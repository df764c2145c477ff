/** The vertices of the arcs in base pixels, in a few levels of detail. */
import type { Arcs } from "./decode";
import type { Box, Projection } from "./projection";
import type { Ring, Step } from "./topology";

/** From which zoom on a level serves, and the distance under which it drops a vertex (base pixels). */
const LEVELS = [
  { until: 8.4, tolerance: 1.25 },
  { until: 9.4, tolerance: 0.6 },
  { until: 10.6, tolerance: 0.18 },
  { until: Infinity, tolerance: 0 },
] as const;

export type Level = number;

export function levelFor(zoom: number): Level {
  return LEVELS.findIndex((level) => zoom < level.until);
}

/** One level: the vertices that it keeps. Both ends of an arc always stay. */
export interface Detail {
  readonly start: Uint32Array;
  readonly x: Float32Array;
  readonly y: Float32Array;
}

export class Lines {
  private readonly levels: (Detail | undefined)[] = [];
  private readonly full: Detail;

  constructor(arcs: Arcs, projection: Projection) {
    const points = arcs.x.length;
    const x = new Float32Array(points);
    const y = new Float32Array(points);
    for (let i = 0; i < points; i++) {
      x[i] = projection.plainX(arcs.x[i]!);
      y[i] = projection.plainY(arcs.y[i]!);
    }
    if (projection.frames.length > 0) move(arcs, projection, x, y);
    this.full = { start: arcs.start, x, y };
  }

  detail(level: Level): Detail {
    return (this.levels[level] ??= thin(this.full, LEVELS[level]!.tolerance));
  }

  /** Append an arc to a path, from its start or back from its end. */
  trace(path: Path2D, level: Level, step: Step, begin: boolean): void {
    const { start, x, y } = this.detail(level);
    const from = start[step >> 1]!;
    const to = start[(step >> 1) + 1]!;
    if (step % 2 === 0) {
      if (begin) path.moveTo(x[from]!, y[from]!);
      for (let i = from + 1; i < to; i++) path.lineTo(x[i]!, y[i]!);
    } else {
      if (begin) path.moveTo(x[to - 1]!, y[to - 1]!);
      for (let i = to - 2; i >= from; i--) path.lineTo(x[i]!, y[i]!);
    }
  }

  /** Closed rings as one path. */
  rings(level: Level, rings: readonly Ring[]): Path2D {
    const path = new Path2D();
    for (const ring of rings) {
      ring.forEach((step, i) => this.trace(path, level, step, i === 0));
      path.closePath();
    }
    return path;
  }

  /** The rectangle of some steps, in base pixels. */
  box(steps: Iterable<Step>): Box {
    let left = Infinity, top = Infinity, right = -Infinity, bottom = -Infinity;
    const { start, x, y } = this.detail(0);
    for (const step of steps) {
      for (let i = start[step >> 1]!; i < start[(step >> 1) + 1]!; i++) {
        if (x[i]! < left) left = x[i]!;
        if (x[i]! > right) right = x[i]!;
        if (y[i]! < top) top = y[i]!;
        if (y[i]! > bottom) bottom = y[i]!;
      }
    }
    return [left, top, right, bottom];
  }
}

/** Draw the arcs of territories overseas in their frames; an arc lies in one territory, all of it. */
function move({ count, start, x: gridX, y: gridY }: Arcs, projection: Projection, x: Float32Array, y: Float32Array): void {
  for (let arc = 0; arc < count; arc++) {
    const frame = projection.frameOf(gridX[start[arc]!]!, gridY[start[arc]!]!);
    if (!frame) continue;
    for (let i = start[arc]!; i < start[arc + 1]!; i++) {
      x[i] = x[i]! * frame.scale + frame.dx;
      y[i] = y[i]! * frame.scale + frame.dy;
    }
  }
}

/**
 * Keep both ends of each arc, and of the vertices between only those that are far from the
 * one kept before and off the straight way to the next.
 */
function thin(full: Detail, tolerance: number): Detail {
  if (tolerance === 0) return full;
  const arcs = full.start.length - 1;
  const start = new Uint32Array(arcs + 1);
  const x = new Float32Array(full.x.length);
  const y = new Float32Array(full.x.length);
  const near = tolerance * tolerance;
  const flat = (tolerance * 0.45) ** 2;
  let n = 0;
  for (let arc = 0; arc < arcs; arc++) {
    const from = full.start[arc]!;
    const last = full.start[arc + 1]! - 1;
    start[arc] = n;
    x[n] = full.x[from]!;
    y[n++] = full.y[from]!;
    for (let i = from + 1; i < last; i++) {
      const dx = full.x[i]! - x[n - 1]!;
      const dy = full.y[i]! - y[n - 1]!;
      if (dx * dx + dy * dy < near) continue;
      const cx = full.x[i + 1]! - x[n - 1]!;
      const cy = full.y[i + 1]! - y[n - 1]!;
      const length = cx * cx + cy * cy;
      if (length > 0 && (dx * cy - dy * cx) ** 2 / length < flat && dx * cx + dy * cy > 0) continue;
      x[n] = full.x[i]!;
      y[n++] = full.y[i]!;
    }
    x[n] = full.x[last]!;
    y[n++] = full.y[last]!;
  }
  start[arcs] = n;
  return { start, x: x.slice(0, n), y: y.slice(0, n) };
}
