/** A long list, a part at a time: what is shown of it is said, and the rest comes on demand. */
import { button } from "./dom";
import { number } from "./format";
import type { Words } from "./words";

/** As many as are read at a time, and made in a few milliseconds. */
export const PART = 100;

/** The list with its first items (`first` of them, at least a part) and, if there are more, a button with "100 sur 2 000". */
export function inParts<T>(words: Words, list: HTMLElement, items: readonly T[], make: (item: T) => HTMLElement, part = PART, first = part): HTMLElement[] {
  const { lang } = words;
  let made = 0;
  const add = (wanted: number): void => {
    const next = items.slice(made, made + wanted).map(make);
    made += next.length;
    list.append(...next);
    const left = items.length - made;
    more.hidden = left === 0;
    more.textContent = words.get("parts.more", { n: number(Math.min(part, left), lang), made: number(made, lang), all: number(items.length, lang) });
  };
  const more = button({ class: "gc-small-button gc-parts-more" }, () => {
    const from = made;
    add(part);
    // The button may be gone: the reader goes on where the new ones begin.
    const first = list.children[list.children.length - (made - from)];
    (first?.querySelector<HTMLElement>("button, summary, a") ?? list).focus({ preventScroll: true });
  });
  add(Math.max(part, first));
  return items.length > made ? [list, more] : [list];
}
