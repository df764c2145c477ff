/** What a link may name: programmes, records and places by identifier or code, never by rank. */
import { spellings } from "../filter/spelling";
import type { Payload } from "../payload";
import type { PlaceKind } from "../state/store";

/** One list of the payload, from identifier to rank and back. */
export class Names {
  private readonly ranks = new Map<string, number>();

  constructor(private readonly ids: readonly string[]) {
    ids.forEach((id, rank) => {
      if (!this.ranks.has(id)) this.ranks.set(id, rank);
    });
  }

  get length(): number {
    return this.ids.length;
  }

  /** The rank of an identifier, or -1. */
  rank(id: string): number {
    return this.ranks.get(id) ?? -1;
  }

  id(rank: number): string {
    return this.ids[rank] ?? "";
  }
}

const sorted = (texts: Iterable<string>): string[] => [...new Set(texts)].sort();

export class Known {
  readonly programmes: Names;
  readonly places: Readonly<Record<PlaceKind, Names>>;
  /** Spellings by their key: a link that names one of them means them all. */
  readonly themes: ReadonlyMap<string, readonly string[]>;
  readonly operators: ReadonlyMap<string, readonly string[]>;
  /** Programmes with something on the map: those that "none" in the legend switches off. */
  readonly drawn: ReadonlySet<number>;
  /** West, south, east and north of the area, in degrees. */
  readonly bounds: readonly [number, number, number, number];

  constructor({ programmes, records, places, grid }: Payload) {
    this.programmes = new Names(programmes.map(({ id }) => id));
    this.places = {
      commune: new Names(places.communes.code),
      epci: new Names(places.epci.map(({ code }) => code)),
      arrondissement: new Names(places.arrondissements.map(({ code }) => code)),
      departement: new Names(places.departements.map(({ code }) => code)),
      record: new Names(records.map(({ id }) => id)),
    };
    this.themes = spellings(sorted(records.flatMap((record) => record.themes)));
    this.operators = spellings(sorted(records.flatMap((record) => record.operators)));
    this.drawn = new Set(records.filter(({ draw }) => draw !== "none").map(({ programme }) => programme));
    const unit = 2 ** grid.bits;
    this.bounds = [grid.bounds[0] / unit, grid.bounds[1] / unit, grid.bounds[2] / unit, grid.bounds[3] / unit];
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
