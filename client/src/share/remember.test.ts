import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { country, entry, payload } from "../../test/fixture";
import { Atlas } from "../geometry/atlas";
import type { Navigator } from "../map/navigate";
import { Store } from "../state/store";
import { Address } from "./remember";

const made = country();
const atlas = new Atlas(payload([entry("a", [0]), entry("b", [1], { programme: 1 })], made), made.arcs);

/** A page at an address, with a map at home. */
function page(hash: string) {
  const place = { hash, href: `file:///carte.html${hash}` };
  const navigate = { isHome: true, printing: false, look: vi.fn(), home: vi.fn(), show: vi.fn() };
  const replaceState = vi.fn((_: unknown, __: string, href: string) => void (place.href = href));
  let follow = (): void => undefined;
  vi.stubGlobal("location", place);
  vi.stubGlobal("history", { state: null, replaceState });
  vi.stubGlobal("window", {
    setTimeout: (run: () => void, ms: number) => setTimeout(run, ms),
    clearTimeout: (timer: ReturnType<typeof setTimeout>) => clearTimeout(timer),
    addEventListener: (type: string, run: () => void) => void (type === "hashchange" && (follow = run)),
  });
  const store = new Store();
  const map = { on: () => undefined, getCenter: () => ({ lat: 50, lng: 2 }), getZoom: () => 8 };
  const address = new Address(atlas, store, navigate as unknown as Navigator, map as unknown as L.Map);
  const told: (readonly string[])[] = [];
  address.onMissing = (names) => void told.push(names);
  address.restore();
  address.begin();
  const type = (next: string): void => void Object.assign(place, { hash: next, href: `file:///carte.html${next}` });
  const go = (next: string): void => {
    type(next);
    follow();
  };
  return { store, navigate, replaceState, told, go, type, follow: () => follow() };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("the address of the page", () => {
  it("follows the state, a little later", () => {
    const { store, replaceState } = page("");
    store.set({ table: true });
    expect(replaceState).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1000);
    expect(replaceState.mock.calls.map(([, , href]) => href)).toEqual(["file:///carte.html#table"]);
  });

  it("is not written over a link that was opened a moment before, and whose event is still to come", () => {
    const { store, replaceState, told, type, follow } = page("");
    store.set({ table: true });
    type("#off=gone");
    vi.advanceTimersByTime(1000);
    expect(replaceState).not.toHaveBeenCalled();
    follow();
    expect(told.at(-1)).toEqual(["gone"]);
    expect(store.state.table).toBe(false);
    store.set({ table: true });
    vi.advanceTimersByTime(1000);
    expect(replaceState.mock.calls.map(([, , href]) => href)).toEqual(["file:///carte.html#table"]);
  });

  it("does not follow what is arranged for printing", () => {
    const { store, navigate, replaceState } = page("");
    navigate.printing = true;
    store.set({ table: true });
    vi.advanceTimersByTime(1000);
    expect(replaceState).not.toHaveBeenCalled();
  });

  it("brings back the start when its end is taken away, and not for an anchor of another kind", () => {
    const { store, go } = page("#table&off=p1");
    expect([store.state.table, [...store.state.hidden]]).toEqual([true, [1]]);
    go("#gc-map");
    expect([store.state.table, [...store.state.hidden]]).toEqual([true, [1]]);
    go("");
    expect([store.state.table, [...store.state.hidden]]).toEqual([false, []]);
  });

  it("tells what a link names that is not here, and that a good one misses nothing", () => {
    const { told, go } = page("#off=gone");
    expect(told).toEqual([["gone"]]);
    go("#gc-map");
    expect(told).toEqual([["gone"]]);
    go("#off=p1");
    expect(told).toEqual([["gone"], []]);
    go("#off=lost");
    go("");
    expect(told).toEqual([["gone"], [], ["lost"], []]);
  });
});
