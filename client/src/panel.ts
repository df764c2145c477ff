/** The panel on the right: the chosen place and what covers it. */
import type { Context } from "./context";
import { countKinds, countsText, KINDS } from "./counts";
import { button, el, icon, type Child } from "./dom";
import { number } from "./format";
import { groups, recordsByExtent } from "./panelgroups";
import type { Chosen } from "./store";
import type { Word } from "./words";

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
  const { communes, epci, arrondissements, departements } = atlas.payload.places;
  const { index } = chosen;
  if (chosen.kind === "record") {
    const record = atlas.payload.records[index]!;
    return { name: record.title, lines: [words.get(`kind.${record.kind}` as Word)] };
  }
  if (chosen.kind === "commune") {
    const group = communes.epci[index]!;
    const arrondissement = communes.arrondissement[index]!;
    const departement = communes.departement[index]!;
    return {
      name: communes.name[index]!,
      lines: [
        dotted(words.get("place.code", { code: communes.code[index]! }), inhabitants(context, communes.population[index]!)),
        group >= 0 ? lead(context, { kind: "epci", index: group }, epci[group]!.name) : words.get("place.no.epci"),
        arrondissement >= 0
          ? lead(context, { kind: "arrondissement", index: arrondissement }, words.get("place.in.arrondissement", { name: arrondissements[arrondissement]!.name }))
          : null,
        departement >= 0 ? lead(context, { kind: "departement", index: departement }, departements[departement]!.name) : null,
      ],
    };
  }
  const place = { epci, arrondissement: arrondissements, departement: departements }[chosen.kind][index]!;
  const code = ({ epci: "place.siren", arrondissement: "place.arrondissement", departement: "place.departement" } as const)[chosen.kind];
  return {
    name: place.name,
    lines: [
      words.get(code, { code: place.code }),
      dotted(words.count("place.communes", atlas.communesOf(chosen).length), inhabitants(context, place.population)),
    ],
  };
}

function tally(context: Context, records: readonly number[]): HTMLElement {
  const { words, atlas } = context;
  const counts = countKinds(records.map((index) => atlas.payload.records[index]!));
  const items = KINDS.map((kind) => el("li", {}, el("strong", {}, String(counts[kind])), ` ${words.count(`unit.${kind}`, counts[kind])}`));
  return el("ul", { class: "gc-tally" }, ...items);
}

/** The same in one sentence, to be said. */
export function tallyText(context: Context, name: string, records: readonly number[]): string {
  const { words, atlas } = context;
  const counts = countKinds(records.map((index) => atlas.payload.records[index]!));
  return words.get("place.announce", { name, list: countsText(counts, words) });
}

export function panel(context: Context): HTMLElement {
  const { atlas, store, words, announce, navigate } = context;
  const body = el("div", { class: "gc-panel-body" });
  const close = (): void => {
    store.set({ chosen: null, raised: null });
    document.querySelector<HTMLElement>(".gc-map")?.focus({ preventScroll: true });
  };
  const element = el("aside", { class: "gc-panel", id: "gc-panel", tabindex: -1, "aria-label": words.get("panel.label"), hidden: true },
    body);
  element.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
  });
  const update = (): void => {
    const { chosen } = store.state;
    element.hidden = chosen === null;
    if (!chosen) return body.replaceChildren();
    const { name, lines } = heading(context, chosen);
    const found = recordsByExtent(atlas, chosen);
    const records = [...found.whole, ...found.part];
    const facts = lines.filter((line) => line !== null && line !== undefined);
    body.replaceChildren(
      el("div", { class: "gc-panel-head" },
        el("h2", { tabindex: -1 }, name),
        button({ class: "gc-icon-button", "aria-label": words.get("panel.close") }, close, icon("close"))),
      el("ul", { class: "gc-place-lines" }, ...facts.map((line) => el("li", {}, line))));
    if (chosen.kind !== "record") {
      body.append(tally(context, records), el("div", { class: "gc-actions" },
        button({ class: "gc-small-button" }, () => navigate.show(chosen), icon("zoom"), words.get("card.show"))));
    }
    if (records.length + found.seat.length === 0) body.append(el("p", { class: "gc-empty" }, words.get("panel.nothing")));
    body.append(...groups(context, chosen, found));
    element.scrollTop = 0;
    announce.say(chosen.kind === "record" ? name : tallyText(context, name, records));
  };
  store.watch(["chosen"], update);
  return element;
}
