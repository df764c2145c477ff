/**
 * The client's own readers and writers, asked line by line: a question in JSON on each line of the input, its answer on a
 * line of the output. `tests/trust/client.py` bundles and asks it, so that both sides are compared on many generated inputs.
 */
import { createInterface } from "node:readline";
import catalogue from "../words.json";
import { Atlas } from "../src/geometry/atlas";
import { Columns, type Column } from "../src/geometry/columns";
import { decode as decodePage } from "../src/geometry/decode";
import { parseEuros } from "../src/filter/euroinput";
import { Words } from "../src/page/words";
import type { Payload } from "../src/payload";
import { decode, encode, type Shared, type Sight } from "../src/share/address";
import { Known } from "../src/share/known";
import { csvOf } from "../src/table/csv";
import { geojsonOf } from "../src/table/geojson";

interface Blocks {
  readonly payload: string;
  readonly numbers: string;
  readonly arcs: string;
}

const plain = (_: string, value: unknown): unknown => (value instanceof Set ? { set: [...value as Set<unknown>].sort() } : ArrayBuffer.isView(value) ? Array.from(value as unknown as ArrayLike<number>) : value);
const lively = (_: string, value: unknown): unknown =>
  value !== null && typeof value === "object" && "set" in value ? new Set((value as { set: unknown[] }).set) : value;
const known = new Map<number, Known>();

const ANSWERS: Readonly<Record<string, (asked: never) => unknown>> = {
  column: ({ column, rows, block }: { column: Column; rows: number; block: string }) => new Columns(Buffer.from(block, "base64")).read(column, rows),
  page: async ({ payload, numbers, arcs }: Blocks) => decodePage(payload, numbers, arcs),
  files: async ({ payload, numbers, arcs }: Blocks) => {
    const read = await decodePage(payload, numbers, arcs);
    const words = new Words(Object.fromEntries(Object.entries(catalogue).map(([key, text]) => [key, text[read.payload.lang]])), read.payload.lang);
    const atlas = new Atlas(read.payload, read.arcs);
    const all = read.payload.records.map((_, index) => index);
    return { csv: csvOf(atlas, all, words), geojson: JSON.parse(geojsonOf(atlas, all)) as unknown };
  },
  know: ({ number, payload }: { number: number; payload: Payload }) => void known.set(number, new Known(payload)),
  link: ({ number, state, sight }: { number: number; state: Shared; sight: Sight | null }) => {
    const fragment = encode(known.get(number)!, state, sight);
    return { fragment, read: decode(known.get(number)!, fragment) };
  },
  follow: ({ number, fragment }: { number: number; fragment: string }) => {
    const read = decode(known.get(number)!, fragment);
    return { read, again: read && encode(known.get(number)!, read.state, read.sight) };
  },
  euros: ({ text }: { text: string }) => parseEuros(text),
};

async function answerAll(): Promise<void> {
  for await (const line of createInterface({ input: process.stdin })) {
    const { act, ...asked } = JSON.parse(line, lively) as { act: string };
    try {
      console.log(JSON.stringify({ answer: (await ANSWERS[act]!(asked as never)) ?? null }, plain));
    } catch (error) {
      console.log(JSON.stringify({ error: String(error) }));
    }
  }
}

void answerAll();
