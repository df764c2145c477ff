import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { SLICE, Slices, WITHOUT_FRAMES, type Work } from "./slices";

/** Work of some steps, each of which takes 5 ms. */
function* steps(log: string[], name: string, count: number): Work {
  for (let i = 0; i < count; i++) {
    vi.setSystemTime(Date.now() + 5);
    log.push(`${name}${i}`);
    yield;
  }
  log.push(`${name} done`);
}

describe("work in slices", () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance", "Date"] });
    vi.stubGlobal("requestAnimationFrame", (run: () => void) => setTimeout(run, 16));
    vi.stubGlobal("cancelAnimationFrame", (frame: ReturnType<typeof setTimeout>) => clearTimeout(frame));
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });
  const clock = (): void => void vi.spyOn(performance, "now").mockImplementation(() => Date.now());

  it("is done in the end, never for much longer than a slice at once", () => {
    clock();
    const log: string[] = [];
    const slices = new Slices();
    slices.begin(steps(log, "a", 10));
    expect(log).toEqual([]);
    vi.advanceTimersToNextTimer();
    expect(log).toHaveLength(Math.ceil(SLICE / 5));
    expect(slices.idle).toBe(false);
    vi.runAllTimers();
    expect(log.filter((line) => /\d$/.test(line))).toHaveLength(10);
    expect(log.at(-1)).toBe("a done");
    expect(slices.idle).toBe(true);
  });

  it("begins at once where it may", () => {
    clock();
    const log: string[] = [];
    const slices = new Slices();
    slices.begin(steps(log, "a", 2), 24);
    expect(log).toContain("a done");
    expect(slices.idle).toBe(true);
  });

  it("gives way to newer work: nothing of the old follows", () => {
    clock();
    const log: string[] = [];
    const slices = new Slices();
    slices.begin(steps(log, "a", 10), 1);
    slices.begin(steps(log, "b", 3));
    vi.runAllTimers();
    expect(log).toEqual(["a0", "b0", "b1", "b2", "b done"]);
  });

  it("is finished when paper asks for it", () => {
    clock();
    const log: string[] = [];
    const slices = new Slices();
    slices.begin(steps(log, "a", 50));
    slices.finish();
    expect(log).toContain("a done");
    vi.runAllTimers();
    expect(log.filter((line) => line === "a done")).toHaveLength(1);
  });

  it("is dropped when it is cancelled: nothing of it follows", () => {
    clock();
    const log: string[] = [];
    const slices = new Slices();
    slices.begin(steps(log, "a", 10), 1);
    slices.cancel();
    expect(slices.idle).toBe(true);
    vi.runAllTimers();
    expect(log).toEqual(["a0"]);
    expect(slices.idle).toBe(true);
  });

  it("that begins other work itself leaves that to run", () => {
    clock();
    const log: string[] = [];
    const slices = new Slices();
    slices.begin((function* (): Work {
      yield;
      slices.begin(steps(log, "b", 1));
    })());
    vi.runAllTimers();
    expect(log).toContain("b done");
    expect(slices.idle).toBe(true);
  });

  it("has each step painted before it looks at the clock", () => {
    clock();
    const log: string[] = [];
    const slices = new Slices(() => {
      vi.setSystemTime(Date.now() + 2 * SLICE);
      log.push("painted");
    });
    slices.begin(steps(log, "a", 3));
    vi.advanceTimersToNextTimer();
    expect(log).toEqual(["a0", "painted"]);
    vi.runAllTimers();
    expect(log.at(-1)).toBe("painted");
  });

  it("waits for a frame where a step asks for it, though there were time; paper does not wait", () => {
    clock();
    const log: string[] = [];
    const slices = new Slices();
    const work = function* (): Work {
      log.push("ground");
      yield "frame";
      log.push("symbols");
    };
    slices.begin(work(), 100);
    vi.advanceTimersByTime(16); // the frame that shows the act itself
    expect(log).toEqual(["ground"]);
    vi.advanceTimersByTime(16);
    expect(log).toEqual(["ground", "symbols"]);
    log.length = 0;
    slices.begin(work());
    vi.advanceTimersByTime(16);
    expect(log).toEqual(["ground"]);
    vi.advanceTimersByTime(16);
    expect(log).toEqual(["ground", "symbols"]);
    log.length = 0;
    slices.begin(work());
    slices.finish();
    expect(log).toEqual(["ground", "symbols"]);
  });

  it("goes on where no frame comes", () => {
    clock();
    vi.stubGlobal("requestAnimationFrame", () => 0);
    const log: string[] = [];
    const slices = new Slices();
    slices.begin(steps(log, "a", 1));
    vi.advanceTimersByTime(WITHOUT_FRAMES);
    expect(log).toContain("a done");
  });
});
