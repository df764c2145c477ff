/** Playing the years one after the other: which comes next, and the clock that turns them. */
import { onAxis, type Axis, type Years } from "./histogram";

/** A step every 1.2 s leaves the time to see what changed. */
export const STEP = 1200;

/** The years that come next, as many as now; null at the end of the axis. */
export function following({ from, to }: Years, axis: Axis): Years | null {
  return to >= axis.last ? null : { from: from + 1, to: to + 1 };
}

/** Where playing begins: the chosen years that lie on the axis or, from all dates or from its end, its beginning. */
export function opening(wanted: Years | null, axis: Axis): Years {
  const chosen = wanted && onAxis(wanted, axis); // a link may want any years
  if (chosen !== null && chosen.to < axis.last) return chosen;
  const width = chosen === null ? 0 : chosen.to - chosen.from;
  // A span as wide as the axis has nowhere to go: its years come one by one.
  return { from: axis.first, to: axis.first + (width >= axis.last - axis.first ? 0 : width) };
}

export class Player {
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** `step` shows the next years, and says whether there are more; `changed` is told when playing begins and stops. */
  constructor(private readonly step: () => boolean, private readonly changed: (playing: boolean) => void) {}

  get playing(): boolean {
    return this.timer !== undefined;
  }

  start(): void {
    if (this.playing) return;
    this.wait();
    this.changed(true);
  }

  stop(): void {
    if (!this.playing) return;
    clearTimeout(this.timer);
    this.timer = undefined;
    this.changed(false);
  }

  private wait(): void {
    this.timer = setTimeout(() => {
      const more = this.step();
      if (!this.playing) return;
      if (more) this.wait();
      else this.stop();
    }, STEP);
  }
}
