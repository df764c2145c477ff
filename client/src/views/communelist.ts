/** A folded list of communes by département, each leading to its panel; it is filled when it is opened. */
import type { Context } from "../state/context";
import { button, el } from "../page/dom";
import { inParts } from "../page/parts";

/** So many communes are listed in full; of more, the first of each département, and the others on demand. */
const WHOLE = 2000;
const FEW = 20;

export interface CommuneList {
  readonly element: HTMLDetailsElement;
  update(title: string, communes: readonly number[]): void;
}

export function communeList({ atlas, store, navigate, words }: Context): CommuneList {
  const summary = el("summary", {});
  const list = el("div", { class: "gc-communes-list" });
  const element = el("details", { class: "gc-communes" }, summary, list);
  const { epci, departements } = atlas.payload.places;
  const { name, departement, epci: epciOf } = atlas.payload.places.communes;
  const order = new Intl.Collator("fr");
  let communes: readonly number[] = [];
  let listed: readonly number[] = [];
  const line = (index: number): HTMLElement => el("li", {}, button({ class: "gc-link-button" }, () => {
    const chosen = { kind: "commune", index } as const;
    store.set({ chosen });
    navigate.keepInSight(chosen);
  }, name[index]!), epciOf[index]! >= 0 && el("span", { class: "gc-commune-epci" }, epci[epciOf[index]!]!.name));
  const fill = (): void => {
    const same = communes.length === listed.length && communes.every((commune, i) => commune === listed[i]);
    if (!element.open || same) return;
    listed = communes;
    const groups = new Map<number, number[]>();
    for (const commune of [...communes].sort((a, b) => order.compare(name[a]!, name[b]!))) {
      const own = groups.get(departement[commune]!);
      if (own) own.push(commune);
      else groups.set(departement[commune]!, [commune]);
    }
    const title = (group: number): string => departements[group]?.name ?? "";
    list.replaceChildren(...[...groups].sort(([a], [b]) => order.compare(title(a), title(b))).flatMap(([group, own]) => [
      el("h3", {}, words.get("value.of", { name: title(group), value: words.count("place.communes", own.length) })),
      ...inParts(words, el("ul", {}), own, line, communes.length > WHOLE ? FEW : own.length),
    ]));
  };
  element.addEventListener("toggle", fill);
  return {
    element,
    update(title, own) {
      summary.textContent = title;
      communes = own;
      element.hidden = own.length === 0;
      if (element.open) setTimeout(fill); // the map first
    },
  };
}
