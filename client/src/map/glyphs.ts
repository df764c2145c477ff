/** The symbols that stand in towns. */
import type { Glyph } from "../payload";
import type { Palette } from "./theme";

export interface GlyphStyle {
  readonly glyph: Glyph;
  readonly colour: string;
  readonly paper: string;
  /** Filled with its colour (missions), with the paper (contracts) or half clear (operations). */
  readonly fill: "full" | "paper" | "clear";
  /** The perimeter is not known: the symbol holds a question mark. */
  readonly unknown: boolean;
  /** The perimeter was inferred: the symbol's outline is dashed. */
  readonly inferred: boolean;
  /** What is written in the symbol: how many records it stands for. */
  readonly text?: string;
}

/** How symbols grow with the zoom. */
export const symbolScale = (zoom: number): number => Math.min(1.35, Math.max(0.85, 1 + (zoom - 8.5) * 0.14));

const TURN = Math.PI * 2;

function polygon(ctx: CanvasRenderingContext2D, x: number, y: number, r: number, sides: number, turn: number, inner = 1): void {
  const corners = inner === 1 ? sides : sides * 2;
  for (let i = 0; i < corners; i++) {
    const reach = i % 2 === 1 ? r * inner : r;
    const angle = turn + (i / corners) * TURN;
    ctx.lineTo(x + reach * Math.cos(angle), y + reach * Math.sin(angle));
  }
  ctx.closePath();
}

function cross(ctx: CanvasRenderingContext2D, x: number, y: number, r: number): void {
  const arm = r * 0.36;
  const outline = [[-arm, -r], [arm, -r], [arm, -arm], [r, -arm], [r, arm], [arm, arm], [arm, r], [-arm, r], [-arm, arm], [-r, arm], [-r, -arm], [-arm, -arm]] as const;
  for (const [dx, dy] of outline) ctx.lineTo(x + dx, y + dy);
  ctx.closePath();
}

function trace(ctx: CanvasRenderingContext2D, glyph: Glyph, x: number, y: number, r: number): void {
  ctx.beginPath();
  switch (glyph) {
    case "circle": ctx.arc(x, y, r, 0, TURN); break;
    case "square": ctx.rect(x - r * 0.84, y - r * 0.84, r * 1.68, r * 1.68); break;
    case "lozenge": polygon(ctx, x, y, r * 1.12, 4, -Math.PI / 2); break;
    case "triangle": polygon(ctx, x, y + r * 0.2, r * 1.14, 3, -Math.PI / 2); break;
    case "hexagon": polygon(ctx, x, y, r * 1.05, 6, 0); break;
    case "star": polygon(ctx, x, y, r * 1.2, 5, -Math.PI / 2, 0.48); break;
    case "cross": cross(ctx, x, y, r); break;
  }
}

/** Draw one symbol of radius `r` CSS pixels, centred on x, y. */
export function drawGlyph(ctx: CanvasRenderingContext2D, style: GlyphStyle, x: number, y: number, r: number): void {
  const width = Math.max(1.3, Math.min(2, r * 0.3));
  const reach = r - width / 2;
  ctx.lineJoin = "miter";
  ctx.setLineDash([]);
  trace(ctx, style.glyph, x, y, reach);
  ctx.strokeStyle = style.paper;
  ctx.lineWidth = width + 2.2;
  ctx.stroke();
  if (style.fill === "clear") {
    ctx.globalAlpha = 0.72;
    ctx.fillStyle = style.paper;
    ctx.fill();
    ctx.globalAlpha = 0.3;
    ctx.fillStyle = style.colour;
    ctx.fill();
    ctx.globalAlpha = 1;
  } else {
    ctx.fillStyle = style.fill === "full" && !style.unknown ? style.colour : style.paper;
    ctx.fill();
  }
  ctx.strokeStyle = style.colour;
  ctx.lineWidth = width;
  if (style.inferred) ctx.setLineDash([2.4, 1.8]);
  ctx.stroke();
  ctx.setLineDash([]);
  const text = style.unknown ? "?" : style.text;
  if (text) {
    ctx.fillStyle = style.colour;
    ctx.font = `700 ${Math.round(r * (style.unknown ? 1.35 : 1.2))}px system-ui, sans-serif`;
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.fillText(text, x, y + r * 0.08);
  }
}

const RING = 3.2;

/** Draw a disc that stands for many: their number, in a ring parted by what they are. */
export function drawDisc(
  ctx: CanvasRenderingContext2D, shares: readonly { readonly colour: string; readonly records: number }[], colours: Pick<Palette, "land" | "text">,
  { x, y, r }: { readonly x: number; readonly y: number; readonly r: number },
): void {
  const all = shares.reduce((sum, { records }) => sum + records, 0);
  ctx.setLineDash([]);
  ctx.lineCap = "butt";
  ctx.beginPath();
  ctx.arc(x, y, r + 1.1, 0, TURN);
  ctx.fillStyle = colours.land;
  ctx.fill();
  ctx.lineWidth = RING;
  let from = -TURN / 4;
  for (const { colour, records } of shares) {
    const to = from + (TURN * records) / all;
    ctx.beginPath();
    ctx.arc(x, y, r - RING / 2, from, to);
    ctx.strokeStyle = colour;
    ctx.stroke();
    from = to;
  }
  const text = String(all);
  ctx.fillStyle = colours.text;
  ctx.font = `600 ${Math.min(text.length > 3 ? 9 : 10, (2 * r - 3) / 0.6 / text.length)}px system-ui, sans-serif`;
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.fillText(text, x, y + 0.6);
}
