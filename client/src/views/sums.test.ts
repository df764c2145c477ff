import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { entry } from "../../test/fixture";
import type { Entry, Payer } from "../payload";
import { addUp, funding } from "./sums";

interface Case {
  readonly name: string;
  readonly records: readonly { total: number | null; payers: Partial<Record<Payer, number>>; counted: number; yearly?: boolean }[];
  /** Those that are added up; all of them where it is left out. */
  readonly some?: readonly number[];
  readonly total: number | null;
  readonly payers: Partial<Record<Payer, number>>;
}

/** What the package reads too: tests/webmap/test_sums.py. */
const CASES = JSON.parse(readFileSync(new URL("../../../tests/webmap/sums.json", import.meta.url), "utf8")) as Case[];

describe("euros are added up once, as the package does", () => {
  it.each(CASES.map((each) => [each.name, each] as const))("%s", (_, { records, some, total, payers }) => {
    const made = records.map(({ payers: own, yearly = false, ...rest }): Entry => entry("", [0], {
      ...rest, yearly, amounts: Object.entries(own).map(([payer, eur]) => ({ payer: payer as Payer, eur })),
    }));
    const found = funding(made, some ?? made.keys());
    expect(found.total).toBe(total);
    expect(Object.fromEntries(found.payers)).toEqual(payers);
    expect(addUp(made, some ?? [...made.keys()])).toBe(total);
  });
  it("by the short way where there is one, with the same result", () => {
    let seed = 3;
    const any = (n: number): number => (seed = (seed * 48271) % 2147483647) % n;
    for (let round = 0; round < 300; round++) {
      const records = Array.from({ length: 12 }, () => entry("", [0], {
        total: any(3) === 0 ? null : any(5000) / 100, yearly: any(9) === 0, counted: any(2) === 0 ? -1 : any(12),
        amounts: (["state", "eu", "unattributed"] as const).filter(() => any(2) === 0).map((payer) => ({ payer, eur: any(9999) / 100 })),
      }));
      const some = [...records.keys()].filter(() => any(3) === 0);
      expect(addUp(records, some)).toBe(funding(records, some).total);
    }
  });
  it("a long chain is walked in no time that counts", () => {
    const records = Array.from({ length: 20_001 }, (_, i) => entry("", [0], { total: i + 1, counted: i < 20_000 ? i + 1 : -1 }));
    expect(addUp(records, [...records.keys()])).toBe(20_001);
    expect(addUp(records, [0, 19_999])).toBe(20_000);
  });
});
