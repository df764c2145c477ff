/** What stands on the map at one zoom: symbols and names. Where there are very many, they are placed where one looks; what stands stays. */
import type { Atlas } from "../geometry/atlas";
import { Boxes } from "../geometry/boxes";
import type { Box } from "../geometry/projection";
import type { Stand } from "./discs";
import type { Signs, Unit } from "./gather";
import type { Label, Measure } from "./labels";
import { Naming } from "./naming";
import type { Styles } from "./styles";
import { isSeen, layDiscs, layOut, SymbolFinder, type Cluster, type Pointed } from "./symbols";
import { blockAt, blocksIn, WIDE_BLOCK } from "./towns";
import type { View } from "./view";

/** More towns with symbols than this are not placed all at once. */
const MOST_TOWNS = 4000;

export class Scene {
  readonly clusters: Cluster[] = [];
  private readonly boxes = new Boxes();
  private readonly naming: Naming | null;
  private readonly stand: Stand;
  private readonly seen: Set<number> | null;
  private finder: SymbolFinder | null = null;

  /** Without a `measure` nothing is named: a basemap has its own names. */
  constructor(
    private readonly atlas: Atlas, private readonly styles: Styles, private readonly signs: Signs,
    private readonly at: Pick<View, "zoom" | "scale">, measure: Measure | null, readonly key: string,
  ) {
    const level = signs.levelAt(null, at.zoom);
    // Discs keep clear of where the names of cities would stand; a name makes way where a disc has no other place.
    const names = new Boxes();
    if (measure) new Naming(atlas, names, level, at, measure);
    this.stand = layDiscs(atlas, signs, at, this.boxes, names);
    this.naming = measure && new Naming(atlas, this.boxes, level, at, measure);
    this.seen = level === "town" && signs.towns.length > MOST_TOWNS ? new Set() : null;
    if (!this.seen) this.place();
  }

  /** Whether there are discs. */
  get isGathered(): boolean {
    return this.stand.discs.length > 0;
  }

  /** What the discs in sight stand for. */
  gatheredIn(view: View): readonly Unit["kind"][] {
    const seen = this.clusters.filter((cluster) => cluster.unit && isSeen(cluster, view, view.padX, view.padY));
    return [...new Set(seen.map(({ unit }) => unit!.kind))];
  }

  /** Place what is not placed yet in a rectangle (base pixels). */
  reach(box: Box): this {
    const { seen } = this;
    if (!seen) return this;
    const blocks = new Set(blocksIn(box, WIDE_BLOCK).filter((key) => !seen.has(key)));
    if (blocks.size === 0) return this;
    for (const key of blocks) seen.add(key);
    this.place((x, y) => blocks.has(blockAt(x, y, WIDE_BLOCK)));
    return this;
  }

  private place(where?: (x: number, y: number) => boolean): void {
    const clusters = layOut(this.atlas, this.styles, this.signs, this.at, this.boxes, this.stand, where);
    this.clusters.push(...clusters);
    this.naming?.around(clusters, where);
    this.finder = null;
  }

  labels(box: Box): readonly Label[] {
    return this.naming?.within(box) ?? [];
  }

  /** The symbol under a point, in CSS pixels from the origin of base pixels. */
  symbolAt(x: number, y: number): Pointed | null {
    this.finder ??= new SymbolFinder(this.clusters);
    return this.finder.at(x, y);
  }
}
