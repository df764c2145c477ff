/** Paint a thematic map: one path for each class, kept while its communes stay the same. */
import type { Atlas } from "../geometry/atlas";
import { hatchPattern } from "../map/hatches";
import { levelFor } from "../geometry/lines";
import { Lru } from "../map/lru";
import { mosaic } from "./mosaic";
import type { Sheet } from "../map/sheets";
import type { Styles } from "../map/styles";
import type { Theme } from "./thematic";
import { DARK_INKS, fillOf, LIGHT_INKS, luminance, type Fill } from "./thematiccolours";
import type { Label } from "../map/labels";
import { overClasses, type Palette } from "../map/theme";
import { clear, toBase, type View } from "../map/view";

/** How many maps are kept, so that going back and forth costs nothing. */
const KEPT = 8;

export const inksOf = (colours: Palette): typeof LIGHT_INKS => (colours.dark ? DARK_INKS : LIGHT_INKS);

/** From this luminance on a class takes dark letters. */
const LIGHT_CLASS = 0.36;

/** Whether a name at a place (CSS pixels from the origin of base pixels) lies over light classes, end to end. */
export function isOverLight({ locator, projection }: Atlas, { classes, classOf }: Theme, inks: typeof LIGHT_INKS, scale: number, { x, y, width }: Pick<Label, "x" | "y" | "width">): boolean {
  const light = classes.map(({ style }) => luminance(fillOf(style, inks).colour ?? "#000000") > LIGHT_CLASS);
  return [0.15, 0.5, 0.85].every((part) => light[classOf[locator.at(...projection.toGrid((x + part * width) / scale, y / scale))] ?? -1]);
}

/** The colours of each name over a thematic map: classes of dark pages run up to all but white. */
export function lettersOver(atlas: Atlas, theme: Theme, scale: number): (label: Label) => Palette {
  const [usual, onLight] = [overClasses(false), overClasses(true)];
  return (label) => (usual.dark && isOverLight(atlas, theme, DARK_INKS, scale, label) ? onLight : usual);
}

/** Fill what `area` fills: the colour, then each hatch. */
export function paintFill(
  ctx: CanvasRenderingContext2D, { colour, hatches, ink, dense }: Fill, scaling: { dpr: number; scale: number; zoom: number }, area: () => void,
): void {
  if (colour !== null) {
    ctx.fillStyle = colour;
    area();
  }
  for (const hatch of hatches) {
    const pattern = hatchPattern(ctx, { hatch, variant: 0 }, ink, dense ? { ...scaling, zoom: 0, sparse: 0.4 } : scaling);
    if (!pattern) continue;
    ctx.globalAlpha = dense ? 0.8 : 0.62;
    ctx.fillStyle = pattern;
    area();
    ctx.globalAlpha = 1;
  }
}

export class ThematicPaint {
  private readonly paths = new Lru<readonly Path2D[]>(KEPT);

  constructor(private readonly atlas: Atlas) {}

  private pathsOf(theme: Theme, level: number): readonly Path2D[] {
    const key = `${level} ${theme.classes.map(({ style }) => style.kind).join(" ")} ${new TextDecoder("latin1").decode(theme.classOf)}`;
    return this.paths.get(key, () => {
      const { arcs, topology, lines } = this.atlas;
      const { length } = theme.classes;
      // What lies outside the chosen territory comes last.
      const steps = mosaic(arcs, theme.classOf.map((own) => (own < 0 ? length : own)), length + 1);
      return steps.map((own, rank) => (own.length === 0 || theme.classes[rank]?.style.kind === "paper" ? new Path2D() : lines.rings(level, topology.rings(own))));
    });
  }

  draw(ctx: CanvasRenderingContext2D, view: View, theme: Theme, colours: Palette): void {
    clear(ctx);
    const paths = this.pathsOf(theme, levelFor(view.zoom));
    toBase(ctx, view);
    // As faint as the neighbours of the map: what is not told must not look like a place without anything.
    ctx.globalAlpha = 0.8;
    ctx.fillStyle = colours.neighbour;
    ctx.fill(paths.at(-1)!, "nonzero");
    ctx.globalAlpha = 1;
    theme.classes.forEach(({ style }, rank) => {
      if (style.kind === "paper") return;
      paintFill(ctx, fillOf(style, inksOf(colours)), { dpr: view.dpr, scale: view.scale * view.dpr, zoom: view.zoom }, () => ctx.fill(paths[rank]!, "nonzero"));
    });
  }

  /** A raised perimeter is its outline alone here, so that the classes below are still read. */
  outlines(ctx: CanvasRenderingContext2D, view: View, sheets: readonly Sheet[], styles: Styles, colours: Palette): void {
    ctx.lineJoin = "round";
    for (const { outline, inferred, programme } of sheets) {
      const path = this.atlas.lines.rings(levelFor(view.zoom), outline.rings);
      ctx.setLineDash([]);
      ctx.strokeStyle = colours.halo;
      ctx.lineWidth = 4.6 / view.scale;
      ctx.stroke(path);
      if (inferred) ctx.setLineDash([7 / view.scale, 4 / view.scale]);
      ctx.strokeStyle = styles.layer(programme, colours).colour;
      ctx.lineWidth = 2.4 / view.scale;
      ctx.stroke(path);
    }
    ctx.setLineDash([]);
  }
}
