/** The cards of a place in groups: what covers all of it, what touches a part, what only has its seat there. */
import type { Atlas } from "./atlas";
import { card } from "./card";
import type { Context } from "./context";
import { KINDS } from "./counts";
import { el } from "./dom";
import type { Chosen } from "./store";
import type { Counted } from "./words";

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

/** One section for each kind and extent; the records that were pointed at come first. */
export function groups(context: Context, chosen: Chosen, found: Record<Extent, readonly number[]>): HTMLElement[] {
  const { words, atlas } = context;
  const first = new Set(chosen.first);
  const open = EXTENTS.reduce((sum, extent) => sum + found[extent].length, 0) <= 3;
  const sections = EXTENTS.flatMap((extent) => KINDS.map((kind) => {
    const own = found[extent].filter((index) => atlas.payload.records[index]!.kind === kind);
    const counted = words.count(`kinds.${kind}`, own.length);
    // In a commune there is no part: what covers it covers it all.
    const plain = chosen.kind === "commune" && extent !== "seat";
    const title = chosen.kind === "record" ? el("h3", { class: "gc-hidden" }, words.kind(kind))
      : el("h3", {}, plain ? counted : `${counted} · ${words.count(`extent.${extent}` as Counted, own.length)}`);
    const cards = own.map((index) => {
      const made = card(context, index, open || first.has(index));
      made.classList.toggle("gc-pointed", first.has(index));
      return made;
    });
    return { own, section: el("section", { class: "gc-group" }, title, ...cards) };
  })).filter(({ own }) => own.length > 0);
  const pointed = (own: readonly number[]): number => Number(own.some((index) => first.has(index)));
  return sections.sort((a, b) => pointed(b.own) - pointed(a.own)).map(({ section }) => section);
}
