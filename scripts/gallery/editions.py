"""The picture of a comparison: the bundled register beside an edition made up for the example."""

from __future__ import annotations

import csv
import shutil
import tempfile
from pathlib import Path

import geocontracts as gc
from gallery.pages import SIZE, opened, show_map
from geocontracts.bundled import data_dir

_YEAR = "2018"


def take_comparison(path: Path) -> None:
    """Write the map of what changes when the contracts signed in 2018 come in."""
    with tempfile.TemporaryDirectory() as folder, opened(SIZE) as page:
        old, new = Path(folder) / "ancien", Path(folder) / "nouveau"
        for edition in (old, new):
            shutil.copytree(data_dir(), edition, ignore=shutil.ignore_patterns("boundaries"))
        _drop_signed(old / "contracts.csv", _YEAR)
        file = Path(folder) / "changements.html"
        gc.write_comparison(gc.compare(old, new, old_date="2018", new_date="2019"), file)
        show_map(page, file)
        page.wait_for_timeout(800)
        page.screenshot(path=path)


def _drop_signed(table: Path, year: str) -> None:
    with table.open(encoding="utf-8", newline="") as source:
        rows = list(csv.reader(source))
    signed = rows[0].index("signed_on")
    with table.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows(row for row in rows if not row[signed].startswith(year))
