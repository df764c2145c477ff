/** Where something comes from, in a line: document, who made it, when, under which licence; what nobody tells is said to be unknown. */
import type { Context } from "../state/context";
import { el } from "./dom";
import { date, number } from "./format";
import type { Payload, Source } from "../payload";

/** What follows the title of a document. */
export function origin({ publisher, published, licence }: Source, { atlas, words }: Context): string {
  const own = licence || atlas.payload.provenance.licence;
  return [publisher || words.get("origin.unproduced"), published ? date(published, words.lang) : words.get("origin.undated"),
    own || words.get("origin.unlicensed")].map((text) => ` · ${text}`).join("");
}

/** The files that were read; the whole hash is there on demand, to be copied. */
export function inputs({ atlas, words }: Context): HTMLElement {
  const { inputs: files, places, hash } = (atlas.payload as Payload).provenance;
  const line = (name: string, sha: string): HTMLElement => el("li", {}, el("details", {},
    el("summary", {}, `${name} · SHA-256\u00a0${sha.slice(0, 8)}…`), el("code", {}, sha)));
  return el("ul", {}, ...files.map(({ name, bytes, sha256 }) => line(`${name} · ${words.get("origin.bytes", { n: number(bytes, words.lang) })}`, sha256)),
    line(places.title, hash));
}
