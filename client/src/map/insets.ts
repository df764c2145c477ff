/** The frames in which territories overseas are drawn: their ground, their names, a scale for each. */
import type { Rect } from "../geometry/boxes";
import { meets, type Frame, type Projection } from "../geometry/projection";
import { metres, type Lang } from "../page/format";
import { roundDistance } from "./controls";
import type { Palette } from "./theme";
import { toPixels, type View } from "./view";

const FONT = "system-ui, 'Segoe UI', 'Noto Sans', Arial, sans-serif";
/** Frames narrower than this (CSS pixels) have no scale, and a smaller name. */
const SMALL = 84;
const INSET = 6;
/** The most of its frame's width that a scale takes. */
const LONGEST = 0.42;
const EARTH = 40_075_016.686;

/** A frame in CSS pixels from the origin of base pixels. */
export function rectOf({ box }: Frame, scale: number): Rect {
  return [box[0] * scale, box[1] * scale, box[2] * scale, box[3] * scale];
}

/** The sea of each frame, and its line: over a basemap too, whose tiles show another place there. */
export function drawFrames(ctx: CanvasRenderingContext2D, view: View, projection: Projection, colours: Palette): void {
  toPixels(ctx, view);
  ctx.setLineDash([]);
  for (const frame of projection.frames) {
    if (!meets(frame.box, view.box)) continue;
    const [left, top, right, bottom] = rectOf(frame, view.scale);
    ctx.fillStyle = colours.sea;
    ctx.fillRect(left, top, right - left, bottom - top);
    ctx.strokeStyle = colours.context;
    ctx.lineWidth = 1;
    ctx.strokeRect(left, top, right - left, bottom - top);
  }
}

/** The metres on the ground of a CSS pixel in the middle of a frame. */
export function metresAPixel(projection: Projection, frame: Frame, scale: number): number {
  const { box } = frame;
  const [, gridY] = projection.toGrid((box[0] + box[2]) / 2, (box[1] + box[3]) / 2);
  const onEquator = EARTH / (256 * 2 ** 8) / scale / frame.scale;
  return onEquator * Math.cos(((gridY / projection.unit) * Math.PI) / 180);
}

/** The room that the names and the scales of the frames take: nothing else stands there. */
export function captionRects(projection: Projection, scale: number): Rect[] {
  return projection.frames.flatMap((frame): Rect[] => {
    const [left, top, right, bottom] = rectOf(frame, scale);
    if (right - left < SMALL) return [[left, top, right, top + 13]];
    return [[left, top, right, top + 20], [left, bottom - 22, left + INSET + (right - left) * LONGEST, bottom]];
  });
}

/** The name in the largest letters that its frame has room for, else its number; the context is set to write it. */
function fitting(ctx: CanvasRenderingContext2D, { name, code }: Frame["inset"], room: number): string {
  for (const size of [11, 9, 8]) {
    ctx.font = `600 ${size}px ${FONT}`;
    if (ctx.measureText(name).width <= room) return name;
  }
  return code;
}

/** The name at the top of each frame, and at its foot how long some round distance is there. */
export function drawCaptions(ctx: CanvasRenderingContext2D, view: View, projection: Projection, colours: Palette, lang: Lang): void {
  toPixels(ctx, view);
  ctx.textAlign = "left";
  ctx.setLineDash([]);
  for (const frame of projection.frames) {
    if (!meets(frame.box, view.box)) continue;
    const [left, top, right, bottom] = rectOf(frame, view.scale);
    const small = right - left < SMALL;
    ctx.fillStyle = colours.muted;
    ctx.textBaseline = "top";
    const margin = small ? 3 : INSET;
    ctx.fillText(fitting(ctx, frame.inset, right - left - 2 * margin), left + margin, top + (small ? 2 : 5));
    if (small) continue;
    const pixel = metresAPixel(projection, frame, view.scale);
    const distance = roundDistance(pixel * (right - left) * LONGEST);
    const length = distance / pixel;
    ctx.textBaseline = "bottom";
    ctx.font = `400 10px ${FONT}`;
    ctx.fillText(metres(distance, lang), left + INSET, bottom - INSET - 2);
    ctx.strokeStyle = colours.muted;
    ctx.lineWidth = 1;
    ctx.beginPath();
    ctx.moveTo(left + INSET, bottom - INSET - 3);
    ctx.lineTo(left + INSET, bottom - INSET);
    ctx.lineTo(left + INSET + length, bottom - INSET);
    ctx.lineTo(left + INSET + length, bottom - INSET - 3);
    ctx.stroke();
  }
}
