/** The calm ground: land, neighbours, and borders that come and go with the zoom. */
import type { Atlas } from "../geometry/atlas";
import { levelFor } from "../geometry/lines";
import { meets, type Box } from "../geometry/projection";
import { borders, type Border as Parted, type Ring } from "../geometry/topology";
import { drawFrames } from "./insets";
import type { Work } from "./slices";
import type { Palette } from "./theme";
import { toBase, type View } from "./view";

type Border = Parted | "region";

/** Width in CSS pixels by zoom: pairs of zoom and width, straight between them. */
const WIDTHS: Record<Border, readonly (readonly [number, number])[]> = {
  context: [[6, 0.5], [8, 0.7], [12, 1]],
  commune: [[7.2, 0], [8, 0.35], [10, 0.6], [13, 1]],
  epci: [[7.2, 0], [8, 0.75], [10, 1.2], [13, 1.8]],
  departement: [[5, 0.35], [6, 0.6], [8, 1.1], [10, 1.7], [13, 2.6]],
  region: [[5, 0.8], [6, 1], [8, 1.4], [10, 2], [13, 3]],
  area: [[5, 0.8], [6, 1], [8, 1.4], [10, 2], [13, 3]],
};

/** The borders of the area, the highest level last. */
const LAND = ["commune", "epci", "departement", "region", "area"] as const;

/** Régions are parted by the line of the départements, only wider. */
const colourOf = (border: (typeof LAND)[number], colours: Palette): string => colours[border === "region" ? "departement" : border];

/** Arcs are sorted into square cells, so that only those in sight are stroked: so many across the map, or as many of this size (base pixels) as that takes. */
const CELLS = 8;
const LARGEST_CELL = 128;
/** Up to this zoom all is seen at once, or nearly: one cell does. */
const WHOLE_ZOOM = 7.2;

interface Piece {
  readonly box: Box;
  readonly arcs: number[];
  readonly paths: Path2D[];
}

const EVERYWHERE: Box = [-Infinity, -Infinity, Infinity, Infinity];

export function widthAt(border: Border, zoom: number): number {
  const stops = WIDTHS[border];
  for (let i = 1; i < stops.length; i++) {
    const [z0, w0] = stops[i - 1]!;
    const [z1, w1] = stops[i]!;
    if (zoom <= z1) return zoom <= z0 ? w0 : w0 + ((w1 - w0) * (zoom - z0)) / (z1 - z0);
  }
  return stops[stops.length - 1]![1];
}

export class Ground {
  private arcs: Record<Border, number[]> | null = null;
  private readonly pieces = new Map<string, readonly Piece[]>();
  private readonly fills = new Map<string, Path2D>();
  private readonly rings: { area?: readonly Ring[]; context?: readonly Ring[] } = {};

  constructor(private readonly atlas: Atlas) {}

  private get sorted(): Record<Border, number[]> {
    if (this.arcs) return this.arcs;
    const { arcs, payload: { grid, places: { communes, region } } } = this.atlas;
    const sorted = borders(arcs, grid.communes, communes.epci, communes.departement);
    const of = (unit: number): number => region[communes.departement[unit]!] ?? -1;
    const parts = (arc: number): boolean => of(arcs.left[arc]!) !== of(arcs.right[arc]!);
    const { departement } = sorted;
    return (this.arcs = { ...sorted, departement: departement.filter((arc) => !parts(arc)), region: departement.filter(parts) });
  }

  /** The arcs of a border by cells; from afar in one. */
  private piecesOf(border: Border, zoom: number): readonly Piece[] {
    const whole = zoom < WHOLE_ZOOM;
    const key = `${border} ${whole}`;
    let pieces = this.pieces.get(key);
    if (pieces === undefined) {
      const arcs = this.sorted[border];
      pieces = (whole ? [arcs] : this.cut(arcs)).map((own) => ({ arcs: own, box: whole ? EVERYWHERE : this.atlas.lines.around(own), paths: [] }));
      this.pieces.set(key, pieces);
    }
    return pieces;
  }

  private cut(arcs: readonly number[]): number[][] {
    const { arcs: { start, x, y }, payload: { grid }, projection } = this.atlas;
    const [left, top, right, bottom] = projection.box(grid.bounds);
    const width = Math.min(LARGEST_CELL, (right - left) / CELLS);
    const height = Math.min(LARGEST_CELL, (bottom - top) / CELLS);
    const cells = new Map<number, number[]>();
    for (const arc of arcs) {
      const at = start[arc]!;
      const [baseX, baseY] = projection.at(x[at]!, y[at]!);
      // No cell holds arcs of two territories.
      const territory = projection.frames.indexOf(projection.frameOf(x[at]!, y[at]!)!) + 1;
      const cell = (territory * 65536 + Math.floor((baseY - top) / height)) * 65536 + Math.floor((baseX - left) / width);
      const waiting = cells.get(cell);
      if (waiting) waiting.push(arc);
      else cells.set(cell, [arc]);
    }
    return [...cells.values()];
  }

  /** All land of the area, or all beside it. */
  private *fill(ctx: CanvasRenderingContext2D, key: "area" | "context", level: number): Work {
    const name = `${key} ${level}`;
    let path = this.fills.get(name);
    if (path === undefined) {
      const { lines } = this.atlas;
      const rings = this.ringsOf(key);
      yield* lines.prepare(level, rings);
      path = lines.rings(level, rings);
      this.fills.set(name, path);
    }
    ctx.fill(path, "nonzero");
  }

  private ringsOf(key: "area" | "context"): readonly Ring[] {
    let rings = this.rings[key];
    if (rings === undefined) {
      const { topology, payload: { grid }, units } = this.atlas;
      const member = new Uint8Array(units).fill(key === "area" ? 1 : 0, 0, grid.communes).fill(key === "area" ? 0 : 1, grid.communes);
      this.rings[key] = rings = topology.rings(topology.outline(member));
    }
    return rings;
  }

  private *stroke(ctx: CanvasRenderingContext2D, view: View, border: Border, colour: string, level: number): Work {
    const width = widthAt(border, view.zoom);
    if (width <= 0) return;
    ctx.lineWidth = width / view.scale;
    ctx.strokeStyle = colour;
    for (const piece of this.piecesOf(border, view.zoom)) {
      if (!meets(piece.box, view.box)) continue;
      let path = piece.paths[level];
      if (path === undefined) {
        yield;
        piece.paths[level] = path = this.trace(piece.arcs, level);
      }
      ctx.stroke(path);
    }
  }

  private trace(arcs: readonly number[], level: number): Path2D {
    const path = new Path2D();
    for (const arc of arcs) this.atlas.lines.trace(path, level, arc * 2, true);
    return path;
  }

  /** Paint the whole ground, a step at a time; over a basemap only the borders. */
  *draw(ctx: CanvasRenderingContext2D, view: View, colours: Palette, basemap: boolean): Work {
    const level = levelFor(view.zoom);
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    if (!basemap) {
      ctx.fillStyle = colours.sea;
      ctx.fillRect(0, 0, ctx.canvas.width, ctx.canvas.height);
    } else ctx.clearRect(0, 0, ctx.canvas.width, ctx.canvas.height);
    toBase(ctx, view);
    ctx.lineJoin = ctx.lineCap = "round";
    if (!basemap) {
      ctx.fillStyle = colours.neighbour;
      yield* this.fill(ctx, "context", level);
      yield;
      yield* this.stroke(ctx, view, "context", colours.context, level);
      yield;
    }
    drawFrames(ctx, view, this.atlas.projection, colours);
    toBase(ctx, view);
    ctx.lineJoin = ctx.lineCap = "round";
    if (!basemap || this.atlas.projection.frames.length > 0) yield* this.drawLand(ctx, colours, basemap, level);
    for (const border of LAND) {
      yield;
      yield* this.stroke(ctx, view, border, colourOf(border, colours), level);
    }
  }

  /** The land of the area; over a basemap that of the frames alone. */
  private *drawLand(ctx: CanvasRenderingContext2D, colours: Palette, basemap: boolean, level: number): Work {
    ctx.save();
    if (basemap) {
      ctx.beginPath();
      for (const { box } of this.atlas.projection.frames) ctx.rect(box[0], box[1], box[2] - box[0], box[3] - box[1]);
      ctx.clip();
    }
    ctx.fillStyle = colours.land;
    yield* this.fill(ctx, "area", level);
    ctx.restore();
  }

  /** The borders again, over the fills of a thematic map: those of its units and wider ones. */
  *drawBorders(ctx: CanvasRenderingContext2D, view: View, colours: Palette, from: "commune" | "epci" | "departement"): Work {
    toBase(ctx, view);
    ctx.lineJoin = ctx.lineCap = "round";
    for (const border of LAND.slice(LAND.indexOf(from))) yield* this.stroke(ctx, view, border, colourOf(border, colours), levelFor(view.zoom));
  }
}
