/** What facets and their options are called. */
import { cut } from "../page/cutting";
import type { Option, Listed } from "./facets";
import type { FacetKey } from "../state/filters";
import type { Status } from "../payload";
import type { Words } from "../page/words";

export const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

export function facetName(key: FacetKey, words: Words): string {
  return words.get(`facet.${key}`);
}

/** An option in the words of the cards. */
export function optionName(key: Listed, { label, values }: Option, words: Words): string {
  if (key === "kinds") return words.kind(values[0] as "contract");
  if (key !== "statuses") return cut(label);
  if (values[0] === "") return words.get("option.unsaid");
  // A contract is "en vigueur", an operation "en cours": one word in the register.
  return words.get(values[0] === "in_force" ? "option.running" : `status.${values[0] as Status}`);
}
