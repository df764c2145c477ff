/** What stands beside the pointer: the commune, its EPCI, and how many contracts cover it, shown or not. */
import { members } from "../geometry/atlas";
import type { Rect } from "../geometry/boxes";
import type { Context } from "../state/context";
import { countKinds, countsText, shownOf } from "../legend/counts";
import { cut } from "../page/cutting";
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
  /** Show what is known of a commune; `shown` are the records that are on, `pointed` those of the symbol pointed at; where it stands. */
  show(commune: number, shown: readonly number[], pointed: readonly number[], x: number, y: number): Rect;
  /** Show what a disc stands for; where it stands. */
  showUnit(unit: Unit, x: number, y: number): Rect;
  hide(): void;
}

/** What one symbol says of a wider perimeter, or of one that is not known; nothing where it stands for its own place. */
export function signNote(record: Pick<Entry, "communes" | "towns" | "places">, words: Words): string {
  const n = members(record.communes).length;
  if (n === 0) return words.get("tooltip.seat");
  if (n <= record.towns.length) return "";
  return words.get(record.places.length === n ? "tooltip.first" : "tooltip.centre", { n: number(n, words.lang) });
}

/** `free`: how wide and high the map is where nothing stands on it; it is asked when the note appears, not as the pointer moves. */
export function tooltip(context: Context, free: () => { readonly x: number; readonly y: number }): Tooltip {
  const { atlas, store, words } = context;
  const { places, records: all, programmes, families } = atlas.payload;
  const element = el("div", { class: "gc-tooltip", "aria-hidden": "true", hidden: true });
  let shown = "";
  let size = { width: 0, height: 0 };
  let room = { x: 0, y: 0 };

  const names = (records: readonly number[]): HTMLElement => {
    const distinct = [...new Set(records.map((index) => all[index]!.programme))];
    const items = distinct.slice(0, MOST).map((programme) => {
      const bullet = el("span", { class: "gc-bullet" });
      setHue(bullet, families[programmes[programme]!.family]!);
      return el("li", {}, bullet, cut(programmes[programme]!.short));
    });
    if (distinct.length > MOST) items.push(el("li", { class: "gc-note" }, words.count("tooltip.more", distinct.length - MOST)));
    return el("ul", {}, ...items);
  };
  const sign = (pointed: readonly number[]): HTMLElement[] => {
    const items = pointed.slice(0, MOST_OF_SIGN).map((index) => {
      const note = signNote(all[index]!, words);
      return el("p", { class: "gc-tooltip-record" }, cut(all[index]!.title), note ? el("span", { class: "gc-note" }, ` ${note}`) : null);
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
  /** Stand beside a point, on the other side where there is no room, and within the map in any case. */
  const stand = (x: number, y: number): Rect => {
    const { width, height } = size;
    const { x: across, y: down } = room;
    const within = (at: number, most: number): number => Math.max(4, Math.round(Math.min(at, most - 4)));
    const left = within(x + 16 + width > across ? x - 14 - width : x + 16, across - width);
    const top = within(y + 18 + height > down ? y - 12 - height : y + 18, down - height);
    element.style.transform = `translate(${left}px, ${top}px)`;
    return [left, top, left + width, top + height];
  };
  const open = (key: string, refill: () => void, x: number, y: number): Rect => {
    const anew = key !== shown;
    if (anew) refill();
    shown = key;
    if (anew || element.hidden) {
      if (element.hidden) room = free();
      element.hidden = false;
      size = { width: element.offsetWidth, height: element.offsetHeight }; // read once, not as the pointer moves
    }
    return stand(x, y);
  };
  return {
    element,
    show(commune, records, pointed, x, y) {
      const value = valueAt(context, commune);
      return open(`${commune} ${pointed.join(" ")} ${records.join(" ")} ${value}`, () => fill(commune, records, pointed, value), x, y);
    },
    showUnit: (unit, x, y) => open(`${unit.kind} ${unit.index} ${unit.records.join(" ")}`, () => fillUnit(unit), x, y),
    hide() {
      element.hidden = true;
    },
  };
}
