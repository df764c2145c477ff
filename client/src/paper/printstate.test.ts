import { describe, expect, it } from "vitest";
import catalogue from "../../words.json";
import { entry, payload } from "../../test/fixture";
import type { Atlas } from "../geometry/atlas";
import { embedCode } from "../share/embed";
import { NO_FILTERS } from "../state/filters";
import { missingText } from "../share/linknote";
import { densityOf } from "./printlegend";
import { printState } from "./printstate";
import { Words } from "../page/words";

const words = new Words(Object.fromEntries(Object.entries(catalogue).map(([key, { fr }]) => [key, fr])), "fr");
const atlas = { payload: payload([entry("a", [0])]) } as unknown as Atlas;

describe("what narrows the map, on paper", () => {
  it("is nothing when nothing does", () => expect(printState(atlas, NO_FILTERS, words)).toBe(""));
  it("names each facet", () => {
    const filters = { ...NO_FILTERS, kinds: new Set(["mission", "contract"] as const), statuses: new Set(["signed", ""] as const), themes: new Set(["eau"]), departement: 0, most: 5e6 };
    expect(printState(atlas, filters, words)).toBe(
      "Filtres\u00a0: contrats, missions\u00a0; statut\u00a0: signé, non précisé\u00a0; thème\u00a0: eau\u00a0; Essai\u00a0; montant d’au plus 5\u00a0M€");
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
  it("embeds a link and a title as attributes, whatever they hold", () => {
    const code = embedCode('https://a.fr/carte.html#off=a,b&t=2017-2019"><script>', 'Contrats "2026" <b>');
    expect(code).toContain('src="https://a.fr/carte.html#off=a,b&amp;t=2017-2019&quot;&gt;&lt;script&gt;"');
    expect(code).toContain('title="Contrats &quot;2026&quot; &lt;b&gt;"');
    expect(code).toContain('loading="lazy" width="100%"');
  });
  it("names a few of the things that a link asks for in vain", () => {
    expect(missingText(["acv", "commune:1"], words)).toBe("Une partie de ce lien n’existe pas dans cette carte\u00a0: acv, commune:1.");
    const many = missingText(Array.from({ length: 9 }, (_, i) => `${i}`.repeat(80)), words);
    expect(many).toContain("et 4 autres");
    expect(many.length).toBeLessThan(300);
  });
});
