/** The page inside another one: its title, the legend behind a button, a way to open it large; the chosen place as a sheet. */
import type { Context } from "../state/context";
import { button, el, icon } from "../page/dom";
import type { Address } from "../share/remember";

/** A new window needs an address that it can be opened by: a page written into another one has none. */
const opens = (): boolean => /^(https?|file):$/.test(location.protocol);

/** What is seen, where it is not the layers of contracts: the key that says it is behind the button. */
export function modeNote({ store, words }: Context): HTMLElement {
  const element = el("p", { class: "gc-note" });
  const update = (): void => {
    const { mode } = store.state;
    element.hidden = mode === "contracts";
    element.textContent = words.get(`mode.${mode}`);
  };
  store.watch(["mode"], update);
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

export interface EmbedBar {
  readonly element: HTMLElement;
  /** Give the sheet of the legend what Escape does. */
  attach(sheet: HTMLElement): void;
}

/** One sheet at a time: the legend, else the chosen place. */
export function embedBar(context: Context, root: HTMLElement, address: Address): EmbedBar {
  const { store, words } = context;
  let open = false;
  const legend = button({ class: "gc-small-button gc-legend-button", "aria-controls": "gc-legend" }, () => set(!open), icon("layers"), words.get("legend.title"));
  const set = (on: boolean): void => {
    open = on;
    root.dataset.sheet = on ? "legend" : store.state.chosen ? "place" : "none";
    legend.setAttribute("aria-expanded", String(on));
  };
  store.watch(["chosen"], ({ chosen }) => set(open && chosen === null));
  set(false);
  const element = el("div", { class: "gc-embed-bar" }, legend, opens() ? openLarge(context, address) : "");
  const attach = (sheet: HTMLElement): void => sheet.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    set(false);
    legend.focus();
  });
  return { element, attach };
}
