/** Move the map: home, to a rectangle, to what was chosen. */
import type { Atlas } from "../geometry/atlas";
import type { Rect } from "../geometry/boxes";
import type { Box } from "../geometry/projection";
import type { Chosen } from "../state/store";
import { WIDEST } from "./controls";

/** The figure over the scale bar (CSS pixels). */
const ABOVE = 16;
const PADDING: L.PointTuple = [36, 28];
const CLOSEST = 12;
/** The farthest from which an area is shown whole, in however low a window. */
const FARTHEST = 3;
/** The room for the time axis, the scale and the credits, until they are there: the first view is then nearly the final one. */
const DOCK = 108;
/** A map less high than this shows nothing. */
const LEAST = 60;
/** On paper the scale and two lines of credits stand at the foot, and the arrow to the north above at the right (CSS pixels). */
const PAPER_FOOT = 36;
const PAPER_NORTH = { width: 48, height: 34 };

export class Navigator {
  /** The reader has not moved the map: it may be fitted again when its size changes. */
  private atHome = true;

  /** The farthest zoom where the map has room. */
  private readonly farthest: number;

  constructor(private readonly map: L.Map, private readonly atlas: Atlas, private readonly root: HTMLElement) {
    this.farthest = map.getMinZoom();
    map.on("dragstart", () => (this.atHome = false));
    map.on("zoomstart", () => (this.atHome &&= this.fitting));
    map.getContainer().addEventListener("keydown", ({ key, target }) => {
      if (key.startsWith("Arrow") && target === map.getContainer()) this.atHome = false;
    });
    new ResizeObserver(() => this.resized()).observe(map.getContainer());
  }

  /** The map moves by itself; a zoom that is animated begins in a later frame. */
  private fitting = false;
  /** On paper little covers the map, and its size is not the screen's. */
  printing = false;

  private bounds(box: Box): L.LatLngBounds {
    const { projection } = this.atlas;
    return L.latLngBounds(
      [projection.lat(box[3]), projection.lon(box[0])],
      [projection.lat(box[1]), projection.lon(box[2])],
    );
  }

  /** The whole area, from farther than else where little room is left. */
  home(animate = true): void {
    const wide = this.map.getSize().x > 500;
    const { options } = this.map;
    const snap = options.zoomSnap!;
    if (snap < 1) options.zoomSnap = 0.05; // as large as the frame allows; tiles keep whole zooms
    const padding: L.PointTuple = this.printing ? [10, 10] : wide ? [48, 6] : [8, 4];
    const box = this.atlas.projection.box(this.atlas.payload.grid.bounds);
    options.minZoom = Math.min(this.farthest, FARTHEST);
    const { bounds, topLeft, bottomRight } = this.framing(box, padding);
    options.minZoom = Math.min(this.farthest, this.map.getBoundsZoom(bounds, false, topLeft.add(bottomRight)));
    this.fit(box, animate, padding);
    options.zoomSnap = snap;
    this.atHome = true;
  }

  private framing(box: Box, padding: L.PointTuple): { bounds: L.LatLngBounds; topLeft: L.Point; bottomRight: L.Point } {
    // A panel that has just opened took room from the map, which would learn it too late.
    if (!this.printing) this.map.invalidateSize({ pan: false, animate: false, debounceMoveend: false });
    const { top, bottom, right } = this.covered();
    return { bounds: this.bounds(box), topLeft: L.point(padding[0], padding[1] + top), bottomRight: L.point(padding[0] + right, padding[1] + bottom) };
  }

  /** Show a rectangle in the part of the map that nothing covers. */
  fit(box: Box, animate = true, padding: L.PointTuple = PADDING): void {
    const { bounds, topLeft: paddingTopLeft, bottomRight: paddingBottomRight } = this.framing(box, padding);
    this.fitting = true;
    this.map.once("moveend", () => (this.fitting = false));
    this.map.fitBounds(bounds, { paddingTopLeft, paddingBottomRight, maxZoom: CLOSEST, animate: animate && !reduced() });
    this.atHome = false;
  }

  /** Show a view that a link gives. */
  look(centre: L.LatLngTuple, zoom: number): void {
    this.map.setView(centre, zoom, { animate: false });
    this.atHome = false;
  }

  /** Show what was chosen, with room around a single commune. */
  show(chosen: Chosen, animate = true): void {
    const box = this.atlas.boxOf(chosen);
    if (!box) return;
    if (chosen.kind !== "commune") return this.fit(box, animate);
    const grow = (box[2] - box[0] + box[3] - box[1]) * 1.2;
    this.fit([box[0] - grow, box[1] - grow, box[2] + grow, box[3] + grow], animate);
  }

  /** Bring a place into sight without changing the zoom. */
  keepInSight(chosen: Chosen): void {
    const box = this.atlas.boxOf(chosen);
    const { top, bottom, right } = this.covered();
    if (box) {
      this.map.panInside(this.bounds(box).getCenter(), {
        paddingTopLeft: [48, 48 + top], paddingBottomRight: [48 + right, 48 + bottom], animate: !reduced(),
      });
    }
  }

  /** How much of the map lies under what stands on top, at the foot, and (in another page) under the panel beside. */
  covered(): { top: number; bottom: number; right: number } {
    if (this.printing) return { top: 0, bottom: PAPER_FOOT, right: 0 };
    const frame = this.map.getContainer().getBoundingClientRect();
    const over = (selector: string): DOMRect | undefined => this.root.querySelector(selector)?.getBoundingClientRect();
    let top = 0;
    for (const selector of [".gc-search", ".gc-views", ".gc-title"]) {
      const box = over(selector);
      if (box && box.width > 0 && box.right > frame.left + 20 && box.left < frame.right) top = Math.max(top, box.bottom - frame.top);
    }
    const dock = over(".gc-dock");
    const foot = dock ? frame.bottom - dock.top : DOCK;
    let bottom = foot;
    for (const selector of [".gc-drawer", ".gc-scroll", ".gc-panel"]) {
      const box = over(selector);
      if (box && box.height > 0 && box.width > frame.width * 0.9) bottom = Math.max(bottom, frame.bottom - box.top);
    }
    if (frame.height - top - bottom < LEAST) bottom = foot; // a sheet hides the map: what is seen once it is shut counts
    const panel = over(".gc-panel");
    const beside = panel && panel.width > 0 && panel.width < frame.width * 0.6 ? Math.max(0, frame.right - panel.left) : 0;
    return { top, bottom: bottom < frame.height * 0.6 ? bottom : 0, right: beside };
  }

  /** What stands on the map, and hides what is written under it; on paper its place is known, not measured. */
  standing(): Rect[] {
    if (this.printing) {
      const { x, y } = this.map.getSize();
      return [[0, y - PAPER_FOOT, x, y], [x - PAPER_NORTH.width, 0, x, PAPER_NORTH.height]];
    }
    const { left, top } = this.map.getContainer().getBoundingClientRect();
    return [...this.root.querySelectorAll(".gc-controls, .gc-dock > :not(.gc-foot), .gc-foot > *")].map((element) => {
      const box = element.getBoundingClientRect();
      const bar = element.matches(".gc-scalebar"); // as long as it can become, with its figure above
      return [box.left - left, box.top - top - (bar ? ABOVE : 0), (bar ? box.left + WIDEST : box.right) - left, box.bottom - top];
    });
  }

  /** Whether the whole area is shown, as at the start. */
  get isHome(): boolean {
    return this.atHome;
  }

  /** The parts that cover the map changed. */
  rearranged(animate = true): void {
    if (this.atHome) this.home(animate);
  }

  private resized(): void {
    if (this.printing) return;
    const home = this.atHome;
    this.map.invalidateSize({ pan: true, animate: false, debounceMoveend: false });
    if (home) this.home(false);
  }
}

export function reduced(): boolean {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}
