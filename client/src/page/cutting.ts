/** Where a long text may be cut and broken: pure text, save for the elements that let a line break. */

/** Longer texts are shown by their beginning. */
export const LONG = 600;
export const BRIEF = 400;
/** How far back a blank is looked for. */
const BACK = 40;
/** A word is broken where it has no blank for so long; a single sign that is so many times longer, within it. */
const RUN = 100;
const ENDLESS = 4;
/** An older browser without it knows signs of one code point. */
const SIGNS = "Segmenter" in Intl ? new Intl.Segmenter(undefined, { granularity: "grapheme" }) : undefined;

/** Letters that no other is joined to, of which nearly all texts are: they need no slow search. */
const PLAIN = /^[ -\u02ff]*$/;

/** Where each sign that people see begins: a letter with its marks, a flag, a family. */
function* starts(text: string): Generator<number> {
  if (SIGNS && !PLAIN.test(text)) for (const { index } of SIGNS.segment(text)) yield index;
  else for (let at = 0; at < text.length; at += text.codePointAt(at)! > 0xffff ? 2 : 1) yield at;
}

/** A place in a text, or the one before it: a letter of two units is not cut. */
function between(text: string, at: number): number {
  return text.codePointAt(at - 1)! > 0xffff ? at - 1 : at;
}

/** The beginning of a text that is long, cut between words where there are any and never within a sign; a shorter one as it is. */
export function cut(text: string, most = BRIEF, end = "…"): string {
  if (text.length <= Math.max(most, LONG)) return text;
  const blank = text.slice(most - BACK, most).search(/\s\S*$/);
  const at = blank < 0 ? most : most - BACK + blank;
  let last = 0;
  for (const start of starts(text.slice(0, at + BACK))) {
    if (start > at) break;
    last = start;
  }
  return text.slice(0, last || between(text, at)) + end;
}

/** Where a word without a blank may be broken: between signs, and within one that has no end. */
function* breaks(word: string): Generator<number> {
  let last = 0;
  for (const start of [...starts(word), word.length]) {
    for (; start - last > ENDLESS * RUN; yield last) last = between(word, last + RUN);
    if (start - last >= RUN && start < word.length) yield (last = start);
  }
}

/** The pieces between which a line may break, where the text itself offers no place. */
export function pieces(text: string): string[] {
  const parts: string[] = [];
  let from = 0;
  for (const { 0: word, index } of text.matchAll(/\S{101,}/g)) {
    for (const at of breaks(word)) {
      parts.push(text.slice(from, index + at));
      from = index + at;
    }
  }
  return [...parts, text.slice(from)];
}

/** The text as nodes: it is copied as it was. */
export function breakable(text: string): Node {
  const all = document.createDocumentFragment();
  pieces(text).forEach((piece, rank) => all.append(...(rank > 0 ? [document.createElement("wbr"), piece] : [piece])));
  return all;
}
