import { describe, expect, it } from "vitest";
import { CELL, SIDE, country } from "../../test/fixture";
import { Topology, borders, type Ring } from "./topology";

const made = country();
const topology = new Topology(made.arcs);

function outline(...names: string[]): Ring[] {
  const member = new Uint8Array(made.names.length + 1);
  for (const name of names) member[made.unit(name)] = 1;
  return topology.rings(topology.outline(member));
}

/** Twice the signed area in squares: positive counter-clockwise (y up). */
function area(ring: Ring): number {
  const { start, x, y } = made.arcs;
  const points = ring.flatMap((step) => {
    const own: [number, number][] = [];
    for (let i = start[step >> 1]!; i < start[(step >> 1) + 1]!; i++) own.push([x[i]!, y[i]!]);
    return (step % 2 === 0 ? own : own.reverse()).slice(0, -1);
  });
  const doubled = points.reduce((sum, [px, py], i) => {
    const [qx, qy] = points[(i + 1) % points.length]!;
    return sum + px * qy - qx * py;
  }, 0);
  return doubled / 2 / CELL ** 2;
}

describe("outlines", () => {
  it("of a square is one ring, counter-clockwise", () => {
    const rings = outline("2,8");
    expect(rings).toHaveLength(1);
    expect(rings[0]).toHaveLength(4);
    expect(area(rings[0]!)).toBe(1);
  });

  it("of a crown has a hole, clockwise, made of one closed arc", () => {
    const areas = outline("crown").map(area).sort((a, b) => a - b);
    expect(areas).toEqual([-1, 9]);
    expect(outline("pearl").map((ring) => ring.length)).toEqual([1]);
  });

  it("of the crown with its pearl has no hole", () => {
    expect(outline("crown", "pearl").map(area)).toEqual([9]);
  });

  it("of a commune in two parts is two rings", () => {
    expect(outline("twins").map(area)).toEqual([1, 1]);
  });

  it("of neighbours drops their common border", () => {
    const [ring, ...others] = outline("2,8", "3,8");
    expect(others).toEqual([]);
    expect(ring).toHaveLength(6);
    expect(area(ring!)).toBe(2);
  });

  it("of squares that touch at a corner closes every ring and uses each step once", () => {
    const rings = outline("2,8", "3,9");
    expect(rings.reduce((sum, ring) => sum + area(ring), 0)).toBe(2);
    expect(new Set(rings.flat()).size).toBe(8);
    for (const ring of rings) expect(topology.endOf(ring[ring.length - 1]!)).toBe(topology.startOf(ring[0]!));
  });

  it("of everything is the coast", () => {
    expect(outline(...made.names).map(area)).toEqual([SIDE * SIDE]);
  });
});

describe("the outline of some units", () => {
  /** The way that looks at every arc, and joins steps through a map of their ends. */
  const joined = (steps: readonly number[]): number[][] => {
    const from = new Map<number, number[]>();
    for (const step of steps) from.set(topology.startOf(step), [...(from.get(topology.startOf(step)) ?? []), step]);
    const rings: number[][] = [];
    for (const step of steps) {
      const waiting = from.get(topology.startOf(step))!;
      if (!waiting.includes(step)) continue;
      waiting.splice(waiting.indexOf(step), 1);
      const ring = [step];
      while (topology.endOf(ring.at(-1)!) !== topology.startOf(step)) ring.push(from.get(topology.endOf(ring.at(-1)!))!.pop()!);
      rings.push(ring);
    }
    return rings;
  };

  it("is that found by looking at every arc, in the same order and with the same rings", () => {
    let random = 11;
    const next = (): number => (random = (random * 16807) % 2147483647) / 2147483647;
    for (const share of [0.02, 0.1, 0.3, 0.5, 0.8, 1]) {
      for (let n = 0; n < 20; n++) {
        const units = made.names.map((_, unit) => unit).filter(() => next() < share);
        const member = new Uint8Array(made.names.length + 1);
        for (const unit of units) member[unit] = 1;
        const steps = topology.outlineOf([...units].reverse());
        expect(steps).toEqual(topology.outline(member));
        expect(topology.rings(steps)).toEqual(joined(steps));
      }
    }
  });

  it("walks once around a unit that is named twice, and knows nothing of those that are not there", () => {
    const unit = made.unit("2,8");
    expect(topology.outlineOf([unit, unit])).toEqual(topology.outlineOf([unit]));
    expect(topology.outlineOf([])).toEqual([]);
    expect(topology.outlineOf([9999])).toEqual([]);
  });
});

describe("borders", () => {
  it("are sorted by the highest level that they part", () => {
    const epci = made.names.map((_, i) => (i < 20 ? 0 : 1));
    const sorted = borders(made.arcs, made.names.length, epci, made.names.map((_, i) => (i < 60 ? 0 : 1)));
    const all = Object.values(sorted).flat();
    expect(new Set(all).size).toBe(made.arcs.count);
    expect(sorted.area).toHaveLength(4 * SIDE);
    expect(sorted.context).toHaveLength(0);
    for (const arc of sorted.epci) expect(epci[made.arcs.left[arc]!]).not.toBe(epci[made.arcs.right[arc]!]);
  });
});

describe("rings asked for one after the other", () => {
  it("are those that a topology finds which was asked nothing before", () => {
    const units = (...names: string[]): number[] => names.map((name) => made.unit(name));
    const used = new Topology(made.arcs);
    used.rings(used.outlineOf(units("2,8", "3,9", "9,9")));
    const overlapping = used.outlineOf(units("3,9", "3,8", "9,9"));
    expect(used.rings(overlapping)).toEqual(new Topology(made.arcs).rings(overlapping));
  });

  it("end at a ragged edge, though a ring was closed there before", () => {
    const used = new Topology(made.arcs);
    const [one, other] = ["2,8", "9,9"].map((name) => used.rings(used.outlineOf([made.unit(name)]))[0]!);
    used.rings([...one!, ...other!]);
    // The last side of the second square alone leads to where its ring was begun and closed.
    const ragged = [other!.at(-1)!, ...one!];
    expect(used.rings(ragged)).toEqual([[other!.at(-1)], one]);
  });
});
