import { describe, expect, it } from "vitest";
import { pitchOf, strokesAt, widthOf } from "./strokes";
import type { LayerStyle } from "./styles";

const style = (more: Partial<LayerStyle> = {}): LayerStyle => ({ colour: "#000000", line: "solid", foremost: false, hatch: { hatch: "none", variant: 0 }, ...more });
const gap = (zoom: number, own = style()): number => pitchOf(own, strokesAt(zoom).scale, strokesAt(zoom)) - widthOf(own, strokesAt(zoom).scale, strokesAt(zoom));
const width = (zoom: number, own = style()): number => widthOf(own, strokesAt(zoom).scale, strokesAt(zoom));

describe("the lines of perimeters", () => {
  it("are thinner than the gaps between them where the whole region is seen, on a phone too", () => {
    for (const zoom of [7.2, 7.6, 8]) expect(gap(zoom)).toBeGreaterThan(width(zoom) * 1.2);
  });
  it("never grow thinner as one looks closer, and stay wide enough to be printed", () => {
    let before = 0;
    for (let zoom = 6; zoom <= 12; zoom += 0.25) {
      expect(width(zoom)).toBeGreaterThanOrEqual(before);
      before = width(zoom);
      expect(width(zoom)).toBeGreaterThan(0.75);
    }
  });
  it("leave room for ten on one border", () => {
    for (const zoom of [7.2, 8, 8.5]) expect(10 * pitchOf(style(), strokesAt(zoom).scale, strokesAt(zoom))).toBeLessThan(30);
  });
  it("keep the rank of the family that is seen first", () => expect(width(8, style({ foremost: true }))).toBeGreaterThan(width(8) * 1.4));
});
