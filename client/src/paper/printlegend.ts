/** The legend on paper: only what is seen on the map, set as closely as needed to stand beside it. */
import type { Context } from "../state/context";
import { el } from "../page/dom";

/** How closely, from wide to narrow: rows of text that fit beside the map, and letters in a row. Beyond, the legend has a page of its own. */
const DENSITIES = [
  { name: "roomy", rows: 104, letters: 25 },
  { name: "close", rows: 124, letters: 29 },
  { name: "closest", rows: 200, letters: 20 },
] as const;
const APART = "apart";

/** Rows of the reading key and of a family's heading. */
const KEY = 21;
const HEADING = 2;

export function densityOf(families: readonly (readonly string[])[]): string {
  const fits = DENSITIES.find(({ rows, letters }) => {
    const names = families.flat().reduce((sum, name) => sum + Math.ceil(name.length / letters), 0);
    const headings = families.filter((lines) => lines.length > 0).length * HEADING;
    return KEY + headings + names <= rows;
  });
  return fits?.name ?? APART;
}

export function fitLegend({ atlas, store }: Context, root: HTMLElement): void {
  const { hidden, passing } = store.state;
  const { records, families, programmes } = atlas.payload;
  const seen = new Set<number>();
  atlas.ofProgramme.forEach((own, programme) => {
    const shown = !hidden.has(programme) && own.some((index) => passing.has(index) && records[index]!.draw !== "none");
    if (shown) seen.add(programme);
    root.querySelector(`#gc-layer-${programme}`)?.closest(".gc-line")?.classList.toggle("gc-unprinted", !shown);
  });
  root.dataset.density = densityOf(families.map((_, family) =>
    atlas.ofFamily[family]!.filter((programme) => seen.has(programme)).map((programme) => programmes[programme]!.name)));
}

/** Chromium loses the start of a page of paper that holds very many canvases: images stand in for the samples. Returns the way back. */
export function stillSwatches(root: HTMLElement): () => void {
  const pairs = [...root.querySelectorAll<HTMLCanvasElement>(".gc-legend canvas.gc-swatch")].map((canvas) => {
    const image = el("img", { class: "gc-swatch", alt: "" });
    image.decoding = "sync";
    image.src = canvas.toDataURL("image/png");
    canvas.after(image);
    canvas.hidden = true;
    return { canvas, image };
  });
  return () => {
    for (const { canvas, image } of pairs) {
      canvas.hidden = false;
      image.remove();
    }
  };
}
