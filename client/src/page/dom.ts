/** Make elements. Text goes in as text nodes, never as markup. */
import { breakable, cut } from "./cutting";

type Attribute = string | number | boolean | null | undefined;
export type Child = Node | string | null | undefined | false;

/** What is no reading text (a label, a hint) is never longer; reading texts come as nodes, from `longText`. */
const LONGEST = 2000;
const HINTS: ReadonlySet<string> = new Set(["title", "aria-label"]);

const SVG = "http://www.w3.org/2000/svg";

function fill(node: Element, attributes: Readonly<Record<string, Attribute>>, children: readonly Child[]): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "style" || name.startsWith("on")) throw new Error(`${name} is not set as an attribute`);
    node.setAttribute(name, value === true ? "" : HINTS.has(name) ? cut(String(value)) : String(value));
  }
  for (const child of children) {
    if (child === null || child === undefined || child === false) continue;
    node.append(typeof child === "string" && child.length > LONGEST ? breakable(cut(child, LONGEST)) : child);
  }
}

export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K, attributes: Readonly<Record<string, Attribute>> = {}, ...children: Child[]
): HTMLElementTagNameMap[K] {
  const node = document.createElement(tag);
  fill(node, attributes, children);
  return node;
}

/** Of what a register says, in whatever language the page is. */
export const FRENCH = { lang: "fr" } as const;

export function button(attributes: Readonly<Record<string, Attribute>>, act: (event: MouseEvent) => void, ...children: Child[]): HTMLButtonElement {
  const node = el("button", { type: "button", ...attributes }, ...children);
  node.addEventListener("click", act);
  return node;
}

/** A link that leaves the page; anything but https stays plain text. */
export function link(text: string, href: string | null): Node {
  if (href === null || !/^https:\/\//i.test(href)) return document.createTextNode(text);
  return el("a", { href, target: "_blank", rel: "noopener noreferrer" }, text);
}

/** The drawings of the buttons, on a square of 16. */
const ICONS = {
  plus: "M8 3v10M3 8h10",
  minus: "M3 8h10",
  home: "M2.5 8 8 3l5.5 5M4 7.5V13h8V7.5",
  info: "M8 7.2V12M8 4.2v.4",
  close: "m4 4 8 8m0-8-8 8",
  chevron: "m5 6 3.2 3.4L11.4 6",
  zoom: "M3 6V3h3m4 0h3v3m0 4v3h-3m-4 0H3v-3",
  search: "M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9Zm3.3-1.2 3.4 3.4",
  table: "M2.5 3.5h11v9h-11zM2.5 6.5h11M2.5 9.5h11M6.5 6.5v6",
  share: "M6.2 9.8l3.6-3.6M7 5l1.6-1.6a2.6 2.6 0 0 1 3.9 3.6L11 8.6M9 11l-1.6 1.6a2.6 2.6 0 0 1-3.9-3.6L5 7.4",
  print: "M4.5 6V2.8h7V6M4.5 11.5H2.8V6.2h10.4v5.3h-1.7M4.5 9.5h7v3.7h-7z",
  filter: "M2.5 4h11M4.5 8h7M6.5 12h3",
  play: "M5 3.5v9l7-4.5z",
  pause: "M5.5 3.5v9M10.5 3.5v9",
  download: "M8 2.5v7.5M4.8 7 8 10.2 11.2 7M3 13h10",
  layers: "m8 2.5 5.5 3L8 8.5l-5.5-3zM2.5 8 8 11l5.5-3M2.5 10.5l5.5 3 5.5-3",
  large: "M9.5 3H13v3.5M13 3 8 8M7 3.5H3V13h9.5V9",
  only: "M8 13A5 5 0 1 0 8 3a5 5 0 0 0 0 10Zm0-3.4a1.6 1.6 0 1 0 0-3.2 1.6 1.6 0 0 0 0 3.2Z",
} as const;

export type Icon = keyof typeof ICONS;

export function icon(name: Icon): SVGSVGElement {
  const svg = document.createElementNS(SVG, "svg");
  fill(svg, { viewBox: "0 0 16 16", class: "gc-icon", "aria-hidden": "true", focusable: "false" }, []);
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}
