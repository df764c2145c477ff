/** Two native sliders under the bars, for the first and the last year of the span. */
import { el } from "../page/dom";
import { onAxis, type Axis, type Histogram, type Years } from "./histogram";
import type { Words } from "../page/words";

export interface Sliders {
  readonly element: HTMLElement;
  readonly first: HTMLInputElement;
  update(years: Years | null, histogram: Histogram): void;
}

export function timesliders(axis: Axis, words: Words, act: (years: Years) => void): Sliders {
  const slider = (end: "from" | "to", value: number): HTMLInputElement =>
    el("input", { type: "range", class: `gc-time-range gc-time-${end}`, id: `gc-time-${end}`, min: axis.first, max: axis.last, step: 1, value });
  const from = slider("from", axis.first);
  const to = slider("to", axis.last);
  // An end that meets the other takes it along: one slider alone can walk a single year.
  from.addEventListener("input", () => act({ from: from.valueAsNumber, to: Math.max(from.valueAsNumber, to.valueAsNumber) }));
  to.addEventListener("input", () => act({ from: Math.min(from.valueAsNumber, to.valueAsNumber), to: to.valueAsNumber }));
  const label = (input: HTMLInputElement, key: "time.from" | "time.to"): HTMLElement =>
    el("label", { class: "gc-hidden", for: input.id }, words.get(key));
  const span = el("div", { class: "gc-time-span" });
  const element = el("div", { class: "gc-time-sliders" }, span, label(from, "time.from"), from, label(to, "time.to"), to);
  return {
    element,
    first: from,
    update(years, { inForce }) {
      const now = onAxis(years ?? { from: axis.first, to: axis.last }, axis);
      for (const [input, year] of [[from, now.from], [to, now.to]] as const) {
        if (input.valueAsNumber !== year) input.valueAsNumber = year;
        const text = words.count("time.bar", inForce[year - axis.first] ?? 0, { year });
        if (input.getAttribute("aria-valuetext") !== text) input.setAttribute("aria-valuetext", text);
      }
      element.classList.toggle("gc-time-any", years === null);
      span.style.setProperty("--from", String(now.from - axis.first));
      span.style.setProperty("--to", String(now.to - axis.first));
    },
  };
}
