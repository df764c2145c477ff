/** When two spellings of a theme or an operator are one: capitals, accents and spaces do not count, every other sign does. */

/**
 * The key of a spelling. Not the key of the search, which keeps letters and figures of our own
 * alphabet alone: "C" and "C#", or two names in Greek, are different. Marks are taken off Latin
 * letters only: in other scripts they make other letters.
 */
export function fold(text: string): string {
  return text
    .normalize("NFKD")
    .toLowerCase()
    .replace(/(\p{Script=Latin})\p{M}+/gu, "$1")
    .replace(/\s+/g, " ")
    .trim();
}

/** Spellings by their key, in the order in which they came. */
export function spellings(texts: Iterable<string>): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const text of new Set(texts)) {
    const key = fold(text);
    const same = found.get(key);
    if (same) same.push(text);
    else found.set(key, [text]);
  }
  return found;
}

/** One spelling of each: the first. */
export const once = (texts: Iterable<string>): string[] => [...spellings(texts).values()].map(([first]) => first!);
