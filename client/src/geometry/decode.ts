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
  const stream = packed.pipeThrough(new DecompressionStream("deflate-raw") as unknown as ReadableWritablePair<Uint8Array, BufferSource>);
  return new Response(stream as unknown as BodyInit).arrayBuffer();
}

/** Turn the inflated block into columns, in the order that the contract gives. */
export function readArcs(bytes: Uint8Array, grid: Pick<Grid, "arcs" | "points">): Arcs {
  const numbers = new Varints(bytes);
  const start = new Uint32Array(grid.arcs + 1);
  for (let i = 0; i < grid.arcs; i++) start[i + 1] = start[i]! + numbers.unsigned();
  const left = numbers.deltas(grid.arcs);
  const right = numbers.deltas(grid.arcs);
  if (start[grid.arcs] !== grid.points) throw new RangeError("the arcs do not add up to the points");
  const x = numbers.deltas(grid.points);
  const y = numbers.deltas(grid.points);
  if (!numbers.done) throw new RangeError("bytes remain after the arcs");
  return { count: grid.arcs, start, left, right, x, y };
}

/** Inflate the blocks side by side and read them. */
export async function decode(payloadText: string, numbersText: string, arcsText: string): Promise<{ payload: Payload; arcs: Arcs }> {
  const [json, numbers, block] = await Promise.all([inflate(payloadText), inflate(numbersText), inflate(arcsText)]);
  const wired = JSON.parse(new TextDecoder().decode(json)) as Wired;
  if (wired.format !== 2) throw new RangeError(`format ${String(wired.format)}`);
  return { payload: unwired(wired, new Uint8Array(numbers)), arcs: readArcs(new Uint8Array(block), wired.grid) };
}
