/** What stands beside the pointer: the commune, its EPCI, and how many contracts cover it. */
import type { Context } from "./context";
import { el } from "./dom";
import { setHue } from "./theme";

const MOST = 5;

export interface Tooltip {
  readonly element: HTMLElement;
  /** Show what is known of a commune; `records` are those that are on, `record` the symbol pointed at. */
  show(commune: number, records: readonly number[], record: number | null, x: number, y: number): void;
  move(x: number, y: number): void;
  hide(): void;
}

export function tooltip(context: Context, frame: HTMLElement): Tooltip {
  const { atlas, words } = context;
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
  const fill = (commune: number, records: readonly number[], record: number | null): void => {
    const { communes, epci } = places;
    const group = communes.epci[commune]!;
    const count = (kind: string): number => records.filter((index) => all[index]!.kind === kind).length;
    const counted = [words.count("kinds.contract", count("contract"))];
    if (count("mission") > 0) counted.push(words.count("kinds.mission", count("mission")));
    if (count("operation") > 0) counted.push(words.count("kinds.operation", count("operation")));
    element.replaceChildren(
      el("p", { class: "gc-tooltip-name" }, communes.name[commune]!),
      el("p", { class: "gc-note" }, group >= 0 ? epci[group]!.name : words.get("place.no.epci")),
      ...(record === null ? [] : [el("p", { class: "gc-tooltip-record" }, all[record]!.title)]),
      el("p", {}, counted.join(" · ")),
      names(records));
  };
  const move = (x: number, y: number): void => {
    const { offsetWidth: width, offsetHeight: height } = element;
    const left = x + 16 + width > frame.clientWidth ? x - 14 - width : x + 16;
    const top = y + 18 + height > frame.clientHeight ? y - 12 - height : y + 18;
    element.style.transform = `translate(${Math.max(4, Math.round(left))}px, ${Math.max(4, Math.round(top))}px)`;
  };
  return {
    element,
    show(commune, records, record, x, y) {
      const key = `${commune} ${record} ${records.join(" ")}`;
      if (key !== shown) fill(commune, records, record);
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
