/**
 * Whether the note beside the pointer stays. It goes along while the pointer searches; once the pointer has rested, it
 * stands where it is, and the pointer can be moved onto it (RGAA 10.13). Pixels of the map's container and ms; no layout is read.
 */
import type { Rect } from "../geometry/boxes";

/** The pointer rests when it was for so long (ms) within so many pixels; a hand that trembles rests too. */
export const REST = 250;
const SLACK = 6;

/** How far a point is from a rectangle: 0 inside. */
export function distance([left, top, right, bottom]: Rect, x: number, y: number): number {
  return Math.hypot(Math.max(left - x, 0, x - right), Math.max(top - y, 0, y - bottom));
}

/** `no`: the note is that of the place pointed at; the pointer is `on` it, comes `nearer` to it, or is `by` it and may go away. */
export type Kept = "no" | "on" | "nearer" | "by";

export class Stay {
  private box: Rect | null = null;
  private from = { x: 0, y: 0, at: 0 };
  private nearest = 0;

  /** The note stands in a rectangle, as the pointer came to a point. */
  stand(box: Rect, x: number, y: number, at: number): void {
    if (this.box === null || Math.hypot(x - this.from.x, y - this.from.y) > SLACK) this.from = { x, y, at };
    this.box = box[2] > box[0] ? box : null; // on a phone there is none to see
    this.nearest = distance(box, x, y);
  }

  /** There is no note any more. */
  end(): void {
    this.box = null;
  }

  /** What becomes of the note as the pointer comes to a point. */
  keeps(x: number, y: number, at: number): Kept {
    if (this.box === null || at - this.from.at < REST) return "no";
    const far = distance(this.box, x, y);
    if (far > this.nearest + SLACK) return "no";
    const nearer = far <= this.nearest - 1;
    this.nearest = Math.min(this.nearest, far);
    if (far === 0) return "on";
    return nearer ? "nearer" : "by";
  }
}
