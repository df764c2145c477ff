/** What only paper shows: the documents with their dates, who made the page, and a list of what is not drawn. */
import type { Context } from "../state/context";
import { inView } from "../state/selection";
import { el } from "../page/dom";
import { date, type Lang } from "../page/format";
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
      ? el("p", {}, words.get("print.sources", { sources: sources.map((source) => citation(source, words.lang)).join("\u00a0; ") }))
      : null,
    el("p", {}, words.get(edition ? "print.note" : "print.note.plain", { title, edition, generator })));
}

export function paperList(context: Context): HTMLElement | null {
  const { atlas, words } = context;
  const { records, programmes } = atlas.payload;
  const groups = absentGroups(context);
  if (groups.length === 0) return null;
  const line = (index: number): HTMLElement => el("li", { "data-record": index },
    el("strong", {}, records[index]!.title),
    el("p", {}, `${programmes[records[index]!.programme]!.short}. ${reasonsOf(records[index]!, words).join(" ")}`));
  return el("section", { class: "gc-print-list" },
    el("h2", {}, words.get("nowhere.title")),
    ...groups.flatMap((group) => [el("h3", {}, group.title), el("ul", {}, ...group.records.map(line))]));
}

/** Leave on paper only those of the records without a drawing that are in view. */
export function listAbsent({ atlas, store }: Context, root: HTMLElement): void {
  const section = root.querySelector<HTMLElement>(".gc-print-list");
  for (const item of section?.querySelectorAll<HTMLElement>("[data-record]") ?? []) {
    item.hidden = !inView(atlas, store.state, Number(item.dataset.record));
  }
  for (const list of section?.querySelectorAll("ul") ?? []) {
    const empty = !list.querySelector("li:not([hidden])");
    list.hidden = empty;
    (list.previousElementSibling as HTMLElement).hidden = empty;
  }
  if (section) section.hidden = !section.querySelector("li:not([hidden])");
}
