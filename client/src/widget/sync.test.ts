import { describe, expect, it } from "vitest";
import type { Asked, Shown } from "../embed/message";
import { onTop, Sync, type Model, type News, type Wish } from "./sync";

const START: Shown = { state: "", selection: null, layers: ["p0", "p1"], date: null };
const wish = (version: number, shown: Partial<Shown>, by = "", exact = false): Wish => ({ version, by, exact, shown });

/** A model as the notebook has it: what Python sets is told to all who watch, and what is sent goes to Python. */
class Fake implements Model {
  wish = wish(0, {});
  readonly sent: News[] = [];
  readonly watching = new Set<() => void>();

  get(): unknown {
    return this.wish;
  }

  set(next: Wish): void {
    this.wish = next;
    this.watching.forEach((run) => run());
  }

  send(content: unknown): void {
    this.sent.push((content as { told: News }).told);
  }

  on(_: string, run: () => void): void {
    this.watching.add(run);
  }

  off(_: string, run: () => void): void {
    this.watching.delete(run);
  }
}

function made(first = wish(0, {}), model = new Fake(), name = "a") {
  model.wish = first;
  const asked: Asked[] = [];
  const sync = new Sync(model, name, (request) => void asked.push(request));
  return { model, asked, sync };
}

/** A view whose page is as at the start and has answered what it was asked first. */
function begun(model = new Fake(), name = "a") {
  const view = made(model.wish, model, name);
  view.sync.hear({ answer: 0, shown: START });
  view.sync.hear({ answer: 1, shown: START });
  model.sent.length = view.asked.length = 0;
  return view;
}

describe("a view of a widget", () => {
  it("asks of a new page what Python wants, before it tells anything", () => {
    const shown = { state: "m=9/50/3&off=p0", layers: ["p0", "p1"] };
    const { model, asked, sync } = made(wish(7, shown));
    expect(asked).toEqual([]);
    expect(sync.hear({ answer: 0, shown: START })).toBe(true);
    expect(asked).toEqual([{ request: 1, shown }]);
    expect(model.sent).toEqual([]);
    sync.hear({ answer: 1, shown: { ...START, state: "m=9/50/3" } });
    expect(model.sent).toEqual([{ view: "a", knows: 7, answer: true, shown: { ...START, state: "m=9/50/3" } }]);
  });

  it("tells what its reader did, and asks nothing back when Python has taken it", () => {
    const { model, asked, sync } = begun();
    const shown = { ...START, selection: "commune:1", state: "at=commune:1" };
    sync.hear({ answer: 1, shown });
    expect(model.sent).toEqual([{ view: "a", knows: 0, answer: false, shown }]);
    model.set(wish(1, { state: "at=commune:1" }, "a"));
    expect(asked).toEqual([]);
    sync.hear({ answer: 1, shown: START });
    expect(model.sent[1]).toMatchObject({ knows: 1, answer: false });
  });

  it("asks what Python sets once; its answer is told as one, what follows is not", () => {
    const { model, asked, sync } = begun();
    model.set(wish(1, { state: "", layers: ["p0"] }));
    model.set(wish(1, { state: "only=p0" }, "b")); // another view was faster
    expect(asked).toEqual([{ request: 2, shown: { layers: ["p0"] } }]);
    sync.hear({ answer: 2, shown: { ...START, layers: ["p0"], state: "only=p0" } });
    sync.hear({ answer: 2, shown: { ...START, layers: ["p0"], state: "m=9/50/3&only=p0" } });
    expect(model.sent.map(({ knows, answer }) => [knows, answer])).toEqual([[1, true], [1, false]]);
    expect(asked).toHaveLength(1);
  });

  it("does not tell what was so before its page had read a request", () => {
    const { model, sync } = begun();
    model.set(wish(1, { layers: ["p0"] }));
    sync.hear({ answer: 1, shown: { ...START, selection: "commune:1" } });
    expect(model.sent).toEqual([]);
  });

  it("an older wish that comes late is left aside", () => {
    const { model, asked } = begun();
    model.set(wish(5, { layers: ["p0"] }));
    model.set(wish(4, { layers: [] }));
    expect(asked).toHaveLength(1);
  });

  it("what is no news of a page is left aside", () => {
    const { model, sync } = begun();
    expect(sync.hear({ answer: 1, shown: { layers: ["x"] } })).toBe(false);
    expect(model.sent).toEqual([]);
  });

  it("nobody listens after the end", () => {
    const { model, asked, sync } = begun();
    sync.close();
    model.set(wish(1, { layers: [] }));
    expect([asked, model.watching.size]).toEqual([[], 0]);
  });
});

describe("two views of different sizes", () => {
  it("do not move each other, and so never answer each other for ever", () => {
    const { model, asked } = begun();
    model.set(wish(1, { state: "m=9.25/50.1/3.2" }, "b"));
    expect([asked, model.sent]).toEqual([[], []]);
  });

  it("follow each other's layers, each with its own sight of the map", () => {
    const { model, asked, sync } = begun();
    sync.hear({ answer: 1, shown: { ...START, state: "m=8/50/3" } });
    model.set(wish(9, { state: "m=9.25/50.1/3.2&off=p0" }, "b"));
    expect(asked).toEqual([{ request: 2, shown: { state: "m=8/50/3&off=p0" } }]);
  });
});

describe("a link for a page that shows something", () => {
  const now: Shown = { ...START, state: "m=8/50/3&at=commune:1", selection: "commune:1" };

  it.each<[string, Wish, Partial<Shown>]>([
    ["goes to a place that is chosen anew", wish(1, { state: "m=9/51/2&at=commune:2" }, "b"), { state: "at=commune:2" }],
    ["stays where nothing is chosen any more", wish(1, { state: "off=p0" }, "b"), { state: "m=8/50/3&off=p0" }],
    ["is not opened where only a part was set", wish(1, { state: "m=9/51/2&at=commune:1", date: null }), { date: null }],
    ["is opened as it is where Python set it", wish(1, { state: "m=9/51/2" }, "", true), { state: "m=9/51/2" }],
    ["is not there where Python set parts alone", wish(1, { date: [2017, 2019] }), { date: [2017, 2019] }],
  ])("%s", (_, wanted, asked) => expect(onTop(wanted, now)).toEqual(asked));
});
