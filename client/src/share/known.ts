/** What a link may name: programmes, records and places by identifier or code, never by rank. */
import { spellings } from "../filter/spelling";
import type { Payload } from "../payload";
import type { PlaceKind } from "../state/store";

/** One list of the payload, from identifier to rank and back. */
export class Names {
  /** `id` gives the identifier of a rank; a link names few of them, so that no table of all is kept. */
  constructor(readonly length: number, private readonly of: (rank: number) => string) {}

  /** The first rank with an identifier, or -1. */
  rank(id: string): number {
    for (let rank = 0; rank < this.length; rank++) if (this.of(rank) === id) return rank;
    return -1;
  }

  id(rank: number): string {
    return rank >= 0 && rank < this.length ? this.of(rank) : "";
  }
}

const idsOf = (of: readonly { readonly id: string }[]): Names => new Names(of.length, (rank) => of[rank]!.id);
const codesOf = (of: readonly { readonly code: string }[]): Names => new Names(of.length, (rank) => of[rank]!.code);
const sorted = (texts: Iterable<string>): string[] => [...new Set(texts)].sort();

export class Known {
  readonly programmes: Names;
  readonly places: Readonly<Record<PlaceKind, Names>>;
  /** Spellings by their key, gathered when a link names one of them: it means them all. */
  private readonly spelled: { themes?: ReadonlyMap<string, readonly string[]>; operators?: ReadonlyMap<string, readonly string[]> } = {};
  /** Programmes with something on the map: those that "none" in the legend switches off. */
  readonly drawn: ReadonlySet<number>;
  /** West, south, east and north of the area, in degrees. */
  readonly bounds: readonly [number, number, number, number];

  constructor(private readonly payload: Payload) {
    const { programmes, records, places, grid } = payload;
    this.programmes = idsOf(programmes);
    this.places = {
      commune: new Names(places.communes.code.length, (rank) => places.communes.code[rank]!),
      epci: codesOf(places.epci),
      arrondissement: codesOf(places.arrondissements),
      departement: codesOf(places.departements),
      record: idsOf(records),
    };
    this.drawn = new Set(records.filter(({ draw }) => draw !== "none").map(({ programme }) => programme));
    const unit = 2 ** grid.bits;
    this.bounds = [grid.bounds[0] / unit, grid.bounds[1] / unit, grid.bounds[2] / unit, grid.bounds[3] / unit];
  }

  get themes(): ReadonlyMap<string, readonly string[]> {
    return this.spellings("themes");
  }

  get operators(): ReadonlyMap<string, readonly string[]> {
    return this.spellings("operators");
  }

  private spellings(key: "themes" | "operators"): ReadonlyMap<string, readonly string[]> {
    return (this.spelled[key] ??= spellings(sorted(this.payload.records.flatMap((record) => record[key]))));
  }
}

/** What a link names and this map does not have, in the order of the link. */
export class Missing {
  private readonly found = new Set<string>();

  add(name: string): void {
    this.found.add(name);
  }

  get list(): readonly string[] {
    return [...this.found];
  }
}
