import { afterEach, describe, expect, it, vi } from "vitest";
import { country, payload } from "../../test/fixture";
import { Atlas } from "../geometry/atlas";
import { cut } from "./labels";
import { Navigator } from "./navigate";

const size = { x: 590, y: 684 };
const map = { on: () => undefined, getMinZoom: () => 6, getSize: () => size, getContainer: () => ({ addEventListener: () => undefined }) };

describe("on paper", () => {
  afterEach(() => void vi.unstubAllGlobals());
  it("no name is written where the scale, the credits and the arrow to the north stand", () => {
    vi.stubGlobal("ResizeObserver", class { observe(): void {} });
    const navigate = new Navigator(map as unknown as L.Map, new Atlas(payload([]), country().arcs), {} as HTMLElement);
    navigate.printing = true;
    const view = { tx: 0, ty: 0, padX: 0, padY: 0, width: size.x, height: size.y, covered: 0 };
    const isCut = (x: number, y: number): boolean => cut(view, x, y, 60, navigate.standing());
    for (const up of [12, 24, 36]) for (const x of [20, 250, 500]) expect(isCut(x, size.y - up)).toBe(true);
    expect(isCut(500, 20)).toBe(true);
    expect(isCut(20, 20)).toBe(false);
    expect(isCut(20, size.y - 50)).toBe(false);
  });
});
