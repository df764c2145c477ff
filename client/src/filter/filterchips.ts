/** What is set, as chips that stay in sight while the filters are folded: each takes its filter away. */
import type { Context } from "../state/context";
import { button, el, icon } from "../page/dom";
import { isOn, LISTED, withOption, type Facets } from "./facets";
import { facetName, optionName } from "./filterwords";
import { euros } from "../page/format";
import { isSet } from "../state/filters";
import type { State } from "../state/store";

export interface Chip {
  readonly facet: string;
  readonly value: string;
  /** The state without it. */
  readonly without: Partial<State>;
}

export function chipsOf({ words }: Pick<Context, "words">, facets: Facets, { filters, period }: Pick<State, "filters" | "period">): Chip[] {
  const chips = LISTED.filter((key) => isSet(filters, key)).flatMap((key) => facets[key].options.filter((option) => isOn(filters, key, option)).map((option): Chip => ({
    facet: facetName(key, words), value: optionName(key, option, words), without: { filters: withOption(filters, key, option, false) },
  })));
  const { least, most } = filters;
  if (least !== null || most !== null) {
    const known = least === null ? "most" : most === null ? "least" : "both";
    const written = { least: euros(least ?? 0, words.lang), most: euros(most ?? 0, words.lang) };
    chips.push({ facet: facetName("amount", words), value: words.get(`amount.chip.${known}`, written), without: { filters: { ...filters, least: null, most: null } } });
  }
  if (period) {
    const years = period.from === period.to ? String(period.from) : `${period.from}–${period.to}`;
    chips.push({ facet: words.get("facet.period"), value: years, without: { period: null } });
  }
  return chips;
}

/** The list of chips; `fallback` takes the focus when the last one is gone. */
export function filterChips(context: Context, facets: Facets, fallback: () => void): HTMLElement {
  const { store, words } = context;
  const list = el("ul", { class: "gc-chips", "aria-label": words.get("filter.chips"), hidden: true });
  const update = (): void => {
    const chips = chipsOf(context, facets, store.state);
    list.hidden = chips.length === 0;
    // On paper nobody sees that these were buttons: they get a title.
    list.replaceChildren(el("li", { class: "gc-chips-title" }, words.get("filter.chips")), ...chips.map(({ facet, value, without }, rank) => el("li", {},
      button({ class: "gc-chip", "aria-label": words.get("filter.remove", { facet, value }) }, () => {
        store.set(without);
        const left = list.querySelectorAll<HTMLElement>("button");
        const next = left[Math.min(rank, left.length - 1)];
        next ? next.focus() : fallback();
      }, el("span", {}, words.get("filter.chip", { facet, value })), icon("close")))));
  };
  store.watch(["filters", "period"], update);
  update();
  return list;
}
