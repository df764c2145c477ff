/** The choice between contracts, pile-up, amounts, white areas and programmes crossed. */
import type { Context } from "../state/context";
import { radioGroup } from "./radiogroup";
import type { Mode } from "../state/store";
import { crossedOf } from "./thematic";

const MODES: readonly Mode[] = ["contracts", "pileup", "amounts", "white", "cross"];

export function viewSwitch({ atlas, store, words }: Context): HTMLElement {
  const group = radioGroup("gc-mode", words.get("mode.title"), MODES.map((mode) => [mode, words.get(`mode.${mode}`)] as const), (mode) => {
    // Both at once, so that what the page tells of itself is complete and painted once.
    store.set(mode === "cross" ? { mode, crossed: crossedOf(atlas, store.state.crossed) } : { mode });
  });
  group.element.classList.add("gc-views");
  const root = document.querySelector<HTMLElement>(".gc");
  const update = (): void => {
    group.select(store.state.mode);
    if (root) root.dataset.mode = store.state.mode;
  };
  store.watch(["mode"], update);
  update();
  return group.element;
}
