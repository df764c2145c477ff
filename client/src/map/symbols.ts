/** Symbols in towns: those of one town stand beside each other, and towns do not cover one another. */
import type { Atlas } from "../geometry/atlas";
import { Boxes, type Rect } from "../geometry/boxes";
import { drawGlyph } from "./glyphs";
import type { Styles } from "./styles";
import type { Palette } from "./theme";
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

/** The symbols of one town. */
export interface Cluster {
  readonly town: number;
  readonly x: number;
  readonly y: number;
  readonly rect: Rect;
  readonly marks: readonly Mark[];
  /** The cluster had to move away from its town: a thin leader ties it. */
  readonly moved: boolean;
}

const GAP = 1.5;
/** Below this zoom symbols are gathered. */
const TOGETHER = 9.6;

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

/** Seen from afar, the operations of a programme in one town become one symbol, unless their size tells something. */
function gathered(atlas: Atlas, records: readonly number[], zoom: number): number[][] {
  const groups = new Map<string, number[]>();
  for (const index of records) {
    const { kind, programme, total, towns } = atlas.payload.records[index]!;
    const alone = zoom >= TOGETHER || kind !== "operation" || (total !== null && towns.length === 1);
    const key = alone ? `record ${index}` : `programme ${programme}`;
    const group = groups.get(key);
    if (group) group.push(index);
    else groups.set(key, [index]);
  }
  return [...groups.values()];
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

/** Place the symbols of these records at a zoom. */
export function layOut(atlas: Atlas, styles: Styles, records: Iterable<number>, zoom: number, scale: number): { clusters: Cluster[]; boxes: Boxes } {
  const { communes } = atlas.payload.places;
  const towns = new Map<number, number[]>();
  for (const index of records) {
    const record = atlas.payload.records[index]!;
    if (record.draw !== "towns") continue;
    for (const town of record.towns) {
      const there = towns.get(town);
      if (there) there.push(index);
      else towns.set(town, [index]);
    }
  }
  const boxes = new Boxes();
  // Clusters with a large circle choose first, then those of the larger towns.
  const size = (own: readonly number[]): number => Math.max(...own.map((index) => styles.radius(atlas.payload.records[index]!, zoom)));
  const order = [...towns]
    .map(([town, own]) => ({ town, own, rank: size(own) > 9 ? 1 : 0, population: communes.population[town] ?? 0 }))
    .sort((a, b) => b.rank - a.rank || b.population - a.population || a.town - b.town);
  const clusters = order.map(({ town, own }): Cluster => {
    const [x, y] = atlas.projection.at(communes.x[town]!, communes.y[town]!).map((base) => base * scale) as [number, number];
    const groups = gathered(atlas, own, zoom);
    const radii = groups.map((group) => (group.length > 1 ? 7 : styles.radius(atlas.payload.records[group[0]!]!, zoom)));
    const { at, width, height } = pack(radii);
    const choices = candidates(x, y, width + 2, height + 2);
    const found = Math.max(0, boxes.place(choices));
    const rect = choices[found]!;
    const cx = (rect[0] + rect[2]) / 2;
    const cy = (rect[1] + rect[3]) / 2;
    const marks = groups.map((records, i) => ({ record: records[0]!, records, x: cx + at[i]!.x, y: cy + at[i]!.y, r: radii[i]! }));
    return { town, x, y, rect, marks, moved: found > 0 };
  });
  return { clusters, boxes };
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
    for (const mark of marks) {
      const style = styles.glyph(atlas.payload.records[mark.record]!, colours);
      const many = mark.records.length > 1;
      drawGlyph(ctx, many ? { ...style, fill: "paper", inferred: false, unknown: false, text: String(mark.records.length) } : style, mark.x, mark.y, mark.r);
    }
  }
}

/** A symbol: where it stands, and the records that it stands for. */
export interface Pointed {
  readonly town: number;
  readonly records: readonly number[];
}

/** The symbol under a point, in CSS pixels from the origin of base pixels. */
export function symbolAt(clusters: readonly Cluster[], x: number, y: number, slack = 2): Pointed | null {
  for (const cluster of clusters) {
    const [left, top, right, bottom] = cluster.rect;
    if (x < left - slack || x > right + slack || y < top - slack || y > bottom + slack) continue;
    for (const mark of cluster.marks) {
      if (Math.hypot(x - mark.x, y - mark.y) <= mark.r + slack) return { town: cluster.town, records: mark.records };
    }
  }
  return null;
}
