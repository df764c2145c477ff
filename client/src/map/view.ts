/** What a canvas shows: base pixels to canvas pixels, and the rectangle in sight. */
import type { Box } from "../geometry/projection";

export interface View {
  readonly zoom: number;
  /** CSS pixels in a base pixel, and where the origin of base pixels lies on the canvas (CSS pixels). */
  readonly scale: number;
  readonly tx: number;
  readonly ty: number;
  readonly width: number;
  readonly height: number;
  /** How far the canvas reaches beyond the screen on each side (CSS pixels). */
  readonly padX: number;
  readonly padY: number;
  /** How far the search field and the choice of the view lie over the top of the screen, on a phone (CSS pixels). */
  readonly covered: number;
  /** Device pixels in a CSS pixel. */
  readonly dpr: number;
  /** The canvas in base pixels. */
  readonly box: Box;
}

export function viewOf(shown: Omit<View, "box">): View {
  const { scale, tx, ty, width, height } = shown;
  const box: Box = [-tx / scale, -ty / scale, (width - tx) / scale, (height - ty) / scale];
  return { ...shown, box };
}

/** Set the transform so that base pixels can be drawn. */
export function toBase(ctx: CanvasRenderingContext2D, view: View): void {
  const k = view.scale * view.dpr;
  ctx.setTransform(k, 0, 0, k, view.tx * view.dpr, view.ty * view.dpr);
}

/** Set the transform so that CSS pixels, counted from the origin of base pixels, can be drawn. */
export function toPixels(ctx: CanvasRenderingContext2D, view: View): void {
  ctx.setTransform(view.dpr, 0, 0, view.dpr, view.tx * view.dpr, view.ty * view.dpr);
}

/** The whole device pixels of a rectangle of base pixels, with a margin in CSS pixels. */
export function toDevice(view: View, box: Box, margin: number): Box {
  const x = (base: number, by: number): number => (base * view.scale + view.tx + by) * view.dpr;
  const y = (base: number, by: number): number => (base * view.scale + view.ty + by) * view.dpr;
  return [
    Math.floor(x(box[0], -margin)), Math.floor(y(box[1], -margin)),
    Math.ceil(x(box[2], margin)), Math.ceil(y(box[3], margin)),
  ];
}

export function clear(ctx: CanvasRenderingContext2D): void {
  ctx.setTransform(1, 0, 0, 1, 0, 0);
  ctx.globalAlpha = 1;
  ctx.clearRect(0, 0, ctx.canvas.width, ctx.canvas.height);
}
