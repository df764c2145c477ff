import { describe, expect, it } from "vitest";
import type { Asked, Shown } from "../embed/message";
import { Sync, type Model } from "./sync";

const START: Shown = { state: "", selection: null, layers: ["p0", "p1"], date: null };

/** A model as ipywidgets' front end has it: what is set is told to all who watch, whoever set it. */
class Fake implements Model {
  readonly values = new Map<string, unknown>(Object.entries(START));
  readonly watching = new Map<string, Set<() => void>>();
  saved = 0;

  get(name: string): unknown {
    return this.values.get(name);
  }

  set(name: string, value: unknown): void {
    if (JSON.stringify(this.values.get(name)) === JSON.stringify(value)) return;
    this.values.set(name, value);
    this.watching.get(`change:${name}`)?.forEach((run) => run());
  }

  save_changes(): void {
    this.saved += 1;
  }

  on(event: string, run: () => void): void {
    this.watching.set(event, new Set([...(this.watching.get(event) ?? []), run]));
  }

  off(event: string, run: () => void): void {
    this.watching.get(event)?.delete(run);
  }
}

function made() {
  const model = new Fake();
  const asked: Asked[] = [];
  const sync = new Sync(model, (request) => void asked.push(request));
  return { model, asked, sync };
}

const turn = (): Promise<void> => Promise.resolve();

describe("a widget and its page", () => {
  it("ask nothing of each other when they agree", async () => {
    const { model, asked, sync } = made();
    expect(sync.hear({ answer: 0, shown: START })).toBe(true);
    await turn();
    expect([asked, model.saved]).toEqual([[], 0]);
  });

  it("what Python set before the page came is asked first, in one request", async () => {
    const { model, asked, sync } = made();
    model.set("layers", ["p1"]);
    model.set("date", [2019, 2019]);
    sync.hear({ answer: 0, shown: START });
    await turn();
    expect(asked).toEqual([{ request: 1, shown: { layers: ["p1"], date: [2019, 2019] } }]);
    expect(model.saved).toBe(0);
  });

  it("what the page tells goes to Python once, and is not asked of the page again", async () => {
    const { model, asked, sync } = made();
    sync.hear({ answer: 0, shown: START });
    sync.hear({ answer: 0, shown: { ...START, selection: "commune:1", state: "at=commune:1" } });
    await turn();
    expect([model.get("selection"), model.get("state"), model.saved]).toEqual(["commune:1", "at=commune:1", 1]);
    expect(asked).toEqual([]);
  });

  it("what Python sets is asked once, and the answer is no news", async () => {
    const { model, asked, sync } = made();
    sync.hear({ answer: 0, shown: START });
    model.set("layers", ["p0"]);
    await turn();
    expect(asked).toEqual([{ request: 1, shown: { layers: ["p0"] } }]);
    sync.hear({ answer: 1, shown: { ...START, layers: ["p0"], state: "only=p0" } });
    await turn();
    expect([model.get("state"), model.saved, asked.length]).toEqual(["only=p0", 1, 1]);
  });

  it("news from before a request does not undo it", async () => {
    const { model, sync } = made();
    sync.hear({ answer: 0, shown: START });
    model.set("layers", ["p0"]);
    await turn();
    sync.hear({ answer: 0, shown: { ...START, selection: "commune:1" } });
    expect(model.get("layers")).toEqual(["p0"]);
    sync.hear({ answer: 1, shown: { ...START, selection: "commune:1", layers: ["p0"] } });
    expect([model.get("layers"), model.get("selection")]).toEqual([["p0"], "commune:1"]);
  });

  it("what the page refused is taken back", async () => {
    const { model, sync } = made();
    sync.hear({ answer: 0, shown: START });
    model.set("selection", "commune:9");
    await turn();
    sync.hear({ answer: 1, shown: START });
    expect(model.get("selection")).toBeNull();
  });

  it("what is no news of a page is left aside", () => {
    const { model, sync } = made();
    expect(sync.hear({ answer: 0, shown: { layers: ["x"] } })).toBe(false);
    expect(model.get("layers")).toEqual(["p0", "p1"]);
  });

  it("nobody listens after the end", async () => {
    const { model, asked, sync } = made();
    sync.hear({ answer: 0, shown: START });
    model.set("layers", []);
    sync.close();
    model.set("date", [2019, 2019]);
    await turn();
    expect(asked).toEqual([]);
    expect([...model.watching.values()].every((runs) => runs.size === 0)).toBe(true);
  });
});
