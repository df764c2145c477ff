/** The panel on the right: the chosen place and what covers it. */
import { card } from "./card";
import type { Context } from "./context";
import { button, el, icon, type Child } from "./dom";
import { number } from "./format";
import type { Kind } from "./payload";
import type { Chosen } from "./store";
import type { Word } from "./words";

const KINDS: readonly Kind[] = ["contract", "mission", "operation"];

interface Heading {
  readonly name: string;
  readonly lines: readonly Child[];
}

function inhabitants(context: Context, population: number | null): string | null {
  const { words } = context;
  return population === null ? null : words.get("place.population", { n: number(population, words.lang) });
}

/** A name that leads to its own panel. */
function lead(context: Context, chosen: Chosen, text: string): HTMLElement {
  return button({ class: "gc-link-button" }, () => {
    context.store.set({ chosen });
    context.navigate.show(chosen);
  }, text);
}

const dotted = (...parts: (string | null)[]): string => parts.filter(Boolean).join(" · ");

function heading(context: Context, chosen: Chosen): Heading {
  const { atlas, words } = context;
  const { communes, epci, departements } = atlas.payload.places;
  const { index } = chosen;
  if (chosen.kind === "record") {
    const record = atlas.payload.records[index]!;
    return { name: record.title, lines: [words.get(`kind.${record.kind}` as Word)] };
  }
  if (chosen.kind === "commune") {
    const group = communes.epci[index]!;
    const departement = communes.departement[index]!;
    return {
      name: communes.name[index]!,
      lines: [
        dotted(words.get("place.code", { code: communes.code[index]! }), inhabitants(context, communes.population[index]!)),
        group >= 0 ? lead(context, { kind: "epci", index: group }, epci[group]!.name) : words.get("place.no.epci"),
        departement >= 0 ? lead(context, { kind: "departement", index: departement }, departements[departement]!.name) : null,
      ],
    };
  }
  const place = (chosen.kind === "epci" ? epci : departements)[index]!;
  const code = chosen.kind === "epci" ? "place.siren" : "place.departement";
  return {
    name: place.name,
    lines: [
      words.get(code, { code: place.code }),
      dotted(words.count("place.communes", atlas.communesOf(chosen).length), inhabitants(context, place.population)),
    ],
  };
}

/** The records to list, those that cover most of the place first in their kind. */
export function recordsAt(context: Context, chosen: Chosen): number[] {
  const { atlas } = context;
  if (chosen.kind === "record") return [chosen.index];
  const found = new Map<number, number>();
  for (const commune of atlas.communesOf(chosen)) {
    for (const index of atlas.covering(commune)) found.set(index, (found.get(index) ?? 0) + 1);
  }
  const { programmes, records } = atlas.payload;
  const rank = (index: number): number => programmes[records[index]!.programme]!.family * 1000 + records[index]!.programme;
  return [...found.keys()].sort((a, b) => rank(a) - rank(b) || a - b);
}

function groups(context: Context, chosen: Chosen, records: readonly number[]): HTMLElement[] {
  const { words, atlas } = context;
  const open = records.length <= 3;
  return KINDS.map((kind) => {
    const own = records.filter((index) => atlas.payload.records[index]!.kind === kind);
    if (own.length === 0) return null;
    const title = chosen.kind === "record" ? null : el("h3", {}, words.count(`kinds.${kind}`, own.length));
    return el("section", { class: "gc-group" }, title, ...own.map((index) => card(context, index, open)));
  }).filter((part) => part !== null);
}

function tally(context: Context, records: readonly number[]): HTMLElement {
  const { words, atlas } = context;
  const items = KINDS.map((kind) => {
    const n = records.filter((index) => atlas.payload.records[index]!.kind === kind).length;
    return el("li", {}, el("strong", {}, String(n)), ` ${words.count(`unit.${kind}`, n)}`);
  });
  return el("ul", { class: "gc-tally" }, ...items);
}

/** The same in one sentence, to be said. */
export function tallyText(context: Context, name: string, records: readonly number[]): string {
  const { words, atlas } = context;
  const parts = KINDS.map((kind) => words.count(`kinds.${kind}`, records.filter((index) => atlas.payload.records[index]!.kind === kind).length));
  return words.get("place.announce", { name, list: parts.join(", ") });
}

export function panel(context: Context): HTMLElement {
  const { store, words, announce, navigate } = context;
  const body = el("div", { class: "gc-panel-body" });
  const close = (): void => {
    store.set({ chosen: null, raised: null });
    document.querySelector<HTMLElement>(".gc-map")?.focus({ preventScroll: true });
  };
  const element = el("aside", { class: "gc-panel", id: "gc-panel", tabindex: -1, "aria-label": words.get("panel.label"), hidden: true },
    button({ class: "gc-icon-button gc-close", "aria-label": words.get("panel.close") }, close, icon("close")), body);
  element.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
  });
  const update = (): void => {
    const { chosen } = store.state;
    element.hidden = chosen === null;
    if (!chosen) return body.replaceChildren();
    const { name, lines } = heading(context, chosen);
    const records = recordsAt(context, chosen);
    const facts = lines.filter((line) => line !== null && line !== undefined);
    body.replaceChildren(
      el("h2", { tabindex: -1 }, name),
      el("ul", { class: "gc-place-lines" }, ...facts.map((line) => el("li", {}, line))));
    if (chosen.kind !== "record") {
      body.append(tally(context, records), el("div", { class: "gc-actions" },
        button({ class: "gc-small-button" }, () => navigate.show(chosen), icon("zoom"), words.get("card.show"))));
    }
    if (records.length === 0) body.append(el("p", { class: "gc-empty" }, words.get("panel.nothing")));
    body.append(...groups(context, chosen, records));
    element.scrollTop = 0;
    announce.say(chosen.kind === "record" ? name : tallyText(context, name, records));
  };
  store.watch(["chosen"], update);
  return element;
}
