/** The texts of a thematic map: title, classes, notes, and the value of a unit. */
import type { Atlas } from "../geometry/atlas";
import { euros, format, number, type Lang } from "../page/format";
import type { Unit } from "../state/store";
import type { Theme, ThemeClass } from "./thematic";
import type { Counted, Word, Words } from "../page/words";

export const LETTERS = ["A", "B", "C"] as const;

/** Euros in a sentence; above a milliard so. */
export function largeEuros(value: number, lang: Lang): string {
  if (Math.abs(value) < 1e9) return euros(value, lang);
  const text = number(value / 1e9, lang);
  return lang === "fr" ? `${text}\u00a0Md€` : `€${text}bn`;
}

export function titleOf({ mode, unit }: Pick<Theme, "mode" | "unit">, words: Words): string {
  return mode === "cross" ? words.get("scale.title.cross") : words.get(`scale.title.${mode}-${unit}` as Word);
}

/** "A et B sans C": the letters (or names) of a combination, and those that it leaves out. */
export function combinationText(mask: number, programmes: number, words: Words, names: readonly string[] = LETTERS): string {
  const letters = names.slice(0, programmes);
  const inside: string[] = letters.filter((_, rank) => mask & (1 << rank));
  const outside: string[] = letters.filter((_, rank) => !(mask & (1 << rank)));
  const [a, b, c] = inside;
  const together = c ? words.get("cross.three", { a: a!, b: b!, c }) : b ? words.get("cross.two", { a: a!, b }) : a!;
  const [d, e] = outside;
  if (!d) return together;
  return words.get("cross.without", { a: together, b: e ? words.get("cross.neither", { a: d, b: e }) : d });
}

function amountText(from: number, to: number | null, { lang, ...words }: { lang: Lang; get: Words["get"] }): string {
  const millions = (value: number): string => number(value / 1e6, lang).replace(/^0$/, format(lang, { maximumSignificantDigits: 1 }).format(value / 1e6));
  if (to === null) return from === 0 ? words.get("scale.known") : words.get("scale.above", { from: millions(from) });
  return from === 0 ? words.get("scale.below", { to: millions(to) }) : words.get("scale.between", { from: millions(from), to: millions(to) });
}

export function classText(theme: Theme, { style, range }: ThemeClass, words: Words): string {
  switch (style.kind) {
    case "cross": return combinationText(style.mask, theme.crossed.length, words);
    case "white": return words.get("scale.none");
    case "unknown": return words.get("scale.unknown");
    case "missing": return words.get("scale.missing");
    case "paper":
      if (theme.mode === "pileup") return "0";
      return words.get(theme.mode === "white" ? "scale.some" : theme.mode === "cross" ? "scale.neither" : "scale.nothing");
    case "scale": {
      const { from, to } = range!;
      if (style.scale === "amounts") return amountText(from, to, { lang: words.lang, get: words.get.bind(words) });
      return from === to ? String(from) : `${from}–${to}`;
    }
  }
}

/** What is not on the map, or could be misread. */
export function notesOf(theme: Theme, words: Words): string[] {
  const { mode, unit, classes, sums, uncounted, units } = theme;
  const notes: string[] = [];
  const { lang } = words;
  if (mode === "white") {
    const { units: n, population } = classes[0]!;
    notes.push(words.count(`white.${unit as "commune" | "epci"}`, n, { all: number(units, lang), population: number(population, lang) }));
  }
  if (sums) {
    notes.push(words.get("amounts.rule"));
    if (sums.wider !== null) notes.push(words.get(`amounts.wider.${unit}` as Word, { sum: largeEuros(sums.wider, lang) }));
    if (sums.unplaced !== null) notes.push(words.get("amounts.unplaced", { sum: largeEuros(sums.unplaced, lang) }));
    if (sums.yearly > 0) notes.push(words.count("amounts.yearly", sums.yearly));
    if (sums.without > 0) notes.push(words.count("amounts.without", sums.without));
  }
  if ((mode === "pileup" || mode === "white") && uncounted > 0) notes.push(words.count("scale.uncounted", uncounted));
  return notes;
}

function nameOf({ payload: { places } }: Atlas, unit: Unit, index: number): string {
  if (unit === "commune") return places.communes.name[index]!;
  return (unit === "epci" ? places.epci : places.departements)[index]!.name;
}

/** "Denain : 7 contrats": the value of the unit in which a commune lies. */
export function valueText(atlas: Atlas, theme: Theme, commune: number, words: Words): string {
  const { mode, unit, values, sums } = theme;
  const index = unit === "commune" ? commune : atlas.payload.places.communes[unit][commune]!;
  if (index < 0) return words.get("scale.missing");
  const value = values[index]!;
  let text: string;
  if (sums) {
    if (!Number.isNaN(value)) text = words.get("value.known", { sum: largeEuros(value, words.lang) });
    else text = words.get(sums.records[index]! > 0 ? "value.unknown" : `value.nothing.${unit}` as Word);
  } else if (mode === "cross") text = value > 0 ? combinationText(value, theme.crossed.length, words) : words.get("value.neither");
  else text = value === 0 ? words.get("value.none") : words.count("kinds.contract" as Counted, value);
  return words.get("value.of", { name: nameOf(atlas, unit, index), value: text });
}
