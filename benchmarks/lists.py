"""Measure how long lists of 34,875 rows take from the file to the report, beside a naive merge.

Two lists of every commune of France are made: the long shape of the ANCT (contract's id, code, label,
EPCI, département), and one of grants, which name the commune and its département and no code. Each is
read, resolved and reported, as `geocontracts check --report` does, once the places are loaded. In the
same run pandas reads the same file and merges it with the communes, on the code or on the lower-case
name and the département: it finds the same rows where nothing is amiss, and reports nothing.

What counts is the time of one core, which other work on the machine changes little. The budget is 3 s.

Usage: python benchmarks/lists.py [--runs N] [--profile]
"""

from __future__ import annotations

import argparse
import cProfile
import csv
import pstats
import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from geocontracts.outputs.report import About, build_report
from geocontracts.outputs.report_tables import report_csv
from geocontracts.perimeters.perimeter import resolve_perimeters
from geocontracts.places.gazetteer import load_gazetteer
from geocontracts.records.read import read_register

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from geocontracts.places.gazetteer import Gazetteer, Place

BUDGET = 3.0  # seconds of one core, for a list
SHOWN = 30  # functions of a profile


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the seconds of each step, the ratio to the merge, and which lists are over the budget."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--profile", action="store_true", help="say where the time goes")
    options = parser.parse_args(arguments)
    places = load_gazetteer()
    over = []
    print(
        f"{'list':<10}{'rows':>8}{'read':>8}{'resolve':>9}{'report':>8}{'all, s':>8}{'merge':>8}{'ratio':>7}"
    )
    with tempfile.TemporaryDirectory() as folder:
        for name, rows, key in (("ANCT", _anct(places), "insee_com"), ("grants", _grants(places), "name")):
            path = Path(folder) / f"{name}.csv"
            _write(path, rows)
            _check(path)  # what is loaded once, is loaded
            if options.profile:
                _profile(path)
            steps = min((_check(path) for _ in range(options.runs)), key=sum)
            merge = min(_timed(partial(_merge, path, key, places)) for _ in range(options.runs))
            count = sum(1 for _ in path.open(encoding="utf-8")) - 1
            shown = "".join(f"{step:>{width}.2f}" for step, width in zip(steps, (8, 9, 8), strict=True))
            print(f"{name:<10}{count:>8}{shown}{sum(steps):>8.2f}{merge:>8.2f}{sum(steps) / merge:>7.1f}")
            if sum(steps) > BUDGET:
                over.append(name)
    print(f"\nBudget: {BUDGET:.0f} s of one core; over it: {', '.join(over) or 'none'}.")
    return 0  # a time depends on the machine: it is read, and fails nothing


def _anct(places: Gazetteer) -> Iterator[tuple[str, ...]]:
    yield "id_crte", "lib_crte", "insee_com", "lib_com", "siren_epci", "lib_epci", "insee_dep"
    for number in range(places.commune_count):
        place = places.place(number)
        epci = places.get("epci", place.epci)
        name = epci.name if epci else ""
        yield (
            f"crte-{place.epci}",
            f"CRTE {name}",
            place.code,
            place.name,
            place.epci,
            name,
            place.departement[0],
        )


def _grants(places: Gazetteer) -> Iterator[tuple[str, ...]]:
    yield "Bénéficiaire", "Département", "Intitulé", "Coût total HT", "Subvention", "Date de signature"
    for number in range(places.commune_count):
        place = places.place(number)
        departement = places.get("departement", place.departement[0])
        cost = f"{number * 37 % 90000 + 10000},50"
        name = departement.name if departement else ""
        day = f"{number % 28 + 1:02}/{number % 12 + 1:02}/2023"
        yield f"COMMUNE DE {place.name.upper()}", name, f"Travaux {number}", cost, f"{number % 9000} €", day


def _write(path: Path, rows: Iterator[tuple[str, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out, delimiter=";").writerows(rows)


def _check(path: Path) -> tuple[float, float, float]:
    """Return the seconds of reading, of resolving and of reporting."""
    start = time.process_time()
    register = read_register(path)
    read = time.process_time()
    perimeters = resolve_perimeters(register, within=None)
    resolved = time.process_time()
    report_csv(build_report(register, perimeters), About(path.name), "fr")
    return read - start, resolved - read, time.process_time() - resolved


def _timed(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def _merge(path: Path, key: str, places: Gazetteer) -> pd.DataFrame:
    """Read the list and merge it as one does in a notebook."""
    table = pd.read_csv(path, sep=";", dtype=str)
    numbers = list(range(places.commune_count))
    known = pd.DataFrame({"insee_com": places.column("code", numbers), "lib": places.column("name", numbers)})
    if key == "insee_com":
        return table.merge(known, on=key, how="left")
    names = {place.code: place.name for place in _departements(places)}
    known["name"] = known["lib"].str.lower() + " " + known["insee_com"].str[:2].map(names)
    bare = table["Bénéficiaire"].str.lower().str.removeprefix("commune de ")
    table["name"] = bare + " " + table["Département"]
    return table.merge(known.drop_duplicates("name"), on=key, how="left")


def _departements(places: Gazetteer) -> Iterator[Place]:
    codes = dict.fromkeys(places.column("departement", list(range(places.commune_count))))
    yield from (place for code in codes if (place := places.get("departement", code)))


def _profile(path: Path) -> None:
    with cProfile.Profile() as profile:
        _check(path)
    pstats.Stats(profile, stream=sys.stdout).sort_stats("tottime").print_stats(SHOWN)


if __name__ == "__main__":
    sys.exit(main())
