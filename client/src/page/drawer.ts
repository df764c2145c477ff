/** On a phone: a bar at the foot that raises the legend or the chosen place as a sheet over the map. */
import type { Context } from "../state/context";
import { button, el } from "./dom";

type Tab = "legend" | "place";
type Height = "shut" | "half" | "full";

/** Sheets are shown by two attributes of the root; the style sheet does the rest. */
export function drawer(context: Context, root: HTMLElement): HTMLElement {
  const { store, words, navigate } = context;
  let tab: Tab = "legend";
  let height: Height = "shut";
  const legend = button({ class: "gc-tab" }, () => press("legend"), words.get("legend.title"));
  const place = button({ class: "gc-tab" }, () => press("place"), words.get("panel.label"));
  const table = button({ class: "gc-tab", "aria-controls": "gc-table", "aria-expanded": "false" }, () => store.set({ table: true }), words.get("tool.table"));
  const size = button({ class: "gc-tab gc-size" }, () => set(tab, height === "full" ? "half" : "full"));
  const grip = el("div", { class: "gc-grip", "aria-hidden": "true" });

  const set = (nextTab: Tab, nextHeight: Height): void => {
    tab = nextTab;
    height = nextHeight;
    root.dataset.sheet = height === "shut" ? "none" : tab;
    root.dataset.height = height;
    legend.setAttribute("aria-expanded", String(height !== "shut" && tab === "legend"));
    place.setAttribute("aria-expanded", String(height !== "shut" && tab === "place"));
    place.disabled = store.state.chosen === null;
    size.hidden = height === "shut";
    if (tab === "legend" && matchMedia("(max-width: 47.5em)").matches) navigate.rearranged();
    size.textContent = words.get(height === "full" ? "sheet.smaller" : "sheet.larger");
  };
  const press = (wanted: Tab): void => set(wanted, height !== "shut" && tab === wanted ? "shut" : "half");

  let from = 0;
  grip.addEventListener("pointerdown", (event) => {
    from = event.clientY;
    grip.setPointerCapture(event.pointerId);
  });
  grip.addEventListener("pointerup", (event) => {
    const up = from - event.clientY;
    if (up > 30) set(tab, height === "shut" ? "half" : "full");
    else if (up < -30) set(tab, height === "full" ? "half" : "shut");
    else set(tab, height === "shut" ? "half" : "shut");
  });
  store.watch(["chosen"], ({ chosen }) => {
    if (chosen) set("place", height === "full" ? "full" : "half");
    else set("legend", tab === "place" ? "shut" : height);
  });
  store.watch(["table"], () => table.setAttribute("aria-expanded", String(store.state.table)));
  set("legend", "shut");
  return el("nav", { class: "gc-drawer", "aria-label": words.get("side.label") }, grip, el("div", { class: "gc-tabs" }, legend, place, table, size));
}
