import { describe, expect, it } from "vitest";
import example from "../../test/wired.json";
import { unwired, type Wired } from "./wire";

const block = (): Uint8Array => Uint8Array.from(Buffer.from(example.block, "base64"));
const read = () => unwired(example.wired as unknown as Wired, block());

describe("a payload as Python writes it into a page", () => {
  it("comes back whole", () => {
    expect(read()).toEqual(example.payload);
  });

  it("says of every record, in its own order, what the declaration says", () => {
    for (const record of read().records) expect(Object.keys(record)).toEqual(Object.keys(example.payload.records[0]!));
  });

  it("says once what records share", () => {
    const [first, second, , , , operation] = read().records;
    expect(first!.elsewhere).toBe(second!.elsewhere);
    expect(first!.themes).toBe(second!.themes);
    expect(operation!.reasons).toBe(operation!.links);
  });

  it("without a record has none", () => {
    const none = { ...example.wired, records: { rows: 0, columns: {}, labels: [] } } as unknown as Wired;
    expect(unwired(none, block()).records).toEqual([]);
  });

  it("is refused where integers are missing", () => {
    expect(() => unwired(example.wired as unknown as Wired, block().slice(0, -1))).toThrow(/too early/);
  });
});
