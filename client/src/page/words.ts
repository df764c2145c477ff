/** The words of the page, from the payload, with plurals and placeholders. */
import type catalogue from "../../words.json";
import { format, type Lang } from "./format";
import type { Kind } from "../payload";

type Key = keyof typeof catalogue;
type Stem<K> = K extends `${infer S}.one` ? S : never;
/** A key that stands alone, and a key that comes as `.one` and `.other`. */
export type Word = Key;
export type Counted = Stem<Key>;

export type Values = Readonly<Record<string, string | number>>;

export class Words {
  private readonly plural: Intl.PluralRules;

  constructor(private readonly words: Readonly<Record<string, string>>, readonly lang: Lang) {
    this.plural = new Intl.PluralRules(lang);
  }

  /** The text of a key; a key that is missing shows itself. */
  get(key: Word, values: Values = {}): string {
    return fillIn(this.words[key] ?? key, values);
  }

  /** What a record is. */
  kind(kind: Kind): string {
    return this.get(`kind.${kind}`);
  }

  /** The text for a number of things; `{n}` is that number. */
  count(key: Counted, n: number, values: Values = {}): string {
    const form = this.plural.select(n) === "one" ? "one" : "other";
    const text = format(this.lang).format(n);
    return fillIn(this.words[`${key}.${form}`] ?? key, { n: text, ...values });
  }
}

function fillIn(text: string, values: Values): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => (name in values ? String(values[name]) : whole));
}
