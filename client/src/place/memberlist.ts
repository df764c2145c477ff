/** The communes of a record by EPCI, each leading to its own panel. */
import { touched } from "../geometry/atlas";
import type { Context } from "../state/context";
import { el } from "../page/dom";
import { number } from "../page/format";
import { inParts } from "../page/parts";
import { lead } from "./placehead";

export interface MemberGroup {
  /** -1 for the communes without an EPCI. */
  readonly epci: number;
  readonly communes: readonly number[];
}

/** Communes by EPCI, both in the order of their names. */
export function memberGroups({ atlas, words }: Pick<Context, "atlas" | "words">, communes: readonly number[]): MemberGroup[] {
  const { epci, communes: all } = atlas.payload.places;
  const { compare } = new Intl.Collator(words.lang);
  const groups = new Map<number, number[]>();
  for (const commune of communes) {
    const group = groups.get(all.epci[commune]!);
    if (group) group.push(commune);
    else groups.set(all.epci[commune]!, [commune]);
  }
  return [...groups].sort(([a], [b]) => Number(a < 0) - Number(b < 0) || (a < 0 ? 0 : compare(epci[a]!.name, epci[b]!.name)))
    .map(([index, own]) => ({ epci: index, communes: own.sort((a, b) => compare(all.name[a]!, all.name[b]!)) }));
}

/** Details whose content is made when they are opened first: a contract may have thousands of communes. */
function later(attributes: { readonly class: string }, summary: string, content: () => readonly HTMLElement[]): HTMLDetailsElement {
  const details = el("details", attributes, el("summary", {}, summary));
  details.addEventListener("toggle", () => details.append(...content()), { once: true });
  return details;
}

export function memberList(context: Context, index: number): HTMLElement | null {
  const { atlas, words } = context;
  const { epci, communes: places } = atlas.payload.places;
  const communes = touched(atlas.payload.records[index]!);
  if (communes.length === 0) return null;
  const list = (own: readonly number[]): HTMLElement => el("ul", { class: "gc-member-communes" },
    ...own.map((commune) => el("li", {}, lead(context, { kind: "commune", index: commune }, places.name[commune]!))));
  const group = ({ epci: of, communes: own }: MemberGroup, unfolded: boolean): HTMLElement => {
    const name = of < 0 ? words.get("place.no.epci") : lead(context, { kind: "epci", index: of }, epci[of]!.name);
    const whole = of >= 0 ? atlas.inEpci[of]!.length : own.length;
    const count = own.length === whole ? words.count("place.communes", whole) : words.count("member.communes", own.length, { all: number(whole, words.lang) });
    return el("li", {}, name, unfolded
      ? el("div", {}, el("p", { class: "gc-note" }, count), list(own))
      : later({ class: "gc-member-part" }, count, () => [list(own)]));
  };
  const within = new Set(communes.map((commune) => places.epci[commune]!).filter((of) => of >= 0));
  const title = [words.count("place.communes", communes.length), words.count("member.epci", within.size)].join(", ");
  return later({ class: "gc-members" }, words.get("member.title", { list: title }), () => {
    const groups = memberGroups(context, communes);
    return inParts(words, el("ul", {}), groups, (each) => group(each, groups.length <= 2));
  });
}
