/** The grammar of the address after "#": `name=item,item&name=item`, every item percent-encoded. */

/** No link that the page writes comes near these; whatever is longer is not read. */
const LONGEST = 12_000;
const MOST_ITEMS = 600;
const LONGEST_ITEM = 300;

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

function decoded(item: string): string {
  try {
    return decodeURIComponent(item);
  } catch {
    return "";
  }
}

export type Fields = ReadonlyMap<string, readonly string[]>;

/** The fields of a fragment; the first of a name counts, and nothing is ever thrown. */
export function readFields(fragment: string): Fields {
  const fields = new Map<string, readonly string[]>();
  const text = fragment.replace(/^#/, "");
  if (text === "" || text.length > LONGEST) return fields;
  for (const part of text.split("&")) {
    const at = part.indexOf("=");
    const name = decoded(at < 0 ? part : part.slice(0, at));
    if (name === "" || fields.has(name)) continue;
    const items = at < 0 ? [] : part.slice(at + 1).split(",", MOST_ITEMS).map(decoded);
    fields.set(name, items.filter((item) => item !== "" && item.length <= LONGEST_ITEM));
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
