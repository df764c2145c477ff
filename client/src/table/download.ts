/** Files made in the page and handed to the browser; nothing is asked of the network. */
import { el } from "../page/dom";
import { normal } from "../search/matching";

/** "Contrats territoriaux — Hauts-de-France" gives contrats-territoriaux-hauts-de-france. */
export function fileName(title: string, extension: string): string {
  const words = normal(title).split(" ").filter(Boolean);
  let name = words.shift() ?? "contrats";
  for (const word of words) {
    if (name.length + 1 + word.length > 60) break;
    name += `-${word}`;
  }
  return `${name.slice(0, 60)}.${extension}`;
}

/** How long the browser may take to begin; the file is in memory until then. */
const PATIENCE = 60_000;

export function save(name: string, type: string, text: string): void {
  const href = URL.createObjectURL(new Blob([text], { type }));
  const link = el("a", { href, download: name, hidden: true });
  document.body.append(link);
  link.click();
  link.remove();
  window.setTimeout(() => URL.revokeObjectURL(href), PATIENCE);
}
