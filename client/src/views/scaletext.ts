/** The texts of a thematic map: title, classes, notes, and the value of a unit. */
import type { Atlas } from "../geometry/atlas";
import { euros, number } from "../page/format";
import type { Unit } from "../state/store";
import type { Theme, ThemeClass } from "./thematic";
import type { Counted, Word, Words } from "../page/words";

export const LETTERS = ["A", "B", "C"] as const;

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

function amountText(from: number, to: number | null, words: Words): string {
  const least = euros(from, words.lang);
  if (to === null) return from === 0 ? words.get("scale.known") : words.get("scale.above", { from: least });
  const most = euros(to, words.lang);
  // "1 à 2 M€": French says the unit once where both have the same.
  const unit = /\u00a0\D+$/.exec(most)?.[0] ?? "";
  return from === 0 ? words.get("scale.below", { to: most }) : words.get("scale.between", { from: unit && least.endsWith(unit) ? least.slice(0, -unit.length) : least, to: most });
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
      if (style.scale === "amounts") return amountText(from, to, words);
      return from === to ? String(from) : `${from}–${to}`;
    }
  }
}

/** What is not on the map, or could be misread; `vast` names the first very wide programme. */
export function notesOf(theme: Theme, words: Words, vast = ""): string[] {
  const { mode, unit, classOf, classes, sums, away, uncounted, units, within } = theme;
  const notes: string[] = [];
  const { lang } = words;
  if (mode === "white") {
    const { units: n, population } = classes[0]!;
    notes.push(words.count(`white.${unit as "commune" | "epci"}`, n, { all: number(units, lang), population: number(population, lang) }));
    if (theme.smothered) notes.push(words.count("white.smothered", theme.vast.length, { name: vast }));
  }
  if (within.length > 0) notes.push(words.get("scale.within", { name: within.join(", ") }));
  const missing = classes.findIndex(({ style }) => style.kind === "missing");
  if (missing >= 0) {
    const communes = classOf.reduce((sum, own) => sum + Number(own === missing), 0);
    notes.push(words.count("scale.without.epci", communes, { population: number(classes[missing]!.population, lang) }));
  }
  if (sums) {
    notes.push(words.get("amounts.rule"));
    if (sums.wider !== null) notes.push(words.get(`amounts.wider.${unit}` as Word, { sum: euros(sums.wider, lang) }));
    if (sums.unplaced !== null) notes.push(words.get("amounts.unplaced", { sum: euros(sums.unplaced, lang) }));
    if (sums.outside !== null) notes.push(words.get("amounts.outside", { sum: euros(sums.outside, lang) }));
    if (sums.yearly > 0) notes.push(words.count("amounts.yearly", sums.yearly));
    if (sums.without > 0) notes.push(words.count("amounts.without", sums.without));
  }
  if (mode === "pileup" || mode === "white") {
    if (away > 0) notes.push(words.count("scale.away", away));
    if (uncounted > 0) notes.push(words.count("scale.uncounted", uncounted));
  }
  return notes;
}

function nameOf({ payload: { places } }: Atlas, unit: Unit, index: number): string {
  if (unit === "commune") return places.communes.name[index]!;
  return (unit === "epci" ? places.epci : places.departements)[index]!.name;
}

/** "Denain : 7 contrats": the value of the unit in which a commune lies. */
export function valueText(atlas: Atlas, theme: Theme, commune: number, words: Words): string {
  const { mode, unit, values, sums } = theme;
  if (theme.classOf[commune]! < 0) return words.get("value.of", { name: nameOf(atlas, "commune", commune), value: words.get("value.outside") });
  const index = unit === "commune" ? commune : atlas.payload.places.communes[unit][commune]!;
  if (index < 0) return words.get("scale.missing");
  const value = values[index]!;
  let text: string;
  if (sums) {
    if (!Number.isNaN(value)) text = words.get("value.known", { sum: euros(value, words.lang) });
    else text = words.get(sums.records[index]! > 0 ? "value.unknown" : `value.nothing.${unit}` as Word);
  } else if (mode === "cross") text = value > 0 ? combinationText(value, theme.crossed.length, words) : words.get("value.neither");
  else text = value === 0 ? words.get("value.none") : words.count("kinds.contract" as Counted, value);
  return words.get("value.of", { name: nameOf(atlas, unit, index), value: text });
}
