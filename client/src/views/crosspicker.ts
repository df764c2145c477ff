/** The choice of two or three programmes to cross. */
import type { Context } from "../state/context";
import { crossable, withChoice } from "./crossing";
import { cut } from "../page/cutting";
import { el } from "../page/dom";
import { LETTERS } from "./scaletext";
import { crossedOf } from "./thematic";

export interface CrossPicker {
  readonly element: HTMLElement;
  update(): void;
}

export function crossPicker({ atlas, store, words }: Context): CrossPicker {
  const { programmes, families } = atlas.payload;
  const options = crossable(atlas);
  const choose = (rank: number, programme: number): void => {
    store.set({ crossed: withChoice(crossedOf(atlas, store.state.crossed), rank, programme) });
    update(); // also where nothing changed
  };
  const selects = LETTERS.map((letter, rank) => {
    const select = el("select", { class: "gc-input gc-crossed", "aria-label": words.get("cross.programme", { letter }) },
      rank === 2 ? el("option", { value: -1 }, words.get("cross.no.third")) : null,
      ...families.map(({ label }, family) => el("optgroup", { label }, ...options.filter((programme) => programmes[programme]!.family === family)
        .map((programme) => el("option", { value: programme, title: programmes[programme]!.name }, cut(programmes[programme]!.short)))))
        .filter((group) => group.firstChild));
    select.addEventListener("change", () => choose(rank, Number(select.value)));
    return select;
  });
  // On paper, where a select shows little: the names in full.
  const names = LETTERS.map(() => el("p", { class: "gc-crossed-name" }));
  const element = el("div", { class: "gc-picker" }, ...LETTERS.flatMap((letter, rank) => [
    el("label", { class: "gc-picker-line" }, el("b", {}, letter), selects[rank]!), names[rank]!,
  ]));
  const update = (): void => {
    const crossed = crossedOf(atlas, store.state.crossed);
    selects.forEach((select, rank) => {
      const own = crossed[rank] ?? -1;
      select.value = String(own);
      names[rank]!.textContent = own < 0 ? "" : words.get("value.of", { name: LETTERS[rank]!, value: cut(programmes[own]!.name) });
    });
  };
  return { element, update };
}
