/** The choice between the views that the page offers: contracts, pile-up, amounts, white areas, programmes crossed. */
import type { Context } from "../state/context";
import { radioGroup } from "./radiogroup";
import { crossedOf } from "./thematic";

export function viewSwitch({ atlas, store, words }: Context): HTMLElement {
  const group = radioGroup("gc-mode", words.get("mode.title"), atlas.payload.views.map((mode) => [mode, words.get(`mode.${mode}`)] as const), (mode) => {
    // Both at once, so that what the page tells of itself is complete and painted once.
    store.set(mode === "cross" ? { mode, crossed: crossedOf(atlas, store.state.crossed) } : { mode });
  });
  group.element.classList.add("gc-views");
  const root = document.querySelector<HTMLElement>(".gc");
  group.element.hidden = atlas.payload.views.length < 2;
  const update = (): void => {
    // An address or a frame may ask for a view that this page does not have.
    if (!atlas.payload.views.includes(store.state.mode)) return store.set({ mode: "contracts" });
    group.select(store.state.mode);
    if (root) root.dataset.mode = store.state.mode;
  };
  store.watch(["mode"], update);
  update();
  return group.element;
}
