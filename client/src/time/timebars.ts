/** The bars of the time axis: one for each year, to press or to draw a span over. */
import { el } from "../page/dom";
import { yearsOf, type Axis, type Histogram, type Years } from "./histogram";
import type { Words } from "../page/words";

export interface Bars {
  readonly element: HTMLElement;
  /** The same figures as a list, for those who do not see the bars. */
  readonly list: HTMLElement;
  count(histogram: Histogram): void;
  choose(years: Years | null): void;
}

/** The year of a point across the bars. */
export function yearAt(x: number, left: number, width: number, { first, last }: Axis): number {
  const at = Math.floor(((x - left) / width) * (last - first + 1));
  return Math.min(last, Math.max(first, first + (Number.isFinite(at) ? at : 0)));
}

/** `act` is given the years that the reader points at; `chosen` are the present ones. */
export function timebars(axis: Axis, words: Words, chosen: () => Years | null, act: (years: Years) => void): Bars {
  const years = yearsOf(axis);
  const bars = years.map(() => el("div", { class: "gc-time-bar" }));
  const lines = years.map(() => el("li"));
  // The pointer alone acts here: the two sliders below do the same by keyboard.
  const element = el("div", { class: "gc-time-bars", "aria-hidden": "true" }, ...bars);
  const list = el("ul", { class: "gc-hidden", "aria-label": words.get("time.list") }, ...lines);
  let anchor: number | null = null;
  const at = (event: PointerEvent): number => {
    const { left, width } = element.getBoundingClientRect();
    return yearAt(event.clientX, left, width, axis);
  };
  const between = (a: number, b: number): Years => ({ from: Math.min(a, b), to: Math.max(a, b) });
  element.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    event.preventDefault();
    element.setPointerCapture(event.pointerId);
    const year = at(event);
    const now = chosen();
    // With Shift the span grows from the end that lies further away.
    if (event.shiftKey && now) anchor = Math.abs(year - now.from) > Math.abs(year - now.to) ? now.from : now.to;
    else anchor = year;
    act(between(anchor, year));
  });
  element.addEventListener("pointermove", (event) => {
    if (anchor === null) return;
    const next = between(anchor, at(event));
    const now = chosen();
    if (!now || now.from !== next.from || now.to !== next.to) act(next);
  });
  for (const end of ["pointerup", "pointercancel", "lostpointercapture"] as const) element.addEventListener(end, () => (anchor = null));
  return {
    element,
    list,
    count({ inForce, endless }) {
      const most = Math.max(1, ...inForce);
      inForce.forEach((n, i) => {
        const text = words.count(endless[i]! > 0 ? "time.bar.endless" : "time.bar", n, { year: years[i]!, endless: endless[i]! });
        bars[i]!.style.setProperty("--known", String(n === 0 ? 1 : 1 - endless[i]! / n));
        bars[i]!.style.setProperty("--share", String(n / most));
        bars[i]!.classList.toggle("gc-time-none", n === 0);
        bars[i]!.title = text;
        lines[i]!.textContent = text;
      });
    },
    choose(now) {
      bars.forEach((bar, i) => bar.classList.toggle("gc-time-chosen", now !== null && years[i]! >= now.from && years[i]! <= now.to));
    },
  };
}
