/** Keep the traits of a widget and what its page shows the same, whichever of them changes, and without an echo. */
import { NAMES, readTold, same, type Asked, type Shown } from "../embed/message";

/** As much of a widget's model as is needed (anywidget's, which is that of ipywidgets). */
export interface Model {
  get(name: string): unknown;
  set(name: string, value: unknown): void;
  save_changes(): void;
  on(event: string, run: () => void): void;
  off(event: string, run: () => void): void;
}

export class Sync {
  /** What the page told last; null until it has told anything. */
  private told: Shown | null = null;
  private requests = 0;
  private readonly queue = new Set<keyof Shown>();
  private readonly watching = NAMES.map((name) => [`change:${name}`, () => this.changed(name)] as const);

  constructor(private readonly model: Model, private readonly ask: (asked: Asked) => void) {
    for (const [event, run] of this.watching) model.on(event, run);
  }

  /** Take what the page tells; true where it was something that a page says. */
  hear(data: unknown): boolean {
    const told = readTold(data);
    if (told === null) return false;
    // Told before the page had read what was asked last: the answer to that follows.
    if (told.answer < this.requests) return true;
    const isFirst = this.told === null;
    this.told = told.shown;
    if (isFirst) this.begin(told.shown);
    else this.keep(told.shown);
    return true;
  }

  close(): void {
    for (const [event, run] of this.watching) this.model.off(event, run);
    this.queue.clear();
  }

  /** The page is as at the start: what the traits say else is asked of it. */
  private begin(shown: Shown): void {
    for (const name of NAMES) this.changed(name, shown);
  }

  private keep(shown: Shown): void {
    const news = NAMES.filter((name) => !same(this.model.get(name), shown[name]));
    for (const name of news) this.model.set(name, shown[name]);
    if (news.length > 0) this.model.save_changes();
  }

  private changed(name: keyof Shown, shown: Shown | null = this.told): void {
    // What the page itself told comes back here as a change.
    if (shown === null || same(this.model.get(name), shown[name])) return;
    if (this.queue.size === 0) queueMicrotask(() => this.flush());
    this.queue.add(name);
  }

  private flush(): void {
    if (this.queue.size === 0) return;
    const shown = Object.fromEntries([...this.queue].map((name) => [name, this.model.get(name)]));
    this.queue.clear();
    this.requests += 1;
    this.ask({ request: this.requests, shown });
  }
}
