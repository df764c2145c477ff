/** The search field: a combobox over places, programmes and records. */
import type { Context } from "../state/context";
import { BRIEF, cut } from "../page/cutting";
import { el, FRENCH, icon } from "../page/dom";
import { Finder, isStrayCode, normal } from "./matching";
import { searchItems, type Item } from "./searchitems";
import { withMembers } from "../state/store";

const MOST = 12;
const MOST_NEAR = 5;
/** Milliseconds of work at a time, and between them: less than a frame. */
const SLICE = 8;
const PAUSE = 4;
/** The page is looked at before anything is typed. */
const LATER = 1500;

export function searchbox(context: Context): HTMLElement {
  const { atlas, words, announce, store, navigate } = context;
  let finder: Finder<Item> | null = null;
  let found: Item[] = [];
  /** Nothing answers exactly: what is listed only resembles. */
  let near = false;
  let active = -1;
  const input = el("input", {
    id: "gc-search", class: "gc-input", type: "text", role: "combobox", autocomplete: "off", spellcheck: "false",
    "aria-expanded": "false", "aria-controls": "gc-found", "aria-autocomplete": "list", placeholder: words.get("search.placeholder"),
  });
  const list = el("ul", { id: "gc-found", class: "gc-found", role: "listbox", "aria-label": words.get("search.results"), hidden: true });

  const close = (): void => {
    list.hidden = true;
    document.querySelector(".gc-panel")?.classList.remove("gc-stale");
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const mark = (next: number): void => {
    active = next;
    const options = list.querySelectorAll("[id]");
    options.forEach((option, i) => option.setAttribute("aria-selected", String(i === active)));
    const option = options[active];
    if (!option) return input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  };
  const take = (item: Item): void => {
    input.value = cut(item.text, BRIEF, "");
    close();
    const { target } = item;
    if (target.kind === "programme") return raise(target.index);
    store.set({ chosen: target, raised: null });
    navigate.show(target);
  };
  /** Show a programme: raised above the others, as large as the map allows; one that is not drawn by its first record. */
  const raise = (programme: number): void => {
    const own = atlas.ofProgramme[programme]!;
    const box = atlas.boxOfRecords(own);
    if (!box) return store.set({ chosen: own.length > 0 ? { kind: "record", index: own[0]! } : null });
    store.set({
      chosen: null, hidden: withMembers(store.state.hidden, [programme], false),
      unfolded: withMembers(store.state.unfolded, [programme], true),
      folded: withMembers(store.state.folded, [atlas.payload.programmes[programme]!.family], false),
    });
    navigate.fit(box);
    store.set({ raised: { kind: "programme", index: programme } });
    document.getElementById(`gc-layer-${programme}`)?.closest("li")?.scrollIntoView({ block: "nearest" });
  };
  const prepare = (): void => void (finder ??= new Finder(searchItems(context)));
  /** The names are made ready in slices while the page has nothing else to do, sooner if the field is entered. */
  const ahead = (): void => {
    prepare();
    if (!finder!.prepare(SLICE)) window.setTimeout(ahead, PAUSE);
  };
  const open = (): void => {
    prepare();
    found = finder!.find(input.value, MOST);
    near = found.length === 0;
    if (near) found = finder!.near(input.value, MOST_NEAR);
    if (normal(input.value) === "") return close();
    list.replaceChildren(...found.map((item, i) => {
      const option = el("li", { id: `gc-found-${i}`, role: "option", "aria-selected": "false" },
        el("span", { class: "gc-found-text", ...FRENCH }, cut(item.text)),
        el("span", { class: "gc-note" }, [near ? words.get("search.near") : "", item.kind, cut(item.note)].filter(Boolean).join(" · ")));
      option.addEventListener("pointerdown", (event) => event.preventDefault());
      option.addEventListener("click", () => take(item));
      return option;
    }));
    const text = input.value.trim();
    const stray = isStrayCode(text, found);
    const nothing = words.get(stray ? "search.nothing.code" : "search.nothing", { text });
    if (near || stray) list.prepend(el("li", { class: "gc-empty", role: "option", "aria-disabled": "true", "aria-selected": "false" }, nothing));
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    // The place chosen before is not the answer to what is being typed.
    document.querySelector(".gc-panel")?.classList.add("gc-stale");
    mark(-1);
    if (stray) announce.say(nothing);
    else if (!near) announce.say(words.count("search.found", found.length));
    else announce.say(found.length > 0 ? words.count("search.near.found", found.length) : nothing);
  };
  input.addEventListener("input", open);
  window.setTimeout(ahead, LATER);
  input.addEventListener("focus", () => {
    input.select();
    ahead();
  });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    const moves: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };
    const move = moves[event.key];
    if (move !== undefined) {
      event.preventDefault();
      if (list.hidden) open();
      else if (found.length > 0) mark(active < 0 ? (move > 0 ? 0 : found.length - 1) : (active + move + found.length) % found.length);
    } else if (event.key === "Enter" && !list.hidden && found.length > 0) {
      event.preventDefault();
      take(found[Math.max(active, 0)]!);
    } else if (event.key === "Escape") {
      if (list.hidden) {
        input.value = "";
        store.set({ chosen: null });
      }
      close();
    }
  });
  return el("div", { class: "gc-search", role: "search" },
    el("label", { class: "gc-hidden", for: "gc-search" }, words.get("search.label")),
    icon("search"), input, list);
}
