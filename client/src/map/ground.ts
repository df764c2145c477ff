/** The calm ground: land, neighbours, and borders that come and go with the zoom. */
import type { Atlas } from "../geometry/atlas";
import { levelFor } from "../geometry/lines";
import { meets, type Box } from "../geometry/projection";
import { borders, type Border as Parted, type Ring } from "../geometry/topology";
import { drawFrames } from "./insets";
import type { Palette } from "./theme";
import { townsOf } from "./towns";
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

const CELLS = 8;

interface Piece {
  readonly box: Box;
  readonly arcs: number[];
  readonly paths: Path2D[];
}

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
  private readonly pieces: Record<Border, Piece[]>;
  private readonly areaRings: readonly Ring[];
  private readonly contextRings: readonly Ring[];
  private readonly fills = new Map<string, Path2D>();

  constructor(private readonly atlas: Atlas) {
    const { grid, places } = atlas.payload;
    const { epci, departement } = places.communes;
    const sorted = borders(atlas.arcs, grid.communes, epci, departement);
    const { region } = townsOf(atlas);
    const parts = (arc: number): boolean => region[atlas.arcs.left[arc]!] !== region[atlas.arcs.right[arc]!];
    const cut = (arcs: number[]): Piece[] => this.cut(arcs);
    this.pieces = {
      commune: cut(sorted.commune),
      epci: cut(sorted.epci),
      departement: cut(sorted.departement.filter((arc) => !parts(arc))),
      region: cut(sorted.departement.filter(parts)),
      area: cut(sorted.area),
      context: cut(sorted.context),
    };
    const rings = (inside: (unit: number) => boolean): readonly Ring[] => {
      const member = new Uint8Array(atlas.units);
      for (let unit = 0; unit < atlas.units; unit++) member[unit] = inside(unit) ? 1 : 0;
      return atlas.topology.rings(atlas.topology.outline(member));
    };
    this.areaRings = rings((unit) => unit < grid.communes);
    this.contextRings = rings((unit) => unit >= grid.communes);
  }

  /** Sort arcs into square cells, so that only those in sight are stroked. */
  private cut(arcs: readonly number[]): Piece[] {
    const { lines, payload, projection } = this.atlas;
    const [left, top, right, bottom] = projection.box(payload.grid.bounds);
    const cells = new Map<number, number[]>();
    for (const arc of arcs) {
      const { start, x, y } = lines.detail(0);
      const at = start[arc]!;
      const column = Math.max(0, Math.min(CELLS - 1, Math.floor(((x[at]! - left) / (right - left)) * CELLS)));
      const row = Math.max(0, Math.min(CELLS - 1, Math.floor(((y[at]! - top) / (bottom - top)) * CELLS)));
      const cell = row * CELLS + column;
      const waiting = cells.get(cell);
      if (waiting) waiting.push(arc);
      else cells.set(cell, [arc]);
    }
    return [...cells.values()].map((own) => ({ arcs: own, box: lines.box(own.map((arc) => arc * 2)), paths: [] }));
  }

  private fill(key: "area" | "context", level: number): Path2D {
    const name = `${key} ${level}`;
    let path = this.fills.get(name);
    if (path === undefined) {
      path = this.atlas.lines.rings(level, key === "area" ? this.areaRings : this.contextRings);
      this.fills.set(name, path);
    }
    return path;
  }

  private stroke(ctx: CanvasRenderingContext2D, view: View, border: Border, colour: string, level: number): void {
    const width = widthAt(border, view.zoom);
    if (width <= 0) return;
    ctx.lineWidth = width / view.scale;
    ctx.strokeStyle = colour;
    for (const piece of this.pieces[border]) {
      if (!meets(piece.box, view.box)) continue;
      ctx.stroke((piece.paths[level] ??= this.trace(piece.arcs, level)));
    }
  }

  private trace(arcs: readonly number[], level: number): Path2D {
    const path = new Path2D();
    for (const arc of arcs) this.atlas.lines.trace(path, level, arc * 2, true);
    return path;
  }

  /** Paint the whole ground; over a basemap only the borders. */
  draw(ctx: CanvasRenderingContext2D, view: View, colours: Palette, basemap: boolean): void {
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
      ctx.fill(this.fill("context", level), "nonzero");
    }
    drawFrames(ctx, view, this.atlas.projection, colours);
    toBase(ctx, view);
    if (!basemap || this.atlas.projection.frames.length > 0) this.drawLand(ctx, view, colours, basemap, level);
    for (const border of LAND) this.stroke(ctx, view, border, colourOf(border, colours), level);
  }

  /** The land of the area; over a basemap that of the frames alone. */
  private drawLand(ctx: CanvasRenderingContext2D, view: View, colours: Palette, basemap: boolean, level: number): void {
    ctx.save();
    if (basemap) {
      ctx.beginPath();
      for (const { box } of this.atlas.projection.frames) ctx.rect(box[0], box[1], box[2] - box[0], box[3] - box[1]);
      ctx.clip();
    }
    ctx.fillStyle = colours.land;
    ctx.fill(this.fill("area", level), "nonzero");
    ctx.restore();
    if (!basemap) this.stroke(ctx, view, "context", colours.context, level);
  }

  /** The borders again, over the fills of a thematic map: those of its units and wider ones. */
  drawBorders(ctx: CanvasRenderingContext2D, view: View, colours: Palette, from: "commune" | "epci" | "departement"): void {
    toBase(ctx, view);
    ctx.lineJoin = ctx.lineCap = "round";
    for (const border of LAND.slice(LAND.indexOf(from))) this.stroke(ctx, view, border, colourOf(border, colours), levelFor(view.zoom));
  }
}
