/** The page inside another one: its title, the legend behind a button, a way to open it large; the chosen place as a sheet. */
import type { Context } from "../state/context";
import { button, el, icon } from "../page/dom";
import { heading } from "../time/timewords";
import type { Address } from "../share/remember";

/** Whether the frame is a sandbox that makes the page nobody's: it then has no storage. */
function nobodys(): boolean {
  try {
    return !window.localStorage;
  } catch {
    return true;
  }
}

/** A new window needs an address: a page written into another one has none, and browsers open no file from a sandbox. */
const opens = (): boolean => /^https?:$/.test(location.protocol) || (location.protocol === "file:" && !nobodys());

/** What is seen, where it is not all contracts of all dates: the key that says so is behind the button. */
export function viewNote({ store, words }: Context): HTMLElement {
  const element = el("p", { class: "gc-note" });
  const update = (): void => {
    const { mode, period } = store.state;
    const parts = [mode === "contracts" ? "" : words.get(`mode.${mode}`), period ? heading(period, words) : ""].filter(Boolean);
    element.hidden = parts.length === 0;
    element.textContent = parts.join(" · ");
  };
  store.watch(["mode", "period"], update);
  update();
  return element;
}

/** The same view in a window of its own; its address is that of the moment. */
function openLarge({ words }: Context, address: Address): HTMLAnchorElement {
  const link = el("a", { class: "gc-small-button gc-open-large", href: address.link, target: "_blank", rel: "noopener" },
    icon("large"), el("span", {}, words.get("embed.open")), el("span", { class: "gc-hidden" }, ` ${words.get("embed.open.window")}`));
  const now = (): void => void (link.href = address.link);
  for (const event of ["pointerdown", "focus", "click", "contextmenu"]) link.addEventListener(event, now);
  return link;
}

/** One sheet at a time: the legend, else the chosen place. Who opens the legend is led there, and back. */
export function embedBar(context: Context, root: HTMLElement, address: Address, sheet: HTMLElement): HTMLElement {
  const { store, words } = context;
  let open = false;
  const legend = button({ class: "gc-small-button gc-legend-button", "aria-controls": sheet.id }, () => {
    set(!open);
    if (open) shut.focus();
  }, icon("layers"), words.get("legend.title"));
  const leave = (): void => {
    set(false);
    legend.focus();
  };
  const shut = button({ class: "gc-icon-button", "aria-label": words.get("embed.legend.close") }, leave, icon("close"));
  const set = (on: boolean): void => {
    open = on;
    root.dataset.sheet = on ? "legend" : store.state.chosen ? "place" : "none";
    legend.setAttribute("aria-expanded", String(on));
  };
  store.watch(["chosen"], ({ chosen }) => set(open && chosen === null));
  set(false);
  sheet.prepend(el("div", { class: "gc-sheet-head" }, shut));
  sheet.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented) leave();
  });
  return el("div", { class: "gc-embed-bar" }, legend, opens() ? openLarge(context, address) : "");
}
