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
    expect(pieces("mot ".repeat(300) + "A".repeat(150)).length).toBe(2);
  });

  it("keeps flags, families, tones and stacked letters whole, wherever it is cut or broken", () => {
    const signs = ["👍🏽", "🇫🇷", "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}", "\u1112\u1161\u11ab", "👨\u200d👩\u200d👧", "a\u{1d165}"];
    for (const sign of signs) {
      for (let before = 0; before < 16; before++) {
        const text = "x".repeat(before) + sign.repeat(900 / sign.length);
        const left = cut(text).slice(before, -1);
        expect(left.split(sign).join(""), `${sign} after ${before}`).toBe("");
        expect(pieces(text).map((piece, rank) => piece.slice(rank ? 0 : before).split(sign).join("")), sign).toEqual(pieces(text).map(() => ""));
      }
    }
  });

  it("breaks even a letter with endless marks", () => {
    const parts = pieces("a" + "\u0301".repeat(5_000));
    expect(Math.max(...parts.map((part) => part.length))).toBeLessThanOrEqual(400);
    expect(parts.join("")).toHaveLength(5_001);
  });

  it("shows and breaks a sign without end, never within a code point", () => {
    for (const before of ["", "a", "aa"]) {
      for (const mark of ["\u{1d165}", "\u0301"]) {
        const text = `${before}e${mark.repeat(900)}`;
        const short = cut(text);
        expect(short.length).toBeGreaterThan(before.length);
        for (const part of [short, ...pieces(text)]) expect(part).not.toMatch(/\p{Surrogate}/u);
        expect(pieces(text).join("")).toBe(text);
        expect(Math.max(...pieces(text).map((part) => part.length))).toBeLessThanOrEqual(400);
      }
    }
    expect(cut(`e${"\u0301".repeat(900)}`)).toHaveLength(401);
  });

  it("leaves a last word of thirty letters out, and no piece empty", () => {
    expect(cut(`${"mot ".repeat(95)}${"x".repeat(30)} ${"mot ".repeat(95)}`)).toBe(`${"mot ".repeat(94)}mot…`);
    expect(pieces("x".repeat(200)).map((part) => part.length)).toEqual([100, 100]);
  });
});
