/** The records that the map cannot show, with the reason, under the legend. */
import type { Context } from "./context";
import { button, el } from "./dom";
import type { Entry } from "./payload";
import type { Words } from "./words";

export function reasonOf(record: Entry, words: Words): string {
  if (record.elsewhere.length > 0 && record.communes.length === 0) {
    return words.get("nowhere.elsewhere", { places: record.elsewhere.join(", ") });
  }
  return words.get(record.basis === "unknown" ? "nowhere.unknown" : "nowhere.none");
}

export function nowhereList(context: Context): HTMLElement | null {
  const { atlas, store, words } = context;
  const { records, programmes } = atlas.payload;
  const absent = records.map((record, index) => ({ record, index })).filter(({ record }) => record.draw === "none");
  if (absent.length === 0) return null;
  return el("details", { class: "gc-nowhere" },
    el("summary", {}, el("h3", {}, words.get("nowhere.title")), el("span", { class: "gc-count" }, String(absent.length))),
    el("ul", {}, ...absent.map(({ record, index }) => el("li", {},
      button({ class: "gc-link-button" }, () => store.set({ chosen: { kind: "record", index } }), record.title),
      el("span", { class: "gc-note" }, `${programmes[record.programme]!.short} · ${reasonOf(record, words)}`)))));
}
