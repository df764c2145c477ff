/** How wide the lines of perimeters are, and how strong what fills them: calmer where the whole region is seen. */
import type { LayerStyle } from "./styles";

/** Sizes in CSS pixels, before they are scaled by `scale`. */
export interface Strokes {
  readonly scale: number;
  readonly line: number;
  readonly gap: number;
  readonly tick: number;
  readonly band: number;
  readonly bandAlpha: number;
  /** The wide band of the family that is seen first. */
  readonly glow: number;
  readonly glowAlpha: number;
  readonly hatchAlpha: number;
  /** How much farther apart hatches are. */
  readonly sparse: number;
  readonly dash: readonly [number, number];
  readonly foremostDash: readonly [number, number];
}

/** How much stronger the lines of the family are that is seen first, and how much thinner those of vast perimeters. */
export const FOREMOST = 1.45;
export const THIN = 0.6;
/** Between the two lines of a double one, and the inner one. */
export const SLIT = 1.4;
const SECOND = 1;
/** The outer line of a double one, as a share of a single one. */
export const OUTER = 0.75;

/** From these zooms on, lines are as seen from near, and up to there as seen from afar. */
const NEAR = 9.4;
const AFAR = 8.4;

/** Where six lines run along one border, thin ones with clear gaps are told apart; thick ones make a rope. */
export function strokesAt(zoom: number): Strokes {
  const far = Math.min(1, Math.max(0, (NEAR - zoom) / (NEAR - AFAR)));
  const between = (near: number, afar: number): number => near + (afar - near) * far;
  return {
    scale: Math.min(1.5, Math.max(0.62, 0.84 + (zoom - 8.5) * 0.17)),
    line: between(1.7, 1.3),
    gap: between(1.1, 2),
    tick: between(2.6, 1.5),
    band: between(4.5, 3.2),
    bandAlpha: between(0.15, 0.13),
    glow: between(17, 11),
    glowAlpha: between(0.26, 0.19),
    hatchAlpha: between(0.5, 0.36),
    sparse: between(1, 1.5),
    dash: [between(7, 8.5), between(4.5, 3.6)],
    foremostDash: [between(12, 13), 4],
  };
}

/** The width of a line of this kind, without the gap after it. */
export function widthOf(style: LayerStyle, size: number, strokes: Strokes): number {
  const k = style.foremost ? size * FOREMOST : size;
  if (style.line === "double") return (strokes.line * OUTER + SLIT + SECOND) * k;
  return strokes.line * k;
}

/** The width of a lane: the line, its ticks, the gap. */
export function pitchOf(style: LayerStyle, k: number, strokes: Strokes): number {
  const ticks = style.line === "long" || style.line === "short" ? strokes.tick : 0;
  return widthOf(style, k, strokes) + (ticks + strokes.gap) * k;
}
