"""Add up ten million grants in bounded memory, beside pandas; nothing in the list is real but the places.

A seeded list is made by DuckDB, as CSV and as Parquet: communes by code, by name and département in
capitals, EPCI by SIREN, places that do not exist; amounts in several spellings, some unknown. What each EPCI
receives of each programme in each year is known by construction. Then `geocontracts grants` adds the list up.
It fails when a total is not what is known, to the cent, or when the peak of resident memory is over
`--memory` and 500 MB (Python, the places, what DuckDB does not count), and never for a time. A limit on
addresses would say nothing: DuckDB reserves many that it does not use.

pandas reads the same file as text, and adds up by code alone; of more than `--pandas` rows it gets the first
ones, and its figures are scaled up, which is said.

Usage: python benchmarks/large.py [--rows N] [--memory MB...] [--pandas N] [--folder FOLDER] [--seed N]
"""

from __future__ import annotations

import argparse
import csv
import os
import sys
import tempfile
import time
from collections import defaultdict
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import pyarrow as pa

from geocontracts.places.beside import Beside
from geocontracts.places.gazetteer import load_gazetteer
from geocontracts.places.match import resolve

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geocontracts.places.gazetteer import Gazetteer, Place

BESIDE = 500  # MB: Python, the places, and what DuckDB holds beside its pages
PROGRAMMES = ("DETR", "DSIL", "FNADT", "FNADT inventé", "Fonds vert inventé", "Aide inventée")
HEADER = ("Code", "Bénéficiaire", "Département", "Dispositif", "Année", "Subvention", "Objet")
RUN = "import sys; from geocontracts.cli import main; sys.exit(main(sys.argv[1:]))"
PANDAS = """
import sys, pandas as pd
path, rows = sys.argv[1], int(sys.argv[2])
if path.endswith(".csv"):
    table = pd.read_csv(path, sep=";", dtype=str, nrows=rows)
else:
    from pyarrow.parquet import ParquetFile
    table = next(ParquetFile(path).iter_batches(batch_size=rows)).to_pandas()
table["euros"] = pd.to_numeric(table["Subvention"].str.replace(",", "."), errors="coerce")
print(len(table), table.groupby(["Code", "Dispositif", "Année"])["euros"].sum().size)
"""

Totals = dict[tuple[str, str, str], tuple[int, int, Decimal]]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print rows, seconds and peak memory of each run; return 1 when a total is wrong."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--memory", type=int, nargs="+", default=[250, 1000], metavar="MB")
    parser.add_argument("--pandas", type=int, default=1_000_000, metavar="N")
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--seed", type=int, default=2026)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(dir=options.folder) as name:
        folder = Path(name)
        expected = make(folder, options.rows, options.seed)
        print(f"{'run':<34}{'rows':>12}{'s':>8}{'CPU s':>8}{'peak MB':>9}  totals")
        wrong = 0
        for path in (folder / "grants.csv", folder / "grants.parquet"):
            for memory in options.memory:
                out = folder / "out"
                command = [RUN, "grants", str(path), "-o", str(out), "--memory", str(memory)]
                command += ["--scratch", str(folder)]
                cost = measured(command)
                is_right = cost[0] in (0, 1) and read(out / "totaux.csv") == expected
                is_right = is_right and cost[3] <= memory + BESIDE
                wrong += not is_right
                show(f"geocontracts {path.suffix[1:]}, {memory} MB", options.rows, cost[1:])
                print("  right" if is_right else f"  WRONG, or over the limit (exit {cost[0]})")
            few = min(options.pandas, options.rows)
            _, *times = measured([PANDAS, str(path), str(few)])
            show(f"pandas {path.suffix[1:]}", few, times)
            _, *least = measured([PANDAS, str(path), "1"])  # what pandas takes for itself
            whole = [one + (many - one) * options.rows / few for one, many in zip(least, times, strict=True)]
            scaled = f"; scaled: {whole[0]:.0f} s, {whole[2]:.0f} MB" if few < options.rows else ""
            print(f"  by code alone{scaled}")
    return 1 if wrong else 0


def show(name: str, rows: int, cost: Sequence[float]) -> None:
    """Print the start of a line."""
    seconds, user, peak = cost
    print(f"{name:<34}{rows:>12,}{seconds:>8.1f}{user:>8.1f}{peak:>9.0f}", end="", flush=True)


def measured(arguments: list[str]) -> tuple[int, float, float, float]:
    """Run Python; return its exit status, seconds, seconds of the processor, peak resident MB."""
    start = time.monotonic()
    child = os.fork()
    if not child:
        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 1)
        os.dup2(quiet, 2)
        os.execv(sys.executable, [sys.executable, "-c", *arguments])  # noqa: S606 - this very Python
    _, status, usage = os.wait4(child, 0)
    cpu = usage.ru_utime + usage.ru_stime
    return os.waitstatus_to_exitcode(status), time.monotonic() - start, cpu, usage.ru_maxrss / 1024


def make(folder: Path, rows: int, seed: int) -> Totals:
    """Write the list as CSV and as Parquet, and return what each EPCI, programme and year comes to."""
    base = duckdb.connect(str(folder / "made.duckdb"))
    base.execute("SET memory_limit = '1GB'; SET preserve_insertion_order = true")
    found = towns(load_gazetteer())
    base.register("towns", pa.table(found))
    base.execute("CREATE TABLE places AS SELECT * FROM towns")
    programmes = ", ".join(f"'{name}'" for name in PROGRAMMES)
    base.execute(f"""
        CREATE TABLE made AS SELECT n, p.*, [{programmes}][1 + h % {len(PROGRAMMES)}] AS programme,
            2015 + (h // 7) % 11 AS year, (h // 97) % 200 AS way, h % 9973 AS title,
            CASE WHEN (h // 193) % 50 = 0 THEN NULL
                WHEN (h // 193) % 50 < 5 THEN 1000 * (1 + (h // 389) % 900)
                ELSE ((h // 389) % 400000 * 47)::DECIMAL(18, 2) / 100 END::DECIMAL(18, 2) AS euros
        FROM (SELECT n, (hash(n * 2654435761 + {seed}) >> 3)::BIGINT AS h FROM range({rows}) t(n))
            JOIN places p ON p.id = h % {len(found["id"])} ORDER BY n
    """)  # noqa: S608 - numbers
    base.execute("""
        CREATE VIEW list AS SELECT
            CASE WHEN way < 130 THEN code WHEN way >= 180 AND way < 196 THEN epci ELSE '' END AS "Code",
            CASE WHEN way < 130 THEN name WHEN way >= 196 THEN 'Lieu inventé ' || title % 500
                WHEN way >= 180 THEN '' ELSE 'COMMUNE DE ' || upper(name) END AS "Bénéficiaire",
            CASE WHEN way >= 180 THEN '' ELSE departement END AS "Département", programme AS "Dispositif",
            year::VARCHAR AS "Année",
            CASE WHEN euros IS NULL THEN CASE WHEN title % 2 = 0 THEN 'n.d.' ELSE '' END
                WHEN euros % 1000 = 0 AND title % 3 = 0 THEN (euros / 1000)::BIGINT || ' k€'
                WHEN title % 5 = 0 THEN replace(format('{:,.2f}', euros::DOUBLE), ',', ' ')
                WHEN title % 5 = 1 THEN replace(euros::VARCHAR, '.', ',') || ' €'
                ELSE replace(euros::VARCHAR, '.', ',') END AS "Subvention",
            CASE WHEN title % 1000 = 0 THEN 'Travaux "inventés"
suite' ELSE 'Travaux inventés ; lot ' || title END AS "Objet"
        FROM made
    """)
    base.execute(f"COPY list TO '{folder}/grants.csv' (HEADER, DELIMITER ';')")
    base.execute(f"COPY list TO '{folder}/grants.parquet' (FORMAT parquet)")
    sums = base.execute("""
        SELECT CASE WHEN way >= 196 THEN '' ELSE epci END, programme, year, count(*), count(*) - count(euros),
            coalesce(sum(euros), 0) FROM made GROUP BY ALL
    """).fetchall()
    base.close()
    (folder / "made.duckdb").unlink()
    return {(code, name, str(year)): (count, none, euros) for code, name, year, count, none, euros in sums}


def towns(places: Gazetteer) -> dict[str, list[Any]]:
    """Return the communes whose name leaves no doubt in its département, then and now."""
    numbers = list(range(places.commune_count))
    names, departements = places.column("name", numbers), places.column("departement", numbers)
    begun: dict[tuple[str, str], int] = defaultdict(int)
    for name, departement in zip(names, departements, strict=True):
        begun[departement, plain(name).split(" ")[0]] += 1
    gone = {plain(old.name) for old in places.former()}
    chosen = [
        number
        for number, name, departement in zip(numbers, names, departements, strict=True)
        if places.column("epci", [number])[0]
        and begun[departement, plain(name).split(" ")[0]] == 1
        and plain(name) not in gone
    ]
    labels = {place.code: place.name for place in places.of_level("departement")}
    chosen = [number for number in chosen if not doubtful(places.place(number), labels)]
    return {
        "id": list(range(len(chosen))),
        "code": places.column("code", chosen),
        "name": places.column("name", chosen),
        "epci": places.column("epci", chosen),
        "departement": [labels[code] for code in places.column("departement", chosen)],
    }


def doubtful(place: Place, labels: dict[str, str]) -> bool:
    """Say whether a name is refused: what is placed elsewhere is not left out, so that it shows."""
    beside = Beside(None, departement=labels[place.departement[0]])
    return resolve(f"COMMUNE DE {place.name.upper()}", beside=beside).place is None


def plain(name: str) -> str:
    """Return a name whose words are parted by spaces, in small letters."""
    return name.lower().replace("-", " ").replace("'", " ").replace("’", " ")


def read(path: Path) -> Totals:
    """Return the totals that were written, by the code of the place, the programme and the year."""
    return {(code, programme, year): found for code, programme, year, found in _lines(path)}


def _lines(path: Path) -> Iterator[tuple[str, str, str, tuple[int, int, Decimal]]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        for _, code, _, programme, year, grants, _, euros, unknown in list(csv.reader(file, delimiter=";"))[
            1:
        ]:
            amount = Decimal(euros.replace(",", ".") or "0")
            yield code, programme, year, (int(grants), int(unknown), amount)


if __name__ == "__main__":
    sys.exit(main())
