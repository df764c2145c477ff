/** From the state to the canvases: ground, layers (perimeters, or the fills of a thematic map), symbols, front. */
import type { Atlas } from "../geometry/atlas";
import type { Rect } from "../geometry/boxes";
import type { CanvasLayer } from "./canvaslayer";
import { Ground } from "./ground";
import { Signs } from "./gather";
import { canvasMeasure, drawLabels } from "./labels";
import { drawCaptions } from "./insets";
import { Lru } from "./lru";
import { Perimeters } from "./perimeters";
import { union, type Box } from "../geometry/projection";
import { drawHovered, drawRing } from "./rings";
import { recordsInView } from "../state/selection";
import { Slices, type Work } from "./slices";
import { isWhole, sheetsOf, widestFirst, type Sheet } from "./sheets";
import type { Raised, Store } from "../state/store";
import type { Styles } from "./styles";
import { Scene } from "./scene";
import { drawSymbols, layOut, type Cluster, type Pointed } from "./symbols";
import { themeOf, type Theme } from "../views/thematic";
import { lettersOver, ThematicPaint } from "../views/thematicpaint";
import { palette } from "./theme";
import { clear, toBase, toDevice, type View } from "./view";

/** How long may be painted in the moment of an act (ms): what takes longer is seen a little later. */
const AT_ONCE = 8;
/** How long the ground may be painted at once where nothing would be seen (ms). */
const BARE = 60;
/** More rectangles than these are painted as one. */
const MANY = 24;
/** For how many sets of records in view their sheets are kept. */
const SETS = 8;

export class Painter {
  private readonly ground: Ground;
  private readonly perimeters: Perimeters;
  private readonly thematic: ThematicPaint;
  private readonly measure = canvasMeasure();
  /** Of each programme, for the last few sets of records that passed. */
  private readonly sheets: Lru<Sheet[]>;
  private ofSelection: { passing: ReadonlySet<number>; sheets: Map<number, Sheet[]> } = { passing: new Set(), sheets: new Map() };
  private readonly slices: Slices;
  private settled: (() => void)[] = [];
  private readonly names = document.createElement("canvas");
  /** The scene in view, and that of the other kind (layers, thematic map) for when one comes back to it. */
  private scene: Scene | null = null;
  private other: Scene | null = null;
  /** The scene whose symbols and names are on their canvases. */
  private painted: Scene | null = null;
  /** The symbols of the records in view, gathered at most once for all zooms. */
  private signs: { readonly edition: number; readonly all: Signs } | null = null;
  /** The records in view when layers were painted last, and how often those with symbols changed. */
  private shown: ReadonlySet<number> = new Set();
  private edition = 0;
  /** The view and the unit of the borders that lie over a thematic map: they stay when its fills change. */
  private bordered: { view: View; unit: Theme["unit"] } | null = null;
  /** What stands on the map: names keep off it (CSS pixels of the screen). */
  standing = (): readonly Rect[] => [];
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
    this.slices = new Slices(() => layer.settle());
    layer.complete = () => this.slices.finish();
    store.watch(["hidden", "passing"], () => this.started && this.refresh(this.damage()));
    store.watch(["mode", "unit", "crossed"], () => this.started && this.refresh());
    store.watch(["raised", "hovered", "chosen"], () => this.refreshFront());
  }

  /** Paint a view: out of sight and in slices, each canvas shown when it is whole; until then those of before are moved there. */
  paint(view: View): void {
    const first = !this.layer.hasShown("ground");
    // Better a late frame than a bare screen: after a zoom out, or a leap, the ground is painted at once.
    const bare = this.layer.isBare("ground") ? BARE : 0;
    this.slices.begin(this.viewed(view), first || document.hidden ? Infinity : bare);
  }

  /** The ground, and from the start on all that lies on it. */
  private *viewed(view: View): Work {
    const ctx = this.layer.behind("ground", true);
    yield* this.ground.draw(ctx, view, palette(), this.basemap);
    this.layer.swap("ground");
    if (!this.started) return;
    yield "frame";
    yield* this.laidOn(view);
  }

  /** Paint the layers for the first time; the promise is kept when they are seen. */
  start(): Promise<void> {
    this.started = true;
    this.shown = new Set(this.visible());
    return new Promise((resolve) => {
      this.settled.push(resolve);
      if (this.layer.view) this.refresh();
      else this.settle();
    });
  }

  /** Kept when all that is being painted is seen. */
  whole(): Promise<void> {
    return this.slices.idle ? Promise.resolve() : new Promise((resolve) => this.settled.push(resolve));
  }

  /** Write the names anew: what stands on the map has changed. */
  rename(): void {
    const { view } = this.layer;
    if (!view || !this.started || this.layer.isStale("front")) return;
    this.paintNames(view, this.sceneAt(view));
    this.paintFront(view);
  }

  private settle(): void {
    for (const resolve of this.settled.splice(0)) resolve();
  }

  private refresh(within?: readonly Box[]): void {
    const { view } = this.layer;
    if (!view) return;
    // What of a move is not done yet is begun anew, with what has changed.
    const work = this.layer.isStale("ground") ? this.viewed(view) : this.laidOn(view, this.slices.idle ? within : undefined);
    this.slices.begin(work, document.hidden ? Infinity : AT_ONCE);
  }

  /** The rectangles of the perimeters that come or go, since layers were painted last; of very many, the one around them. */
  private damage(): Box[] {
    const before = this.shown;
    this.shown = new Set(this.visible());
    const changed = [...before].filter((index) => !this.shown.has(index)).concat([...this.shown].filter((index) => !before.has(index)));
    if (changed.some((index) => this.atlas.payload.records[index]!.draw === "towns")) this.edition++;
    const boxes = changed
      .filter((index) => this.atlas.payload.records[index]!.draw === "area")
      .map((index) => this.atlas.outlineOf({ kind: "record", index }).box);
    return boxes.length > MANY ? [boxes.reduce((around, box) => union(around, box)!)] : boxes;
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
    if (this.ofSelection.passing !== passing) this.ofSelection = { passing, sheets: new Map() };
    let sheets = this.ofSelection.sheets.get(programme);
    if (sheets === undefined) {
      const drawn = this.atlas.ofProgramme[programme]!.filter((index) => passing.has(index) && this.atlas.payload.records[index]!.draw === "area");
      // A filter that changes nothing for a programme leaves it its sheets.
      sheets = this.sheets.get(`${programme} ${drawn.join(" ")}`, () => sheetsOf(this.atlas, drawn));
      this.ofSelection.sheets.set(programme, sheets);
    }
    return sheets;
  }

  /** The thematic map of the state, or null when layers are shown. */
  private theme(): Theme | null {
    return themeOf(this.atlas, this.store.state);
  }

  private *laidOn(view: View, within?: readonly Box[]): Work {
    const theme = this.theme();
    if (theme) yield* this.classesOf(view, theme);
    else yield* this.layersOf(view, within);
    this.settle();
  }

  /** Symbols and names, then the perimeters: out of sight, until they can be shown whole. */
  private *layersOf(view: View, within?: readonly Box[]): Work {
    this.bordered = null;
    const moved = this.layer.isStale("symbols");
    // A switch shows that it was moved before symbols are placed anew.
    if (!moved && this.sceneKey(view) !== this.scene?.key) yield "frame";
    const scene = this.sceneAt(view);
    if (moved || scene !== this.painted) {
      yield;
      drawSymbols(this.layer.behind("symbols", true), view, scene.clusters, this.atlas, this.styles, palette());
      yield;
      this.layer.swap("symbols");
      if (moved) yield "frame";
      this.paintNames(view, scene);
      this.layer.fresh("front");
      this.paintFront(view);
      this.painted = scene;
      yield moved ? "frame" : undefined;
    }
    if (within?.length !== 0 || this.layer.isStale("layers")) {
      yield* this.perimetersOf(view, within);
      this.layer.swap("layers");
    }
  }

  /** Fills, the borders of their units, and names; neither perimeters nor symbols, which would hide the classes. */
  private *classesOf(view: View, theme: Theme): Work {
    this.painted = null;
    const moved = this.layer.isStale("layers");
    this.thematic.draw(this.layer.behind("layers", true), view, theme, palette());
    yield;
    this.layer.swap("layers");
    if (moved) yield "frame";
    if (this.bordered?.view !== view || this.bordered.unit !== theme.unit) {
      yield* this.ground.drawBorders(this.layer.behind("symbols", true), view, palette(), theme.unit);
      yield;
      this.layer.swap("symbols");
      if (moved) yield "frame";
      this.paintNames(view, this.sceneAt(view));
      this.bordered = { view, unit: theme.unit };
    } else if (palette().dark) this.paintNames(view, this.sceneAt(view)); // their letters follow the classes beneath
    this.layer.fresh("front");
    this.paintFront(view);
  }

  /** The perimeters, all or those in some rectangles. */
  private *perimetersOf(view: View, within?: readonly Box[]): Work {
    const { hidden } = this.store.state;
    const sheets: Sheet[] = [];
    for (let programme = 0; programme < this.atlas.payload.programmes.length; programme++) {
      if (hidden.has(programme)) continue;
      for (const sheet of this.sheetsOfProgramme(programme)) if (!isWhole(this.atlas, sheet.largest)) sheets.push(sheet);
      yield;
    }
    sheets.sort((a, b) => this.styles.rank(a.programme) - this.styles.rank(b.programme) || widestFirst(a, b));
    const calm = this.perimeters.isCalm(view, sheets);
    const part = this.layer.isStale("layers") || calm !== this.store.state.calm ? undefined : within;
    this.store.set({ calm });
    const ctx = this.layer.behind("layers", part === undefined);
    if (part) {
      ctx.beginPath();
      for (const box of part) {
        const [left, top, right, bottom] = toDevice(view, box, 3);
        ctx.rect(left, top, right - left, bottom - top);
      }
      ctx.clip();
      ctx.clearRect(0, 0, ctx.canvas.width, ctx.canvas.height);
    }
    toBase(ctx, view);
    yield* this.perimeters.draw(ctx, view, sheets, palette(), { raised: false, within: part });
  }

  private sceneKey(view: View): string {
    return this.theme() === null ? `${view.zoom} ${this.edition}` : `${view.zoom} theme`;
  }

  private sceneAt(view: View): Scene {
    const symbols = this.theme() === null;
    const scene = this.sceneOf(view, symbols).reach(view.box);
    if (symbols) this.store.set({ gathered: scene.gatheredIn(view).join(" ") });
    return scene;
  }

  private sceneOf(view: View, symbols: boolean): Scene {
    const key = this.sceneKey(view);
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
    const theme = this.theme();
    drawLabels(ctx, view, scene.labels(view.box), theme ? lettersOver(this.atlas, theme, view.scale) : palette, this.standing());
    drawCaptions(ctx, view, this.atlas.projection, palette(), this.atlas.payload.lang);
  }

  private paintFront(view: View): void {
    if (this.layer.isStale("front")) return; // the names of this view come with it
    const ctx = this.layer.context("front");
    const { raised, hovered, chosen } = this.store.state;
    clear(ctx);
    for (const name of ["layers", "symbols"] as const) this.layer.canvas(name).classList.toggle("gc-dimmed", raised !== null && !this.theme());
    const clusters = raised ? this.paintRaised(ctx, view, raised) : this.theme() ? [] : this.sceneAt(view).clusters;
    if (hovered >= 0) drawHovered(ctx, view, this.atlas, hovered, this.theme()?.unit ?? "commune");
    if (chosen && chosen.kind !== "record") drawRing(ctx, view, this.atlas, chosen, clusters);
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

  /** Paint what is looked at alone, and return the symbols among which its own stand. */
  private paintRaised(ctx: CanvasRenderingContext2D, view: View, raised: Raised): readonly Cluster[] {
    const colours = palette();
    const records = this.recordsOf(raised);
    const sheets = raised.kind === "programme" ? this.sheetsOfProgramme(raised.index) : sheetsOf(this.atlas, records);
    toBase(ctx, view);
    if (this.theme()) this.thematic.outlines(ctx, view, sheets, this.styles, colours);
    else for (const _ of this.perimeters.draw(ctx, view, sheets, colours, { raised: true })) continue;
    const only = new Set(records);
    const scene = this.sceneAt(view);
    let clusters: readonly Cluster[] = scene.clusters;
    const shown = new Set(this.visible());
    // What is raised is seen as finely as it can be alone.
    if (this.theme() || scene.isGathered || records.some((index) => !shown.has(index))) {
      clusters = layOut(this.atlas, this.styles, this.signsOf(records), view);
    }
    drawSymbols(ctx, view, clusters, this.atlas, this.styles, colours, only);
    return clusters;
  }

  /** The symbol under a point of the map's container. */
  symbolAt(x: number, y: number, corner: L.Point): Pointed | null {
    const view = this.layer.view;
    if (!view || !this.scene || this.layer.isStale("symbols")) return null;
    return this.scene.symbolAt(x - corner.x - view.tx, y - corner.y - view.ty);
  }

  /** The records in view that cover a commune. */
  shownAt(commune: number): number[] {
    return this.atlas.covering(commune).filter((index) => this.shown.has(index));
  }
}
