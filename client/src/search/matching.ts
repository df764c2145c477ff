/** Find places, programmes and records by name; accents, case, hyphens and `St`/`Ste` do not count. */
import { distance } from "./nearness";

export interface Findable {
  readonly text: string;
  /** An INSEE code or a SIREN, which can be typed too; empty where there is none. */
  readonly code: string;
  /** Higher is found first among equals (a population). */
  readonly weight: number;
  /** Other names (a short name, an operator), which answer a little less well. */
  readonly also?: readonly string[];
  /** The name with its département, of which the beginning must be typed: "Creil (Oise)". */
  readonly full?: readonly string[];
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

/** Whether a text has the form of an INSEE code (or of a postcode) and none of the answers has that code. */
export function isStrayCode(text: string, found: readonly Pick<Findable, "code">[]): boolean {
  const code = text.replace(/\s/g, "");
  return /^\d{5}$/.test(code) && !found.some((item) => item.code === code);
}

interface Names {
  readonly name: string;
  readonly also: readonly string[];
  readonly full: readonly string[];
}

export class Finder<T extends Findable> {
  private readonly names: readonly Names[];

  constructor(private readonly items: readonly T[]) {
    this.names = items.map(({ text, also = [], full = [] }) => ({ name: normal(text), also: also.map(normal), full: full.map(normal) }));
  }

  /** The best answers, at most `limit`. */
  find(text: string, limit: number): T[] {
    const query = normal(text);
    if (query === "") return [];
    const found: { item: T; rank: number }[] = [];
    this.names.forEach(({ name, also, full }, i) => {
      let rank = Math.max(score(name, query), scoreCode(this.items[i]!.code, query));
      for (const other of also) rank = Math.max(rank, score(other, query) - 0.6);
      if (rank < 4) for (const other of full) if (other.startsWith(query)) rank = Math.max(rank, 4);
      if (rank > 0) found.push({ item: this.items[i]!, rank });
    });
    found.sort((a, b) => b.rank - a.rank || b.item.weight - a.item.weight || a.item.text.length - b.item.text.length);
    return found.slice(0, limit).map(({ item }) => item);
  }

  /** Names that differ from the text by a slip or two, the nearest first. */
  near(text: string, limit: number): T[] {
    const query = normal(text);
    const most = query.length < 4 ? 0 : query.length < 7 ? 1 : 2;
    if (most === 0) return [];
    const found: { item: T; far: number }[] = [];
    this.names.forEach(({ name, also }, i) => {
      const far = Math.min(...[name, ...also].map((other) => distance(other, query, most)));
      if (far <= most) found.push({ item: this.items[i]!, far });
    });
    found.sort((a, b) => a.far - b.far || b.item.weight - a.item.weight);
    return found.slice(0, limit).map(({ item }) => item);
  }
}
