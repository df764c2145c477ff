// Written by scripts/build_payload_types.py from geocontracts/webmap/contract.py.
type Table<K extends string, V> = { [P in K]: V };
export type Payer = "state" | "eu" | "region" | "department" | "other" | "unattributed";
export type Kind = "contract" | "mission" | "operation";
export type Basis = "stated" | "inferred" | "unknown";
export type Drawing = "area" | "towns" | "none";
export type Status = "signed" | "in_force" | "planned" | "ended" | "announced";
export type Hatch = "none" | "slash" | "backslash" | "vertical" | "horizontal" | "grid" | "dots";
export type Line = "solid" | "double" | "long" | "short";
export type Glyph = "lozenge" | "square" | "triangle" | "circle" | "cross" | "hexagon" | "star";
export type Chrome = "page" | "embed";
export type View = "contracts" | "pileup" | "amounts" | "white" | "cross";
export type MarkKind = "sea" | "country" | "region";

/** The territory that the map shows. */
export interface Area {
  readonly level: string;
  readonly code: string;
  readonly name: string;
}

/** How to read the block of arcs (see `webmap/chains.py`). */
export interface Grid {
  readonly bits: number;
  readonly arcs: number;
  readonly points: number;
  readonly communes: number;
  readonly context: number;
  readonly bounds: readonly [number, number, number, number];
  readonly tolerance: number;
  readonly insets: readonly Inset[];
}

/** A territory overseas that is drawn apart, in a frame beside the main one. */
export interface Inset {
  readonly code: string;
  readonly name: string;
  readonly bounds: readonly [number, number, number, number];
  readonly frame: readonly [number, number, number, number];
  readonly centre: readonly [number, number];
  readonly scale: number;
  readonly times: number;
}

/** The communes of the area, one entry a commune in every column. */
export interface Communes {
  readonly code: readonly string[];
  readonly name: readonly string[];
  readonly epci: readonly number[];
  readonly arrondissement: readonly number[];
  readonly departement: readonly number[];
  readonly population: readonly (number | null)[];
  readonly x: readonly number[];
  readonly y: readonly number[];
}

/** An EPCI, an arrondissement, a département or a région of the area. */
export interface Group {
  readonly code: string;
  readonly name: string;
  readonly population: number | null;
  readonly x: number;
  readonly y: number;
}

/** An earlier name of a commune or an EPCI of the area, for the search. */
export interface Alias {
  readonly name: string;
  readonly level: "commune" | "epci";
  readonly index: number;
}

/** A département beside the area, drawn as ground only. */
export interface Context {
  readonly code: string;
  readonly name: string;
  readonly region: string;
  readonly x: number;
  readonly y: number;
}

/** A name written on the ground: a sea, a neighbouring country or region. */
export interface Mark {
  readonly name: string;
  readonly kind: MarkKind;
  readonly x: number;
  readonly y: number;
}

/** All places of the map. */
export interface Places {
  readonly communes: Communes;
  readonly epci: readonly Group[];
  readonly arrondissements: readonly Group[];
  readonly departements: readonly Group[];
  readonly regions: readonly Group[];
  readonly region: readonly number[];
  readonly aliases: readonly Alias[];
  readonly context: readonly Context[];
  readonly marks: readonly Mark[];
}

/** A family of programmes; it gives the hue. */
export interface Family {
  readonly id: string;
  readonly label: string;
  readonly light: string;
  readonly dark: string;
}

/** A programme: one layer and one line of the legend. */
export interface Programme {
  readonly id: string;
  readonly family: number;
  readonly name: string;
  readonly short: string;
  readonly summary: string;
  readonly period: string;
  readonly hatch: Hatch;
  readonly line: Line;
  readonly glyph: Glyph;
  readonly source: number;
  readonly section: string;
}

/** What one payer gives, in euros. */
export interface Amount {
  readonly payer: Payer;
  readonly eur: number;
}

/** A labelled fact for the panel, both sides ready to be shown. */
export interface Fact {
  readonly label: string;
  readonly text: string;
}

/** A link to a page elsewhere; `href` is https or null. */
export interface Link {
  readonly text: string;
  readonly href: string | null;
}

/** A contract, a mission or an operation, with the communes that it covers. */
export interface Entry {
  readonly id: string;
  readonly kind: Kind;
  readonly programme: number;
  readonly title: string;
  readonly status: Status | null;
  readonly basis: Basis | null;
  readonly draw: Drawing;
  readonly communes: readonly number[];
  readonly towns: readonly number[];
  readonly places: readonly string[];
  readonly elsewhere: readonly string[];
  readonly signed: string | null;
  readonly starts: string | null;
  readonly ends: string | null;
  readonly total: number | null;
  readonly amounts: readonly Amount[];
  readonly yearly: boolean;
  readonly contract: number;
  readonly counted: number;
  readonly operators: readonly string[];
  readonly themes: readonly string[];
  readonly facts: readonly Fact[];
  readonly reasons: readonly string[];
  readonly remarks: readonly string[];
  readonly summary: string;
  readonly source: number;
  readonly section: string;
  readonly links: readonly Link[];
}

/** A document that facts come from. */
export interface Source {
  readonly id: string;
  readonly title: string;
  readonly publisher: string;
  readonly published: string;
  readonly href: string | null;
  readonly licence: string;
}

/** A file that was read, and how it is known again. */
export interface Input {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** Where all of it comes from, beside the sources of the records. */
export interface Provenance {
  readonly licence: string;
  readonly rights: string;
  readonly inputs: readonly Input[];
  readonly places: Source;
  readonly hash: string;
  readonly exactness: string;
  readonly editions: string;
}

/** All that the page is told. */
export interface Payload {
  readonly format: 2;
  readonly lang: "fr" | "en";
  readonly title: string;
  readonly subtitle: string;
  readonly area: Area;
  readonly vintage: number;
  readonly edition: string;
  readonly generator: string;
  readonly basemap: "none" | "plan" | "osm";
  readonly chrome: Chrome;
  readonly bridge: boolean;
  readonly views: readonly View[];
  readonly timeline: boolean;
  readonly credits: readonly Link[];
  readonly words: Readonly<Table<string, string>>;
  readonly grid: Grid;
  readonly places: Places;
  readonly families: readonly Family[];
  readonly programmes: readonly Programme[];
  readonly records: readonly Entry[];
  readonly sources: readonly Source[];
  readonly provenance: Provenance;
}
