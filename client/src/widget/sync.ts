/**
 * One view of a widget. What is to be shown is Python's to say: the view asks each newer wish of its page, and tells
 * Python what the page shows. It never answers another view.
 */
import { readTold, type Asked, type Shown } from "../embed/message";

/** As much of a widget's model as is needed (anywidget's, which is that of ipywidgets). */
export interface Model {
  get(name: string): unknown;
  send(content: unknown): void;
  on(event: string, run: () => void): void;
  off(event: string, run: () => void): void;
}

/** What Python wants shown: a link and the parts set on top of it (geocontracts/webmap/wish.py). */
export interface Wish {
  readonly version: number;
  /** The view that shows it already; "" where it is for all of them. */
  readonly by: string;
  /** Whether the link's own sight of the map is meant too. */
  readonly exact: boolean;
  readonly shown: Partial<Shown>;
}

/** What Python is told: by whom, which wish that view knew, and whether the page answers it or its reader did something. */
export interface News {
  readonly view: string;
  readonly knows: number;
  readonly answer: boolean;
  readonly shown: Shown;
}

const WISH = "change:_wish";
const part = (link: string, name: string): string | undefined => link.split("&").find((each) => each.startsWith(`${name}=`));
const withoutSight = (link: string): string => link.split("&").filter((each) => !each.startsWith("m=")).join("&");

/**
 * What has to be asked of a page that shows something already. Where its map looks is its own: views of different sizes
 * never look quite alike, and would move each other for ever. A place that is chosen anew is gone to.
 */
export function onTop({ exact, shown }: Wish, now: Shown): Partial<Shown> {
  const { state, ...parts } = shown;
  if (exact || state === undefined) return shown;
  const bare = withoutSight(state);
  if (bare === withoutSight(now.state)) return parts;
  const place = part(bare, "at");
  const sight = place === undefined || place === part(now.state, "at") ? part(now.state, "m") : undefined;
  return { state: [sight, bare].filter(Boolean).join("&"), ...parts };
}

export class Sync {
  /** What the page told last; null until it has told anything. */
  private told: Shown | null = null;
  private requests = 0;
  private answered = 0;
  private knows = -1;
  private readonly obey = (): void => this.follow(this.told);

  constructor(private readonly model: Model, private readonly view: string, private readonly ask: (asked: Asked) => void) {
    model.on(WISH, this.obey);
  }

  /** Take what the page tells; true where it was something that a page says. */
  hear(data: unknown): boolean {
    const told = readTold(data);
    if (told === null) return false;
    // Told before the page had read what was asked last: the answer to that follows.
    if (told.answer < this.requests) return true;
    const isNew = this.told === null;
    this.told = told.shown;
    if (isNew) this.follow(null);
    else this.tell(told.shown, told.answer > this.answered);
    this.answered = told.answer;
    return true;
  }

  close(): void {
    this.model.off(WISH, this.obey);
  }

  /** Ask of the page what it does not show yet; `now` is null where it is as at the start. */
  private follow(now: Shown | null): void {
    const wish = this.model.get("_wish") as Wish;
    if (this.told === null || wish.version <= this.knows) return;
    this.knows = wish.version;
    if (wish.by === this.view) return;
    const shown = now === null ? wish.shown : onTop(wish, now);
    // Python waits for an answer to what it set, also where that changes nothing.
    if (wish.by !== "" && Object.keys(shown).length === 0) return;
    this.requests += 1;
    this.ask({ request: this.requests, shown });
  }

  private tell(shown: Shown, answer: boolean): void {
    const news: News = { view: this.view, knows: this.knows, answer, shown };
    this.model.send({ told: news });
  }
}
