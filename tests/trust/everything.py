"""Make one file of every kind that the package writes, into this folder: for `test_reproducible.py`.

    python everything.py NAME...        # names of `MAKES`; all of them where none is given

What the commands print, and their exit status, go to `told.txt`.
"""

from __future__ import annotations

import contextlib
import io
import os
import sys
from pathlib import Path

from geocontracts.cli import main

SOMME = ("--area", "departement:80")
SMALL = ("--size", "16x10", "--dpi", "60", *SOMME)
EDITIONS = ("md", "csv", "json", "html")
KINDS = ("csv", "xlsx", "ods", "parquet", "geojson", "gpkg")

MAKES: dict[str, list[tuple[str, ...]]] = {
    "map": [("map", "-o", "carte.html"), ("map", "--embed", "-o", "site.html", "--lang", "en", *SOMME)],
    "figure": [("figure", "-o", f"plate.{kind}", *SMALL) for kind in ("svg", "pdf", "png")],
    "sheet": [
        *(("territory", "Denain", "-o", f"denain.{kind}") for kind in ("html", "md", "pdf")),
        ("territory", "departement:80", "--each", "epci", "-o", "fiches"),
        *(("programme", "acv", "-o", f"acv.{kind}") for kind in ("html", "md", "pdf")),
    ],
    "export": [
        ("export", "-o", f"contrats.{kind}")
        for kind in ("gpkg", "geojson", "parquet", "fgb", "xlsx", "csv")
    ],
    "report": [("check", "liste.csv", "--report", f"rapport.{kind}") for kind in ("html", "csv", "json")],
    "corrected": [("check", f"liste.{kind}", "--corrected", f"complete.{kind}") for kind in KINDS],
    "statistics": [
        *(("stats", "--format", kind) for kind in ("table", "csv", "json")),
        ("stats", "liste.csv", "--format", "json"),
        ("resolve", "Creil (60)", "CC de Flandre Intérieure", "Saint-Pol", "Lilel", "--format", "json"),
        ("places", "info", "--format", "json"),
    ],
    "comparison": [
        ("compare", "liste.csv", "suite.csv", *(part for kind in EDITIONS for part in ("-o", f"d.{kind}")))
    ],
    "grants": [("grants", "aides.csv", "-o", "totaux", "--parquet")],
}  # fmt: skip


def make(names: list[str]) -> None:
    """Run the commands of these names, and keep what they say."""
    said = io.StringIO()
    for name in names or list(MAKES):
        for command in MAKES[name]:
            print("$", *command, file=said)
            with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
                status = main(list(command))
            print("->", status, file=said)
    Path("told.txt").write_text(said.getvalue(), encoding="utf-8")


if __name__ == "__main__":
    os.umask(int(os.environ.get("TRIED_UMASK", "022"), 8))
    make(sys.argv[1:])
