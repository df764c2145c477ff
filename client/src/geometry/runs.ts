/** Numbers in runs (first, how many, first, how many…), walked without being written out. */

/** How many numbers the runs hold. */
export function sizeOf(runs: readonly number[]): number {
  let size = 0;
  for (let i = 1; i < runs.length; i += 2) size += runs[i]!;
  return size;
}

export function eachOf(runs: readonly number[], act: (member: number) => void): void {
  for (let i = 0; i + 1 < runs.length; i += 2) {
    for (let member = runs[i]!, end = member + runs[i + 1]!; member < end; member++) act(member);
  }
}
