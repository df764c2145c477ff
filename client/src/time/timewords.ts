/** What the time axis says: its heading, its counts, and both in one sentence. */
import { number } from "../page/format";
import type { Axis, Histogram, Years } from "./histogram";
import type { Period } from "../state/period";
import type { Words } from "../page/words";

export function heading(years: (Years & Partial<Pick<Period, "undated">>) | null, words: Words): string {
  if (years === null) return words.get("time.all");
  const said = years.from === years.to
    ? words.get("time.year", { year: years.from }) : words.get("time.span", { from: years.from, to: years.to });
  return years.undated ? words.get("time.or.undated", { years: said }) : said;
}

/**
 * "33 sur 175, dont 28 sans fin connue · 118 sans date"; on paper, also whether those without a date are shown.
 * A record whose end no source tells is in force as far as anybody knows: that is said.
 */
export function countText(
  shown: number, endless: number, { all, undated }: Histogram, period: Period | null, words: Words, paper = false,
): string {
  const numbers = words.get("time.count", { n: number(shown, words.lang), all: number(all, words.lang) });
  const count = period !== null && endless > 0 ? `${numbers}, ${words.count("time.endless", endless)}` : numbers;
  if (undated === 0) return count;
  const left = paper && period !== null && !period.undated;
  return `${count} · ${words.count(left ? "time.undated.out" : "time.undated", undated)}`;
}

/** "Hors de l’axe : 1 terminé avant 1890, 2 commencent après 2026." Empty where the axis holds all. */
export function beyondText({ before, after }: Pick<Histogram, "before" | "after">, axis: Axis, words: Words): string {
  const list = [
    before > 0 ? words.count("time.beyond.before", before, { year: axis.first }) : "",
    after > 0 ? words.count("time.beyond.after", after, { year: axis.last }) : "",
  ].filter(Boolean);
  return list.length > 0 ? words.get("time.beyond", { list: list.join(", ") }) : "";
}

export function sentence(title: string, counts: string, words: Words): string {
  return words.get("time.sentence", { title, counts });
}
