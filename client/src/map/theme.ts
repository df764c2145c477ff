/** The colours of the ground and of what is common to all layers, light and dark. */
import type { Family } from "../payload";

export interface Palette {
  readonly dark: boolean;
  readonly sea: string;
  readonly neighbour: string;
  readonly land: string;
  readonly commune: string;
  readonly epci: string;
  readonly departement: string;
  readonly area: string;
  readonly context: string;
  readonly text: string;
  readonly muted: string;
  readonly water: string;
  readonly halo: string;
  readonly hover: string;
  readonly ring: string;
}

export const LIGHT: Palette = {
  dark: false,
  sea: "#e6ecee",
  neighbour: "#e9edec",
  land: "#fbfaf7",
  commune: "#cfc9bd",
  epci: "#b3aa9c",
  departement: "#8a8175",
  area: "#5b5349",
  context: "#c3cacb",
  text: "#26221c",
  muted: "#5f594f",
  water: "#44616f",
  halo: "#fbfaf7",
  hover: "rgba(240,190,40,.34)",
  ring: "#15120d",
};

export const DARK: Palette = {
  dark: true,
  sea: "#12181b",
  neighbour: "#151b1e",
  land: "#23282c",
  commune: "#363d42",
  epci: "#525a60",
  departement: "#7b848a",
  area: "#aab1b6",
  context: "#343b40",
  text: "#f1efea",
  muted: "#b3b8bb",
  water: "#9db6c3",
  halo: "#1a1f22",
  hover: "rgba(255,214,92,.26)",
  ring: "#ffffff",
};

const dark = matchMedia("(prefers-color-scheme: dark)");
const printed = matchMedia("print");
let printing = false;
let overTiles = false;
let light = false;

/** Whether the page is light whatever its reader's machine prefers: most pages around a frame are, and know no other. */
export const staysLight = (framed: boolean, query: string): boolean => framed && new URLSearchParams(query).get("theme") !== "auto";

/** Be light on the screen too; said once, before anything is drawn. */
export function setLight(root: HTMLElement): void {
  light = true;
  root.classList.add("gc-light");
}

/** The palette of the moment; paper and tiles are always light. */
export function palette(): Palette {
  return dark.matches && !light && !printed.matches && !printing && !overTiles ? DARK : LIGHT;
}

/** For names over a thematic map, none of them muted: letters against the ground, their rim like it; over light classes, those of light pages. */
export function overClasses(onLight: boolean): Palette {
  const colours = onLight ? LIGHT : palette();
  return { ...colours, muted: colours.dark ? "#dcdad4" : "#37312a" };
}

export function hueOf(family: Family, colours: Palette): string {
  return colours.dark ? family.dark : family.light;
}

/** Give an element both colours of a family; the style sheet takes the one that fits. */
export function setHue(element: HTMLElement, family: Family): void {
  element.style.setProperty("--hue-light", family.light);
  element.style.setProperty("--hue-dark", family.dark);
}

/** Draw over the tiles of a basemap, which have no dark edition. */
export function setOverTiles(): void {
  overTiles = true;
}

/** Draw for paper, whatever the screen wants. */
export function setPrinting(on: boolean): void {
  printing = on;
}

export function onThemeChange(run: () => void): void {
  dark.addEventListener("change", run);
}
