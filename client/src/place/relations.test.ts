import { describe, expect, it } from "vitest";
import { entry } from "../../test/fixture";
import { relationsOf } from "./relations";

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
});
