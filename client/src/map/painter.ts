/** From the state to the canvases: ground, layers (perimeters, or the fills of a thematic map), symbols, front. */
import type { Atlas } from "../geometry/atlas";
import type { CanvasLayer } from "./canvaslayer";
import { Ground } from "./ground";
import { Signs } from "./gather";
import { canvasMeasure, drawLabels } from "./labels";
import { drawCaptions } from "./insets";
import { levelFor } from "../geometry/lines";
import { Lru } from "./lru";
import { Perimeters } from "./perimeters";
import type { Box } from "../geometry/projection";
import { recordsInView } from "../state/selection";
import { isWhole, sheetsOf, widestFirst, type Sheet } from "./sheets";
import type { Chosen, Raised, Store } from "../state/store";
import type { Styles } from "./styles";
import { Scene } from "./scene";
import { drawSymbols, layOut, type Cluster, type Pointed } from "./symbols";
import { themeOf, type Theme } from "../views/thematic";
import { ThematicPaint } from "../views/thematicpaint";
import { palette } from "./theme";
import { clear, toBase, toDevice, type View } from "./view";

/** For how many sets of records in view their sheets are kept. */
const SETS = 8;

export class Painter {
  private readonly ground: Ground;
  private readonly perimeters: Perimeters;
  private readonly thematic: ThematicPaint;
  private readonly measure = canvasMeasure();
  /** Of each programme, for the last few sets of records that passed. */
  private readonly sheets: Lru<Sheet[]>;
  private readonly names = document.createElement("canvas");
  /** The scene in view, and that of the other kind (layers, thematic map) for when one comes back to it. */
  private scene: Scene | null = null;
  private other: Scene | null = null;
  /** The symbols of the records in view, gathered at most once for all zooms. */
  private signs: { readonly edition: number; readonly all: Signs } | null = null;
  /** The records in view when layers were painted last, and how often they changed. */
  private shown: ReadonlySet<number> = new Set();
  private edition = 0;
  /** The view and the unit of the borders that lie over a thematic map: they stay when its fills change. */
  private bordered: { view: View; unit: Theme["unit"] } | null = null;
  /** Layers wait until the ground was seen once. */
  private started = false;

  constructor(
    private readonly atlas: Atlas,
    private readonly store: Store,
    private readonly styles: Styles,
    private readonly layer: CanvasLayer,
    private readonly basemap: boolean,
  ) {
    this.sheets = new Lru(SETS * atlas.payload.programmes.length);
    this.ground = new Ground(atlas);
    this.perimeters = new Perimeters(atlas, styles);
    this.thematic = new ThematicPaint(atlas);
    store.watch(["hidden", "passing"], () => this.refresh(this.damage()));
    store.watch(["mode", "unit", "crossed"], () => this.refresh());
    store.watch(["raised", "hovered", "chosen"], () => this.refreshFront());
  }

  /** Paint the ground alone (the first frame), or all. */
  paint(view: View): void {
    this.ground.draw(this.layer.context("ground"), view, palette(), this.basemap);
    if (this.started) this.paintLayers(view);
  }

  start(): void {
    this.started = true;
    this.shown = new Set(this.visible());
    this.refresh();
  }

  private refresh(within?: readonly Box[]): void {
    if (this.layer.view && this.started) this.paintLayers(this.layer.view, within);
  }

  /** The rectangles of the perimeters that come or go, since layers were painted last. */
  private damage(): Box[] {
    const before = this.shown;
    this.shown = new Set(this.visible());
    const changed = [...before].filter((index) => !this.shown.has(index)).concat([...this.shown].filter((index) => !before.has(index)));
    if (changed.length > 0) this.edition++;
    return changed
      .filter((index) => this.atlas.payload.records[index]!.draw === "area")
      .map((index) => this.atlas.outlineOf({ kind: "record", index }).box);
  }

  private refreshFront(): void {
    if (this.layer.view && this.started) this.paintFront(this.layer.view);
  }

  /** The records in view. */
  visible(): number[] {
    return recordsInView(this.atlas, this.store.state);
  }

  private sheetsOfProgramme(programme: number): Sheet[] {
    const { passing } = this.store.state;
    const records = this.atlas.ofProgramme[programme]!.filter((index) => passing.has(index));
    const key = `${programme} ${records.join(" ")}`;
    return this.sheets.get(key, () => sheetsOf(this.atlas, records));
  }

  /** The thematic map of the state, or null when layers are shown. */
  private theme(): Theme | null {
    return themeOf(this.atlas, this.store.state);
  }

  private paintLayers(view: View, within?: readonly Box[]): void {
    const theme = this.theme();
    if (theme) return this.paintTheme(view, theme);
    this.bordered = null;
    const scene = this.sceneAt(view);
    if (within?.length !== 0) this.paintPerimeters(view, within);
    const ctx = this.layer.context("symbols");
    clear(ctx);
    drawSymbols(ctx, view, scene.clusters, this.atlas, this.styles, palette());
    this.paintNames(view, scene);
    this.paintFront(view);
  }

  /** Fills, the borders of their units, and names; neither perimeters nor symbols, which would hide the classes. */
  private paintTheme(view: View, theme: Theme): void {
    this.thematic.draw(this.layer.context("layers"), view, theme, palette());
    if (this.bordered?.view !== view || this.bordered.unit !== theme.unit) {
      const ctx = this.layer.context("symbols");
      clear(ctx);
      this.ground.drawBorders(ctx, view, palette(), theme.unit);
      this.paintNames(view, this.sceneAt(view));
      this.bordered = { view, unit: theme.unit };
    }
    this.paintFront(view);
  }

  /** Paint the perimeters, all or those in some rectangles. */
  private paintPerimeters(view: View, within?: readonly Box[]): void {
    const ctx = this.layer.context("layers");
    const { hidden } = this.store.state;
    const sheets = this.atlas.ofProgramme
      .flatMap((_, programme) => (hidden.has(programme) ? [] : this.sheetsOfProgramme(programme)))
      .filter((sheet) => !isWhole(this.atlas, sheet.largest))
      .sort((a, b) => this.styles.rank(a.programme) - this.styles.rank(b.programme) || widestFirst(a, b));
    if (!within) clear(ctx);
    ctx.save();
    if (within) {
      ctx.setTransform(1, 0, 0, 1, 0, 0);
      ctx.beginPath();
      for (const box of within) {
        const [left, top, right, bottom] = toDevice(view, box, 3);
        ctx.rect(left, top, right - left, bottom - top);
      }
      ctx.clip();
      ctx.clearRect(0, 0, ctx.canvas.width, ctx.canvas.height);
    }
    toBase(ctx, view);
    this.perimeters.draw(ctx, view, sheets, palette(), { raised: false, within });
    ctx.restore();
  }

  private sceneAt(view: View): Scene {
    const symbols = this.theme() === null;
    const scene = this.sceneOf(view, symbols).reach(view.box);
    if (symbols) this.store.set({ gathered: scene.gathered.join(" ") });
    return scene;
  }

  private sceneOf(view: View, symbols: boolean): Scene {
    const key = symbols ? `${view.zoom} ${this.edition}` : `${view.zoom} theme`;
    if (this.scene?.key === key) return this.scene;
    if (this.scene?.key.endsWith("theme") === symbols) [this.scene, this.other] = [this.other, this.scene];
    if (this.scene?.key === key) return this.scene;
    if (symbols && this.signs?.edition !== this.edition) this.signs = { edition: this.edition, all: this.signsOf(this.visible()) };
    const signs = symbols ? this.signs!.all : this.signsOf([]);
    return (this.scene = new Scene(this.atlas, this.styles, signs, view, this.basemap ? null : this.measure, key));
  }

  private signsOf(records: readonly number[]): Signs {
    return new Signs(this.atlas, this.styles, records);
  }

  /** Names are drawn once for a view; the front takes them from there. */
  private paintNames(view: View, scene: Scene): void {
    const { width, height } = this.layer.canvas("front");
    if (this.names.width !== width || this.names.height !== height) {
      this.names.width = width;
      this.names.height = height;
    }
    const ctx = this.names.getContext("2d")!;
    clear(ctx);
    drawLabels(ctx, view, scene.labels(view.box), palette());
    drawCaptions(ctx, view, this.atlas.projection, palette(), this.atlas.payload.lang);
  }

  private paintFront(view: View): void {
    const ctx = this.layer.context("front");
    const { raised, hovered, chosen } = this.store.state;
    clear(ctx);
    for (const name of ["layers", "symbols"] as const) this.layer.canvas(name).classList.toggle("gc-dimmed", raised !== null && !this.theme());
    if (raised) this.paintRaised(ctx, view, raised);
    if (hovered >= 0) this.paintHovered(ctx, view, hovered);
    if (chosen && chosen.kind !== "record") this.paintRing(ctx, view, chosen);
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.drawImage(this.names, 0, 0);
  }

  private recordsOf(raised: Raised): readonly number[] {
    if (raised.kind === "record") return [raised.index];
    // A layer that is off can be looked at so; what the filters leave out cannot.
    const { passing } = this.store.state;
    const programmes = raised.kind === "programme" ? [raised.index] : this.atlas.ofFamily[raised.index] ?? [];
    return programmes.flatMap((programme) => this.atlas.ofProgramme[programme] ?? []).filter((index) => passing.has(index));
  }

  private paintRaised(ctx: CanvasRenderingContext2D, view: View, raised: Raised): void {
    const colours = palette();
    const records = this.recordsOf(raised);
    const sheets = raised.kind === "programme" ? this.sheetsOfProgramme(raised.index) : sheetsOf(this.atlas, records);
    toBase(ctx, view);
    if (this.theme()) this.thematic.outlines(ctx, view, sheets, this.styles, colours);
    else this.perimeters.draw(ctx, view, sheets, colours, { raised: true });
    const only = new Set(records);
    const scene = this.sceneAt(view);
    let clusters: readonly Cluster[] = scene.clusters;
    const shown = new Set(this.visible());
    // What is raised is seen as finely as it can be alone.
    if (this.theme() || scene.gathered.length > 0 || records.some((index) => !shown.has(index))) {
      clusters = layOut(this.atlas, this.styles, this.signsOf(records), view);
    }
    drawSymbols(ctx, view, clusters, this.atlas, this.styles, colours, only);
  }

  private paintHovered(ctx: CanvasRenderingContext2D, view: View, commune: number): void {
    const colours = palette();
    const trace = (chosen: Chosen): Path2D => this.atlas.lines.rings(levelFor(view.zoom), this.atlas.outlineOf(chosen).rings);
    const path = trace({ kind: "commune", index: commune });
    toBase(ctx, view);
    ctx.fillStyle = colours.hover;
    ctx.fill(path);
    ctx.strokeStyle = colours.ring;
    ctx.lineWidth = 1.1 / view.scale;
    ctx.setLineDash([]);
    ctx.stroke(path);
    const unit = this.theme()?.unit ?? "commune";
    const index = unit === "commune" ? -1 : this.atlas.payload.places.communes[unit][commune]!;
    if (unit !== "commune" && index >= 0) ctx.stroke(trace({ kind: unit, index }));
  }

  private paintRing(ctx: CanvasRenderingContext2D, view: View, chosen: Chosen): void {
    const colours = palette();
    const path = this.atlas.lines.rings(levelFor(view.zoom), this.atlas.outlineOf(chosen).rings);
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
  }

  /** The symbol under a point of the map's container. */
  symbolAt(x: number, y: number, corner: L.Point): Pointed | null {
    const view = this.layer.view;
    if (!view || !this.scene) return null;
    return this.scene.symbolAt(x - corner.x - view.tx, y - corner.y - view.ty);
  }

  /** The records in view that cover a commune. */
  shownAt(commune: number): number[] {
    return this.atlas.covering(commune).filter((index) => this.shown.has(index));
  }
}
