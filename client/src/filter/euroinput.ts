/** Euros as people type them: "1 000 000", "1,5 M", "500k", "2 Md€". */

import { MOST_EUROS } from "../state/filters";

const UNITS: Readonly<Record<string, number>> = {
  "": 1, k: 1e3, mille: 1e3, m: 1e6, million: 1e6, millions: 1e6, md: 1e9, mds: 1e9, bn: 1e9, milliard: 1e9, milliards: 1e9,
};

/** In cents, and no more than a filter or a link holds. */
const settled = (euros: number): number => Math.min(Math.round(euros * 100) / 100, MOST_EUROS);

/** The amount, or null where it is not understood; an empty text is for the caller. */
export function parseEuros(text: string): number | null {
  const bare = text.toLowerCase().replace(/€|\beuros?\b|\beur\b/g, "").replace(/[\s\u00a0\u202f'’]/g, "");
  const parts = /^(\d[\d.,]*)([a-z]*)$/.exec(bare);
  const unit = parts === null ? undefined : UNITS[parts[2]!];
  if (parts === null || unit === undefined) return null;
  const figures = parts[1]!;
  // "0,001" is neither thousands nor euros and cents: it is not guessed.
  if (parts[2] === "" && /^0\d*[.,]\d{3}/.test(figures)) return null;
  // There are no thousandths of euros: three digits after a separator are thousands, unless a unit follows.
  const grouped = /^[1-9]\d{0,2}(([.,])\d{3})(\2\d{3})*([.,]\d{1,2})?$/.exec(figures);
  if (grouped && (parts[2] === "" || grouped[3] !== undefined)) {
    const cents = grouped[4] ?? "";
    if (cents === "" || cents[0] !== grouped[2]) {
      return settled(unit * Number(figures.slice(0, figures.length - cents.length).replace(/[.,]/g, "") + cents.replace(",", ".")));
    }
  }
  const plain = /^\d+(?:[.,]\d*)?$/.test(figures) ? Number(figures.replace(",", ".")) : NaN;
  return Number.isFinite(plain) ? settled(plain * unit) : null;
}
