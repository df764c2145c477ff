/** Find places, programmes and records by name; accents, case, hyphens and `St`/`Ste` do not count. */
import { nearness } from "./nearness";

export interface Findable {
  readonly text: string;
  /** An INSEE code or a SIREN, which can be typed too; empty where there is none. */
  readonly code: string;
  /** Higher is found first among equals (a population). */
  readonly weight: number;
  /** Other names (a short name, an operator), which answer a little less well. */
  readonly also?: readonly string[];
  /** Where it lies (a département by name and code), as it may be typed after the name: "Creil (Oise)". */
  readonly within?: readonly string[];
}

/** What can be found, each thing made only when it is asked for: tens of thousands of them would fill the memory. */
export interface Findables<T extends Findable> {
  readonly length: number;
  item(index: number): T;
}

/** A name as it is compared. */
export function normal(text: string): string {
  const lower = text.toLowerCase();
  // Most names are plain, and are asked about by the thousand.
  const plain = /^[a-z0-9 ]*$/.test(lower) ? lower.trim() : lower
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .toLowerCase()
    .replace(/œ/g, "oe")
    .replace(/æ/g, "ae")
    .replace(/[^a-z0-9]+/g, " ")
    .trim();
  return plain.replace(/ {2,}/g, " ").replace(/\bst(e?)\b/g, (_, e: string) => (e ? "sainte" : "saint"));
}

/** A query as names are held against it. */
export interface Query {
  readonly text: string;
  readonly inside: string;
  /** Its words, each as it begins in a name, where there are several. */
  readonly words: readonly string[];
}

export function queryOf(text: string): Query {
  const words = text.split(" ");
  return { text, inside: ` ${text}`, words: words.length > 1 ? words.map((word) => ` ${word}`) : [] };
}

/** How well a name answers: 0 not at all, 5 the very name. */
export function score(name: string, { text, inside, words }: Query): number {
  if (name.startsWith(text)) return name.length === text.length ? 5 : name[text.length] === " " ? 4.5 : 4;
  const within = name.includes(text);
  if (within && name.includes(inside)) return 3;
  if (words.length > 0) {
    const begun = ` ${name}`;
    if (words.every((word) => begun.includes(word))) return 2;
  }
  return within && text.length > 2 ? 1 : 0;
}

/** How well a code answers: its first two characters are needed. */
export function scoreCode(code: string, wanted: string): number {
  if (wanted.length < 2 || !code.startsWith(wanted)) return 0;
  return code === wanted ? 5 : 3.5;
}

/** Whether a text has the form of an INSEE code (or of a postcode) and none of the answers has that code. */
export function isStrayCode(text: string, found: readonly Pick<Findable, "code">[]): boolean {
  const code = text.replace(/\s/g, "");
  return /^\d{5}$/.test(code) && !found.some((item) => item.code === code);
}

/** How many names are made ready between two looks at the clock. */
const BATCH = 500;

export class Finder<T extends Findable> {
  private readonly names: string[] = [];
  private readonly codes: string[] = [];
  private readonly weights: Float64Array;
  /** Few things have other names; the names of départements are those of all their communes. */
  private readonly others = new Map<number, readonly string[]>();
  private readonly places = new Map<number, readonly string[]>();
  private readonly normals = new Map<readonly string[], readonly string[]>();

  constructor(private readonly items: Findables<T>) {
    this.weights = new Float64Array(items.length);
  }

  /** Make names ready for so many milliseconds; true when all are. */
  prepare(milliseconds = Infinity): boolean {
    const end = performance.now() + milliseconds;
    const { items, names } = this;
    while (names.length < items.length) {
      for (let left = Math.min(BATCH, items.length - names.length); left > 0; left--) this.add(names.length, items.item(names.length));
      if (performance.now() > end) break;
    }
    return names.length === items.length;
  }

  private add(index: number, { text, code, weight, also, within }: T): void {
    this.names.push(normal(text));
    this.codes.push(code);
    this.weights[index] = weight;
    if (also) this.others.set(index, also.map(normal));
    if (!within) return;
    let ready = this.normals.get(within);
    if (ready === undefined) this.normals.set(within, (ready = within.map(normal)));
    this.places.set(index, ready);
  }

  /** The best answers, at most `limit`. */
  find(text: string, limit: number): T[] {
    this.prepare();
    const query = queryOf(normal(text));
    if (query.text === "") return [];
    const code = query.text.replace(/ /g, "").toUpperCase();
    const best = new Best(limit, (a, b) => this.weights[b]! - this.weights[a]! || this.names[a]!.length - this.names[b]!.length);
    this.names.forEach((name, index) => {
      let rank = Math.max(score(name, query), scoreCode(this.codes[index]!, code));
      for (const other of this.others.get(index) ?? NONE) rank = Math.max(rank, score(other, query) - 0.6);
      if (rank < 4 && query.words.length > 0 && this.liesIn(index, name, query.text)) rank = 4;
      if (rank > 0) best.offer(index, rank);
    });
    return best.list.map((index) => this.items.item(index));
  }

  /** Whether what follows the name begins the name of where it lies. */
  private liesIn(index: number, name: string, query: string): boolean {
    if (query[name.length] !== " " || !query.startsWith(name)) return false;
    const rest = query.slice(name.length + 1);
    return (this.places.get(index) ?? NONE).some((place) => place.startsWith(rest));
  }

  /** Names that differ from the text by a slip or two, the nearest first. */
  near(text: string, limit: number): T[] {
    this.prepare();
    const query = normal(text);
    const most = query.length < 4 ? 0 : query.length < 7 ? 1 : 2;
    if (most === 0) return [];
    const best = new Best(limit, (a, b) => this.weights[b]! - this.weights[a]!);
    const far = nearness(query, most);
    this.names.forEach((name, index) => {
      let least = far(name);
      for (const other of this.others.get(index) ?? NONE) least = Math.min(least, far(other));
      if (least <= most) best.offer(index, -least);
    });
    return best.list.map((index) => this.items.item(index));
  }
}

const NONE: readonly string[] = [];

/** The few best of many, in order: nothing else is kept or sorted. */
class Best {
  private readonly found: { readonly index: number; readonly rank: number }[] = [];

  constructor(private readonly limit: number, private readonly among: (a: number, b: number) => number) {}

  offer(index: number, rank: number): void {
    const { found, limit } = this;
    const before = (other: { readonly index: number; readonly rank: number }): boolean =>
      rank > other.rank || (rank === other.rank && this.among(index, other.index) < 0);
    if (found.length === limit && !before(found[limit - 1]!)) return;
    let at = found.length;
    while (at > 0 && before(found[at - 1]!)) at--;
    found.splice(at, 0, { index, rank });
    if (found.length > limit) found.pop();
  }

  get list(): readonly number[] {
    return this.found.map(({ index }) => index);
  }
}
