/** The payload as the page holds it back to what `payload.d.ts` declares; `webmap/wire.py` says how it was written. */
import { grouped, members } from "./atlas";
import type { Alias, Communes, Entry, Group, Payload, Places } from "../payload";
import { Columns, type Column } from "./columns";

interface Table {
  readonly rows: number;
  readonly table: Column;
}

interface WiredPlaces extends Omit<Places, "communes" | "epci" | "arrondissements" | "departements" | "aliases"> {
  readonly communes: Readonly<Record<keyof Communes, Column>>;
  readonly epci: Table;
  readonly arrondissements: Table;
  readonly departements: Table;
  readonly aliases: Table;
}

interface WiredRecords {
  readonly rows: number;
  readonly columns: Readonly<Record<keyof Entry, Column>>;
  /** The labels of places that are no commune, EPCI or département of the payload. */
  readonly labels: readonly string[];
}

export interface Wired extends Omit<Payload, "places" | "records"> {
  readonly places: WiredPlaces;
  readonly records: WiredRecords;
}

/** Read the tables of a payload; `block` holds their integers. */
export function unwired(wired: Wired, block: Uint8Array): Payload {
  const columns = new Columns(block);
  const places = readPlaces(wired.places, wired.grid.communes, columns);
  return { ...wired, places, records: readRecords(wired.records, places, columns) };
}

function readPlaces(wired: WiredPlaces, count: number, columns: Columns): Places {
  const table = <T>({ rows, table }: Table): T[] => columns.read<T>(table, rows);
  const { code, name, epci, arrondissement, departement, population, x, y } = wired.communes;
  const column = <T>(packed: Column): T[] => columns.read<T>(packed, count);
  return {
    ...wired,
    communes: {
      code: column(code), name: column(name), epci: column(epci), arrondissement: column(arrondissement),
      departement: column(departement), population: column(population), x: column(x), y: column(y),
    },
    epci: table<Group>(wired.epci), arrondissements: table<Group>(wired.arrondissements),
    departements: table<Group>(wired.departements), aliases: table<Alias>(wired.aliases),
  };
}

function readRecords(wired: WiredRecords, places: Places, columns: Columns): Entry[] {
  const { rows, columns: keys } = wired;
  if (rows === 0) return [];
  const column = <K extends keyof Entry>(key: K): Entry[K][] => columns.read<Entry[K]>(keys[key], rows);
  const id = column("id"), kind = column("kind"), programme = column("programme"), title = column("title");
  const status = column("status"), basis = column("basis"), draw = column("draw"), elsewhere = column("elsewhere");
  const signed = column("signed"), starts = column("starts"), ends = column("ends"), total = column("total");
  const amounts = column("amounts"), yearly = column("yearly"), contract = column("contract"), counted = column("counted");
  const operators = column("operators"), themes = column("themes"), facts = column("facts"), reasons = column("reasons");
  const remarks = column("remarks"), summary = column("summary"), source = column("source"), section = column("section");
  const links = column("links");
  const references = columns.read<number[]>(keys.places, rows);
  const communes = columns.read<number[] | null>(keys.communes, rows);
  const towns = columns.read<number[] | null>(keys.towns, rows);
  const book = new Book(places, wired.labels);
  // Written out: objects of one shape, made at once, are small and quick.
  return id.map((name, i) => {
    const runs = communes[i] ?? book.runs(references[i]!);
    return {
      id: name, kind: kind[i]!, programme: programme[i]!, title: title[i]!, status: status[i]!, basis: basis[i]!, draw: draw[i]!,
      communes: runs, towns: towns[i] ?? book.towns(kind[i]!, draw[i]!, references[i]!, runs), places: book.labels(references[i]!),
      elsewhere: elsewhere[i]!, signed: signed[i]!, starts: starts[i]!, ends: ends[i]!, total: total[i]!, amounts: amounts[i]!,
      yearly: yearly[i]!, contract: contract[i]!, counted: counted[i]!, operators: operators[i]!, themes: themes[i]!,
      facts: facts[i]!, reasons: reasons[i]!, remarks: remarks[i]!, summary: summary[i]!, source: source[i]!,
      section: section[i]!, links: links[i]!,
    };
  });
}

const NONE: readonly never[] = Object.freeze([]);

/** The places of a payload by number: communes, EPCI, départements, then other labels. What records share is made once. */
class Book {
  private readonly count: number;
  private readonly members: number[][];
  /** What stands behind the name of a commune, by its département. */
  private readonly tails: string[];
  private readonly others: string[];
  private readonly ofOne: { runs: (readonly number[])[]; labels: (readonly string[])[]; towns: (readonly number[])[] };

  constructor(private readonly places: Places, others: readonly string[]) {
    const { communes, epci, departements } = places;
    this.count = communes.code.length;
    const inEpci = grouped(communes.epci, epci.length);
    this.members = [...inEpci, ...grouped(communes.departement, departements.length)];
    this.tails = departements.map(({ name }) => ` (${name})`);
    this.others = [
      ...epci.map(({ name }, i) => labelled(name, this.frequent(inEpci[i]!))),
      ...departements.map(({ name }) => name),
      ...others,
    ];
    const none = <T>(): T[] => new Array<T>(this.count + this.others.length);
    this.ofOne = { runs: none(), labels: none(), towns: none() };
  }

  labels(references: readonly number[]): readonly string[] {
    const first = references[0];
    if (first === undefined) return NONE;
    if (references.length > 1) return references.map((reference) => this.label(reference));
    return (this.ofOne.labels[first] ??= [this.label(first)]);
  }

  /** All communes of these places, as runs. */
  runs(references: readonly number[]): readonly number[] {
    const first = references[0];
    if (first === undefined) return NONE;
    if (references.length === 1) return (this.ofOne.runs[first] ??= runsOf(this.communes(first)));
    const found = new Set<number>();
    for (const reference of references) for (const commune of this.communes(reference)) found.add(commune);
    return runsOf([...found].sort((a, b) => a - b));
  }

  /** The towns of a record that says no others: the first that an operation names, or all it covers. */
  towns(kind: Entry["kind"], draw: Entry["draw"], references: readonly number[], runs: readonly number[]): readonly number[] {
    if (draw !== "towns") return NONE;
    const operation = kind === "operation";
    if (!operation && runs.length > 2) return members(runs);
    const first = operation ? references.find((reference) => reference < this.count) : runs[0];
    if (first === undefined) return NONE;
    return operation || runs[1] === 1 ? (this.ofOne.towns[first] ??= [first]) : members(runs);
  }

  private communes(reference: number): readonly number[] {
    return reference < this.count ? [reference] : this.members[reference - this.count] ?? NONE;
  }

  private label(reference: number): string {
    if (reference >= this.count) return this.others[reference - this.count]!;
    const { name, departement } = this.places.communes;
    return name[reference]! + (this.tails[departement[reference]!] ?? "");
  }

  /** The départements of communes, the one with most of them first. */
  private frequent(communes: readonly number[]): string[] {
    const counted = new Map<number, number>();
    for (const commune of communes) {
      const departement = this.places.communes.departement[commune]!;
      if (departement >= 0) counted.set(departement, (counted.get(departement) ?? 0) + 1);
    }
    return [...counted].sort((a, b) => b[1] - a[1]).map(([departement]) => this.places.departements[departement]!.name);
  }
}

const labelled = (name: string, within: readonly string[]): string => (within.length > 0 ? `${name} (${within.join(", ")})` : name);

function runsOf(numbers: readonly number[]): number[] {
  const runs: number[] = [];
  for (const value of numbers) {
    const last = runs.length - 1;
    if (last > 0 && value === runs[last - 1]! + runs[last]!) runs[last]!++;
    else runs.push(value, 1);
  }
  return runs;
}
