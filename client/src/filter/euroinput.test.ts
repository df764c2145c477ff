import { describe, expect, it } from "vitest";
import { parseEuros } from "./euroinput";

describe("an amount that was typed", () => {
  it.each<[string, number]>([
    ["1 000 000", 1e6], ["1\u202f000\u00a0000 €", 1e6], ["1,5 M", 1.5e6], ["1.5M€", 1.5e6], ["500k", 5e5], ["500 K€", 5e5], ["2 Md€", 2e9],
    ["3 millions d", NaN], ["3 millions", 3e6], ["1 milliard d’euros", NaN], ["2 milliards", 2e9], ["€1.5m", 1.5e6], ["12 euros", 12], ["0", 0],
    ["1.000.000", 1e6], ["1,000,000.50", 1000000.5], ["1.500", 1500], ["1,500 M", 1.5e6], ["1234,56", 1234.56], ["0,1 M", 1e5],
    ["0,001", NaN], ["0.500 €", NaN], ["0,0001", NaN], ["007,500", NaN], ["0.001.000", NaN], ["0,50", 0.5], ["0,001 M", 1000], ["0,500 Md", 5e8],
    ["99999999 Md", 1e13], ["1.000.000,29 k", 1_000_000_290], ["10 000 000 000 000", 1e13], ["", NaN], ["beaucoup", NaN], ["-5", NaN], ["1,2,3", NaN], ["5 x", NaN], ["1.000,5.3", NaN], ["M", NaN],
  ])("%s", (text, euros) => expect(parseEuros(text)).toBe(Number.isNaN(euros) ? null : euros));
});
