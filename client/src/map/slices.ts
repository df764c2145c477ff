/**
 * Work that is done a little at a time, so that the page answers in between; newer work takes the place of what is not done.
 *
 * A canvas only notes what is drawn on it, and paints it all when its frame ends: who does
 * not have it painted after each step measures nothing, and pays for everything at once.
 */

/** How long a slice may take (ms) of the 16 of a frame; the steps of the work end a little later. */
export const SLICE = 8;
/** When no frame comes (a page in the background, a frame out of sight), work goes on after this (ms). */
export const WITHOUT_FRAMES = 120;

/** What a step asks for: "frame" is that the browser shows what is there before the next one. */
export type Step = "frame" | undefined | void;
export type Work = Generator<Step, void, void>;

export class Slices {
  private work: Work | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private frame = 0;

  /** `settle` is called after each step: it has painted what the step drew. */
  constructor(private readonly settle: () => void = () => undefined) {}

  /** Whether all that was begun is done. */
  get idle(): boolean {
    return this.work === null;
  }

  /** Begin: for `at once` ms in this very moment, the rest in slices. */
  begin(work: Work, atOnce = 0): void {
    this.cancel();
    this.work = work;
    if (atOnce > 0) this.run(atOnce, true);
    else this.later();
  }

  /** Drop what is not done. */
  cancel(): void {
    this.still();
    this.work = null;
  }

  /** Do all that is left, now: for paper, or before anything is copied. */
  finish(): void {
    this.run(Infinity);
  }

  /** Go on in the next frame; after an act, whose own frame is not painted yet, in the one that follows it. */
  private later(after = false): void {
    const next = (): void => this.run(SLICE);
    this.frame = requestAnimationFrame(after ? () => void (this.frame = requestAnimationFrame(next)) : next);
    this.timer = setTimeout(next, WITHOUT_FRAMES);
  }

  private still(): void {
    clearTimeout(this.timer);
    cancelAnimationFrame(this.frame);
  }

  private run(budget: number, isAct = false): void {
    this.still();
    const { work } = this;
    if (!work) return;
    const end = performance.now() + budget;
    do {
      const { done, value } = work.next();
      this.settle();
      if (done) {
        if (this.work === work) this.work = null;
        return;
      }
      if (value === "frame" && budget < Infinity && this.work === work) return this.later(isAct);
    } while (this.work === work && performance.now() < end);
    if (this.work === work) this.later();
  }
}
