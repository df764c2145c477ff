/** Find places and records by name; accents, case, hyphens and `St`/`Ste` do not count. */

export interface Findable {
  readonly text: string;
  /** An INSEE code or a SIREN, which can be typed too; empty where there is none. */
  readonly code: string;
  /** Higher is found first among equals (a population). */
  readonly weight: number;
}

/** A name as it is compared. */
export function normal(text: string): string {
  return text
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .toLowerCase()
    .replace(/œ/g, "oe")
    .replace(/æ/g, "ae")
    .replace(/[^a-z0-9]+/g, " ")
    .trim()
    .replace(/\bste\b/g, "sainte")
    .replace(/\bst\b/g, "saint");
}

/** How well a name answers: 0 not at all, 5 the very name. */
export function score(name: string, query: string): number {
  if (name === query) return 5;
  if (name.startsWith(query)) return name[query.length] === " " ? 4.5 : 4;
  if (name.includes(` ${query}`)) return 3;
  const words = query.split(" ");
  if (words.length > 1 && words.every((word) => ` ${name}`.includes(` ${word}`))) return 2;
  return query.length > 2 && name.includes(query) ? 1 : 0;
}

/** How well a code answers: its first two characters are needed. */
export function scoreCode(code: string, query: string): number {
  const wanted = query.replace(/ /g, "").toUpperCase();
  if (wanted.length < 2 || !code.startsWith(wanted)) return 0;
  return code === wanted ? 5 : 3.5;
}

export class Finder<T extends Findable> {
  private readonly names: readonly string[];

  constructor(private readonly items: readonly T[]) {
    this.names = items.map((item) => normal(item.text));
  }

  /** The best answers, at most `limit`. */
  find(text: string, limit: number): T[] {
    const query = normal(text);
    if (query === "") return [];
    const found: { item: T; rank: number }[] = [];
    this.names.forEach((name, i) => {
      const rank = Math.max(score(name, query), scoreCode(this.items[i]!.code, query));
      if (rank > 0) found.push({ item: this.items[i]!, rank });
    });
    found.sort((a, b) => b.rank - a.rank || b.item.weight - a.item.weight || a.item.text.length - b.item.text.length);
    return found.slice(0, limit).map(({ item }) => item);
  }
}
