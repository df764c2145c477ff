/** Names on the ground: chosen by importance and zoom, never over one another. */
import type { Atlas } from "../geometry/atlas";
import { Boxes, type Rect } from "../geometry/boxes";
import type { Box } from "../geometry/projection";
import { crossingsOf, type UnitOf } from "./crossings";
import type { Level } from "./gather";
import { Ranking, smallestNamed } from "./importance";
import { rectOf } from "./insets";
import { STYLES, type Label, type Measure, type Style } from "./labels";
import type { Cluster } from "./symbols";
import { blocksIn, townsOf } from "./towns";
import type { View } from "./view";

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
  /** The name of a sea or of a country beyond: it must not lie on the area's land. */
  readonly beyond: boolean;
  /** The unit that the name must not leave, for the most part or as a `whole`, and the unit of each commune. */
  readonly within: { readonly of: UnitOf; readonly index: number; readonly whole: boolean } | null;
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

/** On a point, or a little off it; a name that must not leave its unit is tried farther off as well. */
function near(x: number, y: number, width: number, height: number, farther: boolean): Rect[] {
  const rects: Rect[] = [];
  for (const dy of [0, -14, 14, -28, 28, -44, 44, ...(farther ? [-60, 60] : [])]) {
    for (const dx of [0, -26, 26, -52, 52, ...(farther ? [-80, 80] : [])]) {
      rects.push([x + dx - width / 2, y + dy - height / 2, x + dx + width / 2, y + dy + height / 2]);
    }
  }
  return rects;
}

/** How many towns, the most important ones, are always named. */
const ALWAYS = 2;
/** From this importance on, a name may stand over symbols, if one is not too far; never over the numbers of discs. */
const MAIN = 90_000;
const MAIN_ZOOM = 7.6;
/** On a map of several régions these are named up to this zoom, and towns of this size before them. */
const FAR = 7.3;
const FAR_CITY = 220_000;
const LEAST_CITY = 30_000;
/** Among discs smaller towns than this are not named from afar. */
const FAR_TOWN = 80_000;
/** Names of less important towns are placed where one looks, and not beyond. */
const EVERYWHERE = 11_000;
/** How far a name may reach from its place (CSS pixels). */
const REACH = 100;
/** Names longer than this are written on two lines. */
const LONG = 12;

/** A long name on two lines of about the same length. */
export function twoLines(name: string): string {
  if (name.length <= LONG) return name;
  const breaks = [...name.matchAll(/[-\s]/g)].map(({ index }) => index + 1);
  const middle = name.length / 2;
  const best = breaks.sort((a, b) => Math.abs(a - middle) - Math.abs(b - middle))[0];
  return best === undefined ? name : `${name.slice(0, best).trimEnd()}\n${name.slice(best)}`;
}

const rankings = new WeakMap<Atlas, Ranking>();

function rankingOf(atlas: Atlas): Ranking {
  let ranking = rankings.get(atlas);
  if (ranking === undefined) rankings.set(atlas, (ranking = new Ranking(atlas)));
  return ranking;
}

/** Of the points along a name that are looked at, how many lie in its unit: the middle and most others. */
const LOOKED_AT = [0.5, 0.32, 0.68, 0.14, 0.86, 0, 1];
const WITHIN = 5;
/** Half the height of a capital (CSS pixels), looked at as well where all of a name must. */
const CAPITAL = 5;

/** The names of one zoom. Those of the main places stand at once, the others where one looks. */
export class Naming {
  private readonly placed: Label[] = [];
  private readonly names = new Boxes();
  private readonly seen = new Set<number>();
  private readonly rects = new Map<number, Rect>();
  private readonly frames: readonly Rect[];
  private readonly least: number;
  /** The whole of the area is seen from afar. */
  private readonly far: boolean;
  private readonly zoom: number;
  private readonly scale: number;
  private readonly cities = new Set<number>();

  /** Discs (`level` is not `town`) keep clear of the names of the largest cities, which stand at once in `boxes`. */
  constructor(
    private readonly atlas: Atlas, private readonly boxes: Boxes, private readonly level: Level,
    { zoom, scale }: Pick<View, "zoom" | "scale">, private readonly measure: Measure,
  ) {
    this.zoom = zoom;
    this.scale = scale;
    this.far = atlas.payload.places.regions.length > 1 && zoom < FAR;
    this.frames = atlas.projection.frames.map((frame) => rectOf(frame, scale));
    // The closer, the more of them: 220,000 inhabitants at zoom 6, 45,000 at zoom 8.
    const city = Math.max(LEAST_CITY, FAR_CITY / 2.2 ** (zoom - 6));
    this.least = this.far && this.discs ? Math.max(FAR_TOWN, city / 2) : smallestNamed(zoom);
    if (!this.discs) return;
    for (const { index, importance } of rankingOf(atlas).far(LEAST_CITY)) {
      if (importance < city) break;
      this.cities.add(index);
      this.settle(this.townWish(index, false, false));
    }
  }

  private get discs(): boolean {
    return this.level !== "town";
  }

  /** Place the names around symbols that already stand, everywhere or in some places. */
  around(clusters: readonly Cluster[], where: (x: number, y: number) => boolean = () => true): this {
    for (const { town, unit, rect } of clusters) if (!unit) this.rects.set(town, rect);
    const all = this.mainWishes().filter(({ x, y }) => where(x / this.scale, y / this.scale));
    // Names that must stand choose first; those of the others keep clear of them.
    for (const wish of all) if (wish.must) this.settle(wish);
    for (const wish of all) if (!wish.must) this.settle(wish);
    return this;
  }

  /** The names, once those in a rectangle (base pixels) were placed; what stands stays. */
  within(box: Box): readonly Label[] {
    if (this.least >= EVERYWHERE) return this.placed;
    const margin = REACH / this.scale;
    const blocks = blocksIn([box[0] - margin, box[1] - margin, box[2] + margin, box[3] + margin]).filter((key) => !this.seen.has(key));
    if (blocks.length === 0) return this.placed;
    const { blocks: { communes, epci } } = townsOf(this.atlas);
    for (const key of blocks) this.seen.add(key);
    const small = rankingOf(this.atlas).among(blocks.flatMap((key) => communes.get(key) ?? []), this.least, EVERYWHERE);
    for (const { index } of small) this.settle(this.townWish(index, false, false));
    if (this.zoom >= 9.3 && this.zoom < 12.5) {
      for (const index of blocks.flatMap((key) => epci.get(key) ?? [])) this.settle(this.onGround(STYLES.epci, this.atlas.payload.places.epci[index]!));
    }
    return this.placed;
  }

  private onGround(own: Style, place: { name: string; x: number; y: number }, upper = false, within: Wish["within"] = null, beyond = false): Wish {
    const [x, y] = this.atlas.projection.at(place.x, place.y);
    const text = upper ? place.name.toLocaleUpperCase("fr") : place.name;
    return { text, style: own, x: x * this.scale, y: y * this.scale, around: null, dot: false, main: false, must: false, within, beyond };
  }

  private townWish(index: number, main: boolean, must: boolean): Wish {
    const { name, population } = this.atlas.payload.places.communes;
    const towns = townsOf(this.atlas);
    const [x, y] = [towns.x(index) * this.scale, towns.y(index) * this.scale];
    const rect = this.rects.get(index);
    return { text: name[index]!, style: townStyle(population[index] ?? 0), x, y, around: rect ?? [x - 2, y - 2, x + 2, y + 2], dot: rect === undefined, main, must, within: null, beyond: false };
  }

  private mainWishes(): Wish[] {
    const { communes, departements, regions, context, marks } = this.atlas.payload.places;
    const { zoom, far } = this;
    const ranking = rankingOf(this.atlas);
    const ranked = (far ? ranking.far(this.least) : ranking.from(Math.max(this.least, EVERYWHERE))).filter(({ index }) => !this.cities.has(index));
    const towns = ranked.map(({ index, importance: weight }, rank) =>
      this.townWish(index, rank < ALWAYS || (weight >= MAIN && zoom >= MAIN_ZOOM), rank < ALWAYS));
    const cut = ranked.filter((town) => town.importance >= (far ? FAR_CITY : MAIN)).length;
    let units: Wish[] = [];
    if (far && (!this.discs || this.level === "region")) {
      const of = townsOf(this.atlas).region;
      units = regions.map((place, index) => this.onGround(STYLES.unit, { ...place, name: twoLines(place.name) }, true, { of, index, whole: false }));
    } else if (!far && zoom < 9.6) units = departements.map((place, index) => this.onGround(STYLES.departement, place, true, { of: communes.departement, index, whole: true }));
    const seas = marks.filter((place) => this.isClear(place)).map((place) => this.onGround(STYLES[place.kind], place, place.kind !== "sea", null, place.kind !== "region"));
    const beyond = zoom >= 7.6 ? context.filter((place) => this.isClear(place)).map((place) => this.onGround(STYLES.context, place)) : [];
    const first = far ? [...towns.slice(0, cut), ...seas] : [...seas, ...towns.slice(0, cut)];
    return [...first, ...units, ...towns.slice(cut), ...beyond];
  }

  /** Whether a name stands in its unit: nowhere would it be read as that of a neighbour. */
  private inside({ of, index, whole }: NonNullable<Wish["within"]>, [left, top, right, bottom]: Rect): boolean {
    const crossings = crossingsOf(this.atlas, of);
    const middle = (top + bottom) / 2;
    return (whole ? [middle, middle - CAPITAL, middle + CAPITAL] : [middle]).every((y) => {
      let outside = 0;
      return LOOKED_AT.every((part) =>
        crossings.holds(index, ...this.atlas.projection.toGrid((left + part * (right - left)) / this.scale, y / this.scale))
        || (!whole && part !== 0.5 && ++outside <= LOOKED_AT.length - WITHIN));
    });
  }

  /** Whether no frame covers a place that is drawn where it lies. */
  private isClear({ x, y }: { x: number; y: number }): boolean {
    const { projection } = this.atlas;
    return projection.frameOf(x, y) !== null || projection.frameAt(...projection.at(x, y)) === null;
  }

  /** Whether a name keeps off the land of the area: its line is looked at, from end to end. */
  private offLand([left, top, right, bottom]: Rect): boolean {
    const { projection, locator } = this.atlas;
    const y = (top + bottom) / 2 / this.scale;
    return LOOKED_AT.every((part) => !this.atlas.isCommune(locator.at(...projection.toGrid((left + part * (right - left)) / this.scale, y))));
  }

  /** The rectangles that stay in the frame in which a name's place is drawn, or clear of all frames. */
  private framed(wish: Wish, rects: readonly Rect[]): Rect[] {
    const own = this.frames.find((frame) => wish.x >= frame[0] && wish.x <= frame[2] && wish.y >= frame[1] && wish.y <= frame[3]);
    if (own && wish.within) return []; // the frame itself has that name
    if (own) return rects.filter((rect) => rect[0] >= own[0] && rect[1] >= own[1] && rect[2] <= own[2] && rect[3] <= own[3]);
    return rects.filter((rect) => !this.frames.some((frame) => rect[0] < frame[2] && rect[2] > frame[0] && rect[1] < frame[3] && rect[3] > frame[1]));
  }

  private choices(wish: Wish, width: number, height: number): Rect[] {
    let rects = wish.around ? beside(wish.around, width, height) : near(wish.x, wish.y, width, height, wish.within?.whole ?? false);
    const { within } = wish;
    if (wish.main && wish.around) rects.push(...beside(grown(wish.around, 7), width, height));
    if (this.frames.length > 0) rects = this.framed(wish, rects);
    if (within) rects = rects.filter((rect) => this.boxes.free(rect) && this.inside(within, rect));
    if (wish.beyond) rects = rects.filter((rect) => this.boxes.free(rect) && this.offLand(rect));
    return rects;
  }

  private settle(wish: Wish): void {
    const { boxes, names } = this;
    if (wish.dot && !wish.main && !boxes.free(wish.around!)) return;
    const lines = wish.text.split("\n");
    const width = Math.max(...lines.map((line) => this.measure(line, wish.style.font, wish.style.spacing))) + 5;
    const height = (wish.style.size + 4) * lines.length;
    const rects = this.choices(wish, width, height);
    let found = boxes.place(rects);
    if (found < 0 && wish.main && !this.discs) {
      found = names.place(rects);
      if (found < 0 && wish.must && rects.length > 0) found = 0;
      if (found >= 0) boxes.add(rects[found]!);
    }
    if (found < 0) return;
    const rect = rects[found]!;
    names.add(rect);
    if (wish.dot) boxes.add(wish.around!);
    this.placed.push({
      text: wish.text, style: wish.style, x: rect[0] + 2.5, y: (rect[1] + rect[3]) / 2, width, dot: wish.dot ? [wish.x, wish.y] : null,
    });
  }
}
