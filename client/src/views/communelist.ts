/** A folded list of communes, each leading to its panel; it is filled when it is opened. */
import type { Context } from "../state/context";
import { button, el } from "../page/dom";

export interface CommuneList {
  readonly element: HTMLDetailsElement;
  update(title: string, communes: readonly number[]): void;
}

export function communeList({ atlas, store, navigate }: Context): CommuneList {
  const summary = el("summary", {});
  const list = el("ul", {});
  const element = el("details", { class: "gc-communes" }, summary, list);
  const { name } = atlas.payload.places.communes;
  let communes: readonly number[] = [];
  let listed: readonly number[] = [];
  const fill = (): void => {
    const same = communes.length === listed.length && communes.every((commune, i) => commune === listed[i]);
    if (!element.open || same) return;
    listed = communes;
    const byName = [...communes].sort((a, b) => name[a]!.localeCompare(name[b]!, "fr"));
    list.replaceChildren(...byName.map((index) => el("li", {}, button({ class: "gc-link-button" }, () => {
      const chosen = { kind: "commune", index } as const;
      store.set({ chosen });
      navigate.keepInSight(chosen);
    }, name[index]!))));
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
