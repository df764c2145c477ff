/** What the search field can find: places, their earlier names, programmes and records. */
import type { Context } from "../state/context";
import type { Findable } from "./matching";
import type { Entry, Payload } from "../payload";
import type { Chosen } from "../state/store";
import type { Words } from "../page/words";

export interface Item extends Findable {
  readonly kind: string;
  readonly note: string;
  /** What is chosen, or the programme that is raised. */
  readonly target: Chosen | { readonly kind: "programme"; readonly index: number };
}

/** The names under which a record is known besides its title: its identifier, and for a mission its operator above all. */
function otherNames({ id, kind, facts }: Entry): string[] {
  if (kind === "operation") return [];
  return kind === "mission" ? [id, ...facts.map(({ text }) => text)] : [id];
}

function placeItems({ places }: Payload, words: Words): Item[] {
  const { communes, epci, arrondissements, departements, aliases } = places;
  const region = (index: number) => departements[communes.departement[index]!];
  return [
    ...departements.map((d, index): Item => ({
      text: d.name, code: d.code, weight: 3e8, kind: words.get("search.departement"), note: d.code, target: { kind: "departement", index },
    })),
    ...arrondissements.map((a, index): Item => ({
      text: a.name, code: a.code, weight: 1e7 + (a.population ?? 0), kind: words.get("search.arrondissement"), note: "",
      also: [`${words.get("search.arrondissement")} ${a.name}`, `${words.get("search.arrondissement")} de ${a.name}`], target: { kind: "arrondissement", index },
    })),
    ...epci.map((e, index): Item => ({
      text: e.name, code: e.code, weight: 1e8 + (e.population ?? 0), kind: words.get("search.epci"), note: "", target: { kind: "epci", index },
    })),
    ...communes.name.map((text, index): Item => {
      const around = region(index);
      return {
        text, code: communes.code[index]!, weight: 2e8 + (communes.population[index] ?? 0), kind: words.get("search.commune"),
        note: [communes.code[index], around?.name].filter(Boolean).join(" · "), full: around ? [`${text} ${around.name}`, `${text} ${around.code}`] : [],
        target: { kind: "commune", index },
      };
    }),
    ...aliases.map(({ name, level, index }): Item => ({
      text: name, code: "", weight: 5e7, kind: words.get(`search.${level}`),
      note: words.get("search.former", { name: (level === "epci" ? epci[index]?.name : communes.name[index]) ?? "" }), target: { kind: level, index },
    })),
  ];
}

export function searchItems({ atlas, words }: Pick<Context, "atlas" | "words">): Item[] {
  const { records, programmes, families } = atlas.payload;
  return [
    ...placeItems(atlas.payload, words),
    ...programmes.map((programme, index): Item => ({
      text: programme.name, code: "", weight: 9e7, kind: words.get("search.programme"), note: families[programme.family]!.label,
      also: [programme.short, programme.id], target: { kind: "programme", index },
    })),
    ...records.map((record, index): Item => ({
      text: record.title, code: "", weight: 0, kind: words.kind(record.kind), note: programmes[record.programme]!.short,
      also: otherNames(record), target: { kind: "record", index },
    })),
  ];
}
