/** How a record stands to others: the contract of an operation, the operations of a contract, where an amount is counted. */
import type { Context } from "../state/context";
import { el } from "../page/dom";
import { euros, exactEuros } from "../page/format";
import { inParts } from "../page/parts";
import type { Words } from "../page/words";
import type { Entry } from "../payload";
import { knownAmount } from "../state/amounts";
import { lead } from "./placehead";

export interface Relations {
  /** The contract of an operation, and the record in whose amounts this one lies; -1 where there is none. */
  readonly contract: number;
  readonly counted: number;
  /** The operations of a contract; what else lies in the amounts of the record. */
  readonly operations: readonly number[];
  readonly parts: readonly number[];
}

type Related = Pick<Entry, "contract" | "counted">;

/** The others that name a record, gathered once for all cards. */
interface Kin {
  readonly operations: ReadonlyMap<number, readonly number[]>;
  readonly parts: ReadonlyMap<number, readonly number[]>;
}

const families = new WeakMap<readonly Related[], Kin>();

function kinOf(records: readonly Related[]): Kin {
  let kin = families.get(records);
  if (kin === undefined) {
    const [operations, parts] = [new Map<number, number[]>(), new Map<number, number[]>()];
    records.forEach(({ contract, counted }, rank) => {
      const put = (of: Map<number, number[]>, index: number): void => {
        const own = of.get(index);
        if (own) own.push(rank);
        else of.set(index, [rank]);
      };
      if (contract >= 0) put(operations, contract);
      // An operation of a contract whose money lies there too is told once, as an operation.
      if (counted >= 0 && counted !== contract) put(parts, counted);
    });
    families.set(records, (kin = { operations, parts }));
  }
  return kin;
}

export function relationsOf(records: readonly Related[], index: number): Relations {
  const { contract, counted } = records[index]!;
  const { operations, parts } = kinOf(records);
  return { contract, counted, operations: operations.get(index) ?? [], parts: parts.get(index) ?? [] };
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
  details.addEventListener("toggle", () => details.append(...inParts(context.words, el("ul", {}), records, (index) => el("li", {},
    lead(context, { kind: "record", index }, context.atlas.payload.records[index]!.title), amountNote(context, index)))), { once: true });
  return details;
}

/** How many operations a contract has, wherever they are; the legend counts some of them under other programmes. */
export function operationsText(records: readonly Entry[], index: number, words: Words): string {
  const { operations } = relationsOf(records, index);
  const others = operations.filter((each) => records[each]!.programme !== records[index]!.programme).length;
  const text = words.count("relation.operations", operations.length);
  return others > 0 ? words.count("relation.operations.foreign", others, { text }) : text;
}

export function relations(context: Context, index: number): HTMLElement[] {
  const { atlas, words } = context;
  const { contract, counted, operations, parts } = relationsOf(atlas.payload.records, index);
  return [
    contract >= 0 ? line(context, words.get("relation.contract"), contract) : null,
    counted >= 0 ? line(context, words.get("relation.counted"), counted) : null,
    operations.length > 0 ? folded(context, operationsText(atlas.payload.records, index, words), operations) : null,
    parts.length > 0 ? folded(context, words.count("relation.parts", parts.length), parts) : null,
  ].filter((part) => part !== null);
}
