import { describe, expect, it } from "vitest";
import { amountClass, amountClasses, countClass, countClasses, roundNumber } from "./classes";

const repeat = (...pairs: [number, number][]): number[] => pairs.flatMap(([value, times]) => Array.from({ length: times }, () => value));
const text = (ranges: readonly { from: number; to: number | null }[]): string => ranges.map(({ from, to }) => (from === to ? from : `${from}-${to ?? ""}`)).join(" ");

describe("classes of counts", () => {
  it.each([
    ["nothing but zeros", repeat([0, 9]), ""],
    ["a few numbers, one class each", repeat([0, 9], [1, 5], [4, 5]), "1 4"],
    ["as many numbers as classes", repeat([1, 90], [2, 1], [3, 1], [4, 1], [7, 1]), "1 2 3 4 7"],
    ["a long tail", repeat([2, 1545], [3, 885], [4, 516], [5, 200], [6, 150], [7, 300], [8, 100], [10, 80]), "2 3 4 5-6 7-10"],
    ["evenly spread", repeat(...Array.from({ length: 10 }, (_, i): [number, number] => [i + 1, 10])), "1-2 3-4 5-6 7-8 9-10"],
  ])("%s", (_, counts, expected) => expect(text(countClasses(counts))).toBe(expected));
  it("hold every count but 0", () => {
    const counts = repeat([0, 3], [1, 4], [2, 9], [3, 1], [5, 2], [9, 1], [30, 2]);
    const ranges = countClasses(counts);
    expect(ranges.length).toBe(5);
    for (const count of counts) expect(countClass(ranges, count) >= 0).toBe(count > 0);
  });
});

describe("classes of amounts", () => {
  it("have round limits", () => {
    expect([0.7, 1.3, 1.5, 30, 3200, 8e6].map((value) => roundNumber(value))).toEqual([0.5, 1, 2, 20, 5000, 1e7]);
    expect(text(amountClasses([12e3, 250e3, 750e3, 3e6, 4e6, 48e6, 58e6, 155e6, 280e6]))).toBe("0-200000 200000-2000000 2000000-50000000 50000000-200000000 200000000-");
  });
  it("are never empty, and hold every amount", () => {
    for (const values of [[5], [0], [1, 1, 1, 1], [1, 1e9], [3, 4, 5, 6, 7, 8], [0, 0, 0, 5e6]]) {
      const ranges = amountClasses(values);
      const held = ranges.map((_, rank) => values.filter((value) => amountClass(ranges, value) === rank).length);
      expect(held.every((n) => n > 0)).toBe(true);
      expect(held.reduce((a, b) => a + b)).toBe(values.length);
    }
  });
  it("are five, none with half of the units, where amounts lie near each other", () => {
    const close = Array.from({ length: 101 }, (_, i) => (300 + 4 * i) * 1e6);
    expect(text(amountClasses(close))).toBe("0-380000000 380000000-460000000 460000000-540000000 540000000-620000000 620000000-");
  });
  it("do not mind what is not known", () => {
    expect(amountClasses([NaN, NaN])).toEqual([]);
    expect(amountClass(amountClasses([1, NaN]), NaN)).toBe(-1);
  });
});
