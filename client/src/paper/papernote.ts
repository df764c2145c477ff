/** What only paper shows: the documents with their dates, who made the page, and a list of what is not drawn. */
import type { Context } from "../state/context";
import { inView } from "../state/selection";
import { breakable, cut } from "../page/cutting";
import { el } from "../page/dom";
import { date, number, type Lang } from "../page/format";
import { absentGroups, reasonsOf } from "../legend/nowhere";
import type { Source } from "../payload";

/** A document, its publisher and its date in one line. */
export function citation(source: Pick<Source, "title" | "publisher" | "published">, lang: Lang): string {
  const rest = [source.publisher, source.published ? date(source.published, lang) : ""].filter(Boolean).join(", ");
  return rest ? `${source.title} (${rest})` : source.title;
}

export function paperNote({ atlas, words }: Context): HTMLElement {
  const { title, edition, generator, sources } = atlas.payload;
  return el("div", { class: "gc-print-note" },
    sources.length > 0
      ? el("p", {}, breakable(words.get("print.sources", { sources: sources.map((source) => cut(citation(source, words.lang))).join("\u00a0; ") })))
      : null,
    el("p", {}, words.get(edition ? "print.note" : "print.note.plain", { title, edition, generator })));
}

/** A place for the list; it is filled when the page is printed. */
export function paperList(context: Context): HTMLElement | null {
  return absentGroups(context).length === 0 ? null : el("section", { class: "gc-print-list", hidden: true });
}

/** More than some ten pages are no reading on paper. */
const MOST = 400;

/** Write out the records without a drawing that are in view; of very many the first, and it is said where all of them are. */
export function listAbsent(context: Context, root: HTMLElement): void {
  const section = root.querySelector<HTMLElement>(".gc-print-list");
  if (!section) return;
  const { atlas, store, words } = context;
  const { records, programmes } = atlas.payload;
  const line = (index: number): HTMLElement => el("li", {},
    el("strong", {}, cut(records[index]!.title)),
    el("p", {}, `${cut(programmes[records[index]!.programme]!.short)}. ${cut(reasonsOf(records[index]!, words).join(" "))}`));
  const groups = absentGroups(context)
    .map(({ title, records: own }) => ({ title, own: own.filter((index) => inView(atlas, store.state, index)) }))
    .filter(({ own }) => own.length > 0);
  section.hidden = groups.length === 0;
  section.replaceChildren(el("h2", {}, words.get("nowhere.title")), ...groups.flatMap(({ title, own }) => [
    el("h3", {}, title),
    el("ul", {}, ...own.slice(0, MOST).map(line)),
    own.length > MOST ? el("p", {}, words.get("print.list.part", { n: number(MOST, words.lang), all: number(own.length, words.lang) })) : null,
  ]).filter((part) => part !== null));
}
