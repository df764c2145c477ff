/** Texts as long as a cell can be: the beginning, and the rest on demand. A word of 32,767 letters takes a browser minutes to lay out. */
import { button, el } from "./dom";
import { BRIEF, breakable, cut, LONG } from "./cutting";
import { number } from "./format";
import type { Words } from "./words";

/** As many characters of the rest are laid out in some hundredths of a second. */
const PART = 20_000;

/** The text; of a long one its beginning (as `begin` shows it), a button that adds the rest, a part at a time, and one that folds it back. */
export function longText(words: Words, text: string, begin: (text: string) => Node = breakable): Node[] {
  const head = cut(text, BRIEF, "");
  if (head === text) return [begin(text)];
  let at = head.length;
  const rest = el("span");
  // Once unfolded the text scrolls in its own place, whatever its length.
  const box = el("span");
  const tell = (): void => {
    const left = text.length - at;
    const open = at > head.length;
    if (!open) box.replaceChildren(begin(cut(text)));
    else if (!rest.isConnected) box.replaceChildren(begin(head), rest);
    rest.classList.toggle("gc-text-cut", left > 0);
    more.hidden = left === 0;
    more.textContent = words.get("text.more", { n: number(left, words.lang) });
    less.hidden = !open;
    box.className = open ? "gc-text-open" : "";
    for (const [name, value] of [["tabindex", "0"], ["role", "group"], ["aria-label", words.get("text.whole")]] as const) {
      if (open) box.setAttribute(name, value);
      else box.removeAttribute(name);
    }
  };
  const more = button({ class: "gc-link-button gc-text-more" }, () => {
    const next = text.slice(at);
    // What would be left after the part is no shorter than a text that is cut.
    const part = next.length > PART + LONG ? cut(next, PART, "") : next;
    at += part.length;
    // The reader goes on where the new part begins: the button may be gone.
    const added = el("span", { tabindex: -1 }, breakable(part));
    rest.append(added);
    tell();
    added.focus({ preventScroll: true });
    const from = added.getClientRects()[0];
    if (from) box.scrollTop += from.top - box.getBoundingClientRect().top - box.clientHeight / 2;
  });
  const less = button({ class: "gc-link-button gc-text-more" }, () => {
    at = head.length;
    rest.replaceChildren();
    tell();
    more.focus();
  }, words.get("legend.fold"));
  const [before, between] = [" ", " "].map((blank) => document.createTextNode(blank));
  tell();
  return [box, before!, more, between!, less];
}
