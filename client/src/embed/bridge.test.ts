import { afterEach, describe, expect, it, vi } from "vitest";
import { country, entry, payload } from "../../test/fixture";
import type { Navigator } from "../map/navigate";
import type { Address } from "../share/remember";
import { Bridge, changes, seen } from "./bridge";
import { Known } from "../share/known";
import { initial, Store } from "../state/store";
import type { Told } from "./message";

const known = new Known(payload([entry("r0", [0]), entry("r1", [1], { programme: 1 }), entry("r,2", [2], { programme: 2 })], country()));

describe("what is seen", () => {
  it("is all layers, all dates and nothing chosen at the start", () => {
    expect(seen(known, initial)).toEqual({ selection: null, layers: ["p0", "p1", "p2"], date: null });
  });

  it("names places and records as links do", () => {
    expect(seen(known, { ...initial, chosen: { kind: "commune", index: 1 } }).selection).toBe("commune:10001");
    expect(seen(known, { ...initial, chosen: { kind: "record", index: 2 } }).selection).toBe("record:r,2");
  });
});

describe("a request", () => {
  it("changes the parts that it names, and no other", () => {
    expect(changes(known, initial, { layers: ["p2", "p0"] })).toEqual({ hidden: new Set([1]) });
    expect(changes(known, initial, { layers: [] })).toEqual({ hidden: new Set([0, 1, 2]) });
    expect(changes(known, initial, { date: [2017, 2019] })).toEqual({ period: { from: 2017, to: 2019, undated: false } });
    expect(changes(known, initial, { selection: "record:r,2" })).toEqual({ chosen: { kind: "record", index: 2 } });
    expect(changes(known, initial, {})).toEqual({});
  });

  it("takes back what was set", () => {
    const state = { ...initial, chosen: { kind: "commune", index: 1 } as const, period: { from: 2017, to: 2017, undated: false } };
    expect(changes(known, state, { selection: null, date: null })).toEqual({ chosen: null, period: null });
  });

  it("leaves alone what is so already, so that an open panel stays as it is", () => {
    const state = { ...initial, hidden: new Set([1]), chosen: { kind: "commune", index: 1, first: [0] } as const };
    expect(changes(known, state, { layers: ["p0", "p2"], selection: "commune:10001", date: null })).toEqual({});
  });

  it("keeps whether records without a date are shown", () => {
    const state = { ...initial, period: { from: 2017, to: 2017, undated: true } };
    expect(changes(known, state, { date: [2018, 2018] })).toEqual({ period: { from: 2018, to: 2018, undated: true } });
  });

  it("that names what the map does not have changes nothing at all", () => {
    expect(changes(known, initial, { layers: ["p0", "gone"], date: [2017, 2019] })).toBeNull();
    expect(changes(known, initial, { selection: "commune:99999" })).toBeNull();
    expect(changes(known, initial, { selection: "planet:1" })).toBeNull();
  });
});

/** A page in a frame: its store, and the port that its parent was handed. */
function connected() {
  const handed: { data: unknown; port: MessagePort }[] = [];
  vi.stubGlobal("window", {
    parent: { postMessage: (data: unknown, _: string, [port]: MessagePort[]) => void handed.push({ data, port: port! }) },
    setTimeout: (run: () => void, ms: number) => setTimeout(run, ms),
    clearTimeout: (timer: ReturnType<typeof setTimeout>) => clearTimeout(timer),
  });
  const store = new Store();
  const open = vi.fn();
  const address = { known, fragment: () => "", open, onWrite: () => undefined };
  const show = vi.fn();
  new Bridge(store, { show } as unknown as Navigator, address as unknown as Address).begin();
  const { data, port } = handed[0]!;
  const told: Told[] = [];
  port.onmessage = (event: MessageEvent<Told>) => void told.push(event.data);
  const settled = (n: number): Promise<void> => vi.waitFor(() => expect(told).toHaveLength(n));
  return { hello: data, handed, port, store, open, show, told, settled };
}

describe("the bridge", () => {
  const ports: MessagePort[] = [];
  const bridge = () => {
    const made = connected();
    ports.push(made.port);
    return made;
  };
  afterEach(() => {
    ports.splice(0).forEach((port) => port.close());
    vi.unstubAllGlobals();
  });

  it("hands its parent a port and nothing else, once", async () => {
    const { hello, handed, settled, told } = bridge();
    expect([hello, handed.length]).toEqual(["geocontracts", 1]);
    await settled(1);
    expect(told[0]).toEqual({ answer: 0, shown: { state: "", selection: null, layers: ["p0", "p1", "p2"], date: null } });
  });

  it("tells what changes once, and answers a request with what is shown then", async () => {
    const { store, settled, told, port, show } = bridge();
    await settled(1);
    store.set({ hidden: new Set([0]) });
    store.set({ period: { from: 2017, to: 2017, undated: false } });
    await settled(2);
    expect(told[1]!.shown).toMatchObject({ layers: ["p1", "p2"], date: [2017, 2017] });
    port.postMessage({ request: 1, shown: { selection: "commune:10001" } });
    await settled(3);
    expect(told[2]).toMatchObject({ answer: 1, shown: { selection: "commune:10001" } });
    expect(show).toHaveBeenCalledOnce();
    await new Promise((done) => setTimeout(done, 120));
    expect(told).toHaveLength(3);
  });

  it("answers what it refuses with what it shows, and does not hear what is no request", async () => {
    const { settled, told, port, store } = bridge();
    await settled(1);
    port.postMessage("off=p0");
    port.postMessage({ request: 1, shown: { layers: ["gone"] } });
    await settled(2);
    expect(told[1]).toMatchObject({ answer: 1, shown: { layers: ["p0", "p1", "p2"] } });
    expect(store.state.hidden.size).toBe(0);
  });

  it("opens a whole link", async () => {
    const { settled, open, port } = bridge();
    port.postMessage({ request: 1, shown: { state: "v=pileup" } });
    await settled(2);
    expect(open.mock.calls).toEqual([["v=pileup"]]);
  });
});
