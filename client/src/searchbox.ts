/** The search field: a combobox over communes, EPCI, départements and records. */
import type { Context } from "./context";
import { el, icon } from "./dom";
import { Finder, normal } from "./matching";
import type { Chosen } from "./store";
import type { Word } from "./words";

interface Item {
  readonly text: string;
  readonly code: string;
  readonly weight: number;
  readonly kind: string;
  readonly note: string;
  readonly chosen: Chosen;
}

const MOST = 12;

function items({ atlas, words }: Context): Item[] {
  const { communes, epci, departements } = atlas.payload.places;
  const { records, programmes } = atlas.payload;
  return [
    ...departements.map((d, index): Item => ({
      text: d.name, code: d.code, weight: 3e8, kind: words.get("search.departement"), note: d.code, chosen: { kind: "departement", index },
    })),
    ...epci.map((e, index): Item => ({
      text: e.name, code: e.code, weight: 1e8 + (e.population ?? 0), kind: words.get("search.epci"), note: "", chosen: { kind: "epci", index },
    })),
    ...communes.name.map((text, index): Item => ({
      text, code: communes.code[index]!, weight: 2e8 + (communes.population[index] ?? 0), kind: words.get("search.commune"),
      note: departements[communes.departement[index]!]?.name ?? communes.code[index]!, chosen: { kind: "commune", index },
    })),
    ...records.map((record, index): Item => ({
      text: record.title, code: "", weight: 0, kind: words.get(`kind.${record.kind}` as Word), note: programmes[record.programme]!.short, chosen: { kind: "record", index },
    })),
  ];
}

export function searchbox(context: Context): HTMLElement {
  const { words, announce, store, navigate } = context;
  let finder: Finder<Item> | null = null;
  let found: Item[] = [];
  let active = -1;
  const input = el("input", {
    id: "gc-search", class: "gc-input", type: "text", role: "combobox", autocomplete: "off", spellcheck: "false",
    "aria-expanded": "false", "aria-controls": "gc-found", "aria-autocomplete": "list", placeholder: words.get("search.placeholder"),
  });
  const list = el("ul", { id: "gc-found", class: "gc-found", role: "listbox", "aria-label": words.get("search.results"), hidden: true });

  const close = (): void => {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const mark = (next: number): void => {
    active = next;
    [...list.children].forEach((option, i) => option.setAttribute("aria-selected", String(i === active)));
    const option = list.children[active];
    if (!option) return input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  };
  const take = (item: Item): void => {
    input.value = item.text;
    close();
    store.set({ chosen: item.chosen });
    navigate.show(item.chosen);
  };
  const open = (): void => {
    finder ??= new Finder(items(context));
    found = finder.find(input.value, MOST);
    if (normal(input.value) === "") return close();
    list.replaceChildren(...found.map((item, i) => {
      const option = el("li", { id: `gc-found-${i}`, role: "option", "aria-selected": "false" },
        el("span", { class: "gc-found-text" }, item.text),
        el("span", { class: "gc-note" }, [item.kind, item.note].filter(Boolean).join(" · ")));
      option.addEventListener("pointerdown", (event) => event.preventDefault());
      option.addEventListener("click", () => take(item));
      return option;
    }));
    if (found.length === 0) list.append(el("li", { class: "gc-empty", role: "option", "aria-disabled": "true", "aria-selected": "false" }, words.get("search.nothing")));
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    mark(found.length > 0 ? 0 : -1);
    announce.say(words.count("search.found", found.length));
  };
  input.addEventListener("input", open);
  input.addEventListener("focus", () => input.select());
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    const moves: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };
    const move = moves[event.key];
    if (move !== undefined) {
      event.preventDefault();
      if (list.hidden) open();
      else if (found.length > 0) mark((active + move + found.length) % found.length);
    } else if (event.key === "Enter" && !list.hidden && found[active]) {
      event.preventDefault();
      take(found[active]!);
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
