import { describe, expect, it } from "vitest";
import { cut, pieces } from "./cutting";

describe("a long text", () => {
  it("is cut between words, and a shorter one is as it is", () => {
    const text = "mot ".repeat(300);
    const short = cut(text);
    expect(short).toMatch(/ mot…$/);
    expect(short.length).toBeLessThanOrEqual(401);
    expect(text.startsWith(short.slice(0, -1))).toBe(true);
    expect(cut("A".repeat(600))).toBe("A".repeat(600));
  });

  it("is never cut within a sign", () => {
    for (const [sign, whole] of [["😀", /^(?:😀)+…$/u], ["e\u0301", /^(?:e\u0301)+…$/u], ["👩\u200d🚀", /^(?:👩\u200d🚀)+…$/u]] as const) {
      for (const before of ["", "a"]) expect(cut(before + sign.repeat(400)).slice(before.length), sign).toMatch(whole);
    }
  });

  it("may break where it has no blank, and loses nothing", () => {
    const text = `avant ${"A".repeat(32_767)} après ${"😀".repeat(150)}`;
    const parts = pieces(text);
    expect(parts.join("")).toBe(text);
    expect(Math.max(...parts.flatMap((part) => part.split(" ")).map((word) => word.length))).toBeLessThanOrEqual(200);
    expect(parts.every((part) => !/^[\udc00-\udfff]/.test(part))).toBe(true);
    expect(pieces("mot ".repeat(300))).toHaveLength(1);
  });
});
