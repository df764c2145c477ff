/** The options of the facets: boxes to check, and lists of places to pick from, each with what it would leave. */
import type { Context } from "../state/context";
import { el } from "../page/dom";
import { number } from "../page/format";
import { isOn, withOption, type Checked, type Facet, type Picked } from "./facets";
import { capital, facetName, optionName } from "./filterwords";

/** So many counts are written at once. */
const FEW = 200;

export interface Choices {
  readonly element: HTMLElement;
  /** Bring states and counts up to date. */
  update(left: Uint32Array): void;
}

export function checkboxes(context: Context, { key, options }: Facet & { readonly key: Checked }): Choices {
  const { store, words } = context;
  const lines = options.map((option) => {
    const box = el("input", { type: "checkbox", class: "gc-check" });
    box.addEventListener("change", () => store.set({ filters: withOption(store.state.filters, key, option, box.checked) }));
    const count = el("span", { class: "gc-count", "aria-hidden": "true" });
    const said = el("span", { class: "gc-hidden" });
    const element = el("li", {}, el("label", { class: "gc-choice" },
      box, el("span", { class: "gc-choice-name" }, capital(optionName(key, option, words))), count, said));
    return { option, box, count, said, element };
  });
  const element = el("fieldset", { class: "gc-facet" }, el("legend", {}, facetName(key, words)),
    el("ul", { class: `gc-choices gc-choices-${key}` }, ...lines.map((line) => line.element)));
  const update = (left: Uint32Array): void => lines.forEach(({ option, box, count, said, element: line }, i) => {
    const n = left[i]!;
    box.checked = isOn(store.state.filters, key, option);
    line.classList.toggle("gc-void", n === 0);
    const text = number(n, words.lang);
    if (count.textContent === text) return;
    count.textContent = text;
    said.textContent = `, ${words.count("filter.left", n)}`;
  });
  return { element, update };
}

/** The département in which most communes of an EPCI lie. */
function homeOf({ atlas }: Context, epci: number): number {
  const { departement } = atlas.payload.places.communes;
  const votes = new Map<number, number>();
  for (const commune of atlas.inEpci[epci]!) votes.set(departement[commune]!, (votes.get(departement[commune]!) ?? 0) + 1);
  return [...votes].sort(([, a], [, b]) => b - a)[0]?.[0] ?? -1;
}

export function picklist(context: Context, { key, options }: Facet & { readonly key: Picked }): Choices {
  const { atlas, store, words } = context;
  const { departements } = atlas.payload.places;
  const { compare } = new Intl.Collator(words.lang);
  const byName = options.map((option, rank) => ({ option, rank, element: el("option", { value: rank }, option.label) }))
    .sort((a, b) => compare(a.option.label, b.option.label));
  const id = `gc-pick-${key}`;
  const select = el("select", { id, class: "gc-input" }, el("option", { value: -1 }, words.get(`facet.any.${key}`)));
  if (key === "departement") select.append(...byName.map(({ element }) => element));
  else {
    const groups = new Map<number, HTMLOptionElement[]>();
    byName.forEach(({ option, element }) => {
      const home = homeOf(context, option.values[0] as number);
      const own = groups.get(home);
      if (own) own.push(element);
      else groups.set(home, [element]);
    });
    for (const [index, { name }] of [...departements.entries(), [-1, { name: words.get("option.elsewhere") }] as const]) {
      const own = groups.get(index);
      if (own) select.append(el("optgroup", { label: name }, ...own));
    }
  }
  select.addEventListener("change", () => {
    const option = options[Number(select.value)];
    store.set({ filters: option ? withOption(store.state.filters, key, option, true) : { ...store.state.filters, [key]: -1 } });
  });
  let counts: Uint32Array | null = null;
  const tell = ({ option, rank, element }: (typeof byName)[number]): void => {
    const left = counts![rank]!;
    element.textContent = `${option.label} (${number(left, words.lang)})`;
    element.classList.toggle("gc-void", left === 0);
  };
  /** A thousand EPCI are counted out when the list is about to be opened; shut, it shows one. */
  const tellAll = (): void => {
    if (counts) byName.forEach(tell);
  };
  select.addEventListener("pointerenter", tellAll);
  select.addEventListener("focus", tellAll);
  const update = (left: Uint32Array): void => {
    counts = left;
    const on = options.findIndex((option) => isOn(store.state.filters, key, option));
    if (byName.length <= FEW || select === document.activeElement) tellAll();
    else if (on >= 0) tell(byName.find(({ rank }) => rank === on)!);
    select.value = String(on);
  };
  return { element: el("div", { class: "gc-facet" }, el("label", { for: id }, facetName(key, words)), select), update };
}
