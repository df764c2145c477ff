"""The command that writes a register as data for other programs."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from geocontracts.cli.reading import read_told
from geocontracts.cli.shared import add_area, add_lang, add_register
from geocontracts.cli.status import DONE, PROBLEMS
from geocontracts.cli.telling import tell
from geocontracts.words import say

if TYPE_CHECKING:
    from geocontracts.outputs.exports.write import Export


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = commands.add_parser("export", help="write a register as data: GeoPackage, XLSX, GeoJSON...")
    add_register(parser)
    parser.add_argument(
        "-o",
        "--output",
        type=Path,
        required=True,
        metavar="FILE",
        help="its ending says what it is: .gpkg and .xlsx hold all tables, "
        ".geojson, .parquet, .fgb and .csv hold one",
    )
    parser.add_argument(
        "--table",
        metavar="NAME",
        help="the table of a file that holds one: records (default: contracts, missions and operations "
        "together), contracts, missions, operations, signs, communes, epci, departements, programmes, "
        "sources, placements, coverage",
    )
    parser.add_argument(
        "--bom",
        action=argparse.BooleanOptionalAction,
        help="whether a CSV begins with a byte order mark (default: in French)",
    )
    add_area(parser)
    parser.add_argument("--title", help="of the data, in the file (default: one made of the area)")
    add_lang(parser)
    parser.set_defaults(run=export)


def export(options: argparse.Namespace) -> int:
    """Write the file, and say what it holds."""
    from geocontracts.outputs.exports.write import check_target, write_export
    from geocontracts.outputs.report import build_report

    check_target(options.output, options.table, bom=options.bom)
    register = read_told(options, options.output)
    written = write_export(
        register,
        options.output,
        area=options.area,
        within=options.within,
        title=options.title,
        lang=options.lang,
        table=options.table,
        bom=options.bom,
    )
    report = build_report(register, list(written.perimeters))
    tell(report, options)
    for note in written.notes:
        print(note.text(options.lang), file=sys.stderr)
    _print(written, options)
    return DONE if report.is_clean and not written.notes else PROBLEMS


def _print(written: Export, options: argparse.Namespace) -> None:
    size = written.path.stat().st_size / 1000
    print(say("export-written", options.lang, file=options.output, size=size))
    for layer in written.layers:
        key = "export-layer-shapes" if layer.bare else "export-layer"
        facts = {"title": layer.title, "name": layer.name, "rows": layer.rows, "bare": layer.bare}
        print(say(key, options.lang, **facts))
    if written.path.suffix.lower() == ".csv":
        print(say("export-csv-hint", options.lang))
