import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { following, opening, Player, STEP } from "./player";
import type { Years } from "./histogram";

const axis = { first: 2013, last: 2026 };

describe("the years that are played", () => {
  it.each<[string, Years | null, Years]>([
    ["all dates, from the first year", null, { from: 2013, to: 2013 }],
    ["a year, from that year", { from: 2019, to: 2019 }, { from: 2019, to: 2019 }],
    ["a span, from where it stands", { from: 2017, to: 2019 }, { from: 2017, to: 2019 }],
    ["the last year, again from the first", { from: 2026, to: 2026 }, { from: 2013, to: 2013 }],
    ["a span at the end, again from the first with its width", { from: 2024, to: 2026 }, { from: 2013, to: 2015 }],
    ["years before the axis, from its first", { from: 1800, to: 1801 }, { from: 2013, to: 2013 }],
    ["years after the axis, again from its first", { from: 2090, to: 2091 }, { from: 2013, to: 2013 }],
    ["years that reach over its beginning, from there", { from: 1800, to: 2015 }, { from: 2013, to: 2015 }],
    ["the whole axis, year by year", { from: 2013, to: 2026 }, { from: 2013, to: 2013 }],
  ])("%s", (_, chosen, expected) => {
    expect(opening(chosen, axis)).toEqual(expected);
  });

  it("keep the width of the span, and stop at the last year", () => {
    expect(following({ from: 2017, to: 2019 }, axis)).toEqual({ from: 2018, to: 2020 });
    expect(following({ from: 2024, to: 2026 }, axis)).toBeNull();
  });
});

describe("the player", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  function playing(steps: number): { player: Player; seen: number[]; told: boolean[] } {
    const seen: number[] = [];
    const told: boolean[] = [];
    const player = new Player(() => seen.push(seen.length) < steps, (on) => told.push(on));
    return { player, seen, told };
  }

  it("takes a step at each tick and stops after the last", () => {
    const { player, seen, told } = playing(3);
    player.start();
    player.start();
    expect(player.playing).toBe(true);
    vi.advanceTimersByTime(STEP * 2);
    expect(seen).toHaveLength(2);
    vi.advanceTimersByTime(STEP * 9);
    expect(seen).toHaveLength(3);
    expect(player.playing).toBe(false);
    expect(told).toEqual([true, false]);
  });

  it("pauses, and goes on", () => {
    const { player, seen, told } = playing(9);
    player.start();
    vi.advanceTimersByTime(STEP);
    player.stop();
    player.stop();
    vi.advanceTimersByTime(STEP * 5);
    expect(seen).toHaveLength(1);
    player.start();
    vi.advanceTimersByTime(STEP);
    expect(seen).toHaveLength(2);
    expect(told).toEqual([true, false, true]);
  });

  it("takes no further step when a step itself stops it", () => {
    let steps = 0;
    const player: Player = new Player(() => {
      steps++;
      player.stop();
      return true;
    }, () => undefined);
    player.start();
    vi.advanceTimersByTime(STEP * 4);
    expect(steps).toBe(1);
  });
});
