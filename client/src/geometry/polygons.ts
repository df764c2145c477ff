/**
 * From the steps of an outline to polygons: simple rings, exteriors counter-clockwise, holes
 * clockwise and each in its exterior, as RFC 7946 and OGC want them.
 */
import type { Step, Topology } from "./topology";

/** A vertex in grid units. */
export type Vertex = readonly [number, number];
export type Loop = readonly Vertex[];
/** An exterior, then its holes; the first vertex is not repeated at the end. */
export type Polygon = readonly Loop[];

/** Twice the area; positive when the loop is counter-clockwise. */
export function doubleArea(loop: Loop): number {
  let sum = 0;
  loop.forEach(([x, y], i) => {
    const [nextX, nextY] = loop[(i + 1) % loop.length]!;
    sum += x * nextY - nextX * y;
  });
  return sum;
}

const key = ([x, y]: Vertex): number => x * 2 ** 26 + y;

/** The vertices of a step, in its direction. */
function verticesOf({ arcs }: Topology, step: Step): Vertex[] {
  const vertices: Vertex[] = [];
  for (let i = arcs.start[step >> 1]!; i < arcs.start[(step >> 1) + 1]!; i++) vertices.push([arcs.x[i]!, arcs.y[i]!]);
  return step % 2 === 0 ? vertices : vertices.reverse();
}

const angle = (from: Vertex, to: Vertex): number => Math.atan2(to[1] - from[1], to[0] - from[0]);

/**
 * Walk along the steps, the set on the left. Where several leave a node, the next one is the
 * first clockwise from the way back: so a walk goes around one connected piece of the set, and
 * pieces that only touch at a point stay apart.
 */
export function walks(topology: Topology, steps: readonly Step[]): Vertex[][] {
  const lines = new Map(steps.map((step) => [step, verticesOf(topology, step)]));
  const leaving = new Map<number, Step[]>();
  for (const step of steps) {
    const node = topology.startOf(step);
    leaving.set(node, [...(leaving.get(node) ?? []), step]);
  }
  const left = new Set(steps);
  const next = (step: Step): Step | null => {
    const waiting = (leaving.get(topology.endOf(step)) ?? []).filter((other) => left.has(other));
    if (waiting.length < 2) return waiting[0] ?? null;
    const line = lines.get(step)!;
    const back = angle(line[line.length - 1]!, line[line.length - 2]!);
    const turn = (other: Step): number => {
      const [from, to] = lines.get(other)!;
      const clockwise = back - angle(from!, to!);
      return clockwise > 0 ? clockwise : clockwise + 2 * Math.PI;
    };
    return waiting.reduce((best, other) => (turn(other) < turn(best) ? other : best));
  };
  const found: Vertex[][] = [];
  for (const first of steps) {
    if (!left.has(first)) continue;
    const walk: Vertex[] = [];
    let step: Step | null = first;
    do {
      for (const vertex of lines.get(step)!.slice(0, -1)) walk.push(vertex);
      // The first step stays at hand until it is met again: that closes the walk.
      if (step !== first) left.delete(step);
      step = next(step);
    } while (step !== null && step !== first);
    left.delete(first);
    found.push(walk);
  }
  return found;
}

/** Cut a walk where it meets itself: what is left are loops that visit no vertex twice. */
export function cut(walk: readonly Vertex[]): Vertex[][] {
  const loops: Vertex[][] = [];
  const path: Vertex[] = [];
  const seen = new Map<number, number>();
  for (const vertex of walk) {
    const before = seen.get(key(vertex));
    if (before !== undefined) {
      const loop = path.splice(before);
      for (const gone of loop) seen.delete(key(gone));
      loops.push(loop);
    }
    seen.set(key(vertex), path.length);
    path.push(vertex);
  }
  loops.push(path);
  return loops.filter((loop) => loop.length >= 3 && doubleArea(loop) !== 0);
}

function contains(loop: Loop, [x, y]: Vertex): boolean {
  let inside = false;
  for (let i = 0, j = loop.length - 1; i < loop.length; j = i++) {
    const [ax, ay] = loop[i]!;
    const [bx, by] = loop[j]!;
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
  }
  return inside;
}

/** Give each hole to the smallest exterior around it. */
export function assign(loops: readonly Loop[]): Polygon[] {
  const exteriors = loops.filter((loop) => doubleArea(loop) > 0)
    .map((loop) => ({ loop, area: doubleArea(loop), vertices: new Set(loop.map(key)), holes: [] as Loop[] }))
    .sort((a, b) => a.area - b.area);
  for (const hole of loops) {
    if (doubleArea(hole) > 0) continue;
    // A hole may touch its exterior: the vertices that they share say nothing.
    const around = exteriors.find(({ loop, area, vertices }) => {
      const own = hole.find((vertex) => !vertices.has(key(vertex)));
      return area > -doubleArea(hole) && own !== undefined && contains(loop, own);
    });
    around?.holes.push(hole);
  }
  return exteriors.map(({ loop, holes }) => [loop, ...holes]);
}

export function polygonsOf(topology: Topology, steps: readonly Step[]): Polygon[] {
  return assign(walks(topology, steps).flatMap(cut));
}
