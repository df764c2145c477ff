/** Rectangles that must not overlap: labels and symbols find their room here. */

/** left, top, right, bottom in CSS pixels. */
export type Rect = readonly [number, number, number, number];

const CELL = 64;
const cell = (at: number): number => Math.floor(at / CELL);

export class Boxes {
  private readonly cells = new Map<number, Rect[]>();

  add(rect: Rect): void {
    for (let column = cell(rect[0]); column <= cell(rect[2]); column++) {
      for (let row = cell(rect[1]); row <= cell(rect[3]); row++) {
        const key = column * 65536 + row;
        const there = this.cells.get(key);
        if (there) there.push(rect);
        else this.cells.set(key, [rect]);
      }
    }
  }

  /** A rectangle that meets this one, if any: the first that `fits`. */
  meeting(rect: Rect, fits: (other: Rect) => boolean = () => true): Rect | null {
    for (let column = cell(rect[0]); column <= cell(rect[2]); column++) {
      for (let row = cell(rect[1]); row <= cell(rect[3]); row++) {
        const there = this.cells.get(column * 65536 + row);
        if (!there) continue;
        for (const other of there) {
          if (rect[0] < other[2] && rect[2] > other[0] && rect[1] < other[3] && rect[3] > other[1] && fits(other)) return other;
        }
      }
    }
    return null;
  }

  free(rect: Rect): boolean {
    return this.meeting(rect) === null;
  }

  /** Take the first rectangle that is free; -1 when none is. */
  place(candidates: readonly Rect[]): number {
    const found = candidates.findIndex((rect) => this.free(rect));
    if (found >= 0) this.add(candidates[found]!);
    return found;
  }
}
