import { describe, expect, it } from "vitest";
import { country, entry, payload } from "../../test/fixture";
import { decode, encode, type Shared, type Sight } from "./address";
import { NO_FILTERS, type Filters } from "../state/filters";
import { encoded, readFields } from "./fragment";
import { Known } from "./known";
import type { Payload } from "../payload";
import type { Period } from "../state/period";
import { COLUMNS } from "../table/tablerows";
import { initial, type State } from "../state/store";

const made = country();
const ODD = "été, à l’eau & c° #1=2/3%?(x)*";
const records = [
  entry("r-0", [0, 1], { programme: 0, themes: ["mobilité", ODD], operators: ["Cerema"] }),
  entry("r 1", [2], { programme: 1, themes: ["eau"], operators: ["CAUE de l’Aisne", ODD] }),
  entry("r:2", [], { programme: 2, draw: "none" }),
  entry("r,3", [3], { programme: 3 }),
  entry("r&4", [4], { programme: 4 }),
  entry("r5", [5], { programme: 5 }),
  entry("r6", [], { programme: 6, draw: "none" }),
];
const IDS = ["acv", "pat", "cte", "pacte sat", "a,b", "c&d=e", ODD];

function large(): Payload {
  const base = payload(records, made);
  const group = (code: string) => ({ code, name: code, population: 1, x: 0, y: 0 });
  return {
    ...base,
    programmes: base.programmes.map((programme, index) => ({ ...programme, id: IDS[index]! })),
    places: { ...base.places, epci: [group("200033579"), group("245900428")], arrondissements: [group("591"), group("592")], departements: [group("59"), group("2A")] },
  };
}

const known = new Known(large());
const plain: Shared = initial;
const [west, south, east, north] = known.bounds;

/** The parts of a state that a link carries, in a form that can be compared. */
function comparable(state: Shared): unknown {
  const { mode, unit, crossed, hidden, filters, period, chosen, needle, table, sorting } = state;
  const sets = (some: Filters): unknown => Object.fromEntries(
    Object.entries(some).map(([name, value]) => [name, value instanceof Set ? [...value].sort() : value as unknown]));
  return { mode, unit, crossed, hidden: [...hidden].sort((a, b) => a - b), filters: sets(filters), period, chosen: chosen && [chosen.kind, chosen.index], needle, table, sorting };
}

function through(patch: Partial<State>, sight: Sight | null = null): string {
  const state = { ...plain, ...patch };
  const text = encode(known, state, sight);
  const read = decode(known, `#${text}`);
  if (text === "") expect(read).toBeNull();
  else {
    expect(read!.missing).toEqual([]);
    expect(comparable(read!.state)).toEqual(comparable(state));
    expect(read!.sight).toEqual(sight);
  }
  expect(text).toMatch(/^[\w\-.:/%=&,]*$/);
  return text;
}

describe("the state in the address", () => {
  it("is nothing at the start", () => expect(through({})).toBe(""));

  it.each<[string, Partial<State>]>([
    ["v=pileup", { mode: "pileup" }],
    ["v=amounts.epci", { mode: "amounts", unit: "epci" }],
    ["v=contracts.departement", { unit: "departement" }],
    ["v=cross&x=pat,acv", { mode: "cross", crossed: [1, 0] }],
    ["off=acv,cte", { hidden: new Set([0, 2]) }],
    ["only=pat", { hidden: new Set([0, 2, 3, 4, 5, 6]) }],
    ["only", { hidden: new Set([0, 1, 2, 3, 4, 5, 6]) }],
    ["none", { hidden: new Set([0, 1, 3, 4, 5]) }],
    ["none&on=acv", { hidden: new Set([1, 3, 4, 5]) }],
    ["f.kind=contract,mission", { filters: { ...NO_FILTERS, kinds: new Set(["contract", "mission"] as const) } }],
    ["f.status=signed,unsaid", { filters: { ...NO_FILTERS, statuses: new Set(["signed", ""] as const) } }],
    ["f.theme=mobilit%C3%A9,eau", { filters: { ...NO_FILTERS, themes: new Set(["mobilité", "eau"]) } }],
    ["f.operator=Cerema", { filters: { ...NO_FILTERS, operators: new Set(["Cerema"]) } }],
    ["f.dep=2A", { filters: { ...NO_FILTERS, departement: 1 } }],
    ["f.epci=200033579", { filters: { ...NO_FILTERS, epci: 0 } }],
    ["f.amount=1000-25000.5", { filters: { ...NO_FILTERS, least: 1000, most: 25000.5 } }],
    ["f.amount=0-", { filters: { ...NO_FILTERS, least: 0 } }],
    ["f.amount=-9000000", { filters: { ...NO_FILTERS, most: 9_000_000 } }],
    ["t=2017-2019", { period: { from: 2017, to: 2019, undated: false } }],
    ["t=0012-0987", { period: { from: 12, to: 987, undated: false } }],
    ["f.amount=9999999999999.99-10000000000000", { filters: { ...NO_FILTERS, least: 9_999_999_999_999.99, most: 1e13 } }],
    ["t=2017-2017,undated", { period: { from: 2017, to: 2017, undated: true } }],
    ["at=commune:10007", { chosen: { kind: "commune", index: 7 } }],
    ["at=epci:245900428", { chosen: { kind: "epci", index: 1 } }],
    ["at=arrondissement:592", { chosen: { kind: "arrondissement", index: 1 } }],
    ["at=departement:59", { chosen: { kind: "departement", index: 0 } }],
    ["at=record:r:2", { chosen: { kind: "record", index: 2 } }],
    ["q=bassin%20minier", { needle: "bassin minier" }],
    ["table", { table: true }],
    ["table&sort=-total", { table: true, sorting: { column: "total", down: true } }],
  ])("%s", (text, patch) => expect(through(patch)).toBe(text));

  it("writes the view of the map, rounded", () => {
    const sight = { zoom: 9.25, lat: Number(((south + north) / 2).toFixed(4)), lon: Number(((west + east) / 2).toFixed(4)) };
    expect(through({}, sight)).toBe(`m=9.25/${sight.lat}/${sight.lon}`);
  });

  it("does not write a view that no link may give", () => {
    for (const sight of [{ zoom: 9, lat: north + 80, lon: west }, { zoom: 9, lat: north, lon: 900 }, { zoom: NaN, lat: north, lon: west }]) {
      expect(encode(known, plain, sight)).toBe("");
    }
  });

  it("comes back whole from any state", () => {
    let seed = 20260101;
    const random = (below: number): number => {
      seed = (seed * 1103515245 + 12345) % 2 ** 31;
      return Math.floor((seed / 2 ** 31) * below);
    };
    const one = <T>(list: readonly T[]): T => list[random(list.length)]!;
    const some = <T>(list: readonly T[]): Set<T> => new Set(random(2) ? list.filter(() => random(3) === 0) : []);
    const sizes = { commune: 20, epci: 2, arrondissement: 2, departement: 2, record: records.length };
    for (let run = 0; run < 2000; run++) {
      const kind = one(["commune", "epci", "arrondissement", "departement", "record"] as const);
      const from = 1990 + random(30);
      through({
        mode: one(["contracts", "pileup", "amounts", "white", "cross"]), unit: one(["commune", "epci", "departement"]),
        crossed: [...some([5, 1, 6])], hidden: random(9) ? some([0, 1, 2, 3, 4, 5, 6]) : new Set([0, 1, 2, 3, 4, 5, 6]),
        filters: {
          kinds: some(["contract", "mission", "operation"]), statuses: some(["signed", "in_force", "planned", "ended", "announced", ""]),
          themes: new Set([...some([...known.themes.values()])].flat()), operators: new Set([...some([...known.operators.values()])].flat()), departement: random(3) - 1, epci: random(3) - 1,
          least: random(2) ? random(1e9) : null, most: random(2) ? random(1e9) / 100 : null,
        },
        period: random(2) ? { from, to: from + random(9), undated: random(2) === 1 } : null,
        chosen: random(2) ? { kind, index: random(sizes[kind]) } : null,
        needle: one(["", "eau", ODD, "🌊 100 %"]), table: random(2) === 1, sorting: { column: one(["title", "total"]), down: random(2) === 1 },
      }, random(2) ? { zoom: 6 + random(24) / 4, lat: Number((south + (random(100) / 100) * (north - south)).toFixed(4)), lon: Number((west + (random(100) / 100) * (east - west)).toFixed(4)) } : null);
    }
  });
});

describe("names of any length and of any signs", () => {
  const hostile = [
    ODD, "only", "none", "-", "--", "%", "%2C", "a=b&c#d", "🌊🌊", "水と橋", "\u202e\u0000\t\n", "__proto__", "constructor", "x".repeat(3000), "é".repeat(400), "a b", "+", "\"<script>'", ":", ";|\\^`{}[]", "e\u0301", "é",
  ];
  const names = [...hostile, ...Array.from({ length: 400 }, (_, i) => `programme-de-revitalisation-des-centres-bourgs-et-des-villes-moyennes-${i}`)];
  const base = payload(names.map((name, i) => entry(name, [i % 12], { programme: i, themes: [name], operators: [name.toUpperCase(), name], draw: i % 3 ? "area" : "none" })), made);
  const group = (code: string) => ({ code, name: code, population: 1, x: 0, y: 0 });
  const wild = new Known({
    ...base, programmes: base.programmes.map((programme, i) => ({ ...programme, id: names[i]! })),
    places: { ...base.places, epci: hostile.map(group), departements: hostile.map(group), arrondissements: hostile.map(group) },
  });
  it("come back whole", () => {
    const every = <T>(list: readonly T[], step: number, from: number): T[] => list.filter((_, i) => (i + from) % step === 0);
    const all = names.map((_, i) => i);
    for (let run = 0; run < 120; run++) {
      const step = 1 + (run % 7);
      const kind = (["record", "epci", "departement", "arrondissement"] as const)[run % 4]!;
      const state: Shared = {
        ...plain, crossed: all.slice(run, run + (run % 4)), hidden: new Set(run % 11 ? every(all, step, run) : all),
        filters: {
          ...NO_FILTERS, themes: new Set(every([...wild.themes.values()], step, run).flat()), operators: new Set(every([...wild.operators.values()], 8 - step, run).flat()),
          departement: run % hostile.length, epci: (run * 3) % hostile.length, least: [null, 0, 0.01, 1e13, 9_999_999_999_999.99][run % 5]!, most: [1e13, null, 12_345_678_901_234 / 100][run % 3]!,
        },
        period: [null, { from: 1, to: 9999, undated: true }, { from: 999, to: 1000, undated: false }][run % 3]!,
        chosen: { kind, index: run % hostile.length }, needle: Array.from(hostile[run % hostile.length]!.trim()).slice(0, 60).join(""),
        table: run % 2 === 0, sorting: { column: COLUMNS[run % COLUMNS.length]!, down: run % 3 === 0 },
      };
      const text = encode(wild, state, null);
      expect(text).toMatch(/^[\w\-.:/%=&,]*$/);
      const read = decode(wild, `#${text}`)!;
      expect(read.missing).toEqual([]);
      expect(comparable(read.state)).toEqual(comparable(state));
    }
  });
});

describe("a link from elsewhere", () => {
  it("names what this map does not have, and keeps the rest", () => {
    const read = decode(known, "#off=acv,gone&at=commune:99999&f.theme=eau,feu&f.dep=99&x=lost,pat&f.status=dreamt&t=2019-18")!;
    expect(read.missing).toEqual(["lost", "gone", "dreamt", "feu", "departement:99", "2019-18", "commune:99999"]);
    expect([...read.state.hidden]).toEqual([0]);
    expect([...read.state.filters.themes]).toEqual(["eau"]);
    expect(read.state.crossed).toEqual([1]);
    expect(read.state.chosen).toBeNull();
    expect(read.state.period).toBeNull();
  });

  it("means all spellings of what it names, each way", () => {
    const made = large();
    const named = new Known({ ...made, records: [entry("a", [0], { operators: ["Région"], themes: ["C#"] }), entry("b", [1], { operators: ["RÉGION", "C"], themes: ["C"] })] });
    for (const spelling of ["Région", "RÉGION", "region"]) {
      const read = decode(named, `#f.operator=${encoded(spelling)}&f.theme=c`)!;
      expect([read.missing, [...read.state.filters.operators].sort(), [...read.state.filters.themes]]).toEqual([[], ["RÉGION", "Région"], ["C"]]);
      expect(encode(named, read.state, null)).toBe("f.theme=C&f.operator=R%C3%89GION");
    }
  });

  it.each<[string, Period]>([
    ["t=2019-2017", { from: 2017, to: 2019, undated: false }],
    ["t=2019", { from: 2019, to: 2019, undated: false }],
    ["t=2019,undated", { from: 2019, to: 2019, undated: true }],
  ])("%s is understood", (text, period) => {
    const read = decode(known, text)!;
    expect([read.state.period, read.missing]).toEqual([period, []]);
  });

  it.each([
    ["t=19", "19"], ["t=2019-2020,dated", "dated"], ["v=pileups", "pileups"], ["v=pileup.canton", "pileup.canton"], ["m=9/80/3", "9/80/3"], ["m=x", "x"],
    ["f.amount=abc-5", "abc-5"], ["f.amount=1-2-3", "1-2-3"], ["f.amount=123456789012345-", "123456789012345-"], ["sort=-nonsense", "-nonsense"],
    ["table&f.them=eau", "f.them"], ["q=%E0%A4%A", "%E0%A4%A"], ["x=acv,pat,cte,pacte%20sat", "pacte sat"], [`off=${"a".repeat(2_000_001)}`, `#off=${"a".repeat(55)}`],
  ])("%.40s: what is not understood is said", (text, said) => expect(decode(known, `#${text}`)!.missing).toEqual([said]));

  it("does not empty the map when none of the layers that it wants exists", () => {
    expect(decode(known, "#only=gone")!.state.hidden.size).toBe(0);
  });

  it("is not taken for one when it is an anchor of another kind", () => {
    for (const text of ["", "#", "#gc-map", "#:~:text=carte", "#utm=1&x1=2"]) expect(decode(known, text)).toBeNull();
  });

  it("does not depend on ranks: another edition with other ranks reads the same", () => {
    const turned = large();
    const other = new Known({ ...turned, programmes: [...turned.programmes].reverse(), records: [...turned.records].reverse().map((record) => ({ ...record, programme: 6 - record.programme })) });
    const text = encode(known, { ...plain, hidden: new Set([0]), chosen: { kind: "record", index: 0 } }, null);
    const read = decode(other, `#${text}`)!;
    expect([...read.state.hidden]).toEqual([6]);
    expect(read.state.chosen).toEqual({ kind: "record", index: 6 });
  });

  it.each([
    "#m=99/0/0", "#m=9/1e9/3", "#m=9/NaN/3", "#m=9/Infinity/3", "#m=9.5/50.36", "#m=-1/50/2", "#m=9/10/10",
    "#t=20170-2019", "#t=<b>", "#v=__proto__.constructor", "#at=__proto__:x", "#at=commune:__proto__", "#at=record:constructor",
    "#off=__proto__,constructor,toString", "#x=%E0%A4%A", "#q=%00%ff", "#sort=__proto__", "#sort=<img>", "#f.amount=1e400-", "#f.amount=--5", "#f.kind=<script>",
    `#off=${"a,".repeat(5000)}`, `#q=${"x".repeat(20_000)}`, "#&&&=&==&off", "#%", "#v=%",
  ])("%s does nothing", (text) => {
    const read = decode(known, text);
    if (read === null) return;
    expect(read.sight).toBeNull();
    expect({ ...(comparable({ ...read.state, needle: "" }) as object), sorting: null }).toEqual({ ...(comparable(plain) as object), sorting: null });
    expect(/^[a-z_][\w.-]*$/i.test(read.state.sorting.column)).toBe(true);
  });

  it("keeps a long search short, whole signs only", () => {
    const read = decode(known, `#q=${encoded("🌊".repeat(100).slice(0, 140))}`)!;
    expect(read.state.needle).toBe("🌊".repeat(60));
    expect(encoded("\ud83c")).toBe("");
  });

  it("counts the first of two fields of a name", () => {
    expect(readFields("#t=1&t=2&a").get("t")).toEqual(["1"]);
  });
});
