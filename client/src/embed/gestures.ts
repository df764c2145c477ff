/**
 * Inside another page the wheel and one finger belong to that page: the map takes the wheel with Ctrl (which is also
 * what a pinch on a touchpad gives) and two fingers, and says so when it is asked otherwise.
 */
import { el } from "../page/dom";
import type { Words } from "../page/words";

/** How long the hint stays after the last gesture. */
const STAY = 1400;

const isMac = (): boolean => /Mac|iPhone|iPad/.test(navigator.platform);

export function gestures(map: L.Map, words: Words): HTMLElement {
  const frame = map.getContainer();
  const hint = el("div", { class: "gc-gesture", "aria-hidden": "true" });
  frame.classList.add("gc-yielding");
  let timer = 0;
  const hide = (): void => hint.classList.remove("gc-shown");
  const say = (text: string): void => {
    hint.textContent = text;
    hint.classList.add("gc-shown");
    window.clearTimeout(timer);
    timer = window.setTimeout(hide, STAY);
  };

  map.scrollWheelZoom.disable();
  // Before Leaflet hears it, which answers only while the handler is on; not passive, else nothing could keep the page still.
  frame.parentElement!.addEventListener("wheel", (event) => {
    if (!frame.contains(event.target as Node)) return;
    if (event.ctrlKey || event.metaKey) {
      hide();
      map.scrollWheelZoom.enable();
      return;
    }
    map.scrollWheelZoom.disable();
    say(words.get(isMac() ? "embed.wheel.mac" : "embed.wheel"));
  }, { capture: true, passive: false });

  frame.addEventListener("pointerdown", ({ pointerType }) => {
    if (pointerType === "touch") map.dragging.disable();
    else map.dragging.enable();
  }, true);
  frame.addEventListener("touchmove", ({ touches }) => {
    if (touches.length === 1) say(words.get("embed.touch"));
    else hide();
  }, { passive: true });
  return hint;
}
