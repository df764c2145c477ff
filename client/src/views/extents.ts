/** The communes, EPCI and départements that each record covers, as typed arrays made once. */
import { members, type Atlas } from "../geometry/atlas";
import type { Entry } from "../payload";
import type { Unit } from "../state/store";

/** Whether the whole perimeter of a record is known to lie in a place: amounts of wider ones are never split. */
export function liesWithin({ communes, elsewhere }: Pick<Entry, "communes" | "elsewhere">, inside: (commune: number) => boolean): boolean {
  if (communes.length === 0 || elsewhere.length > 0) return false;
  for (let i = 0; i + 1 < communes.length; i += 2) {
    for (let n = 0; n < communes[i + 1]!; n++) if (!inside(communes[i]! + n)) return false;
  }
  return true;
}

export class Extents {
  private readonly own: (Uint16Array | undefined)[] = [];
  private readonly units: Record<Unit, (Uint16Array | undefined)[]> = { commune: [], epci: [], departement: [] };

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

  /** The communes of a unit. */
  communesOf(unit: Unit, index: number): readonly number[] {
    return this.atlas.communesOf({ kind: unit, index });
  }

  /** What is known of a record's perimeter. */
  communes(record: number): Uint16Array {
    return (this.own[record] ??= Uint16Array.from(members(this.atlas.payload.records[record]!.communes)));
  }

  /** The units that a record covers or touches, each once. */
  touched(unit: Unit, record: number): Uint16Array {
    if (unit === "commune") return this.communes(record);
    return (this.units[unit][record] ??= Uint16Array.from(
      new Set(Array.from(this.communes(record), (commune) => this.unitOf(unit, commune)).filter((index) => index >= 0)),
    ));
  }

  /** The one unit that holds the whole perimeter of a record, or -1: it is wider, lies partly elsewhere, or is not known. */
  home(unit: Unit, record: number): number {
    const entry = this.atlas.payload.records[record]!;
    const home = entry.communes.length > 0 ? this.unitOf(unit, entry.communes[0]!) : -1;
    return liesWithin(entry, (commune) => this.unitOf(unit, commune) === home) ? home : -1;
  }

  /** How many of some records cover or touch each unit. */
  pileUp(unit: Unit, records: readonly number[]): Uint16Array {
    const counts = new Uint16Array(this.count(unit));
    for (const record of records) for (const index of this.touched(unit, record)) counts[index]!++;
    return counts;
  }
}
