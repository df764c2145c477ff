/** Numbers, euros and dates as they are written in the language of the page. */
import type { Payload } from "../payload";

export type Lang = Payload["lang"];

const locale = (lang: Lang): string => (lang === "fr" ? "fr-FR" : "en-GB");
const formats = new Map<string, Intl.NumberFormat>();

/** A format is dear to make and cheap to use: one of each. */
export function format(lang: Lang, options: Intl.NumberFormatOptions = {}): Intl.NumberFormat {
  const key = lang + JSON.stringify(options);
  let known = formats.get(key);
  if (known === undefined) formats.set(key, (known = new Intl.NumberFormat(locale(lang), options)));
  return known;
}

const months = new Map<string, Intl.DateTimeFormat>();

export function number(value: number, lang: Lang): string {
  return format(lang, { maximumFractionDigits: 2 }).format(value);
}

/** What is written as 1,000 millions would be is a thousand millions: "1 Md€". */
const BILLION = 999.5e6;

/** Euros; above a million in millions with one or two decimals, above a thousand millions in those. */
export function euros(value: number, lang: Lang): string {
  if (Math.abs(value) >= BILLION) {
    const text = number(value / 1e9, lang);
    return lang === "fr" ? `${text}\u00a0Md€` : `€${text}bn`;
  }
  if (Math.abs(value) >= 1e6) {
    const millions = value / 1e6;
    const digits = Math.abs(millions) >= 100 ? 0 : Math.abs(millions) >= 10 ? 1 : 2;
    const text = format(lang, { maximumFractionDigits: digits }).format(millions);
    return lang === "fr" ? `${text}\u00a0M€` : `€${text}m`;
  }
  return exactEuros(value, lang);
}

/** Euros to the last one, for a title or a reader who wants it exact. */
export function exactEuros(value: number, lang: Lang): string {
  const digits = Number.isInteger(value) ? 0 : 2;
  return format(lang, {
    style: "currency", currency: "EUR", minimumFractionDigits: digits, maximumFractionDigits: digits,
  }).format(value);
}

/** A date that may be partial: 2019, 2019-06, 2019-06-29. Anything else is shown as it is. */
export function date(iso: string, lang: Lang): string {
  const parts = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?$/.exec(iso);
  if (!parts) return iso;
  const [, year, month, day] = parts;
  if (!month) return year!;
  const options: Intl.DateTimeFormatOptions = day
    ? { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" }
    : { month: "long", year: "numeric", timeZone: "UTC" };
  const key = `${lang} ${day ? "day" : "month"}`;
  let format = months.get(key);
  if (!format) months.set(key, (format = new Intl.DateTimeFormat(locale(lang), options)));
  const text = format.format(new Date(Date.UTC(Number(year), Number(month) - 1, Number(day ?? 1))));
  return lang === "fr" ? text.replace(/^1 /, "1er ") : text;
}

/** A distance on the scale bar. */
export function metres(value: number, lang: Lang): string {
  return value >= 1000 ? `${number(value / 1000, lang)}\u00a0km` : `${number(value, lang)}\u00a0m`;
}
