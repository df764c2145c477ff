/** The records that the map cannot show, each with the reasons, under the legend. */
import type { Context } from "../state/context";
import { fraction } from "./counts";
import { button, el, FRENCH } from "../page/dom";
import { cut } from "../page/cutting";
import { longText } from "../page/longtext";
import { inParts } from "../page/parts";
import { isOutside } from "../views/extents";
import type { Entry } from "../payload";
import type { Words } from "../page/words";

/** Why a record is not drawn, in sentences. */
export function reasonsOf(record: Entry, words: Words): readonly string[] {
  return record.reasons.length > 0 ? record.reasons : [words.get("nowhere.none")];
}

export interface Absent {
  readonly title: string;
  readonly records: readonly number[];
}

/** The records without a drawing, those outside the territory apart. */
export function absentGroups({ atlas, words }: Context): Absent[] {
  const { records } = atlas.payload;
  const absent = [...records.keys()].filter((index) => records[index]!.draw === "none");
  const inside = absent.filter((index) => !isOutside(records[index]!));
  const outside = absent.filter((index) => isOutside(records[index]!));
  return [
    { title: words.get("nowhere.unknown"), records: inside },
    { title: words.get("nowhere.outside"), records: outside },
  ].filter((group) => group.records.length > 0);
}

export function nowhereList(context: Context): HTMLElement | null {
  const { atlas, store, words } = context;
  const { records, programmes } = atlas.payload;
  const groups = absentGroups(context);
  if (groups.length === 0) return null;
  const lines = new Map<number, () => void>();
  const line = (index: number): HTMLElement => {
    const out = el("span", { class: "gc-note gc-filtered" }, words.get("nowhere.filtered"));
    const element = el("li", {},
      button({ class: "gc-link-button" }, () => store.set({ chosen: { kind: "record", index } }), el("span", FRENCH, cut(records[index]!.title))),
      el("span", { class: "gc-note" }, `${words.kind(records[index]!.kind)} · ${programmes[records[index]!.programme]!.short}`),
      out,
      ...reasonsOf(records[index]!, words).map((reason) => el("span", { class: "gc-note" }, ...longText(words, reason))));
    const tell = (): void => {
      out.hidden = store.state.passing.has(index);
      element.classList.toggle("gc-void", !out.hidden);
    };
    lines.set(index, tell);
    tell();
    return element;
  };
  const all = groups.flatMap((group) => group.records);
  const count = el("span", { class: "gc-count" });
  const update = (): void => {
    for (const tell of lines.values()) tell();
    count.textContent = fraction(all.filter((index) => store.state.passing.has(index)).length, all.length, words.lang);
  };
  store.watch(["passing"], update);
  update();
  return el("details", { class: "gc-nowhere" },
    el("summary", {}, el("h3", {}, words.get("nowhere.title")), count),
    ...groups.flatMap((group) => [el("h4", {}, group.title), ...inParts(words, el("ul"), group.records, line)]));
}
