/** Rectangles that must not overlap: labels and symbols find their room here. */

/** left, top, right, bottom in CSS pixels. */
export type Rect = readonly [number, number, number, number];

const CELL = 64;

export class Boxes {
  private readonly cells = new Map<number, Rect[]>();

  private *cellsOf(rect: Rect): Iterable<number> {
    for (let column = Math.floor(rect[0] / CELL); column <= Math.floor(rect[2] / CELL); column++) {
      for (let row = Math.floor(rect[1] / CELL); row <= Math.floor(rect[3] / CELL); row++) yield column * 65536 + row;
    }
  }

  add(rect: Rect): void {
    for (const cell of this.cellsOf(rect)) {
      const there = this.cells.get(cell);
      if (there) there.push(rect);
      else this.cells.set(cell, [rect]);
    }
  }

  free(rect: Rect): boolean {
    for (const cell of this.cellsOf(rect)) {
      for (const other of this.cells.get(cell) ?? []) {
        if (rect[0] < other[2] && rect[2] > other[0] && rect[1] < other[3] && rect[3] > other[1]) return false;
      }
    }
    return true;
  }

  /** Take the first rectangle that is free; -1 when none is. */
  place(candidates: readonly Rect[]): number {
    const found = candidates.findIndex((rect) => this.free(rect));
    if (found >= 0) this.add(candidates[found]!);
    return found;
  }
}
