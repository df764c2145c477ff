/** Symbols in towns, and the discs that gather them from afar: those of one town stand beside each other, and none covers another. */
import type { Atlas } from "../geometry/atlas";
import { Boxes, type Rect } from "../geometry/boxes";
import type { Frame } from "../geometry/projection";
import { discRadius, GAP, MANY, sharesOf, together, type Signs, type Town, type Unit } from "./gather";
import { drawDisc, drawGlyph } from "./glyphs";
import { captionRects, rectOf } from "./insets";
import type { Styles } from "./styles";
import type { Palette } from "./theme";
import { townsOf } from "./towns";
import { toPixels, type View } from "./view";

export interface Mark {
  readonly record: number;
  /** Records of one programme that stand for each other at this zoom; more than one shows its number. */
  readonly records: readonly number[];
  /** Centre and radius in CSS pixels from the origin of base pixels. */
  readonly x: number;
  readonly y: number;
  readonly r: number;
}

/** The symbols of one town, or the disc of a unit (`town` is then -1). */
export interface Cluster {
  readonly town: number;
  readonly unit: Unit | null;
  readonly x: number;
  readonly y: number;
  readonly rect: Rect;
  readonly marks: readonly Mark[];
  /** The cluster had to move away from its town: a thin leader ties it. */
  readonly moved: boolean;
}

const ORIGIN = [{ x: 0, y: 0 }];
/** Circles larger than this choose their place first. */
const LARGE = 9;

/** Lay circles of these radii in rows around 0, 0. */
export function pack(radii: readonly number[]): { at: { x: number; y: number }[]; width: number; height: number } {
  const perRow = radii.length <= 3 ? radii.length : Math.ceil(Math.sqrt(radii.length * 1.5));
  const rows: number[][] = [];
  for (let i = 0; i < radii.length; i += perRow) rows.push(radii.slice(i, i + perRow));
  const heights = rows.map((row) => 2 * Math.max(...row) + GAP);
  const height = heights.reduce((sum, h) => sum + h, 0);
  let top = -height / 2;
  let width = 0;
  const at: { x: number; y: number }[] = [];
  rows.forEach((row, n) => {
    const length = row.reduce((sum, r) => sum + 2 * r + GAP, 0);
    let x = -length / 2;
    for (const r of row) {
      at.push({ x: x + r + GAP / 2, y: top + heights[n]! / 2 });
      x += 2 * r + GAP;
    }
    top += heights[n]!;
    width = Math.max(width, length);
  });
  return { at, width, height };
}

/** Where a cluster may stand: on its town, else around it. */
function candidates(x: number, y: number, width: number, height: number): Rect[] {
  const around: [number, number][] = [[0, 0]];
  for (const reach of [0.75, 1.3]) {
    for (const [dx, dy] of [[0, -1], [1, 0], [-1, 0], [0, 1], [0.8, -0.8], [-0.8, -0.8], [0.8, 0.8], [-0.8, 0.8]] as const) {
      around.push([dx * (width * 0.5 + 7) * reach, dy * (height * 0.5 + 7) * reach]);
    }
  }
  return around.map(([dx, dy]) => [x + dx - width / 2, y + dy - height / 2, x + dx + width / 2, y + dy + height / 2]);
}

/** Where a disc may stand: discs are many and small, and go farther. */
function around(x: number, y: number, size: number): Rect[] {
  const rects: Rect[] = [];
  for (const reach of [0.35, 0.7, 1.05, 1.5, 2, 2.6]) {
    for (let turn = 0; turn < 12; turn++) {
      const left = x + size * (reach * Math.cos((turn * Math.PI) / 6) - 0.5);
      const top = y + size * (reach * Math.sin((turn * Math.PI) / 6) - 0.5);
      rects.push([left, top, left + size, top + size]);
    }
  }
  return rects;
}

/** Take the first place that is free and in the frame; where there is none, its own place, pushed into the frame. */
function settle(boxes: Boxes, within: Rect | null, x: number, y: number, width: number, height: number, others = candidates): { rect: Rect; moved: boolean } {
  const own: Rect = [x - width / 2, y - height / 2, x + width / 2, y + height / 2];
  const fits = (rect: Rect): boolean => within === null || (rect[0] >= within[0] && rect[1] >= within[1] && rect[2] <= within[2] && rect[3] <= within[3]);
  if (fits(own) && boxes.free(own)) {
    boxes.add(own);
    return { rect: own, moved: false };
  }
  const choices = others(x, y, width, height).filter(fits);
  const found = boxes.place(choices);
  if (found >= 0) return { rect: choices[found]!, moved: true };
  if (within === null) return { rect: own, moved: false };
  const dx = Math.max(0, within[0] - own[0]) - Math.max(0, own[2] - within[2]);
  const dy = Math.max(0, within[1] - own[1]) - Math.max(0, own[3] - within[3]);
  return { rect: [own[0] + dx, own[1] + dy, own[2] + dx, own[3] + dy], moved: false };
}

class Layer {
  readonly clusters: Cluster[] = [];
  private readonly insides = new Map<Frame, Rect>();

  constructor(private readonly atlas: Atlas, private readonly styles: Styles, private readonly zoom: number, private readonly scale: number, readonly boxes: Boxes) {
    for (const rect of captionRects(atlas.projection, scale)) this.boxes.add(rect);
    for (const frame of atlas.projection.frames) this.insides.set(frame, rectOf(frame, scale));
  }

  private inside(frame: Frame | null): Rect | null {
    return frame && this.insides.get(frame)!;
  }

  disc(unit: Unit): void {
    const r = discRadius(unit.records.length);
    const [x, y] = [unit.x * this.scale, unit.y * this.scale];
    const { rect, moved } = settle(this.boxes, this.inside(unit.frame), x, y, 2 * r + 3, 2 * r + 3, around);
    const mark: Mark = { record: unit.records[0]!, records: unit.records, x: (rect[0] + rect[2]) / 2, y: (rect[1] + rect[3]) / 2, r };
    this.clusters.push({ town: -1, unit, x, y, rect, marks: [mark], moved: moved && Math.hypot(mark.x - x, mark.y - y) > r + 3 });
  }

  town({ town, records: own }: Town, frame: Frame | null): void {
    const { records: all } = this.atlas.payload;
    const towns = townsOf(this.atlas);
    const x = towns.x(town) * this.scale;
    const y = towns.y(town) * this.scale;
    const groups = together(this.atlas, own, this.zoom);
    const radii = groups.map((group) => (group.length > 1 ? MANY : this.styles.radius(all[group[0]!]!, this.zoom)));
    const { at, width, height } = radii.length === 1 ? { at: ORIGIN, width: 2 * radii[0]! + GAP, height: 2 * radii[0]! + GAP } : pack(radii);
    const { rect, moved } = settle(this.boxes, this.inside(frame), x, y, width + 2, height + 2);
    const cx = (rect[0] + rect[2]) / 2;
    const cy = (rect[1] + rect[3]) / 2;
    const marks = groups.map((records, i) => ({ record: records[0]!, records, x: cx + at[i]!.x, y: cy + at[i]!.y, r: radii[i]! }));
    this.clusters.push({ town, unit: null, x, y, rect, marks, moved });
  }

  /** Whether a town has a large circle. */
  large({ records }: Town): boolean {
    return records.some((index) => this.styles.radius(this.atlas.payload.records[index]!, this.zoom) > LARGE);
  }
}

/** Place the symbols at a zoom, clear of what stands in `boxes`, all or those of some places; each territory has the level that suits it. */
export function layOut(
  atlas: Atlas, styles: Styles, signs: Signs, { zoom, scale }: Pick<View, "zoom" | "scale">, boxes = new Boxes(), where?: (x: number, y: number) => boolean,
): Cluster[] {
  const { projection, payload: { places: { communes } } } = atlas;
  const layer = new Layer(atlas, styles, zoom, scale, boxes);
  const levels = signs.levels(zoom);
  const frameOf = (town: number): Frame | null => (levels.size > 1 ? projection.frameOf(communes.x[town]!, communes.y[town]!) : null);
  const single = new Set<number>();
  for (const level of new Set(levels.values())) {
    if (level === "town") continue;
    for (const unit of signs.gathered(level)) {
      if (levels.get(unit.frame) !== level || (where && !where(unit.x, unit.y))) continue;
      if (unit.single) single.add(unit.chief);
      else layer.disc(unit);
    }
  }
  // Towns with a large circle choose first, then the more populous ones.
  const points = townsOf(atlas);
  const towns = signs.towns.filter(({ town }) => (!where || where(points.x(town), points.y(town))) && (levels.get(frameOf(town)) === "town" || single.has(town)));
  const large = new Set(towns.filter((town) => layer.large(town)));
  for (const town of large) layer.town(town, frameOf(town.town));
  for (const town of towns) if (!large.has(town)) layer.town(town, frameOf(town.town));
  return layer.clusters;
}

/** Draw clusters; `only` keeps the symbols of some records. */
export function drawSymbols(
  ctx: CanvasRenderingContext2D, view: View, clusters: readonly Cluster[], atlas: Atlas, styles: Styles, colours: Palette,
  only?: ReadonlySet<number>,
): void {
  toPixels(ctx, view);
  for (const cluster of clusters) {
    const marks = only ? cluster.marks.filter((mark) => mark.records.some((record) => only.has(record))) : cluster.marks;
    const [left, top, right, bottom] = cluster.rect;
    if (marks.length === 0 || right < -view.tx || left > view.width - view.tx || bottom < -view.ty || top > view.height - view.ty) continue;
    if (cluster.moved) {
      ctx.beginPath();
      ctx.moveTo(cluster.x, cluster.y);
      ctx.lineTo((left + right) / 2, (top + bottom) / 2);
      ctx.strokeStyle = colours.muted;
      ctx.lineWidth = 0.9;
      ctx.setLineDash([]);
      ctx.stroke();
      ctx.beginPath();
      ctx.arc(cluster.x, cluster.y, 1.8, 0, 7);
      ctx.fillStyle = colours.text;
      ctx.fill();
    }
    if (cluster.unit) {
      drawDisc(ctx, sharesOf(atlas, cluster.unit).map(({ programme, records }) => ({ colour: styles.hue(programme, colours), records })), colours, cluster.marks[0]!);
      continue;
    }
    for (const mark of marks) {
      const style = styles.glyph(atlas.payload.records[mark.record]!, colours);
      const many = mark.records.length > 1;
      drawGlyph(ctx, many ? { ...style, fill: "paper", inferred: false, unknown: false, text: String(mark.records.length) } : style, mark.x, mark.y, mark.r);
    }
  }
}

/** A symbol: where it stands, and the records that it stands for. */
export interface Pointed {
  /** The town, or that of a disc's unit which comes first. */
  readonly town: number;
  readonly unit: Unit | null;
  readonly records: readonly number[];
}

/** Finds the symbol under a point, in CSS pixels from the origin of base pixels. */
export class SymbolFinder {
  private readonly boxes = new Boxes();
  private readonly clusters = new Map<Rect, Cluster>();

  constructor(clusters: readonly Cluster[]) {
    for (const cluster of clusters) {
      this.clusters.set(cluster.rect, cluster);
      this.boxes.add(cluster.rect);
    }
  }

  at(x: number, y: number, slack = 2): Pointed | null {
    let found: Pointed | null = null;
    this.boxes.meeting([x - slack, y - slack, x + slack, y + slack], (rect) => {
      const { town, unit, marks } = this.clusters.get(rect)!;
      const mark = marks.find((each) => Math.hypot(x - each.x, y - each.y) <= each.r + slack);
      if (mark) found = { town: unit ? unit.chief : town, unit, records: mark.records };
      return mark !== undefined;
    });
    return found;
  }
}
