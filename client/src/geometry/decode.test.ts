import { deflateSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { country, payload } from "../../test/fixture";
import example from "../../test/wired.json";
import { decode, readArcs } from "./decode";
import { Varints } from "./varints";

function varint(value: number): number[] {
  const bytes: number[] = [];
  while (value >= 128) {
    bytes.push((value % 128) + 128);
    value = Math.floor(value / 128);
  }
  return [...bytes, value];
}

const pack = (data: Uint8Array | string): string => deflateSync(data).toString("base64");
const zigzag = (value: number): number => (value < 0 ? -2 * value - 1 : 2 * value);
const deltas = (column: ArrayLike<number>): number[] =>
  Array.from(column).flatMap((value, i) => varint(zigzag(value - (i === 0 ? 0 : column[i - 1]!))));

/** The country as Python would write it: an end of arcs is written where it is met first. */
function encoded(): { bytes: Uint8Array; made: ReturnType<typeof country> } {
  const made = country();
  const { start, left, right, x, y, count } = made.arcs;
  const sizes = Array.from({ length: count }, (_, i) => varint(start[i + 1]! - start[i]!)).flat();
  const met = new Map<string, number>();
  const from: number[] = [];
  const to: number[] = [];
  const written: number[] = [];
  const place = (point: number): string => `${x[point]} ${y[point]}`;
  const ago = (point: number): number => {
    const found = met.get(place(point));
    if (found !== undefined) return met.size - found;
    met.set(place(point), met.size);
    return 0;
  };
  for (let arc = 0; arc < count; arc++) {
    const first = start[arc]!;
    const last = start[arc + 1]! - 1;
    const before = ago(first);
    from.push(arc > 0 && place(first) === place(first - 1) ? 1 : before && before + 1);
    for (let i = before === 0 ? first : first + 1; i < last; i++) written.push(i);
    to.push(ago(last));
    if (to[arc] === 0) written.push(last);
  }
  const steps = (axis: Int32Array): number[] => written.flatMap((i) => varint(zigzag(axis[i]! - (i === 0 ? 0 : axis[i - 1]!))));
  return { bytes: Uint8Array.from([...sizes, ...deltas(left), ...deltas(right), ...from.flatMap(varint), ...to.flatMap(varint), ...steps(x), ...steps(y)]), made };
}

describe("varints", () => {
  it("reads one, two and five bytes", () => {
    const numbers = new Varints(Uint8Array.from([5, 172, 2, 255, 255, 255, 255, 15]));
    expect([numbers.unsigned(), numbers.unsigned(), numbers.unsigned()]).toEqual([5, 300, 4294967295]);
    expect(numbers.done).toBe(true);
  });

  it("reads negative numbers as zigzag", () => {
    const numbers = new Varints(Uint8Array.from([0, 1, 2, 3]));
    expect([numbers.signed(), numbers.signed(), numbers.signed(), numbers.signed()]).toEqual([0, -1, 1, -2]);
  });

  it("stops where the bytes stop", () => {
    expect(() => new Varints(Uint8Array.from([128])).unsigned()).toThrow(/too early/);
  });
});

describe("arcs", () => {
  it("come back as they were written", () => {
    const { bytes, made } = encoded();
    const read = readArcs(bytes, { arcs: made.arcs.count, points: made.arcs.x.length });
    expect(read).toEqual(made.arcs);
  });

  it("are refused when bytes are missing, remain or do not add up", () => {
    const { bytes, made } = encoded();
    const grid = { arcs: made.arcs.count, points: made.arcs.x.length };
    expect(() => readArcs(bytes.slice(0, -1), grid)).toThrow(/too early/);
    expect(() => readArcs(Uint8Array.from([...bytes, 0]), grid)).toThrow(/remain/);
    expect(() => readArcs(bytes, { ...grid, points: grid.points - 1 })).toThrow(/add up/);
  });

  it("and the payload are read from base64 of deflate", async () => {
    const { bytes, made } = encoded();
    const grid = payload([], made).grid;
    const wired = JSON.stringify({ ...example.wired, grid: { ...grid, communes: example.payload.grid.communes } });
    const read = await decode(pack(wired), pack(Buffer.from(example.block, "base64")), `\n${pack(bytes)}\n`);
    expect(read.arcs).toEqual(made.arcs);
    expect(read.payload.records).toEqual(example.payload.records);
  });

  it("of another version are refused", async () => {
    await expect(decode(pack(JSON.stringify({ ...example.wired, format: 1 })), pack(""), pack(""))).rejects.toThrow("format 1");
  });
});
