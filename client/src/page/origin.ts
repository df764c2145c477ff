/** Where something comes from, in a line: document, who made it, when, under which licence; what nobody tells is said to be unknown. */
import type { Context } from "../state/context";
import { el } from "./dom";
import { date, metres, number } from "./format";
import type { Source } from "../payload";

/** What follows the title of a document. */
export function origin({ publisher, published, licence }: Source, { words }: Context): string {
  return [publisher || words.get("origin.unproduced"), published ? date(published, words.lang) : words.get("origin.undated"),
    licence || words.get("origin.unlicensed")].map((text) => ` · ${text}`).join("");
}

/** Under which licence the data are: it is another thing than that of a document. */
export function licence({ atlas, words }: Context): string {
  return words.get("origin.data", { licence: atlas.payload.provenance.rights });
}

/** How far the borders on the page may stand from the boundaries that it was made from, and these from their source. */
export function exactness({ atlas, words }: Pick<Context, "atlas" | "words">): string {
  const { provenance, grid } = atlas.payload;
  return words.get("origin.exact", { told: provenance.exactness, distance: metres(grid.tolerance, words.lang) });
}

/** The files that were read; the whole hash is there on demand, to be copied. */
export function inputs({ atlas, words }: Context): HTMLElement {
  const { inputs: files, places, hash } = atlas.payload.provenance;
  const line = (name: string, sha: string): HTMLElement => el("li", {}, el("details", {},
    el("summary", {}, `${name} · SHA-256\u00a0${sha.slice(0, 8)}…`), el("code", {}, sha)));
  return el("ul", {}, ...files.map(({ name, bytes, sha256 }) => line(`${name} · ${words.get("origin.bytes", { n: number(bytes, words.lang) })}`, sha256)),
    line(places.title, hash));
}
