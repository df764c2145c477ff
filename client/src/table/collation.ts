/** Texts in the order of a language, by tens of thousands: a key for each is made once, and the collator is asked only where keys are equal. */
import type { Lang } from "../page/format";

/** Signs of which the order is known one by one; others (and fractions, small figures) leave their text to the collator. */
const HARD = /[^\u0001-\u024f\u2010-\u203a\u20ac\u202f]|[\u00b2\u00b3\u00b9\u00bc-\u00be]/;
const LIGATURES: Readonly<Record<string, string>> = { œ: "oe", æ: "ae", ß: "ss" };

function folded(text: string): string {
  const lower = text.toLowerCase();
  if (/^[ -~]*$/.test(lower)) return lower;
  return lower.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[œæß]/g, (sign) => LIGATURES[sign]!);
}

/** The rank of each sign among those that occur, as the collator has them; 0 for those that do not count. */
function weights(texts: readonly string[], { compare }: Intl.Collator): Uint8Array | null {
  const found = new Uint8Array(0x2100);
  for (const text of texts) for (let i = 0; i < text.length; i++) found[text.charCodeAt(i)] = 1;
  const signs = [...found.keys()].filter((code) => found[code] === 1).map((code) => String.fromCharCode(code)).sort(compare);
  if (signs.length > 250) return null;
  let weight = 0;
  let before = "";
  for (const sign of signs) {
    if (compare(sign, before) !== 0) weight++;
    found[sign.charCodeAt(0)] = weight;
    before = sign;
  }
  return found;
}

/** Runs of figures count as numbers: how many figures, then each. */
function keyOf(text: string, weight: Uint8Array, numeric: boolean): string {
  const key: number[] = [];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (!numeric || code < 48 || code > 57) {
      if (weight[code]! > 0) key.push(weight[code]!);
      continue;
    }
    let end = i;
    while (end < text.length && text.charCodeAt(end) >= 48 && text.charCodeAt(end) <= 57) end++;
    while (i < end && text.charCodeAt(i) === 48) i++;
    // The lowest figure leads, so that numbers stand where figures stand.
    key.push(weight[0]!, Math.min(end - i, 255));
    for (; i < end; i++) key.push(text.charCodeAt(i));
    i--;
  }
  return String.fromCharCode(...key);
}

/** The place of each text in the order of the language, the same for texts that are equal in it. */
export function placesOf(texts: readonly string[], lang: Lang, numeric: boolean): Int32Array {
  const { compare } = new Intl.Collator(lang, { numeric });
  const distinct = [...new Set(texts)];
  const plain = distinct.map((text) => (HARD.test(text) ? null : folded(text)));
  const known = plain.filter((text): text is string => text !== null);
  const weight = weights(numeric ? ["0", ...known] : known, new Intl.Collator(lang, { sensitivity: "base" }));
  if (weight && numeric) weight[0] = weight[48]!;
  const keys = plain.map((text) => (text === null || weight === null || text.length > 10_000 ? null : keyOf(text, weight, numeric)));
  const apart = (a: number, b: number): number => {
    const one = keys[a]!;
    const other = keys[b]!;
    if (one !== null && other !== null && one !== other) return one < other ? -1 : 1;
    return compare(distinct[a]!, distinct[b]!);
  };
  const order = Uint32Array.from(distinct.keys()).sort(apart);
  const place = new Map<string, number>();
  let last = -1;
  order.forEach((index, i) => {
    if (i === 0 || apart(order[i - 1]!, index) !== 0) last++;
    place.set(distinct[index]!, last);
  });
  return Int32Array.from(texts, (text) => place.get(text)!);
}
