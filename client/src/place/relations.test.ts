import { describe, expect, it } from "vitest";
import catalogue from "../../words.json";
import { entry } from "../../test/fixture";
import { Words } from "../page/words";
import { operationsText, relationsOf } from "./relations";

describe("records know each other", () => {
  const records = [
    entry("contract", [0]),
    entry("works", [0], { kind: "operation", contract: 0, counted: 0 }),
    entry("studies", [0], { kind: "operation", contract: 0, counted: 1 }),
    entry("narrower contract", [0], { counted: 0 }),
    entry("alone", [0]),
  ];
  it("a contract has its operations, and apart from them what else is counted in it", () =>
    expect(relationsOf(records, 0)).toEqual({ contract: -1, counted: -1, operations: [1, 2], parts: [3] }));
  it("an operation has its contract, and what is counted in itself", () =>
    expect(relationsOf(records, 1)).toEqual({ contract: 0, counted: 0, operations: [], parts: [2] }));
  it("the contract and the record that counts the amount may differ", () =>
    expect(relationsOf(records, 2)).toMatchObject({ contract: 0, counted: 1 }));
  it("nothing is related to nothing", () =>
    expect(relationsOf(records, 4)).toEqual({ contract: -1, counted: -1, operations: [], parts: [] }));
  it("says how many operations of a contract are counted under other programmes", () => {
    const fr = new Words(Object.fromEntries(Object.entries(catalogue).map(([key, both]) => [key, both.fr])), "fr");
    const own = entry("own", [0], { kind: "operation", contract: 0 });
    const lent = entry("lent", [0], { kind: "operation", contract: 0, programme: 1 });
    const told = (...more: (typeof own)[]): string => operationsText([entry("contract", [0]), ...more], 0, fr);
    expect(told(own)).toBe("1 opération de ce contrat, ici ou ailleurs");
    expect(told(own, lent)).toBe("2 opérations de ce contrat, ici ou ailleurs, dont 1 d’un autre dispositif");
    expect(told(own, lent, lent)).toBe("3 opérations de ce contrat, ici ou ailleurs, dont 2 d’autres dispositifs");
  });
});
