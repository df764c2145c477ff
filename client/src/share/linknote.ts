/** What a link named and this map does not have: shown on the map, said politely, closed by the reader. */
import { button, el, icon } from "../page/dom";
import type { Words } from "../page/words";

const MOST = 5;
const LONGEST = 40;

const shortened = (text: string): string => (text.length > LONGEST ? `${Array.from(text).slice(0, LONGEST).join("")}…` : text);

/** The names in one line; of many, the first ones and how many more. */
export function missingText(names: readonly string[], words: Words): string {
  const list = names.slice(0, MOST).map(shortened).join(", ");
  const more = names.length - MOST;
  return words.get("link.missing", { list: more > 0 ? `${list} ${words.count("tooltip.more", more)}` : list });
}

export function linkNote(words: Words): { element: HTMLElement; show: (names: readonly string[]) => void } {
  const text = el("p", { role: "status" });
  let timer = 0;
  const close = (): void => {
    window.clearTimeout(timer); // nothing is said in a note that is closed
    const inside = element.contains(document.activeElement);
    element.classList.remove("gc-shown");
    text.textContent = "";
    if (inside) document.querySelector<HTMLElement>(".gc-map")?.focus({ preventScroll: true });
  };
  const element = el("div", { class: "gc-link-note" }, text,
    button({ class: "gc-icon-button", "aria-label": words.get("link.close") }, close, icon("close")));
  element.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
  });
  const show = (names: readonly string[]): void => {
    if (names.length === 0) return close();
    element.classList.add("gc-shown");
    window.clearTimeout(timer);
    // A live region speaks when it changes after it was there.
    timer = window.setTimeout(() => (text.textContent = missingText(names, words)), 200);
  };
  return { element, show };
}
