/** The panel on the right: the chosen place and what covers it. */
import type { Context } from "../state/context";
import { countKinds, countsText, KINDS, shownOf } from "../legend/counts";
import { button, el, FRENCH, icon } from "../page/dom";
import { number } from "../page/format";
import { memberList } from "./memberlist";
import { money } from "./money";
import { Groups, recordsByExtent } from "./panelgroups";
import { heading } from "./placehead";
import { placeSums } from "./placesums";
import { inView } from "../state/selection";
import type { Chosen } from "../state/store";

const countsIn = ({ atlas }: Context, records: readonly number[]) => countKinds(records.map((index) => atlas.payload.records[index]!));
const shownIn = ({ atlas, store }: Context, records: readonly number[]) => records.filter((index) => inView(atlas, store.state, index));

/** How many of each kind, and how many of them are in view when they are fewer. */
function tally(context: Context, records: readonly number[]): HTMLElement[] {
  const { words } = context;
  const all = countsIn(context, records);
  const shown = countsIn(context, shownIn(context, records));
  return KINDS.map((kind) => el("li", {},
    el("strong", {}, number(all[kind], words.lang)), ` ${words.count(`unit.${kind}`, all[kind])}`,
    shown[kind] === all[kind] ? null : el("span", {}, el("span", { class: "gc-hidden" }, ", "), words.count(kind === "contract" ? "shown.contract" : "shown.other", shown[kind]))));
}

/** The same in one sentence, to be said. */
export function tallyText(context: Context, name: string, records: readonly number[]): string {
  const { words } = context;
  const all = countsIn(context, records);
  const shown = shownIn(context, records);
  const list = shown.length === records.length ? countsText(all, words) : shownOf(all, countsIn(context, shown), words);
  return words.get("place.announce", { name, list });
}

/** Fill the panel for what was chosen; returns how to follow filters and layers. */
function fill(context: Context, body: HTMLElement, chosen: Chosen, close: () => void): () => void {
  const { atlas, words, navigate, announce } = context;
  const { name, lines } = heading(context, chosen);
  const found = recordsByExtent(atlas, chosen);
  const records = [...found.whole, ...found.part];
  const facts = lines.filter((line) => line !== null && line !== undefined);
  body.replaceChildren(
    el("div", { class: "gc-panel-head" },
      el("h2", { tabindex: -1, ...FRENCH }, name),
      button({ class: "gc-icon-button", "aria-label": words.get("panel.close") }, close, icon("close"))),
    el("ul", { class: "gc-place-lines" }, ...facts.map((line) => el("li", {}, line))));
  const figures = el("ul", { class: "gc-tally" });
  const sums = el("div", { class: "gc-money" });
  if (chosen.kind !== "record") {
    body.append(figures, sums, el("div", { class: "gc-actions" },
      button({ class: "gc-small-button" }, () => navigate.show(chosen), icon("zoom"), words.get("card.show"))));
  }
  if (records.length + found.seat.length === 0) body.append(el("p", { class: "gc-empty" }, words.get("panel.nothing")));
  const groups = new Groups(context, chosen, found);
  const members = chosen.kind === "record" ? memberList(context, chosen.index) : null;
  body.append(groups.element, ...(members ? [members] : []));
  announce.say(chosen.kind === "record" ? name : tallyText(context, name, records));
  const follow = (): void => {
    figures.replaceChildren(...tally(context, records));
    // A page without the view of amounts shows records that came and went: their sum says nothing.
    if (chosen.kind !== "record" && atlas.payload.views.includes("amounts")) {
      sums.replaceChildren(...money(placeSums(atlas.payload.records, shownIn(context, records), atlas.communesOf(chosen)), chosen.kind, words));
    }
    groups.arrange();
  };
  follow();
  return follow;
}

export function panel(context: Context): HTMLElement {
  const { store, words } = context;
  const body = el("div", { class: "gc-panel-body" });
  const close = (): void => {
    store.set({ chosen: null, raised: null });
    document.querySelector<HTMLElement>(".gc-map")?.focus({ preventScroll: true });
  };
  const element = el("aside", { class: "gc-panel", id: "gc-panel", tabindex: -1, "aria-label": words.get("panel.label"), hidden: true },
    body);
  element.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
  });
  let follow: (() => void) | null = null;
  store.watch(["chosen"], ({ chosen }) => {
    const inside = body.contains(document.activeElement);
    element.hidden = chosen === null;
    follow = chosen ? fill(context, body, chosen, close) : null;
    if (chosen && inside) body.querySelector<HTMLElement>("h2")?.focus(); // its link is gone
    if (chosen) element.scrollTop = 0;
    else body.replaceChildren();
  });
  let waiting = 0;
  store.watch(["passing", "hidden"], () => {
    window.clearTimeout(waiting);
    // A département has a hundred cards: the map goes first, unless it is a card that asked and must keep the focus.
    if (body.contains(document.activeElement)) follow?.();
    else requestAnimationFrame(() => (waiting = window.setTimeout(() => follow?.())));
  });
  return element;
}
