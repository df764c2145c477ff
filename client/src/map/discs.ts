/**
 * Where discs stand: each on its own unit, none over another. A région whose discs have no room on their
 * own land is gathered one level wider, so that no disc is read as that of a neighbour.
 */
import type { Atlas } from "../geometry/atlas";
import { Boxes, type Rect } from "../geometry/boxes";
import { crossingsOf } from "./crossings";
import { discRadius, UNITS, type Level, type Signs, type Unit } from "./gather";
import { rectOf } from "./insets";
import { townsOf } from "./towns";
import type { View } from "./view";

/** A disc, in CSS pixels from the origin of base pixels. */
export interface Disc {
  readonly unit: Unit;
  readonly x: number;
  readonly y: number;
  readonly r: number;
}

export interface Stand {
  readonly discs: readonly Disc[];
  /** The towns of symbols that are alone in their unit: they stay there. */
  readonly single: ReadonlySet<number>;
  /** The level of each région; last, that of the communes that have none. */
  readonly levels: readonly Level[];
}

/** Clear space between two discs: their rims, and a hair (CSS pixels). */
const APART = 3;
/** How far a disc may move on its unit, and where there is nothing wider to gather it in (radii). */
const NEAR = 2;
const FARTHER = 6;
const STEP = 0.3;
const TURNS = 16;
/** A dot of a town is no wider than this (CSS pixels). */
const DOT = 5;
/** In a frame a disc may be smaller. */
const SMALLER = 0.8;
const LEAST = 4;

/** Of all names, or of the dots of towns alone: a name may find another side. */
type Clear = "names" | "dots" | null;

/** What a place has to be. */
interface Wanted {
  readonly r: number;
  readonly reach: number;
  readonly own: boolean;
  readonly clear: Clear;
}

export const discRect = ({ x, y, r }: Pick<Disc, "x" | "y" | "r">): Rect => [x - r - 1.5, y - r - 1.5, x + r + 1.5, y + r + 1.5];

const touch = (a: Rect, b: Rect): boolean => a[0] < b[2] && a[2] > b[0] && a[1] < b[3] && a[3] > b[1];

class Standing {
  readonly discs: Disc[] = [];
  private readonly taken = new Boxes();
  private readonly known = new Map<Rect, Disc>();
  private readonly frames: ReadonlyMap<Unit["frame"], Rect>;

  constructor(private readonly atlas: Atlas, private readonly scale: number, private readonly names: Boxes) {
    this.frames = new Map(atlas.projection.frames.map((frame) => [frame, rectOf(frame, scale)]));
  }

  /** Stand a disc on its unit, near its point, clear of names if it can; false where there is no room. */
  near(unit: Unit): boolean {
    const r = discRadius(unit.records.length);
    const own = { reach: NEAR, own: true };
    return this.search(unit, { ...own, r, clear: "names" })
      || (unit.frame !== null && this.search(unit, { ...own, r: r * SMALLER, clear: "names" }))
      || this.search(unit, { ...own, r, clear: "dots" })
      || this.search(unit, { ...own, r, clear: null });
  }

  /** Stand a disc in any case: rather over a name than off its land, rather off its land than over another disc. */
  anyhow(unit: Unit): void {
    const full = discRadius(unit.records.length);
    const r = unit.frame ? full * SMALLER : full;
    const found = this.search(unit, { r, reach: FARTHER, own: true, clear: "names" })
      || this.search(unit, { r, reach: FARTHER, own: true, clear: null })
      || this.search(unit, { r, reach: 2 * FARTHER, own: false, clear: "names" });
    if (found) return;
    if (unit.frame) this.squeeze(unit, r);
    else this.search(unit, { r, reach: Infinity, own: false, clear: null });
  }

  private search(unit: Unit, { r, reach, own, clear }: Wanted): boolean {
    const [x, y] = [unit.x * this.scale, unit.y * this.scale];
    if (this.take(unit, { unit, x, y, r }, clear)) return true;
    for (let far = STEP; far <= reach; far += STEP) {
      for (let turn = 0; turn < TURNS; turn++) {
        const angle = (turn / TURNS) * 2 * Math.PI;
        const disc = { unit, x: x + r * far * Math.cos(angle), y: y + r * far * Math.sin(angle), r };
        if (this.take(unit, disc, clear, own)) return true;
      }
    }
    return false;
  }

  private take(unit: Unit, disc: Disc, clear: Clear, own = false): boolean {
    const rect = discRect(disc);
    if (!this.framed(unit, rect) || (clear && !this.isClear(rect, clear)) || !this.free(disc, rect) || (own && !this.holds(disc))) return false;
    this.add(disc, rect);
    return true;
  }

  private add(disc: Disc, rect = discRect(disc)): void {
    this.discs.push(disc);
    this.known.set(rect, disc);
    this.taken.add(rect);
  }

  /** The last resort in a frame: at its point, pushed inside, as small as the frame wants. */
  private squeeze(unit: Unit, most: number): void {
    const [left, top, right, bottom] = this.frames.get(unit.frame)!;
    const r = Math.max(LEAST, Math.min(most, (right - left) / 2 - 2, (bottom - top) / 2 - 2));
    const inside = (at: number, from: number, to: number): number => Math.min(to - r - 2, Math.max(from + r + 2, at));
    this.add({ unit, x: inside(unit.x * this.scale, left, right), y: inside(unit.y * this.scale, top, bottom), r });
  }

  /** In its frame, or clear of all frames. */
  private framed({ frame }: Unit, rect: Rect): boolean {
    if (frame === null) return ![...this.frames.values()].some((other) => touch(rect, other));
    const own = this.frames.get(frame)!;
    return rect[0] >= own[0] && rect[1] >= own[1] && rect[2] <= own[2] && rect[3] <= own[3];
  }

  private isClear(rect: Rect, clear: Clear): boolean {
    return this.names.meeting(rect, ([left, , right]) => clear === "names" || right - left <= DOT) === null;
  }

  private free({ x, y, r }: Disc, [left, top, right, bottom]: Rect): boolean {
    const around: Rect = [left - APART, top - APART, right + APART, bottom + APART];
    return this.taken.meeting(around, (rect) => {
      const other = this.known.get(rect)!;
      return Math.hypot(x - other.x, y - other.y) < r + other.r + APART;
    }) === null;
  }

  /** Whether a disc's middle lies on the land of its unit. */
  private holds({ unit: { kind, index }, x, y }: Disc): boolean {
    const at = this.atlas.projection.toGrid(x / this.scale, y / this.scale);
    if (kind === "commune") return this.atlas.locator.at(...at) === index;
    const of = kind === "region" ? townsOf(this.atlas).region : this.atlas.payload.places.communes[kind];
    return crossingsOf(this.atlas, of).holds(index, ...at);
  }
}

/** Stand the discs of a zoom, clear of the names in `names` if they can. */
export function standDiscs(atlas: Atlas, signs: Signs, { zoom, scale }: Pick<View, "zoom" | "scale">, names: Boxes): Stand {
  const levels = signs.levelsOfRegions(zoom);
  for (;;) {
    const standing = new Standing(atlas, scale, names);
    const single = new Set<number>();
    const tight = new Set<number>();
    for (const unit of signs.gatheredAt(levels)) {
      const place = unit.region < 0 ? levels.length - 1 : unit.region;
      if (unit.single) single.add(unit.chief);
      else if (!tight.has(place) && !standing.near(unit)) {
        if (levels[place] === "region") standing.anyhow(unit);
        else tight.add(place);
      }
    }
    if (tight.size === 0) return { discs: standing.discs, single, levels };
    for (const place of tight) levels[place] = UNITS[UNITS.indexOf(levels[place] as (typeof UNITS)[number]) + 1]!;
  }
}
