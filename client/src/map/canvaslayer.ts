/**
 * A Leaflet layer made of canvases in one container: it moves and scales with the
 * map by a CSS transform and is painted again when the move is over.
 */
import { BASE_ZOOM, type Projection } from "../geometry/projection";
import { viewOf, type View } from "./view";

export type CanvasName = "ground" | "layers" | "symbols" | "front";
const NAMES: readonly CanvasName[] = ["ground", "layers", "symbols", "front"];

/** How much more than the screen is painted on each side, so that a drag shows no bare edge. */
const PADDING = 0.16;
const MOST_DPR = 2;
/** Up to so many zoom levels away names and symbols are shown as they were, until they are painted again. */
const READABLE = 0.6;
/** Canvases are painted by the processor, where each step of a painting can be done when it is drawn (`settle`). */
const PAINTED: CanvasRenderingContext2DSettings = { willReadFrequently: true };

export class CanvasLayer extends L.Layer {
  private readonly box = document.createElement("div");
  private readonly canvases = {} as Record<CanvasName, HTMLCanvasElement>;
  private readonly contexts = {} as Record<CanvasName, CanvasRenderingContext2D>;
  private center: L.LatLng | null = null;
  private zoom = BASE_ZOOM;
  private offset = L.point(0, 0);
  /** The view that each canvas shows: one that is not painted yet for the view in sight is moved and scaled to it. */
  private readonly shown: Partial<Record<CanvasName, View>> = {};
  /** Where a canvas is painted while the screen still has the one of before. */
  private spare = document.createElement("canvas");
  /** Its context, while it is painted. */
  private hidden: CanvasRenderingContext2D | null = null;
  private drawn: View | null = null;
  private sized = "";
  private painted = "";
  /** Set for a moment when paper needs more pixels than the screen. */
  leastDpr = 1;
  /** Paints at once what is still to be painted. */
  complete = (): void => {};
  /** How much of the top of the screen is covered. */
  covered = (): number => 0;

  constructor(private readonly projection: () => Projection | null, private readonly paint: (view: View) => void) {
    super();
    this.box.className = "gc-canvases leaflet-zoom-animated";
    for (const name of NAMES) {
      const canvas = document.createElement("canvas");
      canvas.className = `gc-canvas gc-canvas-${name}`;
      this.canvases[name] = canvas;
      this.contexts[name] = canvas.getContext("2d", PAINTED)!;
      this.box.append(canvas);
    }
  }

  override onAdd(map: L.Map): this {
    const pane = map.getPane("geocontracts") ?? map.createPane("geocontracts");
    pane.style.zIndex = "250";
    pane.append(this.box);
    this.redraw(true);
    return this;
  }

  override onRemove(): this {
    this.box.remove();
    return this;
  }

  override getEvents(): { [name: string]: L.LeafletEventHandlerFn } {
    return {
      viewreset: () => this.redraw(),
      moveend: () => this.redraw(),
      resize: () => this.redraw(),
      move: () => this.keepCovered(),
      zoom: () => this.transform(this._map.getCenter(), this._map.getZoom()),
      zoomanim: (event) => {
        const { center, zoom } = event as L.ZoomAnimEvent;
        this.transform(center, zoom);
      },
    };
  }

  context(name: CanvasName): CanvasRenderingContext2D {
    return this.contexts[name];
  }

  /** Have painted what was drawn behind: until then a canvas only notes it. */
  settle(): void {
    this.hidden?.getImageData(0, 0, 1, 1);
  }

  canvas(name: CanvasName): HTMLCanvasElement {
    return this.canvases[name];
  }

  /** Whether a canvas shows an earlier view, or nothing yet. */
  isStale(name: CanvasName): boolean {
    return this.shown[name] !== this.drawn;
  }

  /** Whether a canvas, as it is moved and scaled until it is painted again, leaves some of the screen bare. */
  isBare(name: CanvasName): boolean {
    const before = this.shown[name];
    const now = this.drawn;
    if (!before || !now) return true;
    const k = now.scale / before.scale;
    const [left, top] = [now.tx - before.tx * k, now.ty - before.ty * k];
    return left > now.padX || top > now.padY || left + before.width * k < now.width - now.padX || top + before.height * k < now.height - now.padY;
  }

  /** Whether a canvas shows some view, if only an earlier one. */
  hasShown(name: CanvasName): boolean {
    return this.shown[name] !== undefined;
  }

  /** A canvas was painted for the view in sight. */
  fresh(name: CanvasName): void {
    Object.assign(this.canvases[name].style, { transform: "", visibility: "" });
    if (this.drawn) this.shown[name] = this.drawn;
  }

  /** A context out of sight for a canvas: blank, or with what it shows now. */
  behind(name: CanvasName, blank: boolean): CanvasRenderingContext2D {
    const { width, height } = this.canvases[name];
    Object.assign(this.spare, { width, height }); // this takes away all that was there, clips too
    const ctx = (this.hidden = this.spare.getContext("2d", PAINTED)!);
    if (!blank) ctx.drawImage(this.canvases[name], 0, 0);
    return ctx;
  }

  /** Show what was painted behind. */
  swap(name: CanvasName): void {
    const before = this.canvases[name];
    this.spare.className = before.className;
    this.spare.style.cssText = before.style.cssText;
    before.replaceWith(this.spare);
    this.canvases[name] = this.spare;
    this.contexts[name] = this.spare.getContext("2d", PAINTED)!;
    this.spare = before;
    this.hidden = null;
    this.fresh(name);
  }

  /** The canvas's corner in pixels of the map's container. */
  corner(): L.Point {
    return this._map.layerPointToContainerPoint(L.DomUtil.getPosition(this.box) ?? L.point(0, 0));
  }

  /** What the screen shows of the canvases, on one canvas. */
  flattened(): HTMLCanvasElement {
    this.complete();
    const flat = document.createElement("canvas");
    const view = this.drawn;
    if (!view) return flat;
    const { dpr, padX, padY, width, height } = view;
    flat.width = Math.round((width - 2 * padX) * dpr);
    flat.height = Math.round((height - 2 * padY) * dpr);
    const ctx = flat.getContext("2d")!;
    for (const name of NAMES) ctx.drawImage(this.canvases[name], -padX * dpr, -padY * dpr);
    return flat;
  }

  get view(): View | null {
    return this.drawn;
  }

  /** Fit the canvases to the screen and paint them; the same view is not painted twice unless asked for. */
  redraw(force = false): void {
    const map = this._map;
    const projection = this.projection();
    if (!map || !projection) return;
    const size = map.getSize();
    if (size.x === 0 || size.y === 0) return;
    const dpr = Math.max(this.leastDpr, Math.min(window.devicePixelRatio || 1, MOST_DPR));
    const pad = size.multiplyBy(PADDING).round();
    const width = size.x + 2 * pad.x;
    const height = size.y + 2 * pad.y;
    const corner = map.containerPointToLayerPoint(pad.multiplyBy(-1)).round();
    const origin = map.getPixelOrigin();
    const covered = this.covered();
    const key = [map.getZoom(), origin.x, origin.y, corner.x, corner.y, width, height, dpr, covered].join(" ");
    if (key === this.painted && !force) return;
    this.painted = key;
    this.resize(width, height, dpr);
    this.center = map.getCenter();
    this.zoom = map.getZoom();
    this.offset = pad;
    L.DomUtil.setPosition(this.box, corner);
    const scale = 2 ** (this.zoom - BASE_ZOOM);
    const tx = projection.x0 * scale - origin.x - corner.x;
    const ty = projection.y0 * scale - origin.y - corner.y;
    this.drawn = viewOf({ zoom: this.zoom, scale, tx, ty, width, height, padX: pad.x, padY: pad.y, covered, dpr });
    for (const name of NAMES) this.carry(name, this.drawn);
    this.paint(this.drawn);
  }

  /** Lay what a canvas shows where it belongs in a new view, until it is painted again. */
  private carry(name: CanvasName, { scale, tx, ty }: View): void {
    const before = this.shown[name];
    if (!before) return;
    const k = scale / before.scale;
    // Names and symbols of quite another size would be blurred, or a heap of specks.
    this.canvases[name].style.visibility = (name === "front" || name === "symbols") && Math.abs(Math.log2(k)) > READABLE ? "hidden" : "";
    this.canvases[name].style.transform = `translate(${tx - before.tx * k}px, ${ty - before.ty * k}px) scale(${k})`;
  }

  private resize(width: number, height: number, dpr: number): void {
    const wanted = `${width} ${height} ${dpr}`;
    if (wanted === this.sized) return;
    this.sized = wanted;
    for (const name of NAMES) {
      const canvas = this.canvases[name];
      canvas.width = Math.round(width * dpr);
      canvas.height = Math.round(height * dpr);
      canvas.style.width = `${width}px`;
      canvas.style.height = `${height}px`;
      canvas.style.transformOrigin = "0 0";
      delete this.shown[name];
    }
  }

  private transform(center: L.LatLng, zoom: number): void {
    if (!this.center) return;
    const map = this._map;
    const scale = map.getZoomScale(zoom, this.zoom);
    const half = map.getSize().divideBy(2);
    const pane = L.DomUtil.getPosition(map.getPane("mapPane")!);
    const origin = map.project(center, zoom).subtract(half).add(pane).round();
    const corner = map.project(this.center, zoom).subtract(half.add(this.offset).multiplyBy(scale));
    L.DomUtil.setTransform(this.box, corner.subtract(origin), scale);
  }

  /** In a long drag, paint again before the painted part ends. */
  private keepCovered(): void {
    if (!this.drawn || this._map.getZoom() !== this.zoom) return;
    const moved = this._map.latLngToContainerPoint(this.center!).subtract(this._map.getSize().divideBy(2));
    if (Math.abs(moved.x) > this.offset.x || Math.abs(moved.y) > this.offset.y) this.redraw();
  }
}
