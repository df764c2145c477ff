/** The facet of amounts: from and to, typed as people write euros. */
import type { Context } from "../state/context";
import { el } from "../page/dom";
import { parseEuros } from "./euroinput";
import type { Remaining } from "./facets";
import { facetName } from "./filterwords";
import { NO_FILTERS } from "../state/filters";
import { number } from "../page/format";

/** Typing settles before the map follows. */
const SETTLED = 350;

type End = "least" | "most";
const ENDS: readonly End[] = ["least", "most"];

export interface AmountChoice {
  readonly element: HTMLElement;
  update(left: Remaining): void;
}

export function amountChoice(context: Context): AmountChoice {
  const { store, words } = context;
  const hint = el("p", { class: "gc-facet-hint", id: "gc-amount-hint", "aria-live": "polite" });
  const note = el("p", { class: "gc-note", id: "gc-amount-note" });
  const inputs = Object.fromEntries(ENDS.map((end) => [end, el("input", {
    type: "text", inputmode: "text", class: "gc-input", autocomplete: "off", spellcheck: "false", "aria-describedby": "gc-amount-hint gc-amount-note",
    placeholder: words.get(`amount.example.${end}`),
  })])) as Record<End, HTMLInputElement>;
  const unclear = (end: End): boolean => inputs[end].value.trim() !== "" && parseEuros(inputs[end].value) === null;

  const tell = (): void => {
    for (const end of ENDS) inputs[end].setAttribute("aria-invalid", String(unclear(end)));
    const { least, most } = store.state.filters;
    const wrong = ENDS.find(unclear);
    const text = wrong ? words.get("amount.unclear", { text: inputs[wrong].value.trim() }) : least !== null && most !== null && least > most ? words.get("amount.crossed") : "";
    if (hint.textContent !== text) hint.textContent = text;
  };
  const apply = (): void => {
    window.clearTimeout(timer);
    const [least, most] = ENDS.map((end) => parseEuros(inputs[end].value)) as [number | null, number | null];
    const { filters } = store.state;
    if (least !== filters.least || most !== filters.most) store.set({ filters: { ...filters, least, most } });
    tell();
  };
  let timer = 0;
  for (const end of ENDS) {
    inputs[end].addEventListener("change", apply);
    inputs[end].addEventListener("input", () => {
      window.clearTimeout(timer);
      timer = window.setTimeout(apply, SETTLED);
    });
  }
  const update = ({ known, unknown }: Remaining): void => {
    const { filters } = store.state;
    for (const end of ENDS) {
      const said = filters[end];
      const stale = filters === NO_FILTERS ? inputs[end].value !== "" : parseEuros(inputs[end].value) !== said;
      if (stale) inputs[end].value = said === null ? "" : number(said, words.lang);
    }
    tell();
    const set = filters.least !== null || filters.most !== null;
    note.textContent = set ? words.count("amount.left.out", unknown) : words.count("amount.known", known, { all: known + unknown });
  };
  const element = el("fieldset", { class: "gc-facet" }, el("legend", {}, facetName("amount", words)),
    el("div", { class: "gc-amount-ends" }, ...ENDS.map((end) => el("label", {}, el("span", {}, words.get(`amount.${end}`)), inputs[end]))),
    hint, note);
  return { element, update };
}
