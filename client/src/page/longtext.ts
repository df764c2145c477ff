/** Texts as long as a cell can be: the beginning, and the rest on demand. A word of 32,767 letters takes a browser minutes to lay out. */
import { button, el } from "./dom";
import { BRIEF, breakable, cut } from "./cutting";
import { number } from "./format";
import type { Words } from "./words";

/** As many characters of the rest are laid out in some hundredths of a second. */
const PART = 20_000;

/** The text; of a long one its beginning (as `begin` shows it) and a button that adds the rest, a part at a time. */
export function longText(words: Words, text: string, begin: (text: string) => Node = breakable): Node[] {
  if (cut(text) === text) return [begin(text)];
  let at = cut(text, BRIEF, "").length;
  const tell = (): void => {
    const left = text.length - at;
    more.hidden = left === 0;
    more.textContent = left > PART ? words.get("text.more.left", { n: number(left, words.lang) }) : words.get("text.more");
  };
  const more = button({ class: "gc-link-button gc-text-more" }, () => {
    const next = text.slice(at);
    const part = next.length > PART ? cut(next, PART, "") : next;
    at += part.length;
    // The reader goes on where the new part begins: the button may be gone.
    const added = el("span", { tabindex: -1 }, breakable(part));
    more.before(added);
    tell();
    added.focus({ preventScroll: true });
  });
  tell();
  return [begin(cut(text)), document.createTextNode(" "), more];
}
