/** How each programme is drawn: its hue, line, hatch and symbol. */
import type { Atlas } from "../geometry/atlas";
import { symbolScale, type GlyphStyle } from "./glyphs";
import type { HatchStyle } from "./hatches";
import type { Entry, Line } from "../payload";
import { hueOf, type Palette } from "./theme";

export interface LayerStyle {
  readonly colour: string;
  readonly line: Line;
  readonly hatch: HatchStyle;
  readonly foremost: boolean;
}

/** The family that is seen first: its lines lie outermost and above the others, its bands are stronger. */
const FOREMOST = "developpement-territorial";

/** Ranks of the programmes among those with the same hatch, counted once. */
function variants(atlas: Atlas): readonly number[] {
  const seen = new Map<string, number>();
  return atlas.payload.programmes.map(({ hatch }) => {
    const rank = seen.get(hatch) ?? 0;
    seen.set(hatch, rank + 1);
    return rank;
  });
}

export class Styles {
  private ranks: readonly number[] | null = null;
  private largest = 0;

  constructor(private readonly atlas: Atlas) {}

  hue(programme: number, colours: Palette): string {
    const { programmes, families } = this.atlas.payload;
    return hueOf(families[programmes[programme]!.family]!, colours);
  }

  isForemost(programme: number): boolean {
    const { programmes, families } = this.atlas.payload;
    return families[programmes[programme]!.family]!.id === FOREMOST;
  }

  /** The place of a programme when layers are ordered: the foremost family before the others. */
  rank(programme: number): number {
    return this.isForemost(programme) ? 0 : 1;
  }

  layer(programme: number, colours: Palette): LayerStyle {
    const { hatch, line } = this.atlas.payload.programmes[programme]!;
    return { colour: this.hue(programme, colours), line, foremost: this.isForemost(programme), hatch: { hatch, variant: (this.ranks ??= variants(this.atlas))[programme]! } };
  }

  glyph(record: Pick<Entry, "kind" | "basis" | "programme" | "total">, colours: Palette): GlyphStyle {
    const operation = record.kind === "operation";
    return {
      glyph: operation ? "circle" : this.atlas.payload.programmes[record.programme]!.glyph,
      colour: this.hue(record.programme, colours),
      paper: colours.land,
      fill: record.kind === "mission" ? "full" : operation && record.total !== null ? "clear" : "paper",
      unknown: record.basis === "unknown",
      inferred: record.basis === "inferred",
    };
  }

  /** The radius of a record's symbol in CSS pixels; operations grow with the root of their amount. */
  radius(record: Pick<Entry, "kind" | "basis" | "total" | "towns">, zoom: number): number {
    const scale = symbolScale(zoom);
    if (record.kind !== "operation") return (record.basis === "unknown" ? 7 : 5.4) * scale;
    // An amount that several towns share is not split between them: each gets a small circle.
    if (record.total === null || record.towns.length > 1) return 4 * scale;
    return Math.max(4, 15 * Math.sqrt(record.total / this.largestAmount)) * scale;
  }

  /** The largest amount of an operation in one town; worked out when it is first asked for. */
  get largestAmount(): number {
    if (this.largest === 0) {
      this.largest = 1;
      for (const { kind, towns, total } of this.atlas.payload.records) {
        if (kind === "operation" && towns.length === 1) this.largest = Math.max(this.largest, total ?? 0);
      }
    }
    return this.largest;
  }
}
