import { describe, expect, it } from "vitest";
import catalogue from "../../words.json";
import { entry, payload } from "../../test/fixture";
import type { Atlas } from "../geometry/atlas";
import { NO_FILTERS } from "../state/filters";
import { missingText } from "../share/linknote";
import { densityOf } from "./printlegend";
import { printState } from "./printstate";
import type { State } from "../state/store";
import { Words } from "../page/words";

const words = new Words(Object.fromEntries(Object.entries(catalogue).map(([key, { fr }]) => [key, fr])), "fr");
const atlas = { payload: payload([entry("a", [0])]) } as unknown as Atlas;

describe("what narrows the map, on paper", () => {
  const day = "Imprimé le 22 novembre 2026";
  const said = (more: Partial<Pick<State, "filters" | "hidden">>, from = atlas): string =>
    printState(from, { filters: NO_FILTERS, hidden: new Set(), ...more }, words, "2026-11-22");
  it("is the day alone when nothing does", () => expect(said({})).toBe(day));
  it("names what was chosen", () =>
    expect(printState(atlas, { filters: NO_FILTERS, hidden: new Set() }, words, "2026-11-22", "Denain")).toBe(`Mis en évidence\u00a0: Denain · ${day}`));
  it("names each facet", () => {
    const filters = { ...NO_FILTERS, kinds: new Set(["mission", "contract"] as const), statuses: new Set(["signed", ""] as const), themes: new Set(["eau"]), departement: 0, most: 5e6 };
    expect(said({ filters })).toBe(
      `Filtres\u00a0: contrats, missions\u00a0; statut\u00a0: signé, non précisé\u00a0; thème\u00a0: eau\u00a0; Essai\u00a0; montant d’au plus 5\u00a0M€ · ${day}`);
  });
  it("names the layers that are on or off, whichever are few", () => {
    const many = { payload: payload(Array.from({ length: 20 }, (_, programme) => entry(`r${programme}`, [0], { programme }))) } as unknown as Atlas;
    const off = (count: number): ReadonlySet<number> => new Set(Array.from({ length: count }, (_, programme) => programme));
    expect(said({ hidden: off(2) }, many)).toBe(`Couches masquées\u00a0: P0, P1 · ${day}`);
    expect(said({ hidden: off(18) }, many)).toBe(`Couches affichées\u00a0: P18, P19 · ${day}`);
    expect(said({ hidden: off(10) }, many)).toBe(`10 couches affichées sur 20 · ${day}`);
    expect(said({ hidden: off(20) }, many)).toBe(`0 couches affichées sur 20 · ${day}`);
  });
});

describe("the printed legend", () => {
  it("is set closer the more it holds, and has its own page at last", () => {
    const name = "Contrats de développement territorial";
    const lines = (count: number): string[] => Array.from({ length: count }, () => name);
    expect([1, 30, 44, 60, 300].map((count) => densityOf([lines(count)]))).toEqual(["roomy", "roomy", "close", "closest", "apart"]);
  });
});

describe("what is shared", () => {
  it("names a few of the things that a link asks for in vain", () => {
    expect(missingText(["acv", "commune:1"], words)).toBe("Une partie de ce lien n’existe pas dans cette carte\u00a0: acv, commune:1.");
    const many = missingText(Array.from({ length: 9 }, (_, i) => `${i}`.repeat(80)), words);
    expect(many).toContain("et 4 autres");
    expect(many.length).toBeLessThan(300);
  });
});
