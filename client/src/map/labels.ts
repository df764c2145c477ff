/** How names on the ground look, and how they are drawn. */
import type { Rect } from "../geometry/boxes";
import type { Palette } from "./theme";
import { toPixels, type View } from "./view";

type Tone = "text" | "muted" | "water";

export interface Style {
  readonly font: string;
  readonly size: number;
  readonly tone: Tone;
  readonly spacing: number;
}

export interface Label {
  readonly text: string;
  readonly style: Style;
  /** Left end and middle line, CSS pixels from the origin of base pixels. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  /** The dot of a town without a symbol. */
  readonly dot: readonly [number, number] | null;
}

export type Measure = (text: string, font: string, spacing: number) => number;

const FAMILY = "system-ui, 'Segoe UI', 'Noto Sans', Arial, sans-serif";
const style = (size: number, weight: number, tone: Tone, spacing = 0, italic = false): Style => ({
  font: `${italic ? "italic " : ""}${weight} ${size}px ${FAMILY}`, size, tone, spacing,
});

export const STYLES = {
  city: style(13.5, 650, "text"),
  big: style(12, 600, "text"),
  town: style(11.5, 450, "text"),
  village: style(11, 400, "text"),
  departement: style(11.5, 600, "muted", 2.2),
  epci: style(11, 500, "muted", 0.2, true),
  sea: style(14, 400, "water", 1.6, true),
  country: style(12.5, 500, "muted", 2.6),
  region: style(11.5, 500, "muted", 1.6),
  unit: style(11, 650, "muted", 1.4),
  context: style(11, 400, "muted", 0.6, true),
};

const spaced = (ctx: CanvasRenderingContext2D, spacing: number): void => {
  if ("letterSpacing" in ctx) ctx.letterSpacing = `${spacing}px`;
};

/** A measure that remembers. */
export function canvasMeasure(): Measure {
  const ctx = document.createElement("canvas").getContext("2d")!;
  const known = new Map<string, number>();
  return (text, font, spacing) => {
    const key = `${font}|${text}`;
    let width = known.get(key);
    if (width === undefined) {
      ctx.font = font;
      spaced(ctx, spacing);
      known.set(key, (width = ctx.measureText(text).width));
    }
    return width;
  };
}

/** How far a name keeps from the sides of the screen (CSS pixels). */
const EDGE = 5;

/** Whether the edge of the screen, or what covers its top or stands on the map, would cut a name; the canvas reaches a little further than the screen. */
export function cut(view: Pick<View, "tx" | "ty" | "padX" | "padY" | "width" | "height" | "covered">, x: number, y: number, width: number, standing: readonly Rect[]): boolean {
  const left = x + view.tx - view.padX;
  const top = y + view.ty - view.padY;
  if (standing.some((rect) => left < rect[2] && left + width > rect[0] && top - 7 < rect[3] && top + 7 > rect[1])) return true;
  return left < EDGE || top < 8 + view.covered || left + width > view.width - 2 * view.padX - EDGE || top > view.height - 2 * view.padY - 8;
}

export function drawLabels(ctx: CanvasRenderingContext2D, view: View, labels: readonly Label[], coloursOf: (label: Label) => Palette, standing: readonly Rect[]): void {
  toPixels(ctx, view);
  ctx.textAlign = "left";
  ctx.textBaseline = "middle";
  ctx.lineJoin = "round";
  ctx.setLineDash([]);
  for (const label of labels) {
    const { text, style: own, x, y, width, dot } = label;
    if (x + width < -view.tx || x > view.width - view.tx || y < -view.ty - 20 || y > view.height - view.ty + 20) continue;
    const colours = coloursOf(label);
    if (dot) {
      ctx.beginPath();
      ctx.arc(dot[0], dot[1], 1.9, 0, 7);
      ctx.lineWidth = 1.6;
      ctx.strokeStyle = colours.halo;
      ctx.fillStyle = colours.text;
      ctx.stroke();
      ctx.fill();
    }
    if (cut(view, x, y, width, standing)) continue;
    ctx.font = own.font;
    spaced(ctx, own.spacing);
    ctx.globalAlpha = 0.9;
    ctx.lineWidth = own.tone === "water" ? 2.6 : 3.4;
    ctx.strokeStyle = own.tone === "water" ? colours.sea : colours.halo;
    ctx.fillStyle = colours[own.tone];
    const lines = text.split("\n");
    const at = lines.map((line, i) => [x + (lines.length > 1 ? (width - 5 - ctx.measureText(line).width) / 2 : 0), y + (i - (lines.length - 1) / 2) * (own.size + 2)] as const);
    lines.forEach((line, i) => ctx.strokeText(line, ...at[i]!));
    ctx.globalAlpha = 1;
    lines.forEach((line, i) => ctx.fillText(line, ...at[i]!));
  }
  spaced(ctx, 0);
}
