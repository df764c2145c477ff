/** The key of a thematic map: its units, its classes written out, and what the map does not say. */
import type { Atlas } from "../geometry/atlas";
import { unitList } from "./unitlist";
import type { Context } from "../state/context";
import { crossPicker } from "./crosspicker";
import { cut } from "../page/cutting";
import { button, el, icon } from "../page/dom";
import { fileName, save } from "../table/download";
import { leftOut } from "./leftout";
import { radioGroup } from "./radiogroup";
import { classText, notesOf, titleOf, valueText } from "./scaletext";
import { scaleTable } from "./scaletable";
import { withMembers, type Unit } from "../state/store";
import { themeOf, UNITS, type Theme } from "./thematic";
import { unitsCsv, unitsLabel, unitsTitle } from "./unitsfile";

/** The value of the unit under a commune in one line; nothing while layers are shown. */
export function valueAt({ atlas, store, words }: Context, commune: number): string {
  const theme = themeOf(atlas, store.state);
  return theme ? valueText(atlas, theme, commune, words) : "";
}

/** The units of a class: its communes, or the EPCI in which they lie. */
function unitsOfClass({ payload: { places } }: Atlas, { classOf, unit }: Theme, rank: number): number[] {
  const found = new Set<number>();
  classOf.forEach((own, commune) => {
    if (own === rank) found.add(unit === "commune" ? commune : places.communes[unit][commune]!);
  });
  return [...found];
}

export function thematicKey(context: Context): HTMLElement {
  const { atlas, store, words, announce } = context;
  const title = el("h2", { id: "gc-scale-title" });
  const units = (Object.keys(UNITS) as (keyof typeof UNITS)[]).filter((mode) => UNITS[mode].length > 1).map((mode) => {
    const choices = UNITS[mode].map((unit) => [unit, words.get(`scale.unit.${unit}`)] as const);
    return { mode, group: radioGroup<Unit>(`gc-unit-${mode}`, words.get("scale.unit"), choices, (unit) => store.set({ unit })) };
  });
  const picker = crossPicker(context);
  const table = scaleTable(words);
  const notes = el("ul", { class: "gc-scale-notes" });
  const vast = button({ class: "gc-small-button" }, () => {
    store.set({ hidden: withMembers(store.state.hidden, themeOf(atlas, store.state)?.vast ?? [], true) });
  });
  const missing = el("ul", { class: "gc-scale-left-out" });
  const csvText = el("span", {});
  const csv = button({ class: "gc-small-button" }, () => {
    const theme = themeOf(atlas, store.state);
    if (!theme) return;
    const name = fileName(unitsTitle(atlas, theme, words), "csv");
    save(name, "text/csv;charset=utf-8", unitsCsv(atlas, theme, words));
    announce.say(words.get("scale.saved", { name }));
  }, icon("download"), csvText);
  const lists = Array.from({ length: 7 }, () => unitList(context));
  const element = el("section", { class: "gc-scale", "aria-labelledby": "gc-scale-title", hidden: true },
    title, ...units.map(({ group }) => group.element), picker.element, table.element, missing, notes, vast, csv, ...lists.map((list) => list.element));

  const update = (): void => {
    const theme = themeOf(atlas, store.state);
    element.hidden = theme === null;
    if (!theme) return;
    title.textContent = titleOf(theme, words);
    for (const { mode, group } of units) {
      group.element.hidden = mode !== theme.mode;
      group.select(theme.unit);
    }
    picker.element.hidden = theme.mode !== "cross";
    if (theme.mode === "cross") picker.update();
    table.update(theme);
    const name = cut(atlas.payload.programmes[theme.vast[0]!]?.short ?? "");
    notes.replaceChildren(...notesOf(theme, words, name).map((note) => el("li", {}, note)));
    const left = leftOut(atlas, store.state, words);
    missing.hidden = left.length === 0;
    missing.replaceChildren(...left.map((note) => el("li", {}, note)));
    csvText.textContent = unitsLabel(theme, words);
    vast.hidden = theme.mode !== "white" || theme.vast.length === 0;
    vast.textContent = words.count("white.vast", theme.vast.length, { name });
    lists.forEach((list, rank) => {
      const own = theme.classes[rank];
      const listed = own && (own.style.kind === "cross" || own.style.kind === "white");
      const title = theme.unit === "epci" ? "scale.list.epci" : "scale.list";
      list.update(theme.unit, listed ? words.get(title, { name: classText(theme, own, words) }) : "", listed ? unitsOfClass(atlas, theme, rank) : []);
    });
  };
  store.watch(["mode", "unit", "crossed", "hidden", "passing", "filters", "period"], update);
  store.watch(["mode", "unit"], () => {
    // With the reason for a zero, where there is one.
    const first = themeOf(atlas, store.state)?.smothered ? 2 : 1;
    if (!element.hidden) announce.say([title.textContent, ...Array.from(notes.children).slice(0, first).map((note) => note.textContent)].join(". "));
  });
  update();
  return element;
}
