/** What stands beside the pointer: the commune, its EPCI, and how many contracts cover it, shown or not. */
import { members } from "../geometry/atlas";
import type { Context } from "../state/context";
import { countKinds, countsText, shownOf } from "../legend/counts";
import { el } from "../page/dom";
import { valueAt } from "../views/scale";
import type { Entry } from "../payload";
import { number } from "../page/format";
import { areasOf, sharesOf, unitName, type Unit } from "./gather";
import { setHue } from "./theme";
import type { Words } from "../page/words";
import { inView } from "../state/selection";

const MOST = 5;
const MOST_OF_SIGN = 6;

export interface Tooltip {
  readonly element: HTMLElement;
  /** Show what is known of a commune; `shown` are the records that are on, `pointed` those of the symbol pointed at. */
  show(commune: number, shown: readonly number[], pointed: readonly number[], x: number, y: number): void;
  /** Show what a disc stands for. */
  showUnit(unit: Unit, x: number, y: number): void;
  move(x: number, y: number): void;
  hide(): void;
}

/** What one symbol says of a wider perimeter, or of one that is not known; nothing where it stands for its own place. */
export function signNote(record: Pick<Entry, "communes" | "towns" | "places">, words: Words): string {
  const n = members(record.communes).length;
  if (n === 0) return words.get("tooltip.seat");
  if (n <= record.towns.length) return "";
  return words.get(record.places.length === n ? "tooltip.first" : "tooltip.centre", { n: number(n, words.lang) });
}

export function tooltip(context: Context, frame: HTMLElement): Tooltip {
  const { atlas, store, words } = context;
  const { places, records: all, programmes, families } = atlas.payload;
  const element = el("div", { class: "gc-tooltip", "aria-hidden": "true", hidden: true });
  let shown = "";

  const names = (records: readonly number[]): HTMLElement => {
    const distinct = [...new Set(records.map((index) => all[index]!.programme))];
    const items = distinct.slice(0, MOST).map((programme) => {
      const bullet = el("span", { class: "gc-bullet" });
      setHue(bullet, families[programmes[programme]!.family]!);
      return el("li", {}, bullet, programmes[programme]!.short);
    });
    if (distinct.length > MOST) items.push(el("li", { class: "gc-note" }, words.count("tooltip.more", distinct.length - MOST)));
    return el("ul", {}, ...items);
  };
  const sign = (pointed: readonly number[]): HTMLElement[] => {
    const items = pointed.slice(0, MOST_OF_SIGN).map((index) => {
      const note = signNote(all[index]!, words);
      return el("p", { class: "gc-tooltip-record" }, all[index]!.title, note ? el("span", { class: "gc-note" }, ` ${note}`) : null);
    });
    if (pointed.length > MOST_OF_SIGN) items.push(el("p", { class: "gc-note" }, words.count("tooltip.more", pointed.length - MOST_OF_SIGN)));
    return items;
  };
  const fill = (commune: number, records: readonly number[], pointed: readonly number[], value: string): void => {
    const { communes, epci } = places;
    const group = communes.epci[commune]!;
    const counts = (some: readonly number[]) => countKinds(some.map((index) => all[index]!));
    element.replaceChildren(
      el("p", { class: "gc-tooltip-name" }, communes.name[commune]!),
      el("p", { class: "gc-note" }, group >= 0 ? epci[group]!.name : words.get("place.no.epci")),
      value ? el("p", { class: "gc-tooltip-value" }, value) : "",
      ...sign(pointed),
      el("p", {}, shownOf(counts(atlas.covering(commune)), counts(records), words)),
      names(records));
  };
  const fillUnit = (unit: Unit): void => {
    const shares = sharesOf(atlas, unit).sort((a, b) => b.records - a.records);
    const items = shares.map(({ family, records }) => {
      const bullet = el("span", { class: "gc-bullet" });
      setHue(bullet, families[family]!);
      return el("li", {}, bullet, `${families[family]!.label} : ${number(records, words.lang)}`);
    });
    const counts = (some: readonly number[]): string => countsText(countKinds(some.map((index) => all[index]!)), words);
    const apart = areasOf(atlas, unit).filter((index) => inView(atlas, store.state, index));
    element.replaceChildren(
      el("p", { class: "gc-tooltip-name" }, words.get(`gather.unit.${unit.kind}`, { name: unitName(atlas, unit) })),
      el("p", {}, words.count("gather.here", unit.records.length, { list: counts(unit.records) })),
      el("ul", {}, ...items),
      apart.length > 0 ? el("p", { class: "gc-note" }, words.get("gather.apart", { list: counts(apart) })) : "",
      unit.records.some((index) => all[index]!.towns.length > 1) ? el("p", { class: "gc-note" }, words.get("gather.several")) : "",
      el("p", { class: "gc-note" }, words.get("gather.open")));
  };
  const move = (x: number, y: number): void => {
    const { offsetWidth: width, offsetHeight: height } = element;
    const left = x + 16 + width > frame.clientWidth ? x - 14 - width : x + 16;
    const top = y + 18 + height > frame.clientHeight ? y - 12 - height : y + 18;
    element.style.transform = `translate(${Math.max(4, Math.round(left))}px, ${Math.max(4, Math.round(top))}px)`;
  };
  return {
    element,
    show(commune, records, pointed, x, y) {
      const value = valueAt(context, commune);
      const key = `${commune} ${pointed.join(" ")} ${records.join(" ")} ${value}`;
      if (key !== shown) fill(commune, records, pointed, value);
      shown = key;
      element.hidden = false;
      move(x, y);
    },
    showUnit(unit, x, y) {
      const key = `${unit.kind} ${unit.index} ${unit.records.join(" ")}`;
      if (key !== shown) fillUnit(unit);
      shown = key;
      element.hidden = false;
      move(x, y);
    },
    move,
    hide() {
      element.hidden = true;
    },
  };
}
