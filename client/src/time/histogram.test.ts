import { describe, expect, it } from "vitest";
import { entry } from "../../test/fixture";
import { axisOf, countYears, onAxis, spansOf, yearsOf } from "./histogram";
import { inForce, type Span } from "../state/period";
import { yearAt } from "./timebars";

const records = [
  entry("signed only", [], { signed: "2018-06-01" }),
  entry("a span", [], { starts: "2015", ends: "2020-12" }),
  entry("over, of which only the end is known", [], { ends: "2012", status: "ended" }),
  entry("over, of which only the start is known", [], { starts: "2019", status: "ended" }),
  entry("begins before it is signed", [], { signed: "2017", starts: "2016", ends: "2027" }),
  entry("without a date", []),
  entry("the wrong way round", [], { starts: "2020", ends: "2016" }),
];
const spans = spansOf(records);

describe("the axis", () => {
  it.each<[string, (Span | null)[], number, [number, number]]>([
    ["runs from 2013 to today", [], 2026, [2013, 2026]],
    ["starts earlier where a record does", [{ from: 2009, to: 2010 }, null], 2026, [2009, 2026]],
    ["goes on where a record has yet to begin", [{ from: 2029, to: null }], 2026, [2013, 2029]],
    ["does not go on for an end to come", [{ from: 2017, to: 2040 }], 2026, [2013, 2026]],
    ["is not stretched by a slip", [{ from: 1019, to: null }, { from: 9999, to: null }], 2026, [2013, 2026]],
    ["is not stretched by one record far ahead", [{ from: 1890, to: 1895 }, { from: 1960, to: 1961 }, { from: 2090, to: null }], 2026, [1890, 2026]],
    ["is stretched by many of them", [{ from: 2015, to: null }, { from: 2090, to: null }, { from: 2090, to: null }], 2026, [2013, 2090]],
    ["leaves today where nothing is near it", [{ from: 1700, to: 1710 }, { from: 1705, to: 1720 }], 2026, [1700, 1705]],
    ["holds as many as it can", [{ from: 1700, to: 1710 }, { from: 2015, to: null }, { from: 2016, to: null }], 2026, [2013, 2026]],
    ["holds the latest if there is a choice", [{ from: 1700, to: 1710 }, { from: 2010, to: null }], 2026, [2010, 2026]],
    ["holds one year at least, whatever the clock says", [], 1970, [2013, 2013]],
  ])("%s", (_, some, today, [first, last]) => {
    expect(axisOf(some, today)).toEqual({ first, last });
  });

  it("takes a span in, the right way round", () => {
    expect(onAxis({ from: 2030, to: 2001 }, { first: 2013, last: 2026 })).toEqual({ from: 2013, to: 2026 });
  });

  it("knows the year under a point, and those at its ends beyond them", () => {
    const axis = { first: 2013, last: 2026 };
    expect([-5, 0, 9.9, 10, 139, 500].map((x) => yearAt(x, 0, 140, axis))).toEqual([2013, 2013, 2013, 2014, 2026, 2026]);
    expect(yearAt(3, 0, 0, axis)).toBe(2013); // bars without a width yet
  });
});

describe("the histogram", () => {
  const axis = axisOf(spans, 2026);

  it("counts each year what the period of that year lets pass", () => {
    const { inForce: counts } = countYears(spans, records.keys(), axis);
    const expected = yearsOf(axis).map((year) => records.filter((record) => inForce(record, { from: year, to: year, undated: false })).length);
    expect(counts).toEqual(expected);
    expect(counts[0]).toBe(1); // 2012
    expect(counts[2019 - 2012]).toBe(4);
    expect(counts[2026 - 2012]).toBe(3); // also what ends before it begins: its end is not known
  });

  it("knows of how many no source tells the end", () => {
    const { endless } = countYears(spans, records.keys(), axis);
    expect([2012, 2017, 2018, 2026].map((year) => endless[year - 2012])).toEqual([0, 0, 1, 2]);
  });

  it("takes what is only planned for what has no date", () => {
    const planned = spansOf([entry("a", [], { status: "planned", starts: "2020" }), entry("b", [], { status: "announced", signed: "2018" })]);
    expect(planned).toEqual([null, null]);
    expect(countYears(planned, [0, 1], axis).undated).toBe(2);
  });

  it("counts only the records it is given, and says how many have no date", () => {
    const { inForce: counts, undated, all } = countYears(spans, [1, 5], axis);
    expect({ undated, all }).toEqual({ undated: 1, all: 2 });
    expect(counts.reduce((sum, n) => sum + n)).toBe(6); // 2015 to 2020
  });

  it("counts what began before the axis, and leaves out what ended before it", () => {
    const short = { first: 2018, last: 2019 };
    const counted = countYears([{ from: 1900, to: null }, { from: 1900, to: 1950 }, { from: 2030, to: null }, { from: 2020, to: 2040 }], [0, 1, 2, 3], short);
    expect(counted).toMatchObject({ inForce: [1, 1], before: 1, after: 2 });
  });

  it("has its years when nothing is in view", () => {
    expect(countYears(spans, [], { first: 2024, last: 2026 })).toEqual({ inForce: [0, 0, 0], endless: [0, 0, 0], undated: 0, all: 0, before: 0, after: 0 });
  });
});
