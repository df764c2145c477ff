/** What a line of the legend does in one step: show this programme alone, and zoom to it. */
import type { Context } from "../state/context";
import { button, el, icon } from "../page/dom";
import { withMembers } from "../state/store";

export interface LineActions {
  readonly element: HTMLElement;
  update(): void;
}

export function lineActions(context: Context, programme: number): LineActions {
  const { atlas, store, words, navigate } = context;
  const { programmes } = atlas.payload;
  const { name } = programmes[programme]!;
  const others = [...programmes.keys()].filter((index) => index !== programme);
  const alone = (): boolean => !store.state.hidden.has(programme) && store.state.hidden.size === others.length;
  // A second press brings the others back.
  const only = button({ class: "gc-line-button", "aria-label": words.get("legend.only.of", { name }), title: words.get("legend.only") }, () => {
    store.set({ hidden: new Set(alone() ? [] : others) });
  }, icon("only"));
  const zoom = button({ class: "gc-line-button", "aria-label": words.get("legend.zoom.of", { name }), title: words.get("legend.zoom") }, () => {
    store.set({ hidden: withMembers(store.state.hidden, [programme], false) });
    const own = atlas.ofProgramme[programme]!;
    const kept = own.filter((index) => store.state.passing.has(index));
    const box = atlas.boxOfRecords(kept.length > 0 ? kept : own);
    if (box) navigate.fit(box);
  }, icon("zoom"));
  return {
    element: el("span", { class: "gc-line-actions" }, only, zoom),
    update: () => only.setAttribute("aria-pressed", String(alone())),
  };
}

/** Escape gives back the count whose place the actions take, until pointer and focus come anew; not while one of them has the focus. */
export function giveCountsBack(legend: HTMLElement): void {
  const shown = ".gc-line-row:is(:hover, :focus-within):not(:has(> .gc-line-actions:focus-within))";
  window.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape") return;
    for (const row of legend.querySelectorAll(shown)) {
      row.classList.add("gc-counted");
      for (const gone of ["pointerleave", "focusout"]) row.addEventListener(gone, () => row.classList.remove("gc-counted"), { once: true });
    }
  }, true);
}
