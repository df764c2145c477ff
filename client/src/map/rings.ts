/** What the pointer is on, and what was chosen: outlines above everything else. */
import type { Atlas } from "../geometry/atlas";
import { levelFor } from "../geometry/lines";
import type { Chosen } from "../state/store";
import { palette } from "./theme";
import { isSeen, type Cluster } from "./symbols";
import { toBase, toPixels, type View } from "./view";

type Unit = "commune" | "epci" | "departement";

const trace = (atlas: Atlas, view: View, chosen: Chosen): Path2D => atlas.lines.rings(levelFor(view.zoom), atlas.outlineOf(chosen).rings);

/** The commune under the pointer, and the unit of the thematic map around it. */
export function drawHovered(ctx: CanvasRenderingContext2D, view: View, atlas: Atlas, commune: number, unit: Unit): void {
  const colours = palette();
  const path = trace(atlas, view, { kind: "commune", index: commune });
  toBase(ctx, view);
  ctx.fillStyle = colours.hover;
  ctx.fill(path);
  ctx.strokeStyle = colours.ring;
  ctx.lineWidth = 1.1 / view.scale;
  ctx.setLineDash([]);
  ctx.stroke(path);
  const index = unit === "commune" ? -1 : atlas.payload.places.communes[unit][commune]!;
  if (unit !== "commune" && index >= 0) ctx.stroke(trace(atlas, view, { kind: unit, index }));
}

/** Leave what is drawn next off the symbols: it is seen around them, not over them. */
export function clipOff(ctx: CanvasRenderingContext2D, view: View, clusters: readonly Cluster[]): void {
  toPixels(ctx, view);
  ctx.beginPath();
  ctx.rect(-view.tx, -view.ty, view.width, view.height);
  for (const cluster of clusters) {
    if (!isSeen(cluster, view)) continue;
    for (const { x, y, r } of cluster.marks) {
      ctx.moveTo(x + r + 1, y);
      ctx.arc(x, y, r + 1, 0, 7);
    }
  }
  ctx.clip("evenodd"); // symbols do not cover each other
}

/** A ring around the place that was chosen, which leaves the symbols whole. */
export function drawRing(ctx: CanvasRenderingContext2D, view: View, atlas: Atlas, chosen: Chosen, clusters: readonly Cluster[]): void {
  ctx.save();
  clipOff(ctx, view, clusters);
  const colours = palette();
  const path = trace(atlas, view, chosen);
  const thin = view.zoom < 9.5 || chosen.kind !== "commune";
  toBase(ctx, view);
  ctx.setLineDash([]);
  ctx.lineJoin = "round";
  ctx.strokeStyle = colours.halo;
  ctx.lineWidth = (thin ? 3.6 : 5.5) / view.scale;
  ctx.stroke(path);
  ctx.strokeStyle = colours.ring;
  ctx.lineWidth = (thin ? 1.7 : 2.6) / view.scale;
  ctx.stroke(path);
  ctx.restore();
}
