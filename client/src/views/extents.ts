/** The communes, EPCI and départements that each record covers, asked of its runs: writing them out would fill the memory. */
import type { Atlas } from "../geometry/atlas";
import type { Entry } from "../payload";
import { columnsOf } from "../state/columns";
import { listOf } from "../state/lists";
import { eachOf, sizeOf } from "../geometry/runs";
import type { Unit } from "../state/store";

/** Whether the whole perimeter of a record is known to lie in a place: amounts of wider ones are never split. */
export function liesWithin({ communes, elsewhere }: Pick<Entry, "communes" | "elsewhere">, inside: (commune: number) => boolean): boolean {
  if (communes.length === 0 || elsewhere.length > 0) return false;
  for (let i = 0; i + 1 < communes.length; i += 2) {
    for (let n = 0; n < communes[i + 1]!; n++) if (!inside(communes[i]! + n)) return false;
  }
  return true;
}

/** Whether what is known of a perimeter lies outside the territory of the map: none of its communes is there. */
export const isOutside = ({ communes, elsewhere }: Pick<Entry, "communes" | "elsewhere">): boolean => communes.length === 0 && elsewhere.length > 0;

export class Extents {
  constructor(private readonly atlas: Atlas) {}

  /** How many units of a kind there are. */
  count(unit: Unit): number {
    const { communes, epci, departements } = this.atlas.payload.places;
    return unit === "commune" ? communes.code.length : unit === "epci" ? epci.length : departements.length;
  }

  /** The unit in which a commune lies; -1 where it lies in none. */
  unitOf(unit: Unit, commune: number): number {
    return unit === "commune" ? commune : this.atlas.payload.places.communes[unit][commune]!;
  }

  /** How many communes are known of a record's perimeter. */
  size(record: number): number {
    return sizeOf(this.atlas.payload.records[record]!.communes);
  }

  eachCommune(record: number, act: (commune: number) => void): void {
    eachOf(this.atlas.payload.records[record]!.communes, act);
  }

  /** The one unit that holds the whole perimeter of a record, or -1: it is wider, lies partly elsewhere, or is not known. */
  home(unit: Unit, record: number): number {
    const { communes, elsewhere } = this.atlas.payload.records[record]!;
    if (communes.length === 0 || elsewhere.length > 0) return -1;
    if (unit === "commune") return communes.length === 2 && communes[1] === 1 ? communes[0]! : -1;
    const { groups, beyond } = columnsOf(this.atlas).reach(unit);
    const own = listOf(groups, record);
    return own.length === 1 && beyond[record] === 0 ? own[0]! : -1;
  }

  /** How many of some records cover or touch each unit; within a territory, the part of it that lies there. */
  pileUp(unit: Unit, records: readonly number[], inside: Uint8Array | null = null): Uint32Array {
    const counts = new Uint32Array(this.count(unit));
    const entries = this.atlas.payload.records;
    if (unit !== "commune" && inside) {
      const seen = new Int32Array(counts.length).fill(-1);
      for (const record of records) {
        this.eachCommune(record, (commune) => {
          const index = inside[commune] ? this.unitOf(unit, commune) : -1;
          if (index < 0 || seen[index] === record) return;
          seen[index] = record;
          counts[index]!++;
        });
      }
      return counts;
    }
    if (unit !== "commune") {
      const { groups } = columnsOf(this.atlas).reach(unit);
      // Where only a seat is known nothing is covered.
      for (const record of records) if (entries[record]!.communes.length > 0) for (const index of listOf(groups, record)) counts[index]!++;
      return counts;
    }
    // One more where a run begins, one less after its end; their running sum are the counts.
    const change = new Int32Array(counts.length + 1);
    for (const record of records) {
      const { communes } = entries[record]!;
      for (let i = 0; i + 1 < communes.length; i += 2) {
        change[communes[i]!]!++;
        change[communes[i]! + communes[i + 1]!]!--;
      }
    }
    let sum = 0;
    counts.forEach((_, commune) => (counts[commune] = sum += change[commune]!));
    return counts;
  }
}
