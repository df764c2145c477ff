/** Read the encoded blocks of the page: the payload, the integers of its columns, the arcs. */
import type { Grid, Payload } from "../payload";
import { Varints } from "./varints";
import { unwired, type Wired } from "./wire";

/** The arcs as they stand in the page: columns of integers in grid units. */
export interface Arcs {
  readonly count: number;
  /** Where each arc starts among the vertices; one more entry closes the last. */
  readonly start: Uint32Array;
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly x: Int32Array;
  readonly y: Int32Array;
}

/** The browser has no `DecompressionStream`: nothing can be read. */
export class TooOld extends Error {}

function bytesOf(base64: string): Uint8Array {
  const text = atob(base64.trim());
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}

async function inflate(base64: string): Promise<ArrayBuffer> {
  if (typeof DecompressionStream === "undefined") throw new TooOld("DecompressionStream");
  const packed = new Response(bytesOf(base64) as BodyInit).body as ReadableStream<BufferSource>;
  // Not "deflate-raw": the checksum at the end of a block refuses what was damaged on the way.
  const stream = packed.pipeThrough(new DecompressionStream("deflate") as unknown as ReadableWritablePair<Uint8Array, BufferSource>);
  return new Response(stream as unknown as BodyInit).arrayBuffer();
}

/** Turn the inflated block into columns; `geocontracts/webmap/chains.py` says how it was written. */
export function readArcs(bytes: Uint8Array, grid: Pick<Grid, "arcs" | "points">): Arcs {
  const numbers = new Varints(bytes);
  const { arcs: count, points } = grid;
  const start = new Uint32Array(count + 1);
  for (let i = 0; i < count; i++) start[i + 1] = start[i]! + numbers.unsigned();
  if (start[count] !== points) throw new RangeError("the arcs do not add up to the points");
  const left = numbers.deltas(count);
  const right = numbers.deltas(count);
  const from = numbers.plain(count);
  const to = numbers.plain(count);
  const x = chained(numbers, start, from, to);
  const y = chained(numbers, start, from, to);
  if (!numbers.done) throw new RangeError("bytes remain after the arcs");
  return { count, start, left, right, x, y };
}

/** One coordinate of all points. An end that was met before is not written: `from` and `to` say which it is. */
function chained(numbers: Varints, start: Uint32Array, from: Uint32Array, to: Uint32Array): Int32Array {
  const out = new Int32Array(start[from.length]!);
  const ends = new Int32Array(2 * from.length);
  let met = 0;
  let value = 0;
  for (let arc = 0; arc < from.length; arc++) {
    const first = start[arc]!;
    const last = start[arc + 1]! - 1;
    if (from[arc] === 0) ends[met++] = value += numbers.signed();
    else if (from[arc]! > 1) value = ends[met + 1 - from[arc]!]!;
    out[first] = value;
    for (let i = first + 1; i < last; i++) out[i] = value += numbers.signed();
    if (to[arc] === 0) ends[met++] = value += numbers.signed();
    else value = ends[met - to[arc]!]!;
    out[last] = value;
  }
  return out;
}

/** Inflate the blocks side by side and read them. */
export async function decode(payloadText: string, numbersText: string, arcsText: string): Promise<{ payload: Payload; arcs: Arcs }> {
  const [json, numbers, block] = await Promise.all([inflate(payloadText), inflate(numbersText), inflate(arcsText)]);
  const wired = JSON.parse(new TextDecoder().decode(json)) as Wired;
  if (wired.format !== 2) throw new RangeError(`format ${String(wired.format)}`);
  return { payload: unwired(wired, new Uint8Array(numbers)), arcs: readArcs(new Uint8Array(block), wired.grid) };
}
