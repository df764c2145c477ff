/** The grammar of the address after "#": `name=item,item&name=item`, every item percent-encoded. */

/** As long as browsers let an address be; lists and items have no bound of their own, as the page may write any. */
const LONGEST = 2_000_000;

/** Signs that mail programs take for the end of an address, besides what has to be encoded. */
const FRAGILE = /[!'()*~]/g;

/** An item of a list; what no address can hold (half a character) becomes "". */
export function encoded(item: string): string {
  try {
    return encodeURIComponent(item).replace(/%3A/g, ":").replace(FRAGILE, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  } catch {
    return "";
  }
}

function decoded(item: string): string | null {
  try {
    return decodeURIComponent(item);
  } catch {
    return null;
  }
}

export type Fields = ReadonlyMap<string, readonly string[]>;

/** What is not read at all, whatever it says. */
export const isTooLong = (fragment: string): boolean => fragment.length > LONGEST;

/** The fields of a fragment; the first of a name counts, and nothing is ever thrown. What cannot be decoded is handed to `unread`. */
export function readFields(fragment: string, unread: (text: string) => void = () => undefined): Fields {
  const fields = new Map<string, readonly string[]>();
  const text = fragment.replace(/^#/, "");
  if (text === "" || isTooLong(fragment)) return fields;
  const read = (item: string): string => {
    const found = decoded(item);
    if (found === null) unread(item);
    return found ?? "";
  };
  for (const part of text.split("&")) {
    const at = part.indexOf("=");
    const name = read(at < 0 ? part : part.slice(0, at));
    if (name === "" || fields.has(name)) continue;
    const items = at < 0 ? [] : part.slice(at + 1).split(",").map(read);
    fields.set(name, items.filter((item) => item !== ""));
  }
  return fields;
}

/** One field, or "" where there is nothing to say; a list that is empty on purpose is written with null. */
export function field(name: string, items: readonly string[] | null): string {
  if (items === null) return name;
  return items.length === 0 ? "" : `${name}=${items.map(encoded).join(",")}`;
}

export function joined(fields: readonly string[]): string {
  return fields.filter((text) => text !== "").join("&");
}
