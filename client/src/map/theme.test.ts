import { afterEach, describe, expect, it, vi } from "vitest";

vi.stubGlobal("matchMedia", (query: string) => ({ matches: query.includes("dark"), addEventListener: () => undefined }));
afterEach(() => vi.resetModules());

describe("a page for a reader who asked for dark pages", () => {
  it.each([
    ["on its own", false, "", false],
    ["inside another page", true, "", true],
    ["inside another page that asks for it", true, "?theme=auto", false],
    ["inside another page with some other query", true, "?theme=dark&x=1", true],
  ])("%s", async (_, framed, query, light) => {
    const { staysLight } = await import("./theme");
    expect(staysLight(framed, query)).toBe(light);
  });

  it("draws in the light palette from when it is told to", async () => {
    const { DARK, LIGHT, palette, setLight } = await import("./theme");
    expect(palette()).toBe(DARK);
    const add = vi.fn();
    setLight({ classList: { add } } as unknown as HTMLElement);
    expect(palette()).toBe(LIGHT);
    expect(add).toHaveBeenCalledWith("gc-light");
  });
});
