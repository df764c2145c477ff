import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import catalogue from "../../words.json";
import { Words } from "../page/words";
import { linkNote } from "./linknote";

const words = new Words(Object.fromEntries(Object.entries(catalogue).map(([key, { fr }]) => [key, fr])), "fr");

/** As much of an element as a note needs. */
class Part {
  textContent = "";
  readonly children: Part[] = [];
  readonly classes = new Set<string>();
  readonly classList = { add: (name: string) => void this.classes.add(name), remove: (name: string) => void this.classes.delete(name) };
  private readonly acts = new Map<string, (event: unknown) => void>();
  setAttribute(): void {}
  append(child: Part): void {
    this.children.push(child);
  }
  contains(): boolean {
    return false;
  }
  addEventListener(type: string, act: (event: unknown) => void): void {
    this.acts.set(type, act);
  }
  does(type: string, event: unknown = {}): void {
    this.acts.get(type)?.(event);
  }
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("document", { createElement: () => new Part(), createElementNS: () => new Part(), activeElement: null, querySelector: () => null });
  vi.stubGlobal("window", { setTimeout: (run: () => void, ms: number) => setTimeout(run, ms), clearTimeout: (timer: ReturnType<typeof setTimeout>) => clearTimeout(timer) });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("the note on a link", () => {
  function note() {
    const { element, show } = linkNote(words);
    const part = element as unknown as Part;
    return { part, show, said: () => part.children[0]!.textContent };
  }

  it("speaks after it is there", () => {
    const { part, show, said } = note();
    show(["gone"]);
    expect([part.classes.has("gc-shown"), said()]).toEqual([true, ""]);
    vi.advanceTimersByTime(1000);
    expect(said()).toContain("gone");
  });

  it.each<[string, (part: Part, show: (names: readonly string[]) => void) => void]>([
    ["its button", (part) => part.children[1]!.does("click")],
    ["Escape", (part) => part.does("keydown", { key: "Escape" })],
    ["a good link", (_, show) => show([])],
  ])("closed by %s stays empty", (_, close) => {
    const { part, show, said } = note();
    show(["gone"]);
    close(part, show);
    vi.advanceTimersByTime(1000);
    expect([part.classes.has("gc-shown"), said()]).toEqual([false, ""]);
    show(["lost"]);
    vi.advanceTimersByTime(1000);
    expect(said()).toContain("lost");
    close(part, show);
    expect(said()).toBe("");
  });

  it("says the last of two links", () => {
    const { show, said } = note();
    show(["gone"]);
    vi.advanceTimersByTime(150);
    show(["lost"]);
    vi.advanceTimersByTime(100);
    expect(said()).toBe("");
    vi.advanceTimersByTime(1000);
    expect(said()).toContain("lost");
  });
});
