import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { embedCode } from "./embed";

interface Case {
  readonly address: string;
  readonly title: string;
  readonly code: string;
}

const CASES = JSON.parse(readFileSync(new URL("../../../tests/webmap/snippets.json", import.meta.url), "utf8")) as Case[];

describe("the code that embeds a page", () => {
  it.each(CASES)("is what the command gives: $title", ({ address, title, code }) => expect(embedCode(address, title)).toBe(code));
});
