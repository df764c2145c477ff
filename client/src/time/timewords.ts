/** What the time axis says: its heading, its counts, and both in one sentence. */
import { number } from "../page/format";
import type { Histogram, Years } from "./histogram";
import type { Period } from "../state/period";
import type { Words } from "../page/words";

export function heading(years: Years | null, words: Words): string {
  if (years === null) return words.get("time.all");
  if (years.from === years.to) return words.get("time.year", { year: years.from });
  return words.get("time.span", { from: years.from, to: years.to });
}

/** "61 sur 175 · 114 sans date"; on paper, also whether those without a date are shown. */
export function countText(shown: number, { all, undated }: Histogram, period: Period | null, words: Words, paper = false): string {
  const count = words.get("time.count", { n: number(shown, words.lang), all: number(all, words.lang) });
  if (undated === 0) return count;
  const left = paper && period !== null && !period.undated;
  return `${count} · ${words.count(left ? "time.undated.out" : "time.undated", undated)}`;
}

export function sentence(title: string, counts: string, words: Words): string {
  return words.get("time.sentence", { title, counts });
}
