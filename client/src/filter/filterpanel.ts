/** The filters, above the legend: a head that tells what is set, chips, and the facets on demand. */
import type { Context } from "../state/context";
import { countsIn, countsOf, plus, totalOf, type Counts } from "../legend/counts";
import { button, el, icon } from "../page/dom";
import { facetsOf, LISTED, remaining, type Checked, type Facet, type Facets, type Listed, type Picked } from "./facets";
import { amountChoice } from "./filteramount";
import { checkboxes, picklist, type Choices } from "./filterchoices";
import { filterChips } from "./filterchips";
import { filterCount, NO_FILTERS } from "../state/filters";

/** Milliseconds until facets are made ready, and between two of them. */
const AHEAD = 2500;
const APART = 100;

/** The facets; made when they are opened first. */
function facetBody(context: Context, facets: Facets, body: HTMLElement): () => void {
  const { atlas, store, words } = context;
  const programmes = [...atlas.payload.programmes.keys()];
  const choices = Object.fromEntries(LISTED.map((key) => {
    const facet = facets[key];
    return [key, key === "departement" || key === "epci" ? picklist(context, facet as Facet & { key: Picked }) : checkboxes(context, facet as Facet & { key: Checked })];
  })) as Record<Listed, Choices>;
  const amount = amountChoice(context);
  const result = el("p", { class: "gc-filter-result" });
  // A facet with one answer for all narrows nothing.
  const useful = LISTED.filter((key) => facets[key].options.length > 1);
  body.append(...useful.map((key) => choices[key].element), amount.element, result);
  return () => {
    const { filters, period, passing } = store.state;
    const left = remaining(atlas, facets, filters, period);
    for (const key of useful) choices[key].update(left.of[key]);
    amount.update(left);
    const parts = (some: ReadonlySet<number> | null) => (["drawn", "undrawn"] as const).map((part) => countsIn(atlas, programmes, some, part)) as [Counts, Counts];
    const [all, [drawn, undrawn]] = [parts(null), parts(passing)];
    result.textContent = words.get("filter.result", { list: countsOf(plus(...all), plus(drawn, undrawn), words) })
      + (totalOf(undrawn) > 0 ? ` ${words.count("filter.undrawn", totalOf(undrawn))}` : "");
  };
}

export function filterPanel(context: Context): HTMLElement {
  const { atlas, store, words } = context;
  const facets = facetsOf(atlas);
  // The facets are made while the reader looks at the map, one after the other.
  LISTED.forEach((key, rank) => window.setTimeout(() => facets[key], AHEAD + rank * APART));
  const body = el("div", { class: "gc-filter-body", id: "gc-filter-body", hidden: true });
  let updateBody: (() => void) | null = null;
  const name = el("span");
  const fold = button({ class: "gc-fold", "aria-controls": "gc-filter-body", "aria-expanded": "false" }, () => open(body.hidden), icon("chevron"), icon("filter"), name);
  const open = (on: boolean): void => {
    body.hidden = !on;
    fold.setAttribute("aria-expanded", String(on));
    if (on) (updateBody ??= facetBody(context, facets, body))();
  };
  const reset = button({ class: "gc-text-button", title: words.get("filter.reset.title"), hidden: true }, () => {
    store.set({ filters: NO_FILTERS, hidden: new Set(), period: null });
    fold.focus();
  }, words.get("filter.reset"));
  const head = (): void => {
    const { filters, hidden, period } = store.state;
    const n = filterCount(filters);
    name.textContent = n > 0 ? words.get("filter.title.set", { n }) : words.get("filter.title");
    reset.hidden = n === 0 && hidden.size === 0 && period === null;
  };
  store.watch(["filters", "hidden", "period"], head);
  store.watch(["filters", "passing"], () => {
    if (!body.hidden) updateBody?.();
  });
  head();
  const element = el("section", { class: "gc-filters", "aria-label": words.get("filter.title") },
    el("div", { class: "gc-filter-head" }, el("h2", {}, fold), reset),
    filterChips(context, facets, () => fold.focus()),
    body);
  body.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.target instanceof HTMLSelectElement) return; // a list that is open closes first
    open(false);
    fold.focus();
  });
  return element;
}
