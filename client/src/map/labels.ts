/** Names on the ground: chosen by importance and zoom, never over one another. */
import type { Atlas } from "../geometry/atlas";
import { Boxes, type Rect } from "../geometry/boxes";
import { normal } from "../search/matching";
import type { Group, Places } from "../payload";
import type { Cluster } from "./symbols";
import { captionRects, rectOf } from "./insets";
import type { Projection } from "../geometry/projection";
import type { Palette } from "./theme";
import { toPixels, type View } from "./view";

type Tone = "text" | "muted" | "water";

interface Style {
  readonly font: string;
  readonly size: number;
  readonly tone: Tone;
  readonly spacing: number;
}

export interface Label {
  readonly text: string;
  readonly style: Style;
  /** Left end and middle line, CSS pixels from the origin of base pixels. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  /** The dot of a town without a symbol. */
  readonly dot: readonly [number, number] | null;
}

/** A name that wants a place: the rectangles that it may take are made from its width. */
interface Wish {
  readonly text: string;
  readonly style: Style;
  readonly x: number;
  readonly y: number;
  readonly around: Rect | null;
  readonly dot: boolean;
  /** Named over symbols if there is no room beside them; `must`: in any case. */
  readonly main: boolean;
  readonly must: boolean;
  /** The département that the name must not leave; -1 for other names. */
  readonly departement: number;
}

export type Measure = (text: string, font: string, spacing: number) => number;

const FAMILY = "system-ui, 'Segoe UI', 'Noto Sans', Arial, sans-serif";
const style = (size: number, weight: number, tone: Tone, spacing = 0, italic = false): Style => ({
  font: `${italic ? "italic " : ""}${weight} ${size}px ${FAMILY}`, size, tone, spacing,
});

const STYLES = {
  city: style(13.5, 650, "text"),
  big: style(12, 600, "text"),
  town: style(11.5, 450, "text"),
  village: style(11, 400, "text"),
  departement: style(11.5, 600, "muted", 2.2),
  epci: style(11, 500, "muted", 0.2, true),
  sea: style(14, 400, "water", 1.6, true),
  country: style(12.5, 500, "muted", 2.6),
  region: style(11.5, 500, "muted", 1.6),
  context: style(11, 400, "muted", 0.6, true),
};

/** The smallest population that is named at a zoom. */
export function smallestNamed(zoom: number): number {
  if (zoom < 7.4) return 60_000;
  if (zoom < 8.4) return 24_000;
  if (zoom < 9) return 11_000;
  if (zoom < 9.8) return 5_000;
  if (zoom < 10.6) return 1_800;
  if (zoom < 11.3) return 500;
  return 0;
}

function townStyle(population: number): Style {
  if (population >= 90_000) return STYLES.city;
  if (population >= 38_000) return STYLES.big;
  return population >= 3_000 ? STYLES.town : STYLES.village;
}

/** Beside a rectangle: right, left, above, below, then the corners. */
export function beside(around: Rect, width: number, height: number): Rect[] {
  const [left, top, right, bottom] = around;
  const cx = (left + right) / 2;
  const cy = (top + bottom) / 2;
  const at = (x: number, y: number): Rect => [x, y, x + width, y + height];
  return [
    at(right + 3, cy - height / 2),
    at(left - 3 - width, cy - height / 2),
    at(cx - width / 2, top - height - 1),
    at(cx - width / 2, bottom + 1),
    at(right + 1, top - height * 0.7),
    at(right + 1, bottom - height * 0.3),
    at(left - 1 - width, top - height * 0.7),
    at(left - 1 - width, bottom - height * 0.3),
  ];
}

const grown = ([left, top, right, bottom]: Rect, by: number): Rect => [left - by, top - by, right + by, bottom + by];

/** On a point, or a little off it. */
function near(x: number, y: number, width: number, height: number): Rect[] {
  const rects: Rect[] = [];
  for (const dy of [0, -14, 14, -28, 28, -44, 44]) {
    for (const dx of [0, -26, 26, -52, 52]) {
      rects.push([x + dx - width / 2, y + dy - height / 2, x + dx + width / 2, y + dy + height / 2]);
    }
  }
  return rects;
}

/** How many towns, the most important ones, are always named. */
const ALWAYS = 2;
/** From this importance on, a name may stand over symbols, if one is not too far. */
const MAIN = 90_000;
const MAIN_ZOOM = 7.6;

/**
 * What decides who is named first: the population, thrice for a town that its arrondissement
 * is named after (as those of prefectures and subprefectures are), twice for one in its EPCI's name.
 */
export function importance(places: Pick<Places, "communes" | "epci" | "arrondissements">, index: number): number {
  const { communes, epci, arrondissements } = places;
  const people = communes.population[index] ?? 0;
  if (people < 1000) return people;
  const name = ` ${normal(communes.name[index]!)} `;
  const within = (group: Group | undefined): boolean => group !== undefined && ` ${normal(group.name)} `.includes(name);
  if (within(arrondissements[communes.arrondissement[index]!])) return people * 3;
  return within(epci[communes.epci[index]!]) ? people * 2 : people;
}

const weights = new WeakMap<Places, Float64Array>();

/** The importance of every commune, worked out once: names are placed anew at each toggle. */
function importances(places: Places): Float64Array {
  let known = weights.get(places);
  if (known === undefined) weights.set(places, (known = Float64Array.from(places.communes.name, (_, index) => importance(places, index))));
  return known;
}

function wishes(atlas: Atlas, clusters: readonly Cluster[], zoom: number, scale: number): Wish[] {
  const { communes, departements, epci, context, marks } = atlas.payload.places;
  const { projection } = atlas;
  const point = (place: { x: number; y: number }) => {
    const [x, y] = projection.at(place.x, place.y);
    return { x: x * scale, y: y * scale };
  };
  const onGround = (name: string, own: Style, place: { x: number; y: number }, upper = false, departement = -1): Wish => ({
    text: upper ? name.toLocaleUpperCase("fr") : name, style: own, ...point(place), around: null, dot: false, main: false, must: false, departement,
  });
  const rects = new Map(clusters.map((cluster) => [cluster.town, cluster.rect]));
  const least = smallestNamed(zoom);
  const towns = communes.name
    .map((name, index) => ({ name, index, population: communes.population[index] ?? 0, importance: importances(atlas.payload.places)[index]! }))
    .filter((town) => town.importance >= least)
    .sort((a, b) => b.importance - a.importance || a.index - b.index)
    .map(({ name, index, population, importance: weight }, rank): Wish & { importance: number } => {
      const at = point({ x: communes.x[index]!, y: communes.y[index]! });
      const rect = rects.get(index);
      const around: Rect = rect ?? [at.x - 2, at.y - 2, at.x + 2, at.y + 2];
      return { text: name, style: townStyle(population), ...at, around, dot: rect === undefined, importance: weight, main: rank < ALWAYS || (weight >= MAIN && zoom >= MAIN_ZOOM), must: rank < ALWAYS, departement: -1 };
    });
  const far = zoom < 9.6 ? departements.map((d, index) => onGround(d.name, STYLES.departement, d, true, index)) : [];
  const close = zoom >= 9.3 && zoom < 12.5 ? epci.map((e) => onGround(e.name, STYLES.epci, e)) : [];
  const seas = marks.map((m) => onGround(m.name, STYLES[m.kind], m, m.kind !== "sea"));
  const beyond = zoom >= 7.6 ? context.map((c) => onGround(c.name, STYLES.context, c)) : [];
  const large = towns.findIndex((town) => town.importance < MAIN);
  const cut = large < 0 ? towns.length : large;
  return [...seas, ...towns.slice(0, cut), ...far, ...towns.slice(cut), ...close, ...beyond];
}

/** Of the points along a name that are looked at, how many lie in its département: the middle and most others. */
const LOOKED_AT = [0.5, 0.32, 0.68, 0.14, 0.86, 0, 1];
const WITHIN = 5;

/** Whether a name stands in its département: nowhere would it be read as that of a neighbour. */
function inside(atlas: Atlas, departement: number, [left, top, right, bottom]: Rect, scale: number): boolean {
  const { projection, locator, payload } = atlas;
  const y = (top + bottom) / 2 / scale;
  let outside = 0;
  for (const part of LOOKED_AT) {
    const unit = locator.at(...projection.toGrid((left + part * (right - left)) / scale, y));
    if (atlas.isCommune(unit) && payload.places.communes.departement[unit] === departement) continue;
    if (part === 0.5 || ++outside > LOOKED_AT.length - WITHIN) return false;
  }
  return true;
}

/** The rectangles that stay in the frame in which a name's place is drawn, or clear of all frames. */
function framed(projection: Projection, wish: Wish, rects: readonly Rect[], scale: number): Rect[] {
  const own = projection.frameAt(wish.x / scale, wish.y / scale);
  if (own && wish.departement >= 0) return []; // the frame itself has that name
  const [left, top, right, bottom] = own ? rectOf(own, scale) : [0, 0, 0, 0];
  if (own) return rects.filter((rect) => rect[0] >= left && rect[1] >= top && rect[2] <= right && rect[3] <= bottom);
  const others = projection.frames.map((frame) => rectOf(frame, scale));
  return rects.filter((rect) => !others.some((frame) => rect[0] < frame[2] && rect[2] > frame[0] && rect[1] < frame[3] && rect[3] > frame[1]));
}

/** Place the names around symbols that already stand. */
export function placeLabels(atlas: Atlas, clusters: readonly Cluster[], boxes: Boxes, zoom: number, scale: number, measure: Measure): Label[] {
  const labels: Label[] = [];
  const all = wishes(atlas, clusters, zoom, scale);
  const names = new Boxes();
  // Names that must stand choose first; those of the others keep clear of them.
  const { frames } = atlas.projection;
  for (const rect of captionRects(atlas.projection, scale)) boxes.add(rect);
  for (const wish of [...all.filter(({ must }) => must), ...all.filter(({ must }) => !must)]) {
    if (wish.dot && !wish.main && !boxes.free(wish.around!)) continue;
    const width = measure(wish.text, wish.style.font, wish.style.spacing) + 5;
    const height = wish.style.size + 4;
    let rects = wish.around ? beside(wish.around, width, height) : near(wish.x, wish.y, width, height);
    if (frames.length > 0) rects = framed(atlas.projection, wish, rects, scale);
    if (wish.departement >= 0) rects = rects.filter((rect) => boxes.free(rect) && inside(atlas, wish.departement, rect, scale));
    if (wish.main && wish.around) rects.push(...beside(grown(wish.around, 7), width, height));
    let found = boxes.place(rects);
    if (found < 0 && wish.main) {
      found = names.place(rects);
      if (found < 0 && wish.must) found = 0;
      if (found >= 0) boxes.add(rects[found]!);
    }
    if (found < 0) continue;
    const rect = rects[found]!;
    names.add(rect);
    if (wish.dot) boxes.add(wish.around!);
    labels.push({
      text: wish.text, style: wish.style, x: rect[0] + 2.5, y: (rect[1] + rect[3]) / 2, width, dot: wish.dot ? [wish.x, wish.y] : null,
    });
  }
  return labels;
}

const spaced = (ctx: CanvasRenderingContext2D, spacing: number): void => {
  if ("letterSpacing" in ctx) ctx.letterSpacing = `${spacing}px`;
};

/** A measure that remembers. */
export function canvasMeasure(): Measure {
  const ctx = document.createElement("canvas").getContext("2d")!;
  const known = new Map<string, number>();
  return (text, font, spacing) => {
    const key = `${font}|${text}`;
    let width = known.get(key);
    if (width === undefined) {
      ctx.font = font;
      spaced(ctx, spacing);
      known.set(key, (width = ctx.measureText(text).width));
    }
    return width;
  };
}

/** Whether the edge of the screen, or what covers its top, would cut a name; the canvas reaches a little further than the screen. */
export function cut(view: Pick<View, "tx" | "ty" | "padX" | "padY" | "width" | "height" | "covered">, x: number, y: number, width: number): boolean {
  const left = x + view.tx - view.padX;
  const top = y + view.ty - view.padY;
  return left < 2 || top < 8 + view.covered || left + width > view.width - 2 * view.padX - 2 || top > view.height - 2 * view.padY - 8;
}

export function drawLabels(ctx: CanvasRenderingContext2D, view: View, labels: readonly Label[], colours: Palette): void {
  toPixels(ctx, view);
  ctx.textAlign = "left";
  ctx.textBaseline = "middle";
  ctx.lineJoin = "round";
  ctx.setLineDash([]);
  for (const { text, style: own, x, y, width, dot } of labels) {
    if (x + width < -view.tx || x > view.width - view.tx || y < -view.ty - 20 || y > view.height - view.ty + 20) continue;
    if (dot) {
      ctx.beginPath();
      ctx.arc(dot[0], dot[1], 1.9, 0, 7);
      ctx.lineWidth = 1.6;
      ctx.strokeStyle = colours.halo;
      ctx.fillStyle = colours.text;
      ctx.stroke();
      ctx.fill();
    }
    if (cut(view, x, y, width)) continue;
    ctx.font = own.font;
    spaced(ctx, own.spacing);
    ctx.globalAlpha = 0.9;
    ctx.lineWidth = own.tone === "text" ? 3.4 : 2.6;
    ctx.strokeStyle = own.tone === "water" ? colours.sea : colours.halo;
    ctx.strokeText(text, x, y);
    ctx.globalAlpha = 1;
    ctx.fillStyle = colours[own.tone];
    ctx.fillText(text, x, y);
  }
  spaced(ctx, 0);
}
