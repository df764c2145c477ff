/** Draw sheets: hatch and inner band first, then the lines, the deepest lanes before the others. */
import type { Atlas } from "../geometry/atlas";
import { hatchPattern } from "./hatches";
import { levelFor } from "../geometry/lines";
import { Lru } from "./lru";
import { meets, type Box } from "../geometry/projection";
import { isVast, lanes, type Lane, type Sheet } from "./sheets";
import { FOREMOST, OUTER, pitchOf, SLIT, strokesAt, THIN, widthOf, type Strokes } from "./strokes";
import type { LayerStyle, Styles } from "./styles";
import type { Palette } from "./theme";
import type { View } from "./view";

/** How far from its border a line and its band may reach (CSS pixels). */
const REACH = 30;

export interface DrawOptions {
  /** Raised above the others: a light wash, a stronger line. */
  readonly raised: boolean;
  /** Only these rectangles have to be painted (base pixels); the context is clipped to them already. */
  readonly within?: readonly Box[] | undefined;
}

/** A run of a lane, and the rectangle that it lies in: what is out of sight is not stroked. */
interface Piece {
  readonly path: Path2D;
  readonly box: Box;
}

/** Sheets with their lanes and the pieces of these. */
interface Laid {
  readonly key: string;
  readonly lanes: readonly (readonly Lane[])[];
  readonly pieces: readonly (readonly (readonly Piece[])[])[];
}

const FEWEST_AREAS = 256;

export class Perimeters {
  private readonly areas: Lru<Path2D>;
  private laid: Laid | null = null;

  constructor(private readonly atlas: Atlas, private readonly styles: Styles) {
    // No picture has more sheets than there are records.
    this.areas = new Lru(FEWEST_AREAS + 2 * atlas.payload.records.length);
  }

  private vast(sheet: Sheet): boolean {
    return isVast(this.atlas, sheet.largest);
  }

  private sizeOf(sheet: Sheet, k: number): number {
    return this.vast(sheet) ? k * THIN : k;
  }

  private area(sheet: Sheet, level: number): Path2D {
    const key = `${level} ${sheet.key}`;
    return this.areas.get(key, () => this.atlas.lines.rings(level, sheet.outline.rings));
  }

  /** Lanes and their paths; those of the layers are kept until the sheets, the level or the sizes change. */
  private lay(sheets: readonly Sheet[], styles: readonly LayerStyle[], level: number, strokes: Strokes, keep: boolean): Laid {
    const k = strokes.scale;
    const key = `${level} ${k.toFixed(2)} ${strokes.line.toFixed(2)} ${sheets.map((s) => s.key).join("|")}`;
    if (keep && this.laid?.key === key) return this.laid;
    const pitch = new Map(sheets.map((sheet, i) => [sheet, pitchOf(styles[i]!, this.sizeOf(sheet, k), strokes)]));
    const own = lanes(sheets, this.atlas.arcs.count, (sheet) => pitch.get(sheet)!);
    const laid = { key, lanes: own, pieces: own.map((some) => some.map((lane) => this.trace(lane, level))) };
    if (keep) this.laid = laid;
    return laid;
  }

  private trace(lane: Lane, level: number): Piece[] {
    return lane.runs.map((run, i) => {
      const path = new Path2D();
      run.forEach((step, n) => this.atlas.lines.trace(path, level, step, n === 0));
      if (lane.closed[i]) path.closePath();
      return { path, box: this.atlas.lines.box(run) };
    });
  }

  /** Draw sheets on a context whose transform is already that of the view. */
  draw(ctx: CanvasRenderingContext2D, view: View, sheets: readonly Sheet[], colours: Palette, options: DrawOptions): void {
    const level = levelFor(view.zoom);
    const strokes = strokesAt(view.zoom);
    const k = strokes.scale;
    const styles = sheets.map((sheet): LayerStyle => {
      const style = this.styles.layer(sheet.programme, colours);
      return this.vast(sheet) && !options.raised ? { ...style, line: "solid", foremost: false } : style;
    });
    const laid = this.lay(sheets, styles, level, strokes, !options.raised);
    const within = options.within ?? [view.box];
    const margin = REACH / view.scale;
    const near = ([left, top, right, bottom]: Box): boolean =>
      within.some((box) => meets([left - margin, top - margin, right + margin, bottom + margin], box));
    const seen = sheets.map((sheet) => near(sheet.outline.box));
    ctx.lineJoin = level < 3 ? "bevel" : "round";
    ctx.lineCap = "butt";
    sheets.forEach((sheet, i) => {
      if (seen[i]) this.drawInside(ctx, view, sheet, styles[i]!, level, options, strokes);
    });
    // A smaller sheet never lies outside a larger one on the same border, so the last go first.
    for (let i = sheets.length - 1; i >= 0; i--) {
      if (!seen[i]) continue;
      ctx.save();
      ctx.clip(this.area(sheets[i]!, level), "nonzero");
      const size = this.sizeOf(sheets[i]!, k) * (options.raised ? 1.35 : 1);
      const own = laid.lanes[i]!.map((lane, n) => ({ lane, paths: laid.pieces[i]![n]!.filter(({ box }) => near(box)).map(({ path }) => path) }));
      own.sort((a, b) => b.lane.depth - a.lane.depth);
      if (styles[i]!.foremost) this.drawGlow(ctx, view, styles[i]!, own.flatMap(({ paths }) => paths), strokes);
      else this.drawBand(ctx, view, sheets[i]!, styles[i]!, size, options, own, strokes);
      for (const { lane, paths } of own) this.drawLine(ctx, view, sheets[i]!, styles[i]!, lane, paths, size, colours, strokes);
      ctx.restore();
    }
  }

  private drawInside(
    ctx: CanvasRenderingContext2D, view: View, sheet: Sheet, style: LayerStyle, level: number, options: DrawOptions, strokes: Strokes,
  ): void {
    const area = this.area(sheet, level);
    if (options.raised) {
      ctx.globalAlpha = 0.13;
      ctx.fillStyle = style.colour;
      ctx.fill(area, "nonzero");
    }
    if (options.raised || !this.vast(sheet)) {
      const pattern = hatchPattern(ctx, style.hatch, style.colour, { dpr: view.dpr, scale: view.scale * view.dpr, zoom: view.zoom, sparse: strokes.sparse });
      if (pattern) {
        ctx.globalAlpha = strokes.hatchAlpha;
        ctx.fillStyle = pattern;
        ctx.fill(area, "nonzero");
      }
    }
    ctx.globalAlpha = 1;
  }

  /** The wide band of the foremost family, also over the lines that lie inside its own. */
  private drawGlow(ctx: CanvasRenderingContext2D, view: View, style: LayerStyle, paths: readonly Path2D[], strokes: Strokes): void {
    const whole = new Path2D();
    for (const path of paths) whole.addPath(path);
    ctx.setLineDash([]);
    ctx.strokeStyle = style.colour;
    ctx.globalAlpha = strokes.glowAlpha;
    ctx.lineWidth = (2 * strokes.glow * strokes.scale) / view.scale;
    ctx.stroke(whole);
    ctx.globalAlpha = 1;
  }

  /** The soft band inside the innermost line. */
  private drawBand(
    ctx: CanvasRenderingContext2D, view: View, sheet: Sheet, style: LayerStyle, k: number, options: DrawOptions,
    own: readonly { lane: Lane; paths: readonly Path2D[] }[], strokes: Strokes,
  ): void {
    if (this.vast(sheet) && !options.raised) return;
    ctx.setLineDash([]);
    ctx.globalAlpha = strokes.bandAlpha;
    ctx.strokeStyle = style.colour;
    for (const { lane, paths } of own) {
      if (!lane.last) continue;
      ctx.lineWidth = (2 * (lane.depth + widthOf(style, k, strokes) + strokes.band * k)) / view.scale;
      for (const path of paths) ctx.stroke(path);
    }
    ctx.globalAlpha = 1;
  }

  private drawLine(
    ctx: CanvasRenderingContext2D, view: View, sheet: Sheet, style: LayerStyle, lane: Lane, paths: readonly Path2D[], k: number, colours: Palette, strokes: Strokes,
  ): void {
    const px = 1 / view.scale;
    const stroke = (colour: string, inset: number, dash: readonly number[]): void => {
      ctx.strokeStyle = colour;
      ctx.lineWidth = 2 * (lane.depth + inset) * px;
      ctx.setLineDash(dash.map((d) => d * px));
      for (const path of paths) ctx.stroke(path);
    };
    const dash = sheet.inferred ? (style.foremost ? strokes.foremostDash : strokes.dash).map((length) => length * k) : [];
    if (!lane.last) stroke(colours.land, pitchOf(style, k, strokes), []);
    if (style.line === "long") stroke(style.colour, (strokes.line + strokes.tick) * k, [1.3 * k, 12 * k]);
    if (style.line === "short") stroke(style.colour, (strokes.line + strokes.tick) * k, [1.3 * k, 4.5 * k]);
    stroke(style.colour, widthOf(style, k, strokes), dash);
    if (style.line === "double") {
      const inner = style.foremost ? k * FOREMOST : k;
      stroke(colours.land, (strokes.line * OUTER + SLIT) * inner, []);
      stroke(style.colour, strokes.line * OUTER * inner, dash);
    }
  }
}
