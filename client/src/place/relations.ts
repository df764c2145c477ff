/** How a record stands to others: the contract of an operation, the operations of a contract, where an amount is counted. */
import type { Context } from "../state/context";
import { el } from "../page/dom";
import { euros, exactEuros } from "../page/format";
import type { Entry } from "../payload";
import { knownAmount } from "../state/filters";
import { lead } from "./placehead";

export interface Relations {
  /** The contract of an operation, and the record in whose amounts this one lies; -1 where there is none. */
  readonly contract: number;
  readonly counted: number;
  /** The operations of a contract; what else lies in the amounts of the record. */
  readonly operations: readonly number[];
  readonly parts: readonly number[];
}

export function relationsOf(records: readonly Pick<Entry, "contract" | "counted">[], index: number): Relations {
  const { contract, counted } = records[index]!;
  const operations: number[] = [];
  const parts: number[] = [];
  records.forEach((other, rank) => {
    if (other.contract === index) operations.push(rank);
    else if (other.counted === index) parts.push(rank);
  });
  return { contract, counted, operations, parts };
}

/** A link to another record, in a line that says what it is. */
function line(context: Context, label: string, index: number): HTMLElement {
  return el("p", { class: "gc-relation" }, `${label} `,
    lead(context, { kind: "record", index }, context.atlas.payload.records[index]!.title));
}

/** What is known of the amount of a record; nothing is not 0. */
function amountNote({ atlas, words }: Context, index: number): HTMLElement {
  const record = atlas.payload.records[index]!;
  const known = knownAmount(record);
  if (known === null) return el("span", { class: "gc-note" }, words.get("relation.unknown"));
  const each = record.yearly ? ` ${words.get("amount.yearly")}` : "";
  return el("span", { class: "gc-euros", title: exactEuros(known, words.lang) }, euros(known, words.lang), each);
}

/** A folded list of records, made when it is opened first. */
function folded(context: Context, title: string, records: readonly number[]): HTMLElement {
  const details = el("details", { class: "gc-relations" }, el("summary", {}, title));
  details.addEventListener("toggle", () => details.append(el("ul", {}, ...records.map((index) => el("li", {},
    lead(context, { kind: "record", index }, context.atlas.payload.records[index]!.title), amountNote(context, index))))), { once: true });
  return details;
}

export function relations(context: Context, index: number): HTMLElement[] {
  const { atlas, words } = context;
  const { contract, counted, operations, parts } = relationsOf(atlas.payload.records, index);
  return [
    contract >= 0 ? line(context, words.get("relation.contract"), contract) : null,
    counted >= 0 ? line(context, words.get("relation.counted"), counted) : null,
    operations.length > 0 ? folded(context, words.count("relation.operations", operations.length), operations) : null,
    parts.length > 0 ? folded(context, words.count("relation.parts", parts.length), parts) : null,
  ].filter((part) => part !== null);
}
