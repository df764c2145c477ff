/** What stands at the head of the panel: the name of the place or the record, and where it belongs. */
import type { Context } from "../state/context";
import { button, el, FRENCH, type Child } from "../page/dom";
import { cut } from "../page/cutting";
import { number } from "../page/format";
import { withMembers, type Chosen } from "../state/store";
import type { Word } from "../page/words";

export interface Heading {
  readonly name: string;
  readonly lines: readonly Child[];
}

function inhabitants(context: Context, population: number | null): string | null {
  const { words } = context;
  return population === null ? null : words.get("place.population", { n: number(population, words.lang) });
}

/** A name that leads to its own panel. */
export function lead(context: Context, chosen: Chosen, text: string): HTMLElement {
  return button({ class: "gc-link-button", ...(chosen.kind === "record" ? FRENCH : {}) }, () => {
    context.store.set({ chosen, raised: null });
    context.navigate.show(chosen);
  }, cut(text));
}

/** A programme, which is raised on the map: its layer is switched on, the others are dimmed. */
function programmeLead({ atlas, store, words, navigate }: Context, programme: number): HTMLElement {
  const raise = (): void => {
    store.set({ hidden: withMembers(store.state.hidden, [programme], false), raised: { kind: "programme", index: programme } });
    const box = atlas.boxOfRecords(atlas.ofProgramme[programme]!);
    if (box) navigate.fit(box);
  };
  return el("span", {}, `${words.get("place.programme")} `, button({ class: "gc-link-button", ...FRENCH }, raise, cut(atlas.payload.programmes[programme]!.name)));
}

const dotted = (...parts: (string | null)[]): string => parts.filter(Boolean).join(" · ");

export function heading(context: Context, chosen: Chosen): Heading {
  const { atlas, words } = context;
  const { communes, epci, arrondissements, departements } = atlas.payload.places;
  const { index } = chosen;
  if (chosen.kind === "record") {
    const record = atlas.payload.records[index]!;
    return { name: cut(record.title), lines: [words.get(`kind.${record.kind}` as Word), programmeLead(context, record.programme)] };
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

