/** The records in view: those that pass filters and period, kept in the state, and those of them whose layer is on. */
import type { Atlas } from "../geometry/atlas";
import { passing } from "./filters";
import type { State, Store } from "./store";

/** Keep `passing` in the state true to the filters and the period. */
export function keepSelection(atlas: Atlas, store: Store): void {
  const update = (): void => {
    const { filters, period } = store.state;
    store.set({ passing: passing(atlas, filters, period) });
  };
  store.watch(["filters", "period"], update);
  update();
}

/** Whether a record is in view: it passes, and its layer is on. */
export function inView(atlas: Atlas, { passing, hidden }: Pick<State, "passing" | "hidden">, index: number): boolean {
  return passing.has(index) && !hidden.has(atlas.payload.records[index]!.programme);
}

/** The records in view, in the order of programmes. */
export function recordsInView(atlas: Atlas, { passing, hidden }: Pick<State, "passing" | "hidden">): number[] {
  const found: number[] = [];
  atlas.ofProgramme.forEach((records, programme) => {
    if (hidden.has(programme)) return;
    for (const index of records) if (passing.has(index)) found.push(index);
  });
  return found;
}
