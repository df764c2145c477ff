/** One line of the legend: a programme, its switch, its sample, its count, and more on demand. */
import type { Context } from "../state/context";
import { countsIn, countsOf, countsShort, totalOf } from "./counts";
import { button, el, FRENCH, icon } from "../page/dom";
import { normal } from "../search/matching";
import { lineActions } from "./lineactions";
import { isWhole } from "../map/sheets";
import { licence, origin } from "../page/origin";
import { cut } from "../page/cutting";
import { longText } from "../page/longtext";
import { inParts } from "../page/parts";
import { sizeOf } from "../geometry/runs";
import { withMembers } from "../state/store";
import { swatch } from "./swatch";

export interface Line {
  readonly element: HTMLLIElement;
  /** Bring the line up to date; false when the search in the legend leaves it out. */
  update(): boolean;
}

/** Documents named in a line of the legend; all of them stand in the dialogue about the page. */
const MOST = 5;

/** What is shown on demand: a sentence, where it stands, and the records. It is made when it is opened first. */
function more(context: Context, programme: number): HTMLElement[] {
  const { atlas, store, words, navigate } = context;
  const { programmes, sources, records } = atlas.payload;
  const { name, summary, period, source, section } = programmes[programme]!;
  const documents = [...new Set([source, ...atlas.ofProgramme[programme]!.map((index) => records[index]!.source)])].filter((rank) => sources[rank]);
  const own = atlas.ofProgramme[programme]!;
  return [
    cut(name) === name ? null : el("p", FRENCH, ...longText(words, name)),
    summary ? el("p", FRENCH, ...longText(words, summary)) : null,
    period ? el("p", { class: "gc-note" }, words.get("programme.period", { period })) : null,
    ...documents.slice(0, MOST).map((rank) => el("p", { class: "gc-note" }, ...longText(words, words.get("card.source", {
      source: `${[sources[rank]!.title, rank === source ? section : ""].filter(Boolean).join(", ")}${origin(sources[rank]!, context)}`,
    })))),
    el("p", { class: "gc-note" }, licence(context)),
    documents.length > MOST ? el("p", { class: "gc-note" }, words.get("origin.more", { n: documents.length - MOST })) : null,
    ...inParts(words, el("ul", { class: "gc-records" }), own, (index) => el("li", {},
      button({ class: "gc-link-button" }, () => {
        store.set({ chosen: { kind: "record", index } });
        navigate.show({ kind: "record", index });
      }, el("span", FRENCH, cut(records[index]!.title))))),
  ].filter((part) => part !== null);
}

/** A note for what is told and not outlined: contracts of (all but) the whole area. */
function wholeNote({ atlas, words }: Context, programme: number): string {
  const { records, area, grid } = atlas.payload;
  const widths = atlas.ofProgramme[programme]!
    .filter((index) => records[index]!.draw === "area")
    .map((index) => sizeOf(records[index]!.communes))
    .filter((communes) => isWhole(atlas, communes));
  if (widths.length === 0) return "";
  if (widths.some((communes) => communes < grid.communes)) return words.get("legend.mostly");
  return words.get(area.level === "region" ? "legend.whole.region" : "legend.whole.area");
}

export function legendLine(context: Context, programme: number): Line {
  const { atlas, store, words } = context;
  const { name } = atlas.payload.programmes[programme]!;
  const all = countsIn(atlas, [programme], null);
  const whole = wholeNote(context, programme);
  const id = `gc-more-${programme}`;
  const said = el("span", { class: "gc-hidden" });
  const count = el("span", { class: "gc-count", "aria-hidden": "true" });
  const actions = lineActions(context, programme);
  const box = el("input", { type: "checkbox", class: "gc-check", id: `gc-layer-${programme}` });
  box.addEventListener("change", () => {
    const hidden = withMembers(store.state.hidden, [programme], !box.checked);
    // What was put away is not shown off because the pointer still lies on its line.
    store.set(box.checked ? { hidden } : { hidden, raised: null });
  });
  const label = el("label", { class: "gc-line-label" },
    box, swatch(context, programme), el("span", { class: "gc-line-name" }, el("span", FRENCH, cut(name)), whole ? el("span", { class: "gc-note" }, ` (${whole})`) : null),
    said);
  const detail = el("div", { id, class: "gc-more", hidden: true });
  const open = button({ class: "gc-more-button", "aria-controls": id, "aria-label": words.get("legend.more", { name }) }, () => {
    const { unfolded } = store.state;
    store.set({ unfolded: withMembers(unfolded, [programme], !unfolded.has(programme)) });
  }, icon("info"));
  const row = el("div", { class: "gc-line-row" }, label, count, actions.element, open);
  const element = el("li", { class: "gc-line" }, row, detail);
  const raise = (on: boolean) => (): void => {
    store.set({ raised: on ? { kind: "programme", index: programme } : null });
  };
  row.addEventListener("pointerenter", (event) => event.pointerType !== "touch" && raise(true)());
  row.addEventListener("pointerleave", raise(false));
  row.addEventListener("focusin", (event) => (event.target as HTMLElement).matches(":focus-visible") && raise(true)());
  row.addEventListener("focusout", raise(false));
  const sought = normal(`${name} ${atlas.payload.programmes[programme]!.short}`);
  let passing: ReadonlySet<number> | null = null;
  const recount = (): void => {
    if (passing === store.state.passing) return;
    ({ passing } = store.state);
    const left = countsIn(atlas, [programme], passing);
    const text = countsOf(all, left, words);
    if (said.textContent === `, ${text}`) return;
    const { main, more: operations } = countsShort(all, words, left);
    said.textContent = `, ${text}`;
    count.title = text;
    count.replaceChildren(main && operations ? `${main} ` : main, ...(operations ? [el("small", {}, operations)] : []));
    element.classList.toggle("gc-void", totalOf(left) === 0);
  };
  const update = (): boolean => {
    const { hidden, unfolded, needle } = store.state;
    recount();
    actions.update();
    box.checked = !hidden.has(programme);
    element.classList.toggle("gc-off", hidden.has(programme));
    open.setAttribute("aria-expanded", String(unfolded.has(programme)));
    detail.hidden = !unfolded.has(programme);
    if (!detail.hidden && detail.childNodes.length === 0) detail.append(...more(context, programme));
    const found = needle === "" || normal(needle).split(" ").every((word) => sought.includes(word));
    element.hidden = !found;
    return found;
  };
  return { element, update };
}
