/** The classes of a thematic map as a table: sample, meaning, units, inhabitants. */
import { el } from "../page/dom";
import { number } from "../page/format";
import { classText } from "./scaletext";
import { keySample } from "../legend/swatch";
import type { Theme } from "./thematic";
import { fillOf, type Style } from "./thematiccolours";
import { inksOf, paintFill } from "./thematicpaint";
import { palette } from "../map/theme";
import type { Word, Words } from "../page/words";

function sample(style: Style): HTMLCanvasElement {
  return keySample((ctx, width, height) => {
    const colours = palette();
    const dpr = ctx.getTransform().a;
    ctx.fillStyle = colours.land;
    ctx.fillRect(0.5, 0.5, width - 1, height - 1);
    paintFill(ctx, fillOf(style, inksOf(colours)), { dpr, scale: dpr, zoom: 8 }, () => ctx.fillRect(0.5, 0.5, width - 1, height - 1));
    ctx.strokeStyle = colours.departement;
    ctx.lineWidth = 1;
    ctx.strokeRect(0.5, 0.5, width - 1, height - 1);
  });
}

interface Row {
  readonly style: string;
  readonly element: HTMLTableRowElement;
  readonly text: HTMLElement;
  readonly units: HTMLElement;
  readonly population: HTMLElement;
}

function row(style: Style): Row {
  const text = el("span", {});
  const units = el("td", { role: "cell" });
  const population = el("td", { role: "cell" });
  const head = el("th", { scope: "row", role: "rowheader" }, el("div", { class: "gc-class" }, sample(style), text));
  return { style: JSON.stringify(style), element: el("tr", { role: "row" }, head, units, population), text, units, population };
}

export interface ScaleTable {
  readonly element: HTMLTableElement;
  update(theme: Theme): void;
}

/** Rows stay while their style does: samples are drawn only where a class is new. */
export function scaleTable(words: Words): ScaleTable {
  const heads = [0, 1, 2].map(() => el("th", { scope: "col", role: "columnheader" }));
  const body = el("tbody", {});
  // Roles are said once more: a style sheet that lays rows out anew takes them away in some browsers.
  const element = el("table", { class: "gc-classes", role: "table", "aria-labelledby": "gc-scale-title" }, el("thead", {}, el("tr", { role: "row" }, ...heads)), body);
  let rows: Row[] = [];
  return {
    element,
    update(theme) {
      [words.get(`scale.head.${theme.mode}` as Word), words.get(`scale.units.${theme.unit}` as Word), words.get("scale.people")]
        .forEach((text, i) => (heads[i]!.textContent = text));
      const before = rows;
      // What no unit has is not written out, but for the 0 of a count and the combinations.
      const classes = theme.classes.filter(({ units, style, range }) => units > 0 || style.kind === "cross" || style.kind === "white" || style.kind === "missing" || (style.kind === "paper" && range !== null));
      rows = classes.map(({ style }, i) => (before[i]?.style === JSON.stringify(style) ? before[i] : row(style)));
      classes.forEach((own, i) => {
        rows[i]!.text.textContent = classText(theme, own, words);
        rows[i]!.units.textContent = own.style.kind === "missing" ? "–" : number(own.units, words.lang);
        rows[i]!.population.textContent = number(own.population, words.lang);
      });
      if (rows.length !== before.length || rows.some((own, i) => own !== before[i])) body.replaceChildren(...rows.map((own) => own.element));
    },
  };
}
