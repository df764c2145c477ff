/** Native radio buttons that look like one control in segments. */
import { el } from "../page/dom";

export interface RadioGroup<T extends string> {
  readonly element: HTMLFieldSetElement;
  select(value: T): void;
}

export function radioGroup<T extends string>(name: string, title: string, choices: readonly (readonly [T, string])[], choose: (value: T) => void): RadioGroup<T> {
  const boxes = choices.map(([value, text]) => {
    const input = el("input", { type: "radio", name, value, class: "gc-hidden" });
    input.addEventListener("change", () => input.checked && choose(value));
    return { value, input, label: el("label", { class: "gc-segment" }, input, text) };
  });
  const element = el("fieldset", { class: "gc-segments" }, el("legend", { class: "gc-hidden" }, title), ...boxes.map(({ label }) => label));
  return {
    element,
    select(wanted) {
      for (const { value, input } of boxes) input.checked = value === wanted;
    },
  };
}
