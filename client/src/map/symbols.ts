/** Symbols in towns, and the discs that gather them from afar: those of one town stand beside each other, and none covers another. */
import type { Atlas } from "../geometry/atlas";
import { Boxes, type Rect } from "../geometry/boxes";
import type { Frame } from "../geometry/projection";
import { discRect, standDiscs, type Disc, type Stand } from "./discs";
import { GAP, MANY, sharesOf, together, type Signs, type Town, type Unit } from "./gather";
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

/** Among discs a symbol goes farther before it would cover one. */
function farther(x: number, y: number, width: number, height: number): Rect[] {
  return [...candidates(x, y, width, height), ...[1.6, 2.2, 3, 4].flatMap((more) => candidates(x, y, width * more, height * more).slice(1).map((rect): Rect => {
    const [cx, cy] = [(rect[0] + rect[2]) / 2, (rect[1] + rect[3]) / 2];
    return [cx - width / 2, cy - height / 2, cx + width / 2, cy + height / 2];
  }))];
}

const lies = (rect: Rect, within: Rect | null): boolean =>
  within === null || (rect[0] >= within[0] && rect[1] >= within[1] && rect[2] <= within[2] && rect[3] <= within[3]);

/** A rectangle pushed into the frame. */
function pushed(own: Rect, within: Rect | null): Rect {
  if (within === null) return own;
  const dx = Math.max(0, within[0] - own[0]) - Math.max(0, own[2] - within[2]);
  const dy = Math.max(0, within[1] - own[1]) - Math.max(0, own[3] - within[3]);
  return [own[0] + dx, own[1] + dy, own[2] + dx, own[3] + dy];
}

/** Take the first place that is free and in the frame; where there is none, its own place, pushed into the frame. */
function settle(boxes: Boxes, within: Rect | null, x: number, y: number, width: number, height: number, others = candidates): { rect: Rect; moved: boolean } {
  const own: Rect = [x - width / 2, y - height / 2, x + width / 2, y + height / 2];
  if (lies(own, within) && boxes.free(own)) {
    boxes.add(own);
    return { rect: own, moved: false };
  }
  const choices = others(x, y, width, height).filter((rect) => lies(rect, within));
  const found = boxes.place(choices);
  if (found >= 0) return { rect: choices[found]!, moved: true };
  return { rect: pushed(own, within), moved: false };
}

class Layer {
  readonly clusters: Cluster[] = [];
  private readonly insides = new Map<Frame, Rect>();
  private readonly captions: ReadonlySet<Rect>;

  constructor(
    private readonly atlas: Atlas, private readonly styles: Styles, private readonly zoom: number, private readonly scale: number, readonly boxes: Boxes,
    private readonly among: boolean,
  ) {
    this.captions = captionsIn(boxes, atlas, scale);
    for (const frame of atlas.projection.frames) this.insides.set(frame, rectOf(frame, scale));
  }

  private inside(frame: Frame | null): Rect | null {
    return frame && this.insides.get(frame)!;
  }

  disc(disc: Disc): void {
    const { unit } = disc;
    const [x, y] = [unit.x * this.scale, unit.y * this.scale];
    const mark: Mark = { record: unit.records[0]!, records: unit.records, x: disc.x, y: disc.y, r: disc.r };
    this.clusters.push({ town: -1, unit, x, y, rect: discRect(disc), marks: [mark], moved: Math.hypot(disc.x - x, disc.y - y) > disc.r + 1 });
  }

  /** In a frame a symbol stays in its town, be it over a caption, where no other symbol stands. */
  private inFrame(within: Rect, x: number, y: number, width: number, height: number): { rect: Rect; moved: boolean } {
    const own = pushed([x - width / 2, y - height / 2, x + width / 2, y + height / 2], within);
    if (this.boxes.meeting(own, (other) => !this.captions.has(other))) return settle(this.boxes, within, x, y, width, height);
    this.boxes.add(own);
    return { rect: own, moved: false };
  }

  town({ town, records: own }: Town, frame: Frame | null): void {
    const { records: all } = this.atlas.payload;
    const towns = townsOf(this.atlas);
    const x = towns.x(town) * this.scale;
    const y = towns.y(town) * this.scale;
    const groups = together(this.atlas, own, this.zoom);
    const radii = groups.map((group) => (group.length > 1 ? MANY : this.styles.radius(all[group[0]!]!, this.zoom)));
    const { at, width, height } = radii.length === 1 ? { at: ORIGIN, width: 2 * radii[0]! + GAP, height: 2 * radii[0]! + GAP } : pack(radii);
    const within = this.inside(frame);
    const { rect, moved } = within
      ? this.inFrame(within, x, y, width + 2, height + 2)
      : settle(this.boxes, null, x, y, width + 2, height + 2, this.among ? farther : candidates);
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

const captioned = new WeakMap<Boxes, ReadonlySet<Rect>>();

/** The captions of the frames, which are put into `boxes` once. */
function captionsIn(boxes: Boxes, atlas: Atlas, scale: number): ReadonlySet<Rect> {
  let rects = captioned.get(boxes);
  if (rects === undefined) {
    captioned.set(boxes, (rects = new Set(captionRects(atlas.projection, scale))));
    for (const rect of rects) boxes.add(rect);
  }
  return rects;
}

/** Stand the discs of a zoom in `boxes`, clear of the captions and, if they can, of what stands in `names`. */
export function layDiscs(atlas: Atlas, signs: Signs, at: Pick<View, "zoom" | "scale">, boxes: Boxes, names = boxes): Stand {
  for (const each of [boxes, names]) captionsIn(each, atlas, at.scale);
  const stand = standDiscs(atlas, signs, at, names);
  for (const disc of stand.discs) boxes.add(discRect(disc));
  return stand;
}

/** Place the symbols at a zoom, clear of what stands in `boxes`: discs, which stand already, then the towns, all or those of some places. */
export function layOut(
  atlas: Atlas, styles: Styles, signs: Signs, { zoom, scale }: Pick<View, "zoom" | "scale">, boxes = new Boxes(),
  { discs, single, levels } = layDiscs(atlas, signs, { zoom, scale }, boxes), where?: (x: number, y: number) => boolean,
): Cluster[] {
  const { projection, payload: { places: { communes } } } = atlas;
  const layer = new Layer(atlas, styles, zoom, scale, boxes, discs.length > 0);
  const frameOf = (town: number): Frame | null => (projection.frames.length > 0 ? projection.frameOf(communes.x[town]!, communes.y[town]!) : null);
  for (const disc of discs) if (!where || where(disc.unit.x, disc.unit.y)) layer.disc(disc);
  // Towns with a large circle choose first, then the more populous ones.
  const points = townsOf(atlas);
  const stays = (town: number): boolean => levels.at(points.region[town]!) === "town" || single.has(town);
  const towns = signs.towns.filter(({ town }) => (!where || where(points.x(town), points.y(town))) && stays(town));
  const large = new Set(towns.filter((town) => layer.large(town)));
  for (const town of large) layer.town(town, frameOf(town.town));
  for (const town of towns) if (!large.has(town)) layer.town(town, frameOf(town.town));
  return layer.clusters;
}

/** A thin line from a symbol that had to move to where it belongs; that of a disc is stronger. */
function drawLeader(ctx: CanvasRenderingContext2D, { x, y, rect, unit }: Cluster, colours: Palette): void {
  const strokes: [string, number][] = unit ? [[colours.land, 3.4], [colours.text, 1.4]] : [[colours.muted, 0.9]];
  ctx.setLineDash([]);
  for (const [colour, width] of strokes) {
    ctx.beginPath();
    ctx.moveTo(x, y);
    ctx.lineTo((rect[0] + rect[2]) / 2, (rect[1] + rect[3]) / 2);
    ctx.strokeStyle = colour;
    ctx.lineWidth = width;
    ctx.stroke();
  }
  ctx.beginPath();
  ctx.arc(x, y, unit ? 2.4 : 1.8, 0, 7);
  ctx.fillStyle = colours.text;
  ctx.fill();
}

/** Whether a cluster may be seen on the canvas of a view. */
export const isSeen = ({ rect: [left, top, right, bottom] }: Pick<Cluster, "rect">, { tx, ty, width, height }: View, padX = 0, padY = 0): boolean =>
  right >= padX - tx && left <= width - padX - tx && bottom >= padY - ty && top <= height - padY - ty;

/** Draw clusters; `only` keeps the symbols of some records. */
export function drawSymbols(
  ctx: CanvasRenderingContext2D, view: View, clusters: readonly Cluster[], atlas: Atlas, styles: Styles, colours: Palette,
  only?: ReadonlySet<number>,
): void {
  toPixels(ctx, view);
  const seen = clusters.filter((cluster) => isSeen(cluster, view));
  for (const cluster of seen) if (cluster.moved && cluster.unit && !only) drawLeader(ctx, cluster, colours);
  for (const cluster of seen) {
    const marks = only ? cluster.marks.filter((mark) => mark.records.some((record) => only.has(record))) : cluster.marks;
    if (marks.length === 0) continue;
    if (cluster.moved && (!cluster.unit || only)) drawLeader(ctx, cluster, colours);
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
  private readonly order = new Map<Rect, number>();

  constructor(private readonly clusters: readonly Cluster[]) {
    clusters.forEach(({ rect }, index) => {
      this.order.set(rect, index);
      this.boxes.add(rect);
    });
  }

  /** What is drawn on top answers; beside the symbols, the nearest within `slack`. */
  at(x: number, y: number, slack = 2): Pointed | null {
    let best: { on: number; order: number; mark: Mark } | null = null;
    this.boxes.meeting([x - slack, y - slack, x + slack, y + slack], (rect) => {
      const order = this.order.get(rect)!;
      for (const mark of this.clusters[order]!.marks) {
        const off = Math.max(0, Math.hypot(x - mark.x, y - mark.y) - mark.r);
        if (off > slack || (best && (off > best.on || (off === best.on && order < best.order)))) continue;
        best = { on: off, order, mark };
      }
      return false;
    });
    const found = best as { order: number; mark: Mark } | null;
    if (!found) return null;
    const { town, unit } = this.clusters[found.order]!;
    return { town: unit ? unit.chief : town, unit, records: found.mark.records };
  }
}
