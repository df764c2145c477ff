/** The fills of thematic maps, light and dark: one hue from faint to strong, and hatches that stay apart in grey. */
import type { Hatch } from "../payload";

/** How a class is painted: a colour, or null for the paper left white, and hatches over it. */
export interface Fill {
  readonly colour: string | null;
  readonly hatches: readonly Hatch[];
  readonly ink: string;
  /** So close, and alike at every zoom, that the smallest commune on the screen shows the hatch. */
  readonly dense?: boolean;
}

export interface Inks {
  readonly pileup: readonly string[];
  readonly amounts: readonly string[];
  /** Where there is no contract; records without amount; no data. */
  readonly white: string;
  readonly whiteInk: string;
  readonly unknownInk: string;
  readonly unknown: string;
  readonly missing: string;
  readonly missingInk: string;
  /** Combinations by their bits: A, B, A+B, C, A+C, B+C, A+B+C. */
  readonly cross: readonly string[];
}

export const LIGHT_INKS: Inks = {
  pileup: ["#d3e5ee", "#9fc9de", "#62a3c5", "#2c76a1", "#0d476c"],
  amounts: ["#eadcef", "#cfb1de", "#a97fc3", "#7c4a9c", "#4c1f6d"],
  white: "#efdfc0",
  whiteInk: "#8a6a2f",
  unknownInk: "#5f3f78",
  unknown: "#c9c5a8",
  missing: "#e3e1dc",
  missingInk: "#77706a",
  cross: ["#b5d5ee", "#f6d28c", "#5d8f63", "#f0bcc8", "#7a6cb0", "#b7603c", "#3a3340"],
};

export const DARK_INKS: Inks = {
  pileup: ["#2d4957", "#386a84", "#4f92b3", "#86bdd8", "#d2ebf7"],
  amounts: ["#59456b", "#765a8e", "#9a7ab4", "#c2a5d8", "#efe4f8"],
  white: "#51452f",
  whiteInk: "#d3b67c",
  unknownInk: "#cdb3de",
  unknown: "#5d5b42",
  missing: "#33383c",
  missingInk: "#9aa1a6",
  cross: ["#35607f", "#7a5a1d", "#86bf8c", "#7d4757", "#b3a7e6", "#eb9f79", "#f3eef8"],
};

const CROSS_HATCHES: readonly Hatch[] = ["slash", "backslash", "horizontal"];
/** Of five strengths, those that few classes take: as far apart as can be. */
const STRENGTHS = [[], [2], [1, 3], [0, 2, 4], [0, 1, 3, 4], [0, 1, 2, 3, 4]] as const;

/** The relative luminance of a colour written with six digits. */
export function luminance(colour: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const value = parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}

/** What a class is: its scale, and its rank among so many. */
export type Style =
  | { readonly kind: "scale"; readonly scale: "pileup" | "amounts"; readonly rank: number; readonly of: number }
  | { readonly kind: "cross"; readonly mask: number }
  | { readonly kind: "white" | "missing" | "paper" }
  /** `flat`: a tint for units too small to show a pattern. */
  | { readonly kind: "unknown"; readonly flat: boolean };

export function fillOf(style: Style, inks: Inks): Fill {
  switch (style.kind) {
    case "scale": return { colour: inks[style.scale][STRENGTHS[style.of]![style.rank]!]!, hatches: [], ink: "" };
    case "cross": {
      const colour = inks.cross[style.mask - 1]!;
      return { colour, hatches: CROSS_HATCHES.filter((_, rank) => style.mask & (1 << rank)), ink: luminance(colour) > 0.3 ? "#26221c" : "#ffffff" };
    }
    case "white": return { colour: inks.white, hatches: ["slash"], ink: inks.whiteInk };
    case "unknown": return style.flat ? { colour: inks.unknown, hatches: [], ink: "" } : { colour: inks.unknown, hatches: ["dots"], ink: inks.unknownInk, dense: true };
    case "missing": return { colour: inks.missing, hatches: ["grid"], ink: inks.missingInk };
    case "paper": return { colour: null, hatches: [], ink: "" };
  }
}
