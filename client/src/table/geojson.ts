/** The records as GeoJSON (RFC 7946), for a GIS: the perimeter of each, and all that is known of it. */
import { members, type Atlas } from "../geometry/atlas";
import type { Entry } from "../payload";
import { polygonsOf, type Loop, type Vertex } from "../geometry/polygons";
import { amountOf } from "./tablerows";

type Position = [number, number];
export type Geometry =
  | { type: "MultiPolygon"; coordinates: Position[][][] }
  | { type: "Point"; coordinates: Position }
  | { type: "MultiPoint"; coordinates: Position[] };

/** A metre is about 0.00001°; the boundaries are less exact than that. Half of it, north and east at once, is less than `ROUNDED` metres. */
const PLACES = 1e5;
const ROUNDED = 1;

const round = (degrees: number): number => Math.round(degrees * PLACES) / PLACES;

/** A closed ring in degrees, without the vertices that rounding makes equal. */
function ring(loop: Loop, position: (vertex: Vertex) => Position): Position[] {
  const positions = loop.map(position).filter(([x, y], i, all) => {
    const [lastX, lastY] = all[(i + all.length - 1) % all.length]!;
    return x !== lastX || y !== lastY;
  });
  return positions.length < 3 ? [] : [...positions, positions[0]!];
}

/**
 * The perimeter, or the towns where it is made of a few towns. The one sign of an operation in
 * many communes is a way to draw it, not its place: it has its perimeter here. A perimeter that
 * is not known is null; its seat is told in the properties.
 */
export function geometryOf(atlas: Atlas, index: number): Geometry | null {
  const record = atlas.payload.records[index]!;
  const { communes } = atlas.payload.places;
  const unit = 2 ** atlas.payload.grid.bits;
  const position = ([x, y]: Vertex): Position => [round(x / unit), round(y / unit)];
  const covered = members(record.communes);
  if (covered.length === 0) return null;
  if (record.draw === "towns" && record.towns.length === covered.length) {
    const points = record.towns.map((town) => position([communes.x[town]!, communes.y[town]!]));
    return points.length === 1 ? { type: "Point", coordinates: points[0]! } : { type: "MultiPoint", coordinates: points };
  }
  const { steps } = atlas.outlineOf({ kind: "record", index });
  const coordinates = polygonsOf(atlas.topology, steps)
    .map((polygon) => polygon.map((loop) => ring(loop, position)))
    .filter(([exterior]) => exterior!.length > 0)
    .map((rings) => rings.filter(({ length }) => length > 0));
  return { type: "MultiPolygon", coordinates };
}

/** Names are those of the register's tables (`data/datapackage.json`) where they have one. */
function propertiesOf(atlas: Atlas, record: Entry): Record<string, unknown> {
  const { programmes, families, records, sources, places } = atlas.payload;
  const programme = programmes[record.programme]!;
  const source = sources[record.source];
  const codes = (communes: readonly number[]): string[] => communes.map((commune) => places.communes.code[commune]!);
  return {
    id: record.id,
    kind: record.kind,
    programme: programme.id,
    programme_name: programme.name,
    family: families[programme.family]!.id,
    title: record.title,
    status: record.status,
    signed_on: record.signed,
    starts_on: record.starts,
    ends_on: record.ends,
    total_eur: record.total,
    state_eur: amountOf(record, "state"),
    eu_eur: amountOf(record, "eu"),
    region_eur: amountOf(record, "region"),
    department_eur: amountOf(record, "department"),
    other_eur: amountOf(record, "other"),
    unattributed_eur: amountOf(record, "unattributed"),
    amount_period: record.total === null && record.amounts.length === 0 ? null : record.yearly ? "yearly" : "whole",
    contract: records[record.contract]?.id ?? null,
    counted_in: records[record.counted]?.id ?? null,
    basis: record.basis,
    places: record.places,
    communes: codes(members(record.communes)),
    seats: record.communes.length === 0 ? codes(record.towns) : [],
    operators: record.operators,
    themes: record.themes,
    facts: Object.fromEntries(record.facts.map(({ label, text }) => [label, text])),
    summary: record.summary || null,
    remarks: record.remarks,
    reasons: record.reasons,
    links: record.links.map(({ href, text }) => href ?? text),
    source: source?.id ?? null,
    source_title: source?.title ?? null,
    section: record.section || null,
  };
}

export function geojsonOf(atlas: Atlas, indices: readonly number[]): string {
  const features = indices.map((index) => {
    const record = atlas.payload.records[index]!;
    return { type: "Feature", id: record.id, properties: propertiesOf(atlas, record), geometry: geometryOf(atlas, index) };
  });
  const { title, grid, provenance } = atlas.payload;
  return JSON.stringify({ type: "FeatureCollection", name: title, boundaries: provenance.exactness, tolerance_m: grid.tolerance + ROUNDED, features });
}
