/** How to read the drawing: stated, inferred and unknown perimeters, sizes of the circles. */
import type { Context } from "../state/context";
import { el } from "../page/dom";
import { euros } from "../page/format";
import { drawDisc, drawGlyph, type GlyphStyle } from "../map/glyphs";
import { UNITS } from "../map/gather";
import { CALM } from "../map/perimeters";
import { hueOf, palette } from "../map/theme";
import { keySample } from "./swatch";

function frame(ctx: CanvasRenderingContext2D, width: number, height: number, dash: number[]): void {
  const colours = palette();
  ctx.fillStyle = colours.land;
  ctx.fillRect(1, 1, width - 2, height - 2);
  ctx.strokeStyle = colours.muted;
  ctx.lineWidth = 1.8;
  ctx.setLineDash(dash);
  ctx.strokeRect(2, 2, width - 4, height - 4);
  ctx.setLineDash([]);
}

function symbol(more: Partial<GlyphStyle>, r: number) {
  return (ctx: CanvasRenderingContext2D, width: number, height: number): void => {
    const colours = palette();
    const plain: GlyphStyle = { glyph: "circle", colour: colours.muted, paper: colours.land, fill: "paper", unknown: false, inferred: false };
    drawGlyph(ctx, { ...plain, ...more }, width / 2, height / 2, r);
  };
}

/** What a disc is, while the map has some: said above the legend, as it counts what the lines below tell apart. */
export function gatheredNote({ atlas, store, words }: Context): HTMLElement {
  const sample = keySample((ctx, width, height) => {
    const shares = atlas.payload.families.slice(0, 3).map((family, i) => ({ colour: hueOf(family, palette()), records: [6, 4, 2][i]! }));
    drawDisc(ctx, shares, palette(), { x: width / 2, y: height / 2, r: 9 });
  });
  const text = el("span");
  const element = el("p", { class: "gc-gathered gc-note" }, sample, text);
  const update = (): void => {
    const { gathered, mode } = store.state;
    const levels = ([...UNITS, "commune"] as const).filter((kind) => gathered.split(" ").includes(kind)).map((kind) => words.get(`gather.of.${kind}`));
    element.hidden = levels.length === 0 || mode !== "contracts";
    text.textContent = words.get("gather.key", { of: levels.length > 2 ? words.get("gather.of.many") : levels.join(words.get("gather.or")) });
  };
  store.watch(["gathered", "mode"], update);
  update();
  return element;
}

/** Why hatches of the legend are not on the map: said where there are very many perimeters. */
export function calmNote({ store, words }: Context): HTMLElement {
  const element = el("p", { class: "gc-calm gc-note" }, `${words.get("gather.calm", { n: CALM })} `, el("span", {}, words.get("gather.calm.mend")));
  const update = (): void => void (element.hidden = !store.state.calm || store.state.mode !== "contracts");
  store.watch(["calm", "mode"], update);
  update();
  return element;
}

export function readingKey({ words, styles }: Context): HTMLElement {
  const line = (sample: HTMLCanvasElement, text: string): HTMLElement => el("li", {}, sample, el("span", {}, text));
  const largest = styles.largestAmount;
  return el("details", { class: "gc-key" },
    el("summary", {}, el("h3", {}, words.get("key.title"))),
    el("ul", {},
      line(keySample((ctx, w, h) => frame(ctx, w, h, [])), words.get("key.stated")),
      line(keySample((ctx, w, h) => frame(ctx, w, h, [5, 3])), words.get("key.inferred")),
      line(keySample(symbol({ glyph: "lozenge", unknown: true }, 8)), words.get("key.unknown")),
      line(keySample(symbol({ glyph: "triangle", fill: "full" }, 6.5)), words.get("key.mission")),
      largest > 1 ? line(keySample(symbol({ fill: "clear" }, 9)), words.get("key.operation", { amount: euros(largest, words.lang) })) : null,
      line(keySample(symbol({}, 4)), words.get("key.amountless"))),
    el("p", { class: "gc-note" }, words.get("key.vast")),
    el("p", { class: "gc-note" }, words.get("key.lanes")));
}
