"""The command that compares two editions of a register."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from geocontracts.cli.reading import read_told
from geocontracts.cli.shared import add_area, add_lang, add_lists
from geocontracts.cli.status import DONE, PROBLEMS
from geocontracts.cli.telling import tell
from geocontracts.together import together
from geocontracts.words import say

if TYPE_CHECKING:
    from geocontracts.outputs.comparison.comparison import Comparison
    from geocontracts.records.register import Register


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command and its options."""
    parser = commands.add_parser(
        "compare", help="tell what began, ended, moved or changed between two editions"
    )
    parser.add_argument(
        "old", metavar="OLD", help="the old edition: a folder of tables, or one list of any kind"
    )
    parser.add_argument("new", metavar="NEW", help="the new edition, in the same way")
    parser.add_argument(
        "-o",
        "--output",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help=".md, .csv, .json, or .html for a map of the changes (may be given more than once)",
    )
    parser.add_argument("--format", choices=("table", "md", "csv", "json"), default="table")
    parser.add_argument("--old-date", metavar="DATE", help="the date of the old edition: 2024, 2024-06...")
    parser.add_argument("--new-date", metavar="DATE", help="the date of the new edition")
    add_area(parser)
    add_lists(parser)
    parser.add_argument(
        "--old-mapping",
        type=Path,
        metavar="FILE",
        help="read OLD with this mapping alone, where its columns are called otherwise",
    )
    add_lang(parser)
    parser.set_defaults(run=compare_registers)


def compare_registers(options: argparse.Namespace) -> int:
    """Compare two editions, write and print what differs, and tell what is to be mended in either.

    Differences are no problem; what cannot be understood in an edition is one, and so is what may
    be the same record and was not paired.
    """
    from geocontracts.outputs.comparison.compare import compare
    from geocontracts.outputs.comparison.write import check_suffix, format_comparison, write_comparison

    for path in options.output:
        check_suffix(path)
    old, new = _read(options, "old"), _read(options, "new")
    found = compare(
        old,
        new,
        area=options.area,
        within=options.within,
        old_date=options.old_date,
        new_date=options.new_date,
    )
    with together():
        for path in options.output:
            write_comparison(found, path, lang=options.lang)
    for path in options.output:
        print(say("cmp-written", options.lang, file=path), file=sys.stderr)
    print(format_comparison(found, style=options.format, lang=options.lang), end="")
    is_clean = [_tell(found, edition, options) for edition in ("old", "new")]
    return DONE if all(is_clean) and not found.doubts else PROBLEMS


def _read(options: argparse.Namespace, edition: str) -> Register:
    """Read one edition; what is guessed of a list is told under its name."""
    told = {"register": getattr(options, edition)}
    if edition == "old":
        told["save_mapping"] = None
        if options.old_mapping:
            kept = {"mapping": options.old_mapping, "pairs": [], "programme": None}
            told |= kept | {"shape": None, "sheet": None, "header": None}
    print(say(f"cmp-reading-{edition}", options.lang, file=told["register"]), file=sys.stderr)
    return read_told(argparse.Namespace(**{**vars(options), **told}), *options.output)


def _tell(comparison: Comparison, edition: str, options: argparse.Namespace) -> bool:
    """Print what is to be mended in an edition; say whether nothing is."""
    from geocontracts.outputs.report import build_report

    register, perimeters = comparison.edition(edition)
    report = build_report(register, perimeters)
    print(say(f"cmp-reading-{edition}", options.lang, file=getattr(options, edition)), file=sys.stderr)
    tell(report, options)
    return report.is_clean
