import { describe, expect, it, vi } from "vitest";
import { Projection } from "../geometry/projection";
import type { CanvasName } from "./canvaslayer";

/** As much of a point of Leaflet as the layer asks for. */
class Point {
  constructor(readonly x: number, readonly y: number) {}
  multiplyBy(by: number): Point { return new Point(this.x * by, this.y * by); }
  round(): Point { return new Point(Math.round(this.x), Math.round(this.y)); }
  subtract(other: Point): Point { return new Point(this.x - other.x, this.y - other.y); }
}

const element = (): object => ({ style: {}, className: "", append: () => {}, replaceWith: () => {}, getContext: () => ({ drawImage: () => {} }) });
vi.stubGlobal("L", { Layer: class {}, point: (x: number, y: number) => new Point(x, y), DomUtil: { setPosition: () => {} } });
vi.stubGlobal("document", { createElement: element });
vi.stubGlobal("window", { devicePixelRatio: 1 });
const { CanvasLayer } = await import("./canvaslayer");

const NAMES: readonly CanvasName[] = ["ground", "layers", "symbols", "front"];

describe("a canvas", () => {
  it("is stale from a move of the map until it is painted again", () => {
    const projection = new Projection({ bits: 13, bounds: [0, 40 * 2 ** 13, 2 ** 13, 41 * 2 ** 13] });
    const layer = new CanvasLayer(() => projection, () => {});
    let origin = new Point(0, 0);
    Object.assign(layer, { _map: {
      getSize: () => new Point(600, 400), getZoom: () => 8, getCenter: () => null, getPixelOrigin: () => origin, containerPointToLayerPoint: (point: Point) => point,
    } });
    const stale = (): CanvasName[] => NAMES.filter((name) => layer.isStale(name));
    layer.redraw();
    expect(stale()).toEqual(NAMES);
    layer.fresh("ground");
    layer.fresh("symbols");
    expect(stale()).toEqual(["layers", "front"]);
    layer.behind("layers", true);
    layer.swap("layers");
    expect(stale()).toEqual(["front"]);
    layer.redraw(); // nothing has moved
    expect(stale()).toEqual(["front"]);
    origin = new Point(50, 0);
    layer.redraw();
    expect(stale()).toEqual(NAMES);
    expect(layer.canvas("ground").style.transform).toContain("translate(-50px, 0px)");
    expect(layer.isBare("ground")).toBe(false);
    origin = new Point(900, 0); // a leap: nothing of what was painted is in sight
    layer.redraw();
    expect(layer.isBare("ground")).toBe(true);
    layer.fresh("ground");
    expect([layer.canvas("ground").style.transform, layer.isBare("ground")]).toEqual(["", false]);
  });
});
