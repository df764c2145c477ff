/** The cards of a place in groups: what covers all of it, what touches a part, what only has its seat there. */
import type { Atlas } from "../geometry/atlas";
import { card } from "./card";
import type { Context } from "../state/context";
import { KINDS } from "../legend/counts";
import { el } from "../page/dom";
import { inParts } from "../page/parts";
import { inView } from "../state/selection";
import type { Chosen } from "../state/store";
import type { Counted } from "../page/words";

export type Extent = "whole" | "part" | "seat";
const EXTENTS: readonly Extent[] = ["whole", "part", "seat"];

/** The records of a place by how much of it they cover, in the order of families and programmes. */
export function recordsByExtent(atlas: Atlas, chosen: Chosen): Record<Extent, number[]> {
  if (chosen.kind === "record") return { whole: [chosen.index], part: [], seat: [] };
  const communes = atlas.communesOf(chosen);
  const covered = new Map<number, number>();
  const seats = new Set<number>();
  for (const commune of communes) {
    for (const index of atlas.covering(commune)) covered.set(index, (covered.get(index) ?? 0) + 1);
    for (const index of atlas.seated(commune)) seats.add(index);
  }
  const { programmes, records } = atlas.payload;
  const rank = (index: number): number => programmes[records[index]!.programme]!.family * 1000 + records[index]!.programme;
  const first = new Set(chosen.first);
  const sorted = (some: Iterable<number>): number[] =>
    [...some].sort((a, b) => Number(first.has(b)) - Number(first.has(a)) || rank(a) - rank(b) || a - b);
  return {
    whole: sorted([...covered].filter(([, n]) => n === communes.length).map(([index]) => index)),
    part: sorted([...covered].filter(([, n]) => n < communes.length).map(([index]) => index)),
    seat: sorted(seats),
  };
}

/** Cards are tall and full: as many of a group are made at a time. */
const CARDS = 25;

interface Card {
  readonly element: HTMLElement;
  readonly shown: boolean;
}

/** One section for each kind and extent, the records that were pointed at first; what is not in view waits folded at the end. */
export class Groups {
  readonly element = el("div", { class: "gc-groups" });
  private readonly cards = new Map<number, Card>();
  private readonly first: ReadonlySet<number>;
  private readonly open: boolean;
  private readonly rest: HTMLDetailsElement;
  private readonly restTitle = el("summary");
  private arranged = "";
  private waiting: readonly number[] = [];

  constructor(private readonly context: Context, private readonly chosen: Chosen, private readonly found: Readonly<Record<Extent, readonly number[]>>) {
    this.first = new Set(chosen.first);
    this.open = EXTENTS.reduce((sum, extent) => sum + found[extent].length, 0) <= 3;
    this.rest = el("details", { class: "gc-unshown" }, this.restTitle);
    // Cards out of view are made when they are asked for.
    this.rest.addEventListener("toggle", () => this.fillRest());
  }

  /** Put the cards where they belong, by what is in view now. */
  arrange(): void {
    const { atlas, store, words } = this.context;
    const all = EXTENTS.flatMap((extent) => this.found[extent]);
    // A record that was asked for by name is shown whatever is filtered; a note says so.
    const out = all.filter((index) => !inView(atlas, store.state, index));
    const key = out.join(" ");
    if (key === this.arranged && this.element.childNodes.length > 0) return;
    this.arranged = key;
    const focused = document.activeElement?.closest<HTMLElement>(".gc-card")?.dataset.record;
    const inside = this.element.contains(document.activeElement);
    if (this.chosen.kind === "record") {
      const drawn = atlas.payload.records[this.chosen.index]!.draw !== "none";
      const note = out.length > 0 && drawn ? [el("p", { class: "gc-unshown-note" }, words.get("panel.unshown.record"))] : [];
      this.element.replaceChildren(...note, ...this.sections(new Set(), out.length === 0));
    } else {
      const hidden = new Set(out);
      this.waiting = out;
      this.restTitle.textContent = words.count("panel.unshown", out.length);
      this.element.replaceChildren(...this.sections(hidden, true), ...(out.length > 0 ? [this.rest] : []));
      this.fillRest();
    }
    if (inside && !this.element.contains(document.activeElement)) this.refocus(focused);
  }

  private fillRest(): void {
    const list = el("div", {});
    this.rest.replaceChildren(this.restTitle, ...(this.rest.open ? inParts(this.context.words, list, this.waiting, (index) => this.card(index, false), CARDS) : []));
  }

  private sections(without: ReadonlySet<number>, shown: boolean): HTMLElement[] {
    const { words, atlas } = this.context;
    const sections = EXTENTS.flatMap((extent) => KINDS.map((kind) => {
      const own = this.found[extent].filter((index) => atlas.payload.records[index]!.kind === kind && !without.has(index));
      return { extent, kind, own };
    })).filter(({ own }) => own.length > 0);
    const made = (key: string): number => this.element.querySelectorAll(`[data-group="${key}"] > .gc-card`).length;
    const pointed = (own: readonly number[]): number => Number(own.some((index) => this.first.has(index)));
    return sections.sort((a, b) => pointed(b.own) - pointed(a.own)).flatMap(({ extent, kind, own }) => {
      const counted = words.count(`kinds.${kind}`, own.length);
      // In a commune there is no part: what covers it covers it all.
      const plain = this.chosen.kind === "commune" && extent !== "seat";
      const title = this.chosen.kind === "record" ? el("h3", { class: "gc-hidden" }, words.kind(kind))
        : el("h3", {}, plain ? counted : `${counted} · ${words.count(`extent.${extent}` as Counted, own.length)}`);
      const key = `${extent} ${kind}`;
      // What was asked for stays when filters and layers change.
      return inParts(words, el("section", { class: "gc-group", "data-group": key }, title), own, (index) => this.card(index, shown), CARDS, made(key));
    });
  }

  /** The card of a record: kept while it stays in view or out of it, as its buttons depend on that. */
  private card(index: number, shown: boolean): HTMLElement {
    const known = this.cards.get(index);
    if (known?.shown === shown) return known.element;
    const element = card(this.context, index, this.open || this.first.has(index));
    element.classList.toggle("gc-pointed", this.first.has(index));
    this.cards.set(index, { element, shown });
    return element;
  }

  /** The focus stays with the card that moved, else with the name of the place. */
  private refocus(record: string | undefined): void {
    const { store } = this.context;
    if (store.state.raised?.kind === "record") store.set({ raised: null });
    const moved = [...this.cards.values()].find(({ element }) => element.dataset.record === record && element.isConnected);
    const target = moved?.element.querySelector<HTMLElement>(".gc-actions button") ?? document.querySelector<HTMLElement>("#gc-panel h2");
    target?.focus();
  }
}
