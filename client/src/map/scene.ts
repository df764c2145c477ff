/** What stands on the map at one zoom: symbols and names. Where there are very many, they are placed where one looks; what stands stays. */
import type { Atlas } from "../geometry/atlas";
import { Boxes } from "../geometry/boxes";
import type { Box, Frame } from "../geometry/projection";
import type { Level, Signs } from "./gather";
import type { Label, Measure } from "./labels";
import { Naming } from "./naming";
import type { Styles } from "./styles";
import { layOut, SymbolFinder, type Cluster, type Pointed } from "./symbols";
import { blockAt, blocksIn, WIDE_BLOCK } from "./towns";
import type { View } from "./view";

/** More towns with symbols than this are not placed all at once. */
const MOST_TOWNS = 4000;

export class Scene {
  readonly clusters: Cluster[] = [];
  readonly levels: ReadonlyMap<Frame | null, Level>;
  private readonly boxes = new Boxes();
  private readonly naming: Naming | null;
  private readonly seen: Set<number> | null;
  private finder: SymbolFinder | null = null;

  /** Without a `measure` nothing is named: a basemap has its own names. */
  constructor(
    private readonly atlas: Atlas, private readonly styles: Styles, private readonly signs: Signs,
    private readonly at: Pick<View, "zoom" | "scale">, measure: Measure | null, readonly key: string,
  ) {
    this.levels = signs.levels(at.zoom);
    const level = this.levels.get(null)!;
    this.naming = measure && new Naming(atlas, this.boxes, level, at, measure);
    this.seen = level === "town" && signs.towns.length > MOST_TOWNS ? new Set() : null;
    if (!this.seen) this.place();
  }

  /** The levels at which symbols are gathered. */
  get gathered(): readonly Level[] {
    return [...new Set(this.levels.values())].filter((level) => level !== "town");
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
    const clusters = layOut(this.atlas, this.styles, this.signs, this.at, this.boxes, where);
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
