/** The sample of a programme beside its name, drawn by the same code as the map. */
import type { Context } from "../state/context";
import type { Atlas } from "../geometry/atlas";
import { el } from "../page/dom";
import type { Entry } from "../payload";
import { drawGlyph } from "../map/glyphs";
import { hatchPattern } from "../map/hatches";
import { onThemeChange, palette } from "../map/theme";

const WIDTH = 36;
const HEIGHT = 20;
const painters = new WeakMap<Element, () => void>();

/** Paint every sample of the page again (the theme changed, or paper wants it light). */
export function repaintSwatches(): void {
  for (const canvas of document.querySelectorAll("canvas.gc-swatch")) painters.get(canvas)?.();
}

onThemeChange(repaintSwatches);

function blank(): { canvas: HTMLCanvasElement; ctx: CanvasRenderingContext2D } {
  const canvas = el("canvas", { class: "gc-swatch", "aria-hidden": "true" });
  const ctx = canvas.getContext("2d")!;
  return { canvas, ctx };
}

function prepare(canvas: HTMLCanvasElement, ctx: CanvasRenderingContext2D): number {
  const dpr = Math.max(2, window.devicePixelRatio || 1);
  canvas.width = WIDTH * dpr;
  canvas.height = HEIGHT * dpr;
  ctx.setTransform(dpr, 0, 0, dpr, 0, 0);
  return dpr;
}

function area(context: Context, programme: number, ctx: CanvasRenderingContext2D, dpr: number, inferred: boolean, width: number): void {
  const colours = palette();
  const style = context.styles.layer(programme, colours);
  const inset = (by: number): void => {
    ctx.beginPath();
    ctx.rect(1 + by, 1 + by, width - 2 - 2 * by, HEIGHT - 2 - 2 * by);
  };
  ctx.fillStyle = colours.land;
  inset(0);
  ctx.fill();
  const pattern = hatchPattern(ctx, style.hatch, style.colour, { dpr, scale: dpr, zoom: 8 });
  if (pattern) {
    ctx.globalAlpha = 0.75;
    ctx.fillStyle = pattern;
    ctx.fill();
  }
  ctx.strokeStyle = style.colour;
  ctx.globalAlpha = 0.2;
  ctx.lineWidth = 4;
  inset(2);
  ctx.stroke();
  ctx.globalAlpha = 1;
  if (inferred) ctx.setLineDash([5, 3]);
  ctx.lineWidth = style.line === "double" ? 1.3 : 1.8;
  inset(0.9);
  ctx.stroke();
  ctx.setLineDash([]);
  if (style.line === "double") {
    ctx.lineWidth = 1;
    inset(3.4);
    ctx.stroke();
  }
  if (style.line === "long" || style.line === "short") {
    ctx.setLineDash([1.3, style.line === "long" ? 8.2 : 3.45]);
    ctx.lineWidth = 3;
    inset(3);
    ctx.stroke();
    ctx.setLineDash([]);
  }
}

/** What the sample of a programme shows. */
interface Look {
  readonly areas: boolean;
  readonly inferred: boolean;
  /** The record whose symbol it shows, if any. */
  readonly sample: Entry | undefined;
  readonly towns: boolean;
  readonly unknown: boolean;
}

const looks = new WeakMap<Atlas, (Look | undefined)[]>();

/** Looked for once: a programme may have thousands of records, and each card shows the sample. */
function lookOf(atlas: Atlas, programme: number): Look {
  const known = looks.get(atlas) ?? [];
  looks.set(atlas, known);
  return (known[programme] ??= ((): Look => {
    const own = atlas.ofProgramme[programme]!.map((index) => atlas.payload.records[index]!);
    const areas = own.filter((record) => record.draw === "area");
    const towns = own.filter((record) => record.draw === "towns");
    return {
      areas: areas.length > 0,
      inferred: areas.every((record) => record.basis === "inferred"),
      sample: towns[0] ?? (areas.length === 0 ? own[0] : undefined),
      towns: towns.length > 0,
      unknown: towns.length > 0 && towns.every((record) => record.basis === "unknown"),
    };
  })());
}

/** The sample of a programme: an area, a symbol, or both when its records are drawn both ways. */
export function swatch(context: Context, programme: number): HTMLCanvasElement {
  const { canvas, ctx } = blank();
  const { areas, inferred, sample, towns, unknown } = lookOf(context.atlas, programme);
  const paint = (): void => {
    const dpr = prepare(canvas, ctx);
    if (areas) area(context, programme, ctx, dpr, inferred, towns ? WIDTH - 12 : WIDTH);
    if (!sample) return;
    const style = context.styles.glyph(sample, palette());
    drawGlyph(ctx, { ...style, unknown, inferred: false }, areas ? WIDTH - 5.5 : WIDTH / 2, HEIGHT / 2, areas ? 5 : unknown ? 8 : 6.4);
  };
  painters.set(canvas, paint);
  paint();
  return canvas;
}

/** A sample for the reading key: a line or a symbol in a neutral colour. */
export function keySample(draw: (ctx: CanvasRenderingContext2D, width: number, height: number) => void): HTMLCanvasElement {
  const { canvas, ctx } = blank();
  const paint = (): void => {
    prepare(canvas, ctx);
    draw(ctx, WIDTH, HEIGHT);
  };
  painters.set(canvas, paint);
  paint();
  return canvas;
}
