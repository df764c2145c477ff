/** A folded list of communes or EPCI by département, each leading to its panel; it is filled when it is opened. */
import type { Context } from "../state/context";
import { button, el } from "../page/dom";
import { number } from "../page/format";
import { inParts } from "../page/parts";
import type { Unit } from "../state/store";

/** So many are listed in full; of more, the first of each département, and the others on demand. */
const WHOLE = 2000;
const FEW = 20;

export interface UnitList {
  readonly element: HTMLDetailsElement;
  update(unit: Unit, title: string, units: readonly number[]): void;
}

export function unitList({ atlas, store, navigate, words }: Context): UnitList {
  const summary = el("summary", {});
  const list = el("div", { class: "gc-communes-list" });
  const element = el("details", { class: "gc-communes" }, summary, list);
  const { epci, departements } = atlas.payload.places;
  const { name, departement, epci: epciOf } = atlas.payload.places.communes;
  const order = new Intl.Collator("fr");
  let unit: Unit = "commune";
  let units: readonly number[] = [];
  let listed = "";
  const nameAt = (index: number): string => (unit === "commune" ? name[index]! : epci[index]!.name);
  const line = (index: number): HTMLElement => el("li", {}, button({ class: "gc-link-button" }, () => {
    const chosen = { kind: unit, index };
    store.set({ chosen });
    navigate.keepInSight(chosen);
  }, nameAt(index)), unit === "commune" && epciOf[index]! >= 0 && el("span", { class: "gc-commune-epci" }, epci[epciOf[index]!]!.name));
  const fill = (): void => {
    const wanted = `${unit} ${units.join(" ")}`;
    if (!element.open || wanted === listed) return;
    listed = wanted;
    const groups = new Map<number, number[]>();
    for (const index of [...units].sort((a, b) => order.compare(nameAt(a), nameAt(b)))) {
      // An EPCI in two départements is listed in that of its first commune.
      const group = departement[unit === "commune" ? index : epciOf.indexOf(index)]!;
      const own = groups.get(group);
      if (own) own.push(index);
      else groups.set(group, [index]);
    }
    const counted = (n: number): string => (unit === "commune" ? words.count("place.communes", n) : `${number(n, words.lang)} ${words.get(n === 1 ? "scale.unit.epci" : "scale.units.epci")}`);
    const title = (group: number): string => departements[group]?.name ?? "";
    list.replaceChildren(...[...groups].sort(([a], [b]) => order.compare(title(a), title(b))).flatMap(([group, own]) => [
      el("h3", {}, words.get("value.of", { name: title(group), value: counted(own.length) })),
      ...inParts(words, el("ul", {}), own, line, units.length > WHOLE ? FEW : own.length),
    ]));
  };
  element.addEventListener("toggle", fill);
  return {
    element,
    update(ofUnit, title, own) {
      summary.textContent = title;
      [unit, units] = [ofUnit, own];
      element.hidden = own.length === 0;
      if (element.open) setTimeout(fill); // the map first
    },
  };
}
