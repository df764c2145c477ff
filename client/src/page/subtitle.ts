/** The line under the title. */
import type { Context } from "../state/context";
import { el } from "./dom";
import { countsIn, totalOf } from "../legend/counts";
import { number } from "./format";

/** What is on the map: all of it in the words of the payload, or how much of it is in view. */
export function subtitle({ atlas, store, words }: Context): HTMLElement {
  const { programmes, subtitle: whole } = atlas.payload;
  const element = el("p", { class: "gc-note" });
  const ranks = [...programmes.keys()];
  const all = totalOf(countsIn(atlas, ranks, null));
  const update = (): void => {
    const { hidden, passing } = store.state;
    const shown = totalOf(countsIn(atlas, ranks.filter((programme) => !hidden.has(programme)), passing));
    element.classList.toggle("gc-whole", shown === all);
    element.textContent = shown === all ? whole : words.get("side.shown", { n: number(shown, words.lang), all: number(all, words.lang) });
  };
  store.watch(["passing", "hidden"], update);
  update();
  return element;
}
