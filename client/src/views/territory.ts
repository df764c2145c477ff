/** The territory to which filters narrow a thematic map: what lies outside is not told, so it is in no class and no count. */
import type { Atlas } from "../geometry/atlas";
import type { Filters } from "../state/filters";

export type Territory = Pick<Filters, "departement" | "epci">;

/** 1 for each commune in the chosen département and EPCI; null where neither is chosen. */
export function insideOf({ payload: { places: { communes } } }: Atlas, { departement, epci }: Territory): Uint8Array | null {
  if (departement < 0 && epci < 0) return null;
  return Uint8Array.from(communes.code, (_, commune) =>
    Number((departement < 0 || communes.departement[commune] === departement) && (epci < 0 || communes.epci[commune] === epci)));
}

/** The names of what is chosen. */
export function territoryNames({ payload: { places } }: Atlas, { departement, epci }: Territory): string[] {
  return [places.departements[departement]?.name, places.epci[epci]?.name].filter((name) => name !== undefined);
}
