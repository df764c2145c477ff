/** Where a long text may be cut and broken: pure text, save for the elements that let a line break. */

/** Longer texts are shown by their beginning. */
export const LONG = 600;
export const BRIEF = 400;
/** How far back a blank is looked for, or the beginning of a sign of several parts. */
const BACK = 40;
/** A word is broken where it has no blank for so long. */
const RUN = /\S{100}\p{M}{0,20}(?=\S)/gu;
/** What belongs to the sign before it: a mark, a joiner, the second half of a pair. */
const JOINED = /[\p{M}\u200d\udc00-\udfff]/u;

/** The beginning of a text that is long, cut between words where there are any and never within a sign; a shorter one as it is. */
export function cut(text: string, most = BRIEF, end = "…"): string {
  if (text.length <= Math.max(most, LONG)) return text;
  const blank = text.slice(most - BACK, most).search(/\s\S*$/);
  let at = blank < 0 ? most : most - BACK + blank;
  for (let back = 0; back < BACK && (JOINED.test(text[at]!) || text[at - 1] === "\u200d"); back++) at--;
  return text.slice(0, at) + end;
}

/** The pieces between which a line may break, where the text itself offers no place. */
export function pieces(text: string): string[] {
  const parts: string[] = [];
  let from = 0;
  for (const { 0: run, index } of text.matchAll(RUN)) {
    parts.push(text.slice(from, index + run.length));
    from = index + run.length;
  }
  return [...parts, text.slice(from)];
}

/** The text as nodes: it is copied as it was. */
export function breakable(text: string): Node {
  const all = document.createDocumentFragment();
  pieces(text).forEach((piece, rank) => all.append(...(rank > 0 ? [document.createElement("wbr"), piece] : [piece])));
  return all;
}
