/** Columns of values back to the values; `geocontracts/webmap/columns.py` says what each form means. */
import { Varints } from "./varints";

export type Column =
  | { readonly same: unknown }
  | { readonly ints: number }
  | { readonly steps: number }
  | { readonly of: Column; readonly kinds: number; readonly at: Column }
  | { readonly has: Column; readonly of: Column }
  | { readonly texts: string }
  | { readonly heads: Column; readonly widths: Column; readonly numbers: Column }
  | { readonly sizes: Column; readonly items: Column }
  | { readonly keys: Readonly<Record<string, Column>> }
  | { readonly list: readonly unknown[] };

const EMPTY: readonly never[] = Object.freeze([]);

/** Of a value that many rows share there is one object; all empty lists are one. */
const shared = (value: unknown): unknown => (Array.isArray(value) && value.length === 0 ? EMPTY : value);

export class Columns {
  /** `block` holds the integers. */
  constructor(private readonly block: Uint8Array) {}

  /** The values of `rows` rows. */
  read<T>(column: Column, rows: number): T[] {
    return this.values(column, rows) as T[];
  }

  private values(column: Column, rows: number): unknown[] {
    if ("same" in column) return new Array<unknown>(rows).fill(shared(column.same));
    if ("ints" in column || "steps" in column) return this.integers(column, rows);
    if ("kinds" in column) {
      const kinds = this.values(column.of, column.kinds).map(shared);
      return this.values(column.at, rows).map((kind) => kinds[kind as number]);
    }
    if ("has" in column) return this.present(column.has, column.of, rows);
    if ("texts" in column) return agreeing(column.texts.split("\n"), rows);
    if ("heads" in column) return this.numbered(column, rows);
    if ("sizes" in column) return this.lists(column.sizes, column.items, rows);
    if ("keys" in column) return this.objects(column.keys, rows);
    return agreeing(column.list as unknown[], rows);
  }

  private integers(column: { readonly ints: number } | { readonly steps: number }, rows: number): number[] {
    const steps = "steps" in column;
    const numbers = new Varints(this.block, steps ? column.steps : column.ints);
    const values = new Array<number>(rows);
    let before = 0;
    for (let i = 0; i < rows; i++) {
      values[i] = before + numbers.signed();
      if (steps) before = values[i]!;
    }
    return values;
  }

  private present(has: Column, of: Column, rows: number): unknown[] {
    const held = this.read<number>(has, rows);
    const present = this.values(of, held.reduce((sum, one) => sum + one, 0));
    let at = 0;
    return held.map((one) => (one === 0 ? null : present[at++]));
  }

  private numbered(column: { heads: Column; widths: Column; numbers: Column }, rows: number): string[] {
    const heads = this.read<string>(column.heads, rows);
    const widths = this.read<number>(column.widths, rows);
    return this.read<number>(column.numbers, rows).map((number, i) => heads[i]! + (widths[i] === 0 ? number : String(number).padStart(widths[i]!, "0")));
  }

  private lists(sizes: Column, items: Column, rows: number): unknown[] {
    const lengths = this.read<number>(sizes, rows);
    const flat = this.values(items, lengths.reduce((sum, length) => sum + length, 0));
    let at = 0;
    return lengths.map((length) => (length === 0 ? EMPTY : flat.slice(at, (at += length))));
  }

  private objects(keys: Readonly<Record<string, Column>>, rows: number): unknown[] {
    const columns = Object.entries(keys).map(([key, column]) => [key, this.values(column, rows)] as const);
    return Array.from({ length: rows }, (_, i) => {
      const made: Record<string, unknown> = {};
      for (const [key, values] of columns) made[key] = values[i];
      return made;
    });
  }
}

function agreeing(values: unknown[], rows: number): unknown[] {
  if (values.length !== rows) throw new RangeError(`a column has ${values.length} rows, not ${rows}`);
  return values;
}
