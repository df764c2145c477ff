/** Many short lists of small numbers in two arrays: tens of thousands of small arrays would take the memory of the page. */

export interface Lists {
  /** The list of `n` goes from `start[n]` to before `start[n + 1]` in `items`. */
  readonly start: Uint32Array;
  readonly items: Uint16Array | Uint32Array;
}

export function listsOf(length: number, list: (n: number) => Iterable<number>): Lists {
  const start = new Uint32Array(length + 1);
  const items: number[] = [];
  for (let n = 0; n < length; n++) {
    for (const item of list(n)) items.push(item);
    start[n + 1] = items.length;
  }
  return { start, items: items.some((item) => item > 0xffff) ? Uint32Array.from(items) : Uint16Array.from(items) };
}

export const listOf = ({ start, items }: Lists, n: number): Uint16Array | Uint32Array => items.subarray(start[n]!, start[n + 1]!);

export function holds({ start, items }: Lists, n: number, wanted: number): boolean {
  for (let i = start[n]!; i < start[n + 1]!; i++) if (items[i] === wanted) return true;
  return false;
}
