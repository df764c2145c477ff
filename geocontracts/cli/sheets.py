"""The commands that write sheets: of a territory, of each of its parts, of a programme."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from geocontracts.cli.shared import add_area, add_lang, add_register
from geocontracts.cli.status import DONE, PROBLEMS
from geocontracts.cli.telling import tell, tell_mixed
from geocontracts.words import say

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from geocontracts.outputs.sheets.document import Document
    from geocontracts.outputs.sheets.write import SheetMaker
    from geocontracts.records.register import Register

_LEVELS = ("commune", "epci", "arrondissement", "departement")
_FORMATS = ("html", "md", "pdf")
_BAR = 30  # signs


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the two commands."""
    _add_territory(
        commands.add_parser("territory", help="write the sheet of a territory, or of each of its parts")
    )
    _add_programme(commands.add_parser("programme", help="write the identity sheet of a programme"))


def _add_territory(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "place",
        metavar="PLACE",
        help="a commune, EPCI, arrondissement, département or region, by code or name, "
        "or contract: and its id or title",
    )
    add_register(parser)
    parser.add_argument(
        "-o",
        "--output",
        type=Path,
        required=True,
        metavar="FILE",
        help="a file in .html, .md or .pdf; with --each, a folder",
    )
    parser.add_argument(
        "--each",
        choices=_LEVELS,
        help="write one sheet for each commune, EPCI... of PLACE, and an index page, into the folder",
    )
    parser.add_argument("--format", choices=_FORMATS, help="of the sheets of --each (default: html)")
    add_area(parser)
    add_lang(parser)
    parser.set_defaults(run=territory, error=parser.error)


def _add_programme(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("scheme", metavar="ID", help="a programme of the register, by its id or its name")
    add_register(parser)
    parser.add_argument(
        "-o", "--output", type=Path, required=True, metavar="FILE", help="a file in .html, .md or .pdf"
    )
    add_area(parser)
    add_lang(parser)
    parser.set_defaults(run=programme)


def territory(options: argparse.Namespace) -> int:
    """Write the sheet of a territory; with --each, those of its parts and an index."""
    if options.format and not options.each:
        options.error("--format goes with --each; of one sheet, the name of FILE says the format")
    return _each(options) if options.each else _one(options, lambda maker: maker.territory(options.place))


def programme(options: argparse.Namespace) -> int:
    """Write the identity sheet of a programme."""
    return _one(options, lambda maker: maker.programme(options.scheme))


def _one(options: argparse.Namespace, describe: Callable[[SheetMaker], Document]) -> int:
    from geocontracts.cli.reading import read_told
    from geocontracts.outputs.sheets.write import format_of, write_sheet

    format_of(options.output)  # refused before anything is read
    register = read_told(options, options.output)
    maker = _maker(register, options)
    write_sheet(describe(maker), options.output)
    size = options.output.stat().st_size / 1000
    status = _tell(maker, options)
    print(say("fiche-written", options.lang, file=options.output, size=round(size)))
    return status


def _each(options: argparse.Namespace) -> int:
    from geocontracts.cli.reading import read_told
    from geocontracts.outputs.sheets.batch import plan_batch, write_batch

    register = read_told(options)
    maker = _maker(register, options)
    batch = plan_batch(options.place, options.each, options.output, options.format or "html", maker.ledger)
    tell_mixed(batch.files(), options)
    write_batch(batch, maker, _bar(options) if sys.stderr.isatty() else None)
    status = _tell(maker, options)
    count = len(batch.parts)
    key = "fiche-batch-written-one" if count == 1 else "fiche-batch-written"
    print(say(key, options.lang, n=count, folder=batch.folder, index=batch.index))
    return status


def _maker(register: Register, options: argparse.Namespace) -> SheetMaker:
    from geocontracts.outputs.sheets.write import SheetMaker
    from geocontracts.webmap.payload import MapOptions

    return SheetMaker(register, MapOptions(area=options.area, within=options.within, lang=options.lang))


def _tell(maker: SheetMaker, options: argparse.Namespace) -> int:
    """Print what is to be mended in the register, as `map` does."""
    from geocontracts.outputs.report import build_report

    report = build_report(maker.ledger.register, maker.ledger.content.perimeters)
    tell(report, options)
    return DONE if report.is_clean else PROBLEMS


def _bar(options: argparse.Namespace) -> Callable[[int, int], None]:
    """Return what draws how far the sheets are, on one line of the terminal."""
    label = say("fiche-progress", options.lang)

    def draw(done: int, total: int) -> None:
        full = _BAR * done // total
        end = "\n" if done == total else ""
        print(
            f"\r{label} [{'#' * full}{'.' * (_BAR - full)}] {done}/{total}",
            end=end,
            file=sys.stderr,
            flush=True,
        )

    return draw
