/** Draw sheets: hatch and inner band first, then the lines, the deepest lanes before the others. */
import type { Atlas } from "../geometry/atlas";
import { hatchPattern } from "./hatches";
import { levelFor, ROUND } from "../geometry/lines";
import { meets, type Box } from "../geometry/projection";
import type { Ring } from "../geometry/topology";
import { inSight, isVast, lanes, type Lane, type Sheet } from "./sheets";
import type { Work } from "./slices";
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
  readonly sheets: readonly Sheet[];
  readonly key: string;
  readonly lanes: readonly (readonly Lane[])[];
  readonly pieces: readonly (readonly (readonly Piece[])[])[];
}

/** Up to this many perimeters their lanes are laid once for the whole map; of more, for those in sight. */
const FEW = 400;
/** With more perimeters than this in sight, lanes could not be told apart: each perimeter is a thin line. */
export const CALM = 150;

/** The thin line where there are many (CSS pixels), the wash inside it, and the dashes of what was inferred. */
const QUIET = { line: 0.7, foremost: 0.95, lineAlpha: 0.7, wash: 0.05, dash: [3.2, 2.2] } as const;

const partsOf = (sheets: readonly Sheet[]): number => sheets.reduce((sum, { parts }) => sum + parts.length, 0);

/** Whether something that reaches beyond its border, as lines and bands do, may be seen in some rectangles. */
function nearTo(view: View, boxes: readonly Box[]): (box: Box) => boolean {
  const margin = REACH / view.scale;
  return ([left, top, right, bottom]) => boxes.some((box) => meets([left - margin, top - margin, right + margin, bottom + margin], box));
}

export class Perimeters {
  /** Rings of each outline or sheet, a path for each level. */
  private readonly paths = new WeakMap<readonly Ring[], Path2D[]>();
  private laid: Laid | null = null;

  constructor(private readonly atlas: Atlas, private readonly styles: Styles) {}

  private vast(sheet: Sheet): boolean {
    return isVast(this.atlas, sheet.largest);
  }

  private sizeOf(sheet: Sheet, k: number): number {
    return this.vast(sheet) ? k * THIN : k;
  }

  private area({ outline: { rings } }: Sheet, level: number): Path2D {
    let levels = this.paths.get(rings);
    if (levels === undefined) this.paths.set(rings, (levels = []));
    return (levels[level] ??= this.atlas.lines.rings(level, rings));
  }

  /** Lanes and their paths; those of the layers are kept until the sheets, the level or the sizes change. */
  private lay(sheets: readonly Sheet[], styles: readonly LayerStyle[], level: number, strokes: Strokes, keep: boolean): Laid {
    const k = strokes.scale;
    const key = `${level} ${k.toFixed(2)} ${strokes.line.toFixed(2)}`;
    const before = this.laid;
    if (keep && before?.key === key && before.sheets.length === sheets.length && sheets.every((sheet, i) => before.sheets[i] === sheet)) return before;
    const pitch = new Map(sheets.map((sheet, i) => [sheet, pitchOf(styles[i]!, this.sizeOf(sheet, k), strokes)]));
    const own = lanes(sheets, this.atlas.arcs.count, (sheet) => pitch.get(sheet)!);
    const laid = { sheets, key, lanes: own, pieces: own.map((some) => some.map((lane) => this.trace(lane, level))) };
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

  /** Whether so many perimeters are in sight that each is a thin line. */
  isCalm(view: View, sheets: readonly Sheet[]): boolean {
    const near = nearTo(view, [view.box]);
    return partsOf(sheets) > CALM && sheets.reduce((sum, { parts }) => sum + parts.filter(({ box }) => near(box)).length, 0) > CALM;
  }

  /** Draw sheets, a step at a time, on a context whose transform is already that of the view. */
  *draw(ctx: CanvasRenderingContext2D, view: View, all: readonly Sheet[], colours: Palette, options: DrawOptions): Work {
    const level = levelFor(view.zoom);
    const near = nearTo(view, options.within ?? [view.box]);
    const calm = this.isCalm(view, all);
    const few = !calm && partsOf(all) <= FEW;
    const sheets = few ? all : all.flatMap((sheet) => inSight(sheet, nearTo(view, [view.box])) ?? []);
    const styles = sheets.map((sheet): LayerStyle => {
      const style = this.styles.layer(sheet.programme, colours);
      return this.vast(sheet) && !options.raised ? { ...style, line: "solid", foremost: false } : style;
    });
    ctx.lineJoin = level < ROUND ? "bevel" : "round";
    ctx.lineCap = "butt";
    if (calm) yield* this.drawCalm(ctx, view, sheets, styles, level, options.raised, near);
    else yield* this.drawLanes(ctx, view, sheets, styles, level, colours, options, near);
  }

  /** Very many perimeters: a light wash and one thin line each, dashed where it was inferred. */
  private *drawCalm(
    ctx: CanvasRenderingContext2D, view: View, sheets: readonly Sheet[], styles: readonly LayerStyle[], level: number, raised: boolean,
    near: (box: Box) => boolean,
  ): Work {
    const shown = sheets.map((sheet) => near(sheet.outline.box));
    const px = 1 / view.scale;
    for (let i = 0; i < sheets.length; i++) {
      if (!shown[i] || (this.vast(sheets[i]!) && !raised)) continue;
      ctx.globalAlpha = raised ? 0.16 : QUIET.wash;
      ctx.fillStyle = styles[i]!.colour;
      ctx.fill(this.area(sheets[i]!, level), "nonzero");
      ctx.globalAlpha = 1;
      yield;
    }
    for (let i = sheets.length - 1; i >= 0; i--) {
      if (!shown[i]) continue;
      ctx.globalAlpha = raised ? 1 : QUIET.lineAlpha;
      ctx.strokeStyle = styles[i]!.colour;
      ctx.lineWidth = (styles[i]!.foremost ? QUIET.foremost : QUIET.line) * (raised ? 1.6 : 1) * px;
      ctx.setLineDash(sheets[i]!.inferred ? QUIET.dash.map((length) => length * px) : []);
      ctx.stroke(this.area(sheets[i]!, level));
      ctx.setLineDash([]);
      ctx.globalAlpha = 1;
      yield;
    }
  }

  private *drawLanes(
    ctx: CanvasRenderingContext2D, view: View, sheets: readonly Sheet[], styles: readonly LayerStyle[], level: number, colours: Palette,
    options: DrawOptions, near: (box: Box) => boolean,
  ): Work {
    const strokes = strokesAt(view.zoom);
    const k = strokes.scale;
    const laid = this.lay(sheets, styles, level, strokes, !options.raised);
    const seen = sheets.map((sheet) => near(sheet.outline.box));
    yield;
    for (let i = 0; i < sheets.length; i++) {
      if (!seen[i]) continue;
      this.drawInside(ctx, view, sheets[i]!, styles[i]!, level, options, strokes);
      yield;
    }
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
      yield;
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
