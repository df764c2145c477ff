/** The legend, which is the layer control: families that fold, all and none, and a field to search in it. */
import type { Context } from "../state/context";
import { countsIn, countsOf, fraction, totalOf } from "./counts";
import { button, el, icon } from "../page/dom";
import { legendLine, type Line } from "./legendline";
import { giveCountsBack } from "./lineactions";
import { nowhereList } from "./nowhere";
import { calmNote, gatheredNote, readingKey } from "./readingkey";
import { normal } from "../search/matching";
import { LONGEST_NEEDLE, withMembers } from "../state/store";
import { setHue } from "../map/theme";

interface FamilyView {
  readonly element: HTMLElement;
  readonly lines: readonly Line[];
  update(): void;
}

/** Whether a programme has something on the map. */
function drawn(context: Context, programme: number): boolean {
  return totalOf(countsIn(context.atlas, [programme], null)) > 0;
}

/** Of some programmes, those of which something is in view. */
function inSight({ atlas, store }: Context, programmes: readonly number[]): number[] {
  const { hidden, passing } = store.state;
  return programmes.filter((programme) => !hidden.has(programme) && totalOf(countsIn(atlas, [programme], passing)) > 0);
}

/** "34 couches affichées", or "12 couches affichées sur 34". */
function layersText({ words }: Context, on: number, all: number): string {
  return on === all ? words.count("legend.on", on) : words.count("legend.on.of", on, { all });
}

function family(context: Context, index: number): FamilyView | null {
  const { atlas, store, words } = context;
  const { families, programmes } = atlas.payload;
  const own = atlas.ofFamily[index]!;
  const onMap = own.filter((programme) => drawn(context, programme));
  const others = own.filter((programme) => !drawn(context, programme));
  if (own.length === 0) return null;
  const id = `gc-family-${index}`;
  const lines = onMap.map((programme) => legendLine(context, programme));
  const bullet = el("span", { class: "gc-bullet", "aria-hidden": "true" });
  setHue(bullet, families[index]!);
  const count = el("span", { class: "gc-family-count", "aria-hidden": "true" });
  const said = el("span", { class: "gc-hidden" });
  const title = button({ class: "gc-fold", "aria-controls": id }, () => {
    const { folded } = store.state;
    store.set({ folded: withMembers(folded, [index], !folded.has(index)) });
  }, icon("chevron"), bullet, el("span", { class: "gc-fold-name" }, families[index]!.label, " ", count), said);
  const switchAll = (on: boolean) => (): void => {
    store.set({ hidden: withMembers(store.state.hidden, onMap, !on) });
  };
  const name = families[index]!.label;
  const all = button({ class: "gc-text-button", "aria-label": words.get("legend.all.of", { name }) }, switchAll(true), words.get("legend.all"));
  const none = button({ class: "gc-text-button", "aria-label": words.get("legend.none.of", { name }) }, switchAll(false), words.get("legend.none"));
  const body = el("div", { id, class: "gc-family-body" }, el("ul", { class: "gc-lines" }, ...lines.map((line) => line.element)));
  if (others.length > 0) {
    body.append(el("details", { class: "gc-cited" },
      el("summary", {}, words.count("legend.cited", others.length)),
      el("ul", {}, ...others.map((programme) => el("li", { title: programmes[programme]!.summary }, programmes[programme]!.name)))));
  }
  const switches = el("span", { class: "gc-family-switches" }, ...(onMap.length > 0 ? [all, none] : []));
  const element = el("section", { class: "gc-family", role: "group", "aria-label": name }, el("div", { class: "gc-family-head" }, el("h3", {}, title), switches), body);
  title.addEventListener("pointerenter", (event) => event.pointerType !== "touch" && store.set({ raised: { kind: "family", index } }));
  title.addEventListener("pointerleave", () => store.set({ raised: null }));
  const update = (): void => {
    const { folded, needle } = store.state;
    const searching = normal(needle) !== "";
    const shut = folded.has(index) && !searching;
    title.setAttribute("aria-expanded", String(!shut));
    body.hidden = shut;
    if (onMap.length > 0) {
      const on = inSight(context, onMap).length;
      const text = layersText(context, on, onMap.length);
      count.textContent = fraction(on, onMap.length, words.lang);
      count.title = text;
      said.textContent = `, ${text}`;
    }
    let found = 0;
    for (const line of lines) if (line.update()) found++;
    element.hidden = searching && found === 0;
  };
  return { element, lines, update };
}

/** The field that narrows the legend. */
function narrowing(context: Context): HTMLElement {
  const { store, words } = context;
  const input = el("input", {
    type: "search", maxlength: LONGEST_NEEDLE, class: "gc-input gc-narrow", "aria-label": words.get("legend.search"), placeholder: words.get("legend.search"), autocomplete: "off", spellcheck: "false",
  });
  input.addEventListener("input", () => store.set({ needle: input.value }));
  const update = (): void => {
    if (input.value !== store.state.needle) input.value = store.state.needle; // given by a link
  };
  store.watch(["needle"], update);
  update();
  return input;
}

export function legend(context: Context): HTMLElement {
  const { atlas, store, words, announce } = context;
  const families = atlas.payload.families.map((_, index) => family(context, index)).filter((view) => view !== null);
  const mapped = atlas.payload.programmes.map((_, programme) => programme).filter((programme) => drawn(context, programme));
  const switchAll = (on: boolean) => (): void => store.set({ hidden: on ? new Set() : new Set(mapped) });
  const foldAll = button({ class: "gc-text-button" }, () => {
    const shut = store.state.folded.size > 0;
    store.set({ folded: shut ? new Set() : new Set(atlas.payload.families.keys()) });
  });
  const state = el("p", { class: "gc-state" });
  const empty = el("p", { class: "gc-empty", hidden: true }, words.get("legend.nothing"));
  const all = countsIn(atlas, mapped, null);
  const update = (): void => {
    for (const view of families) view.update();
    const { hidden, passing } = store.state;
    const left = countsIn(atlas, mapped.filter((programme) => !hidden.has(programme)), passing);
    state.textContent = `${layersText(context, inSight(context, mapped).length, mapped.length)} · ${countsOf(all, left, words)}`;
    foldAll.textContent = words.get(store.state.folded.size > 0 ? "legend.unfold" : "legend.fold");
    empty.hidden = families.some((view) => !view.element.hidden);
  };
  store.watch(["hidden", "passing", "folded", "unfolded", "needle"], update);
  // A filter that changes nothing in view is answered all the same.
  store.watch(["hidden", "filters"], () => announce.say(state.textContent ?? ""));
  update();
  const element = el("section", { class: "gc-legend", "aria-labelledby": "gc-legend-title" },
    el("div", { class: "gc-legend-head" },
      el("h2", { id: "gc-legend-title", tabindex: -1 }, words.get("legend.title")),
      el("span", { class: "gc-family-switches" },
        foldAll,
        button({ class: "gc-text-button", "aria-label": words.get("legend.all.layers") }, switchAll(true), words.get("legend.all")),
        button({ class: "gc-text-button", "aria-label": words.get("legend.none.layers") }, switchAll(false), words.get("legend.none")))),
    state,
    gatheredNote(context),
    calmNote(context),
    narrowing(context),
    ...families.map((view) => view.element),
    empty,
    nowhereList(context),
    readingKey(context));
  giveCountsBack(element);
  return element;
}
