/** The line under the title. */
import type { Context } from "../state/context";
import { el } from "./dom";
import { inView } from "../state/selection";

/** What is on the map: all of it in the words of the payload, or how much of it is in view. */
export function subtitle({ atlas, store, words }: Context): HTMLElement {
  const { records, subtitle: all } = atlas.payload;
  const element = el("p", { class: "gc-note" });
  const drawn = [...records.keys()].filter((index) => records[index]!.draw !== "none");
  const update = (): void => {
    const shown = drawn.filter((index) => inView(atlas, store.state, index)).length;
    element.classList.toggle("gc-whole", shown === drawn.length);
    element.textContent = shown === drawn.length ? all : words.get("side.shown", { n: shown, all: drawn.length });
  };
  store.watch(["passing", "hidden"], update);
  update();
  return element;
}
