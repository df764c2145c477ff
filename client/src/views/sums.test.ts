import { describe, expect, it } from "vitest";
import { entry } from "../../test/fixture";
import type { Entry } from "../payload";
import { addUp } from "./sums";

const amount = (more: Partial<Entry>): Entry => entry("", [0], more);
const all = (records: readonly Entry[]): number | null => addUp(records, records.keys());

describe("euros are added up once", () => {
  it("a record counted in another of the same sum is left out, through a chain too", () => {
    const records = [amount({ total: 100 }), amount({ counted: 0 }), amount({ total: 30, counted: 1 }), amount({ total: 7 })];
    expect(all(records)).toBe(107);
    expect(addUp(records, [2, 3])).toBe(37); // its contract is not in view: it stands for itself
    expect(addUp(records, [0, 2])).toBe(100);
  });
  it("what is not known is null, never 0, and 0 is 0", () => {
    expect(all([amount({}), amount({})])).toBeNull();
    expect(addUp([], [])).toBeNull();
    expect(all([amount({}), amount({ total: 0 })])).toBe(0);
  });
  it("amounts of a year are not added", () => {
    expect(all([amount({ total: 5, yearly: true })])).toBeNull();
    expect(all([amount({ total: 5, yearly: true }), amount({ total: 2 })])).toBe(2);
  });
  it("payers stand for a total that is not stated, and their parts complete them", () => {
    const own = amount({ amounts: [{ payer: "state", eur: 4.1 }] });
    const part = amount({ total: 26, amounts: [{ payer: "state", eur: 1 }], counted: 0 });
    expect(all([own])).toBe(4.1);
    expect(all([own, part])).toBeCloseTo(29.1, 6); // the State's 1 is in its 4.1; the other 25 are not
  });
  it("what parts attribute is no longer without a payer", () => {
    const own = amount({ amounts: [{ payer: "unattributed", eur: 10 }] });
    expect(all([own, amount({ amounts: [{ payer: "eu", eur: 4 }], counted: 0 })])).toBe(10);
    expect(all([own, amount({ amounts: [{ payer: "eu", eur: 14 }], counted: 0 })])).toBe(14);
  });
  it("records counted in each other stand for themselves, what is counted in them does not", () => {
    const records = [amount({ total: 1, counted: 1 }), amount({ total: 2, counted: 0 }), amount({ total: 4, counted: 0 })];
    expect(all(records)).toBe(3);
  });
  it("cents stay cents", () => expect(all([amount({ total: 0.1 }), amount({ total: 0.2 })])).toBe(0.3));
});
