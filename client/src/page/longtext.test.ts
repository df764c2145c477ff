import { afterEach, beforeEach, expect, it, vi } from "vitest";
import catalogue from "../../words.json";
import { BRIEF } from "./cutting";
import { longText } from "./longtext";
import { Words } from "./words";

const words = new Words(Object.fromEntries(Object.entries(catalogue).map(([key, { fr }]) => [key, fr])), "fr");
const PART = 20_000;
let focused: Part | null = null;

/** As much of an element as a long text needs. */
class Part {
  children: (Part | string)[] = [];
  hidden = false;
  isConnected = false;
  className = "";
  scrollTop = 0;
  clientHeight = 100;
  readonly classList = { toggle: (): void => undefined };
  readonly attributes = new Map<string, string>();
  private act = (): void => undefined;
  get textContent(): string {
    return this.children.map((child) => (typeof child === "string" ? child : child.textContent)).join("");
  }
  set textContent(text: string) {
    this.children = [text];
  }
  append(...children: (Part | string)[]): void {
    this.children.push(...children);
    for (const child of children) if (child instanceof Part) child.isConnected = true;
  }
  replaceChildren(...children: (Part | string)[]): void {
    for (const child of this.children) if (child instanceof Part) child.isConnected = false;
    this.children = [];
    this.append(...children);
  }
  setAttribute(name: string, value: string): void {
    this.attributes.set(name, value);
  }
  removeAttribute(name: string): void {
    this.attributes.delete(name);
  }
  addEventListener(_: string, act: () => void): void {
    this.act = act;
  }
  click(): void {
    this.act();
  }
  focus(): void {
    focused = this;
  }
  getClientRects(): { top: number }[] {
    return [{ top: 300 }];
  }
  getBoundingClientRect(): { top: number } {
    return { top: 20 };
  }
}

/** The parts of a text as the page shows them. */
function shown(text: string): { box: Part; more: Part; less: Part } {
  const [box, , more, , less] = longText(words, text) as unknown as Part[];
  return { box: box!, more: more!, less: less! };
}

beforeEach(() => {
  const make = (): Part => new Part();
  vi.stubGlobal("document", { createElement: make, createDocumentFragment: make, createTextNode: make });
  focused = null;
});
afterEach(() => vi.unstubAllGlobals());

it("a short text is shown as it is", () => {
  expect(longText(words, "mot ".repeat(100))).toHaveLength(1);
});

it("a long text is shown by its beginning, and says how much is left", () => {
  const { box, more, less } = shown("A".repeat(BRIEF + 1234));
  expect(box.textContent).toBe(`${"A".repeat(BRIEF)}…`);
  expect([more.hidden, less.hidden, box.attributes.has("tabindex")]).toEqual([false, true, false]);
  expect(more.textContent.replace(/\s/g, " ")).toContain("1 234");
});

it("the rest is added a part at a time, and the reader goes on where the new part begins", () => {
  const text = Array.from({ length: 12_000 }, (_, rank) => rank % 10).join("-.-");
  const { box, more, less } = shown(text);
  more.click();
  expect(box.textContent).toBe(text.slice(0, BRIEF + PART));
  expect(focused?.textContent).toBe(text.slice(BRIEF, BRIEF + PART));
  expect([box.scrollTop, more.hidden, less.hidden]).toEqual([230, false, false]);
  expect([box.className, box.attributes.get("role"), box.attributes.get("tabindex")]).toEqual(["gc-text-open", "group", "0"]);
  more.click();
  expect(box.textContent).toBe(text.slice(0, BRIEF + 2 * PART));
  more.click();
  expect(box.textContent).toBe(text);
  expect(more.hidden).toBe(true);
});

it("no part is left that is shorter than a text that is cut", () => {
  const { box, more } = shown("A".repeat(BRIEF + PART + 600));
  more.click();
  expect([box.textContent.length, more.hidden]).toEqual([BRIEF + PART + 600, true]);
});

it("it is folded back to its beginning, and opened anew", () => {
  const text = "A".repeat(BRIEF + 5000);
  const { box, more, less } = shown(text);
  more.click();
  less.click();
  expect(box.textContent).toBe(`${"A".repeat(BRIEF)}…`);
  expect(focused).toBe(more);
  expect([box.className, box.attributes.size, more.hidden, less.hidden]).toEqual(["", 0, false, true]);
  more.click();
  expect(box.textContent).toBe(text);
});
