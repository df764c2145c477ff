import { describe, expect, it, vi } from "vitest";
import { country, entry, payload } from "../../test/fixture";
import { Atlas } from "../geometry/atlas";
import { sheetsOf } from "./sheets";
import { viewOf } from "./view";

vi.stubGlobal("matchMedia", () => ({ matches: false, addEventListener: () => {} }));
const { Perimeters } = await import("./perimeters");
const { Styles } = await import("./styles");

const made = country();

/** As many perimeters, one a programme, on a few squares; and a view of the country, or of a place beside it. */
function drawn(count: number, tx: number): boolean {
  const records = Array.from({ length: count }, (_, i) => entry(`r${i}`, [made.unit(i % 2 ? "2,8" : "9,9")], { programme: i % 10 }));
  const atlas = new Atlas(payload(records, made), made.arcs);
  const view = viewOf({ zoom: 8, scale: 1, tx, ty: 300, width: 600, height: 600, padX: 0, padY: 0, covered: 0, dpr: 1 });
  return new Perimeters(atlas, new Styles(atlas)).isCalm(view, sheetsOf(atlas, records.keys()));
}

describe("the calm drawing", () => {
  it("begins where more perimeters are in sight than can be told apart", () => {
    expect(drawn(150, 300)).toBe(false);
    expect(drawn(151, 300)).toBe(true);
  });
  it("ends where few of them are in sight, however many there are", () => expect(drawn(450, 50_000)).toBe(false));
});
