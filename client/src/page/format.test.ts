import { describe, expect, it } from "vitest";
import { date, euros, exactEuros, metres, number } from "./format";

describe("French", () => {
  it("numbers have a narrow no-break space and a comma", () => {
    expect(number(1234567.5, "fr")).toBe("1\u202f234\u202f567,5");
    expect(number(0, "fr")).toBe("0");
  });
  it("euros have a no-break space before the sign", () => {
    expect(euros(1234.5, "fr")).toBe("1\u202f234,50\u00a0€");
    expect(euros(750000, "fr")).toBe("750\u202f000\u00a0€");
    expect(euros(0, "fr")).toBe("0\u00a0€");
    expect(euros(155e6, "fr")).toBe("155\u00a0M€");
    expect(euros(999.4e6, "fr")).toBe("999\u00a0M€");
    expect(euros(999.6e6, "fr")).toBe("1\u00a0Md€");
    expect(euros(2.962e9, "fr")).toBe("2,96\u00a0Md€");
    expect(euros(15.25e6, "fr")).toBe("15,3\u00a0M€");
    expect(exactEuros(155e6, "fr")).toBe("155\u202f000\u202f000\u00a0€");
  });
  it("dates stay as partial as they are", () => {
    expect(date("2019", "fr")).toBe("2019");
    expect(date("2019-06", "fr")).toBe("juin 2019");
    expect(date("2019-06-29", "fr")).toBe("29 juin 2019");
    expect(date("2019-02-01", "fr")).toBe("1er février 2019");
    expect(date("été 2019", "fr")).toBe("été 2019");
  });
  it("distances", () => {
    expect(metres(20000, "fr")).toBe("20\u00a0km");
    expect(metres(500, "fr")).toBe("500\u00a0m");
  });
});

describe("English", () => {
  it("differs", () => {
    expect(number(1234567.5, "en")).toBe("1,234,567.5");
    expect(euros(2.962e9, "en")).toBe("€2.96bn");
    expect(euros(155e6, "en")).toBe("€155m");
    expect(euros(750000, "en")).toBe("€750,000");
    expect(date("2019-06-29", "en")).toBe("29 June 2019");
    expect(date("2019-06", "en")).toBe("June 2019");
  });
});
