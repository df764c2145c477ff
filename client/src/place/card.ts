/** A card of the panel: a contract, a mission or an operation, with its facts and where they come from. */
import type { Context } from "../state/context";
import { button, el, FRENCH, icon, link } from "../page/dom";
import { cut } from "../page/cutting";
import { date, euros, exactEuros } from "../page/format";
import { longText } from "../page/longtext";
import { reasonsOf } from "../legend/nowhere";
import type { Entry } from "../payload";
import { relations } from "./relations";
import { withMembers } from "../state/store";
import { swatch } from "../legend/swatch";
import { setHue } from "../map/theme";
import type { Word, Words } from "../page/words";

/** When: signed on, from, until; nothing where nothing is stated. */
export function dates(record: Entry, words: Words): string {
  const { lang } = words;
  const parts: string[] = [];
  if (record.signed) parts.push(words.get(record.signed.length === 10 ? "dates.signed.on" : "dates.signed.in", { date: date(record.signed, lang) }));
  if (record.starts && record.ends) {
    parts.push(record.starts === record.ends
      ? date(record.starts, lang)
      : words.get("dates.span", { from: date(record.starts, lang), to: date(record.ends, lang) }));
  } else if (record.starts) parts.push(words.get("dates.from", { date: date(record.starts, lang) }));
  else if (record.ends) parts.push(words.get("dates.until", { date: date(record.ends, lang) }));
  return parts.length > 0 ? parts.join(" · ") : words.get("dates.none");
}

/** What the source says of the state of things, and when it said so: of 2019, "planned" may have been done since. */
function status(record: Entry, { atlas, words }: Context): string {
  const name = record.status === "in_force" && record.kind === "operation" ? words.get("status.running") : words.get(`status.${record.status}` as Word);
  const year = atlas.payload.sources[record.source]?.published.slice(0, 4);
  const passes = record.status === "in_force" || record.status === "planned" || record.status === "announced";
  return passes && year ? words.get("status.asof", { status: name, year }) : name;
}

function amounts(record: Entry, words: Words): HTMLElement | null {
  const { lang } = words;
  if (record.total === null && record.amounts.length === 0) return null; // said in words by amountless()
  const each = record.yearly ? ` ${words.get("amount.yearly")}` : "";
  const rows = record.amounts.map(({ payer, eur }) => el("li", {},
    el("span", {}, words.get(`payer.${payer}` as Word)), el("span", { class: "gc-euros", title: exactEuros(eur, lang) }, euros(eur, lang), each)));
  return el("div", { class: "gc-amounts" },
    record.total === null ? null : el("p", { class: "gc-total" },
      el("strong", { title: exactEuros(record.total, lang) }, euros(record.total, lang)), ` ${words.get("amount.total")}${each}`),
    rows.length > 0 ? el("ul", {}, ...rows) : null);
}

function amountless(record: Entry, words: Words): HTMLElement | null {
  return record.kind === "mission" ? null : el("p", { class: "gc-note" }, words.get("amount.none"));
}

function basis(record: Entry, words: Words): HTMLElement | null {
  if (record.basis === null || record.basis === "stated" || record.draw === "none") return null;
  return el("p", { class: "gc-basis" }, words.get(`basis.${record.basis}` as Word));
}

/** Several things, written one after the other with semicolons, as a list. */
function listed(text: string, words: Words): Node[] {
  const parts = text.split("; ");
  // A list without an end is read on as a text.
  return parts.length === 1 || cut(text) !== text ? longText(words, text) : [el("ul", { class: "gc-bullets" }, ...parts.map((part) => el("li", {}, part)))];
}

function facts(record: Entry, words: Words): HTMLElement | null {
  const rows = record.facts.map(({ label, text }) => [label, text]);
  if (record.themes.length > 0) rows.push([words.get("card.themes"), record.themes.join(", ")]);
  if (record.places.length > 0 && record.draw !== "none") rows.push([words.get("card.places"), record.places.join(", ")]);
  if (record.elsewhere.length > 0 && record.draw !== "none") rows.push([words.get("card.elsewhere"), record.elsewhere.join(", ")]);
  if (rows.length === 0) return null;
  return el("dl", { class: "gc-facts" }, ...rows.map(([label, text]) => el("div", {}, el("dt", {}, label!), el("dd", FRENCH, ...listed(text!, words)))));
}

/** The source, its publisher and the place in it. */
function origin(record: Entry, context: Context): HTMLElement | null {
  const source = context.atlas.payload.sources[record.source];
  if (!source) return null;
  const where = [source.published ? date(source.published, context.words.lang) : "", record.section].filter(Boolean).join(" · ");
  return el("p", { class: "gc-origin" }, el("span", FRENCH, ...longText(context.words, source.title, (text) => link(text, source.href))),
    ...(where ? longText(context.words, ` · ${where}`) : []));
}

function links(record: Entry, words: Words): HTMLElement | null {
  if (record.links.length === 0) return null;
  return el("ul", { class: "gc-card-links" }, ...record.links.map(({ text, href }) => el("li", {}, ...longText(words, text, (shown) => link(shown, href)))));
}

/** What one can do with the record on the map. */
function actions(context: Context, index: number): HTMLElement {
  const { atlas, store, words, navigate } = context;
  const record = atlas.payload.records[index]!;
  if (record.draw === "none") {
    return el("div", { class: "gc-note" }, el("p", {}, words.get("card.absent")),
      ...reasonsOf(record, words).map((reason) => el("p", {}, ...longText(words, reason))));
  }
  const hidden = store.state.hidden.has(record.programme);
  const show = button({ class: "gc-small-button", "aria-label": words.get("card.show.of", { name: cut(record.title) }) }, () => {
    navigate.show({ kind: "record", index });
    store.set({ raised: { kind: "record", index } });
  }, icon("zoom"), words.get("card.show"));
  const bar = el("div", { class: "gc-actions" }, show);
  if (hidden) {
    const on = button({ class: "gc-small-button" }, () => {
      store.set({ hidden: withMembers(store.state.hidden, [record.programme], false) });
      on.remove();
    }, words.get("card.layer.on"));
    bar.append(on);
  }
  return bar;
}

export function card(context: Context, index: number, open: boolean): HTMLElement {
  const { atlas, store, words } = context;
  const record = atlas.payload.records[index]!;
  const programme = atlas.payload.programmes[record.programme]!;
  const head = el("header", {},
    el("h4", FRENCH, ...longText(words, record.title)),
    el("p", { class: "gc-card-programme" }, swatch(context, record.programme), el("span", FRENCH, ...longText(words, programme.name))),
    el("p", { class: "gc-card-dates" }, 
      record.status === null || (record.status === "signed" && record.signed) ? null : el("span", { class: "gc-status" }, status(record, context)),
      ` ${dates(record, words)}`));
  // A remark says what an amount is ("par an", "plus de"): it stands with it, not under details.
  const remarks = record.remarks.filter((remark) => !record.reasons.includes(remark)).map((remark) => el("p", { class: "gc-remark" }, ...longText(words, remark)));
  const sums = amounts(record, words);
  const rest = [facts(record, words), ...(sums ? [] : remarks), links(record, words)].filter((part) => part !== null);
  const element = el("article", { class: "gc-card", "data-record": record.id },
    head,
    record.summary ? el("p", { class: "gc-card-summary", ...FRENCH }, ...longText(words, record.summary)) : null,
    sums ?? amountless(record, words),
    ...(sums ? remarks : []),
    ...relations(context, index),
    basis(record, words),
    rest.length > 0 ? el("details", { class: "gc-card-rest", open }, el("summary", {}, words.get("card.more")), ...rest) : null,
    origin(record, context),
    actions(context, index));
  setHue(element, atlas.payload.families[programme.family]!);
  element.addEventListener("pointerenter", (event) => event.pointerType !== "touch" && store.set({ raised: { kind: "record", index } }));
  element.addEventListener("pointerleave", (event) => event.pointerType !== "touch" && store.set({ raised: null }));
  element.addEventListener("focusin", (event) => (event.target as HTMLElement).matches(":focus-visible") && store.set({ raised: { kind: "record", index } }));
  element.addEventListener("focusout", () => store.set({ raised: null }));
  return element;
}
