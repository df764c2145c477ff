/** The amounts of a place, in two or three sentences: what is known there, and how much is not. */
import { el } from "../page/dom";
import { euros } from "../page/format";
import type { PlaceKind } from "../state/store";
import type { Counted, Word, Words } from "../page/words";
import type { PlaceSums } from "./placesums";

type Place = Exclude<PlaceKind, "record">;

function insideText({ inside, total, state }: PlaceSums, kind: Place, words: Words): string {
  if (total === null) return words.get(`money.none.${kind}` as Word);
  const text = words.count(`money.inside.${kind}` as Counted, inside, { sum: euros(total, words.lang) });
  return state === null ? words.get("money.inside.stateless", { inside: text })
    : words.get("money.inside.state", { inside: text, state: euros(state, words.lang) });
}

/** What is not in the sum, and why. */
function restText({ wider, yearly, without }: PlaceSums, words: Words): string {
  const parts = [
    wider > 0 ? words.count("money.rest.wider", wider) : "",
    yearly > 0 ? words.count("money.rest.yearly", yearly) : "",
    without > 0 ? words.count("money.rest.without", without) : "",
  ].filter(Boolean);
  return parts.length > 0 ? `${parts.join(words.lang === "fr" ? "\u00a0; " : "; ")}.` : "";
}

/** "5 000 €", or "de 5 000 € à 100 M€". */
function rangeText(shares: readonly number[], words: Words): string {
  const [least, most] = [shares[0]!, shares.at(-1)!].map((value) => euros(value, words.lang));
  return least === most ? least! : words.get("money.range", { least: least!, most: most! });
}

function stateText({ all, shares }: PlaceSums, words: Words): string {
  if (shares.length === 0) return words.count("money.state.none", all);
  return words.count("money.state", shares.length, { all, range: rangeText(shares, words) });
}

export function moneyTexts(sums: PlaceSums, kind: Place, words: Words): string[] {
  if (sums.all === 0) return [];
  const over = sums.over > 0 ? words.count("money.over", sums.over) : "";
  return [insideText(sums, kind, words), over, stateText(sums, words), restText(sums, words)].filter(Boolean);
}

/** The block under the figures of a place; it has nothing to say where nothing is in view. */
export function money(sums: PlaceSums, kind: Place, words: Words): HTMLElement[] {
  const texts = moneyTexts(sums, kind, words);
  return texts.length === 0 ? [] : [el("h3", {}, words.get("money.title")), ...texts.map((text) => el("p", {}, text))];
}
