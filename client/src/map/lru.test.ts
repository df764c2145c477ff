import { describe, expect, it } from "vitest";
import { Lru } from "./lru";

function cache(most: number): { ask: (...keys: string[]) => void; made: string[]; lru: Lru<string | undefined> } {
  const made: string[] = [];
  const lru = new Lru<string | undefined>(most);
  const ask = (...keys: string[]): void => keys.forEach((key) => lru.get(key, () => {
    made.push(key);
    return key === "void" ? undefined : key;
  }));
  return { ask, made, lru };
}

describe("what is kept", () => {
  it("is made once, also when it is nothing", () => {
    const { ask, made, lru } = cache(3);
    ask("a", "b", "a", "void", "void");
    expect(made).toEqual(["a", "b", "void"]);
    expect(lru.get("a", () => "other")).toBe("a");
  });

  it("is never more than it may be", () => {
    const { ask, lru } = cache(3);
    for (let i = 0; i < 50; i++) {
      ask(String(i));
      expect(lru.size).toBe(Math.min(i + 1, 3));
    }
  });

  it("loses first what was not asked for the longest", () => {
    const { ask, made } = cache(2);
    ask("a", "b", "a", "c"); // b goes
    ask("a", "c");
    expect(made).toEqual(["a", "b", "c"]);
    ask("b"); // a goes
    ask("c", "a");
    expect(made).toEqual(["a", "b", "c", "b", "a"]);
  });
});
