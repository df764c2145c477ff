/** Which towns are named first. */
import type { Atlas } from "../geometry/atlas";
import { normal } from "../search/matching";
import type { Group, Places } from "../payload";
import { townsOf } from "./towns";

/** The smallest importance that is named at a zoom. */
export function smallestNamed(zoom: number): number {
  if (zoom < 7.4) return 60_000;
  if (zoom < 8.4) return 24_000;
  if (zoom < 9) return 11_000;
  if (zoom < 9.8) return 5_000;
  if (zoom < 10.6) return 1_800;
  if (zoom < 11.3) return 500;
  return 0;
}

/** The most that the place of a town in the names of its units multiplies its population. */
const MOST = 3;
/** A town as near as this (km) to one twice as populous is its suburb; from afar the names of small ones are not looked at. */
const NEAR = 20;
const KM_A_DEGREE = 111.2;

const padded = new WeakMap<readonly Group[], readonly string[]>();

function paddedNames(groups: readonly Group[]): readonly string[] {
  let names = padded.get(groups);
  if (names === undefined) padded.set(groups, (names = groups.map(({ name }) => ` ${normal(name)} `)));
  return names;
}

/**
 * What decides who is named first: the population, thrice for a town that its arrondissement
 * is named after (as those of prefectures and subprefectures are), twice for one in its EPCI's name.
 */
export function importance(places: Pick<Places, "communes" | "epci" | "arrondissements">, index: number): number {
  const { communes, epci, arrondissements } = places;
  const people = communes.population[index] ?? 0;
  if (people < 1000) return people;
  const name = ` ${normal(communes.name[index]!)} `;
  if (paddedNames(arrondissements)[communes.arrondissement[index]!]?.includes(name)) return people * MOST;
  return paddedNames(epci)[communes.epci[index]!]?.includes(name) ? people * 2 : people;
}

export interface Town {
  readonly index: number;
  readonly importance: number;
}

const foremostFirst = (a: Town, b: Town): number => b.importance - a.importance || a.index - b.index;

/** Towns by importance, worked out as far down as they are asked for. */
export class Ranking {
  private readonly known = new Map<number, readonly Town[]>();
  private readonly weights = new Map<number, number>();

  constructor(private readonly atlas: Atlas) {}

  private weigh(index: number): Town {
    let weight = this.weights.get(index);
    if (weight === undefined) this.weights.set(index, (weight = importance(this.atlas.payload.places, index)));
    return { index, importance: weight };
  }

  /** The towns of at least this importance, the foremost first. */
  from(least: number): readonly Town[] {
    let towns = this.known.get(least);
    if (towns === undefined) this.known.set(least, (towns = this.among(this.populous(least / MOST), least, Infinity)));
    return towns;
  }

  /** Of some communes those whose importance is in the range, the foremost first. */
  among(communes: Iterable<number>, least: number, below: number): Town[] {
    const towns: Town[] = [];
    for (const index of communes) {
      const town = this.weigh(index);
      if (town.importance >= least && town.importance < below) towns.push(town);
    }
    return towns.sort(foremostFirst);
  }

  private populous(least: number): Uint32Array {
    const { byPopulation } = townsOf(this.atlas);
    const { population } = this.atlas.payload.places.communes;
    const end = byPopulation.findIndex((index) => (population[index] ?? 0) < least);
    return end < 0 ? byPopulation : byPopulation.subarray(0, end);
  }

  /** The towns that are named from afar: by population, without the suburbs of larger ones. */
  readonly far = (least: number): readonly Town[] => {
    const key = -least;
    let towns = this.known.get(key);
    if (towns === undefined) this.known.set(key, (towns = this.withoutSuburbs(this.from(least))));
    return towns;
  };

  private withoutSuburbs(towns: readonly Town[]): Town[] {
    const { communes } = this.atlas.payload.places;
    const unit = this.atlas.projection.unit / KM_A_DEGREE;
    const people = (index: number): number => communes.population[index] ?? 0;
    const near = (a: number, b: number): boolean => {
      const north = (communes.y[a]! - communes.y[b]!) / unit;
      const east = ((communes.x[a]! - communes.x[b]!) / unit) * Math.cos((communes.y[a]! / this.atlas.projection.unit / 180) * Math.PI);
      return north * north + east * east < NEAR * NEAR;
    };
    const larger = this.populous(2);
    return towns.filter(({ index }) => {
      for (const other of larger) {
        if (people(other) < 2 * people(index)) return true;
        if (near(index, other)) return false;
      }
      return true;
    }).map(({ index }) => ({ index, importance: people(index) })).sort(foremostFirst);
  }
}
