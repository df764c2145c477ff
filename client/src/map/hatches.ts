/** Sparse hatches: a small tile for each programme, hung on the world so that panning does not move it. */
import type { Hatch } from "../payload";

/** How a programme's hatch differs from the others of the same kind. */
export interface HatchStyle {
  readonly hatch: Hatch;
  /** Rank among the programmes with this hatch: it sets the spacing and the phase. */
  readonly variant: number;
}

const SPACING = [12, 16, 20, 14];
const tiles = new Map<string, HTMLCanvasElement>();

function strokes(ctx: CanvasRenderingContext2D, hatch: Hatch, n: number): void {
  const line = (x1: number, y1: number, x2: number, y2: number): void => {
    ctx.moveTo(x1, y1);
    ctx.lineTo(x2, y2);
  };
  ctx.beginPath();
  if (hatch === "slash" || hatch === "backslash") {
    if (hatch === "backslash") ctx.transform(-1, 0, 0, 1, n, 0);
    for (const shift of [-n, 0, n]) line(shift - 2, n + 2, shift + n + 2, -2);
  }
  if (hatch === "vertical" || hatch === "grid") line(n / 2, -1, n / 2, n + 1);
  if (hatch === "horizontal" || hatch === "grid") line(-1, n / 2, n + 1, n / 2);
  ctx.stroke();
}

function dots(ctx: CanvasRenderingContext2D, n: number): void {
  for (const [x, y] of [[0.25, 0.25], [0.75, 0.75]] as const) {
    ctx.beginPath();
    ctx.arc(x * n, y * n, 1.15, 0, 7);
    ctx.fill();
  }
}

function tile(style: HatchStyle, colour: string, scale: number, wide: number): HTMLCanvasElement {
  const key = `${style.hatch} ${style.variant} ${colour} ${scale} ${wide}`;
  let canvas = tiles.get(key);
  if (canvas === undefined) {
    const spacing = SPACING[style.variant % SPACING.length]! * wide;
    const diagonal = style.hatch === "slash" || style.hatch === "backslash";
    const wanted = diagonal ? spacing * 1.3 : style.hatch === "grid" ? spacing * 1.4 : spacing;
    const pixels = Math.round(wanted * scale);
    canvas = document.createElement("canvas");
    canvas.width = canvas.height = pixels;
    const ctx = canvas.getContext("2d")!;
    ctx.scale(scale, scale);
    ctx.strokeStyle = ctx.fillStyle = colour;
    ctx.lineWidth = style.hatch === "grid" ? 0.6 : 0.8;
    if (style.hatch === "dots") dots(ctx, pixels / scale);
    else strokes(ctx, style.hatch, pixels / scale);
    tiles.set(key, canvas);
  }
  return canvas;
}

/** How a context is scaled: device pixels in a CSS pixel, device pixels in a user unit, the zoom of the map, and how much sparser hatches are. */
export interface Scaling {
  readonly dpr: number;
  readonly scale: number;
  readonly zoom: number;
  readonly sparse?: number;
}

/** The pattern for a context; it grows sparser when one looks closer. */
export function hatchPattern(
  ctx: CanvasRenderingContext2D,
  style: HatchStyle,
  colour: string,
  { dpr, scale, zoom, sparse = 1 }: Scaling,
): CanvasPattern | null {
  if (style.hatch === "none") return null;
  const wide = zoom < 9 ? 1 : zoom < 11 ? 1.3 : 1.9;
  // In steps of a tenth: few tiles are kept.
  const pattern = ctx.createPattern(tile(style, colour, dpr, Math.round(wide * sparse * 10) / 10), "repeat");
  const phase = (style.variant * 4.3 * dpr) / scale;
  pattern?.setTransform(new DOMMatrix([1 / scale, 0, 0, 1 / scale, phase, 0]));
  return pattern;
}
