/** Read the two encoded blocks of the page: the payload and the arcs. */
import type { Grid, Payload } from "../payload";

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

/** Read columns of LEB128 varints one after the other. */
export class Varints {
  private at = 0;

  constructor(private readonly bytes: Uint8Array) {}

  unsigned(): number {
    let value = 0;
    let scale = 1;
    for (;;) {
      if (this.at >= this.bytes.length) throw new RangeError("the arcs end too early");
      const byte = this.bytes[this.at++]!;
      value += (byte & 127) * scale;
      if (byte < 128) return value;
      scale *= 128;
    }
  }

  signed(): number {
    const value = this.unsigned();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }

  /** `length` values, each written as its difference from the one before. */
  deltas(length: number): Int32Array {
    const column = new Int32Array(length);
    let value = 0;
    for (let i = 0; i < length; i++) {
      value += this.signed();
      column[i] = value;
    }
    return column;
  }

  get done(): boolean {
    return this.at === this.bytes.length;
  }
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

/** Inflate and read both blocks, side by side. */
export async function decode(payloadText: string, arcsText: string): Promise<{ payload: Payload; arcs: Arcs }> {
  const [json, block] = await Promise.all([inflate(payloadText), inflate(arcsText)]);
  const payload = JSON.parse(new TextDecoder().decode(json)) as Payload;
  if (payload.format !== 1) throw new RangeError(`format ${String(payload.format)}`);
  return { payload, arcs: readArcs(new Uint8Array(block), payload.grid) };
}
