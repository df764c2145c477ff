/** Work that is done a little at a time, so that the page answers in between; newer work takes the place of what is not done. */

/** How long a slice may take (ms); the steps of the work end a little later. */
export const SLICE = 14;

export type Work = Generator<void, void, void>;

export class Slices {
  private work: Work | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** Whether all that was begun is done. */
  get idle(): boolean {
    return this.work === null;
  }

  /** Begin: for `at once` ms in this very moment, the rest in slices. */
  begin(work: Work, atOnce = 0): void {
    this.cancel();
    this.work = work;
    if (atOnce > 0) this.run(atOnce);
    else this.later();
  }

  /** Drop what is not done. */
  cancel(): void {
    clearTimeout(this.timer);
    this.work = null;
  }

  /** Do all that is left, now: for paper, or before anything is copied. */
  finish(): void {
    this.run(Infinity);
  }

  private later(): void {
    this.timer = setTimeout(() => this.run(SLICE), 0);
  }

  private run(budget: number): void {
    clearTimeout(this.timer);
    const { work } = this;
    if (!work) return;
    const end = performance.now() + budget;
    do {
      if (!work.next().done) continue;
      if (this.work === work) this.work = null;
      return;
    } while (this.work === work && performance.now() < end);
    if (this.work === work) this.later();
  }
}
