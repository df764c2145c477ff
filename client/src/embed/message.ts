/** What the page and the one that frames it say to each other: plain data, looked at before it is believed. */

/** The parts that both sides may set; `state` is the end of a link, which holds the other three too. */
export interface Shown {
  /** The end of a link to what is seen, without "#". */
  readonly state: string;
  /** The chosen place or record as a link names it: "commune:59172"; null where nothing is chosen. */
  readonly selection: string | null;
  /** The identifiers of the programmes whose layer is on, in the order of the legend. */
  readonly layers: readonly string[];
  /** The first and the last year in view; null for all dates. */
  readonly date: readonly [number, number] | null;
}

export const NAMES = ["state", "selection", "layers", "date"] as const satisfies readonly (keyof Shown)[];

/** What the page tells; `answer` is the number of the last request that it took into account. */
export interface Told {
  readonly answer: number;
  readonly shown: Shown;
}

/** What is asked of the page. */
export interface Asked {
  readonly request: number;
  readonly shown: Partial<Shown>;
}

/** The first message of the page, with the port on which all else is said. */
export const HELLO = "geocontracts";

/** No message is longer than what a link holds. */
const LONGEST = 2_000_000;
const MOST_LAYERS = 10_000;

type Unknown = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Unknown => typeof value === "object" && value !== null && !Array.isArray(value);
const isText = (value: unknown): value is string => typeof value === "string" && value.length <= LONGEST;
const isYear = (value: unknown): boolean => Number.isInteger(value) && (value as number) >= 0 && (value as number) <= 9999;

/** How each part is told from anything else. */
const CHECKS: Readonly<Record<keyof Shown, (value: unknown) => boolean>> = {
  state: isText,
  selection: (value) => value === null || (isText(value) && value !== ""),
  layers: (value) => Array.isArray(value) && value.length <= MOST_LAYERS && value.every(isText),
  date: (value) => value === null || (Array.isArray(value) && value.length === 2 && value.every(isYear) && value[0] <= value[1]),
};

/** A part of what is shown, copied; null where a part is not what it should be. Parts that are not known are left aside. */
function readShown(value: unknown): Partial<Shown> | null {
  if (!isObject(value)) return null;
  const given = NAMES.filter((name) => value[name] !== undefined);
  if (!given.every((name) => CHECKS[name](value[name]))) return null;
  return Object.fromEntries(given.map((name) => [name, value[name]]));
}

const isCount = (value: unknown): value is number => Number.isInteger(value) && (value as number) >= 0;

export function readAsked(data: unknown): Asked | null {
  if (!isObject(data) || !isCount(data["request"])) return null;
  const shown = readShown(data["shown"]);
  return shown && { request: data["request"], shown };
}

export function readTold(data: unknown): Told | null {
  if (!isObject(data) || !isCount(data["answer"])) return null;
  const shown = readShown(data["shown"]);
  return shown && NAMES.every((name) => shown[name] !== undefined) ? { answer: data["answer"], shown: shown as Shown } : null;
}

/** Whether two values of a part say the same. */
export const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);
