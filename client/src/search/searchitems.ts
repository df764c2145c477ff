/** What the search field can find: places, their earlier names, programmes and records. */
import type { Context } from "../state/context";
import type { Findable, Findables } from "./matching";
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

/** A number of things of one kind, in order. */
type Section = Findables<Item>;

const section = <T>(of: readonly T[], make: (each: T, index: number) => Item): Section => ({ length: of.length, item: (index) => make(of[index]!, index) });

/** The names that more than one has. */
function repeated(names: readonly string[]): ReadonlySet<string> {
  const seen = new Set<string>();
  return new Set(names.filter((name) => seen.has(name) || (seen.add(name), false)));
}

function placeSections({ places }: Payload, words: Words): Section[] {
  const { communes, epci, arrondissements, departements, aliases } = places;
  const said = { departement: words.get("search.departement"), arrondissement: words.get("search.arrondissement"), epci: words.get("search.epci"), commune: words.get("search.commune") };
  /** The names and codes of départements, the same list for all their communes. */
  const within = departements.map(({ name, code }) => [name, code]);
  /** A name in brackets after the kind tells places of one name apart. */
  const apart = (kind: string, departement: number): string => (departements[departement] ? `${kind} (${departements[departement].name})` : kind);
  const twice = repeated(epci.map(({ name }) => name));
  return [
    section(departements, (d, index) => ({ text: d.name, code: d.code, weight: 3e8, kind: said.departement, note: d.code, target: { kind: "departement", index } })),
    section(arrondissements, (a, index) => ({
      text: a.name, code: a.code, weight: 1e7 + (a.population ?? 0), kind: apart(said.arrondissement, departements.findIndex((d) => a.code.startsWith(d.code))), note: "",
      also: [`${said.arrondissement} ${a.name}`, `${said.arrondissement} de ${a.name}`], target: { kind: "arrondissement", index },
    })),
    section(epci, (e, index) => ({ text: e.name, code: e.code, weight: 1e8 + (e.population ?? 0), kind: twice.has(e.name) ? apart(said.epci, communes.departement[communes.epci.indexOf(index)] ?? -1) : said.epci, note: "", target: { kind: "epci", index } })),
    section(communes.name, (text, index) => {
      const around = communes.departement[index]!;
      return {
        text, code: communes.code[index]!, weight: 2e8 + (communes.population[index] ?? 0), kind: said.commune,
        note: [communes.code[index], departements[around]?.name].filter(Boolean).join(" · "), ...(within[around] && { within: within[around] }),
        target: { kind: "commune", index },
      };
    }),
    section(aliases, ({ name, level, index }) => ({
      text: name, code: "", weight: 5e7, kind: said[level],
      note: words.get("search.former", { name: (level === "epci" ? epci[index]?.name : communes.name[index]) ?? "" }), target: { kind: level, index },
    })),
  ];
}

export function searchItems({ atlas, words }: Pick<Context, "atlas" | "words">): Findables<Item> {
  const { records, programmes, families } = atlas.payload;
  const sections = [
    ...placeSections(atlas.payload, words),
    section(programmes, (programme, index) => ({
      text: programme.name, code: "", weight: 9e7, kind: words.get("search.programme"), note: families[programme.family]!.label,
      also: [programme.short, programme.id], target: { kind: "programme", index },
    })),
    section(records, (record, index) => {
      const also = otherNames(record);
      return {
        text: record.title, code: "", weight: 0, kind: words.kind(record.kind), note: programmes[record.programme]!.short,
        ...(also.length > 0 && { also }), target: { kind: "record", index },
      };
    }),
  ];
  return {
    length: sections.reduce((sum, { length }) => sum + length, 0),
    item(index) {
      let left = index;
      const own = sections.find(({ length }) => left < length || ((left -= length), false))!;
      return own.item(left);
    },
  };
}
