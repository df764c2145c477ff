/** The units of a thematic map as a CSV file: every one of them, with what the map says of it. */
import type { Atlas } from "../geometry/atlas";
import { classText, LETTERS, combinationText, titleOf } from "./scaletext";
import { csvText, type Value } from "../table/csv";
import type { Unit } from "../state/store";
import type { Theme } from "./thematic";
import type { Word, Words } from "../page/words";

interface Column {
  readonly label: string;
  value(index: number): Value;
}

type Own = (index: number) => readonly number[];

/** The communes of each unit, as far as the map tells them: none of those outside the chosen territory. */
function ownOf(atlas: Atlas, { unit, classOf }: Theme): Own {
  return (index) => (unit === "commune" ? [index] : atlas.communesOf({ kind: unit, index })).filter((commune) => classOf[commune]! >= 0);
}

/** Who the units are. Inhabitants are added up from the communes of the map, as in the key. */
function identity(atlas: Atlas, unit: Unit, own: Own, words: Words): Column[] {
  const { communes, epci, departements } = atlas.payload.places;
  const groups = { commune: [], epci, departement: departements }[unit];
  const named = (of: readonly number[], names: readonly { readonly name: string }[]) => (index: number): string =>
    [...new Set(own(index).map((commune) => of[commune]!))].flatMap((group) => names[group]?.name ?? []).join("; ");
  const columns: Column[] = [
    { label: words.get(`csv.code.${unit}`), value: (index) => (unit === "commune" ? communes.code[index]! : groups[index]!.code) },
    { label: words.get(`scale.unit.${unit}`), value: (index) => (unit === "commune" ? communes.name[index]! : groups[index]!.name) },
  ];
  if (unit === "commune") columns.push({ label: words.get("facet.epci"), value: named(communes.epci, epci) });
  if (unit !== "departement") columns.push({ label: words.get("facet.departement"), value: named(communes.departement, departements) });
  columns.push({ label: words.get("csv.population"), value: (index) => own(index).reduce((sum, commune) => sum + (communes.population[commune] ?? 0), 0) });
  return columns;
}

/** What the map says of the units. */
function meaning(atlas: Atlas, theme: Theme, own: Own, words: Words): Column[] {
  const { mode, values, classes, classOf, crossed } = theme;
  const ranks = (index: number): number => classOf[own(index)[0]!]!;
  const told: Column = { label: words.get(mode === "cross" ? "csv.combination" : "csv.class"), value: (index) => classText(theme, classes[ranks(index)]!, words) };
  if (mode === "cross") {
    const names = crossed.map((programme) => atlas.payload.programmes[programme]!.name);
    const inFull = (index: number): string => (values[index]! > 0 ? combinationText(values[index]!, crossed.length, words, names) : words.get("scale.neither"));
    const listed = names.map((name, rank) => words.get("value.of", { name: LETTERS[rank]!, value: name })).join("; ");
    return [told, { label: `${words.get("csv.programmes")} (${listed})`, value: inFull }];
  }
  if (mode === "amounts") {
    return [{ label: `${words.get("scale.known")} (€)`, value: (index) => (Number.isNaN(values[index]!) ? null : values[index]!) }, told];
  }
  return [{ label: words.get("csv.contracts"), value: (index) => values[index]! }, told];
}

export function unitRows(atlas: Atlas, theme: Theme, words: Words): Value[][] {
  const own = ownOf(atlas, theme);
  const columns = [...identity(atlas, theme.unit, own, words), ...meaning(atlas, theme, own, words)];
  const codes = Array.from(theme.values, (_, index) => String(columns[0]!.value(index)));
  const order = Array.from(theme.values, (_, index) => index)
    // A unit without a commune on the map, or in the chosen territory, is in no class.
    .filter((index) => own(index).length > 0)
    .sort((a, b) => (codes[a]! < codes[b]! ? -1 : 1));
  return [columns.map(({ label }) => label), ...order.map((index) => columns.map((column) => column.value(index)))];
}

export const unitsCsv = (atlas: Atlas, theme: Theme, words: Words): string => csvText(unitRows(atlas, theme, words), words.lang);

/** What names the file: the title of the map, and the programmes that are crossed. */
export function unitsTitle(atlas: Atlas, theme: Theme, words: Words): string {
  const crossed = theme.crossed.map((programme) => atlas.payload.programmes[programme]!.short);
  return [titleOf(theme, words), ...crossed, ...theme.within].join(" ");
}

export const unitsLabel = ({ unit }: Pick<Theme, "unit">, words: Words): string => words.get(`scale.csv.${unit}` as Word);
