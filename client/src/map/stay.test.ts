import { describe, expect, it } from "vitest";
import { distance, REST, Stay } from "./stay";

/** A note to the right of and below a pointer at (100, 100). */
const NOTE = [116, 118, 316, 218] as const;

function standing(): Stay {
  const stay = new Stay();
  stay.stand(NOTE, 100, 100, 0);
  return stay;
}

describe("a note beside the pointer", () => {
  it("goes along with a pointer that does not rest", () => {
    expect(standing().keeps(110, 110, REST - 1)).toBe("no");
  });
  it("is reached by a pointer that has rested, in steps or at once", () => {
    const stay = standing();
    expect([104, 108, 112].map((at) => stay.keeps(at, at, REST + at))).toEqual(["nearer", "nearer", "nearer"]);
    expect(stay.keeps(120, 120, REST + 200)).toBe("on");
    expect(stay.keeps(300, 210, REST + 900)).toBe("on");
    expect(standing().keeps(200, 150, REST)).toBe("on");
  });
  it("is left on any side", () => {
    for (const [x, y] of [[330, 150], [200, 230], [200, 105], [100, 150]] as const) {
      const stay = standing();
      expect(stay.keeps(200, 150, REST)).toBe("on");
      expect(stay.keeps(x, y, REST + 50)).toBe("no");
    }
  });
  it("is no longer meant by a pointer that goes away, and does not know one that goes by", () => {
    expect(standing().keeps(90, 90, REST)).toBe("no");
    const stay = standing();
    expect(stay.keeps(116, 100, REST)).toBe("nearer");
    expect(stay.keeps(160, 100, REST + 100)).toBe("by");
  });
  it("is left by a pointer that goes away little by little", () => {
    const stay = standing();
    expect([95, 90].map((at) => stay.keeps(at, 100, REST + 100 - at))).toEqual(["by", "no"]);
  });
  it("is not come nearer to by half a pixel", () => {
    const stay = standing();
    expect([100.5, 101.5].map((at) => stay.keeps(at, 118, REST + at))).toEqual(["nearer", "nearer"]);
    expect([101.6, 102, 102.4, 102.5].map((at) => stay.keeps(at, 118, REST + at))).toEqual(["by", "by", "by", "by"]);
    expect(stay.keeps(104, 118, REST + 200)).toBe("nearer");
  });
  it("is none where there is nothing to see of it", () => {
    const stay = new Stay();
    stay.stand([100, 100, 100, 100], 100, 100, 0);
    expect(stay.keeps(100, 100, REST)).toBe("no");
  });
  it("stays for a hand that trembles", () => {
    const stay = standing();
    stay.stand(NOTE, 103, 102, 120);
    expect(stay.keeps(98, 99, REST)).toBe("by");
  });
  it("is forgotten when it is gone, and begins anew when it moves on", () => {
    const stay = standing();
    stay.end();
    expect(stay.keeps(150, 150, 5 * REST)).toBe("no");
    stay.stand(NOTE, 100, 100, 1000);
    expect(stay.keeps(150, 150, 1010)).toBe("no");
  });
});

it("a point is as far from a rectangle as from its nearest edge", () => {
  expect(distance(NOTE, 200, 200)).toBe(0);
  expect(distance(NOTE, 113, 114)).toBe(5);
  expect(distance(NOTE, 320, 150)).toBe(4);
});
