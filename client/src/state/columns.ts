/** What filters, counts and the time axis ask of every record again and again, as typed columns; made once for a map. */
import { knownAmount } from "./amounts";
import type { Atlas } from "../geometry/atlas";
import { eachOf } from "../geometry/runs";
import type { Entry, Kind } from "../payload";
import { listsOf, type Lists } from "./lists";
import { spanOf, type Span } from "./period";

/** The kinds in the order in which they are counted and told. */
export const KINDS: readonly Kind[] = ["contract", "mission", "operation"];

/** The years of records: without a date both are `UNDATED`; without a known end `to` is `ENDLESS`. */
export interface Spans {
  readonly from: Int32Array;
  readonly to: Int32Array;
}

export const UNDATED = -0x80000000;
export const ENDLESS = 0x7fffffff;

export function spansOf(spans: readonly (Span | null)[]): Spans {
  return {
    from: Int32Array.from(spans, (span) => span?.from ?? UNDATED),
    to: Int32Array.from(spans, (span) => (span === null ? UNDATED : span.to ?? ENDLESS)),
  };
}

/** The groups of communes (EPCI or départements) that a record touches, by perimeter or by seat. */
export interface Reach {
  readonly groups: Lists;
  /** A part of it lies in no group. */
  readonly beyond: Uint8Array;
}

export class Columns {
  /** The rank in `KINDS`. */
  readonly kind: Uint8Array;
  readonly programme: Uint16Array;
  /** 1 where something is drawn. */
  readonly drawn: Uint8Array;
  /** Euros; NaN where none are known. */
  readonly amount: Float64Array;
  readonly spans: Spans;
  private readonly reaches: Partial<Record<"epci" | "departement", Reach>> = {};

  constructor(private readonly atlas: Atlas) {
    const { records } = atlas.payload;
    this.kind = Uint8Array.from(records, ({ kind }) => KINDS.indexOf(kind));
    this.programme = Uint16Array.from(records, ({ programme }) => programme);
    this.drawn = Uint8Array.from(records, ({ draw }) => Number(draw !== "none"));
    this.amount = Float64Array.from(records, (record) => knownAmount(record) ?? NaN);
    this.spans = spansOf(records.map(spanOf));
  }

  /** Only for who asks: walking every perimeter takes its time. */
  reach(unit: "epci" | "departement"): Reach {
    return (this.reaches[unit] ??= reachOf(this.atlas.payload.records, this.atlas.payload.places.communes[unit], this.atlas.payload.places[unit === "epci" ? "epci" : "departements"].length));
  }
}

function reachOf(records: readonly Entry[], groupOf: readonly number[], length: number): Reach {
  const groups = Int32Array.from(groupOf);
  const beyond = new Uint8Array(records.length);
  /** The last record that was seen in each group. */
  const seen = new Int32Array(length).fill(-1);
  const lists = listsOf(records.length, (index) => {
    const { communes, towns } = records[index]!;
    const found: number[] = [];
    const visit = (commune: number): void => {
      const group = groups[commune]!;
      if (group < 0) beyond[index] = 1;
      else if (seen[group] !== index) {
        seen[group] = index;
        found.push(group);
      }
    };
    if (communes.length > 0) eachOf(communes, visit);
    else towns.forEach(visit);
    return found;
  });
  return { groups: lists, beyond };
}

const made = new WeakMap<Atlas, Columns>();

export function columnsOf(atlas: Atlas): Columns {
  let columns = made.get(atlas);
  if (columns === undefined) made.set(atlas, (columns = new Columns(atlas)));
  return columns;
}
