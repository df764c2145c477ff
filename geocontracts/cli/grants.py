"""The command that adds up a list of grants, however long."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from geocontracts.cli.grants_told import tell_grants
from geocontracts.cli.reading import told_giver, told_mapping
from geocontracts.cli.shared import add_lang, add_lists, add_source
from geocontracts.cli.status import DONE, PROBLEMS
from geocontracts.cli.telling import tell_mixed
from geocontracts.files import refuse_overwriting
from geocontracts.together import together
from geocontracts.words import say

if TYPE_CHECKING:
    import argparse

    from geocontracts.words import Message

_MANY = 20_000  # lines of a map that a page should hold


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "grants", help="add up a list of grants of any length by place, programme and year"
    )
    parser.add_argument("register", metavar="LIST", help="a CSV or a Parquet of any size, or any other list")
    parser.add_argument(
        "-o",
        "--output",
        type=Path,
        required=True,
        metavar="FOLDER",
        help="where totals, the list for a map, the rows without place and what is to be mended go",
    )
    parser.add_argument(
        "--by",
        choices=("commune", "epci", "departement", "region"),
        default="epci",
        help="the level of the places (default: epci)",
    )
    parser.add_argument(
        "--year",
        metavar="COLUMN",
        help="the column of years or dates (default: one that is called so, or the date of signature)",
    )
    parser.add_argument(
        "--within", metavar="PLACE", help="where names are looked for first (default: all of France)"
    )
    parser.add_argument(
        "--parquet", action="store_true", help="write the totals as Parquet too, for other programs"
    )
    parser.add_argument(
        "--memory",
        type=int,
        default=1000,
        metavar="MB",
        help="what DuckDB may hold in memory (default: 1000)",
    )
    parser.add_argument(
        "--scratch",
        type=Path,
        metavar="FOLDER",
        help="where what does not fit in memory is kept for the time",
    )
    add_lists(parser)
    add_source(parser)
    add_lang(parser)
    parser.set_defaults(run=add_up_grants)


def add_up_grants(options: argparse.Namespace) -> int:
    """Write the totals of a list, and say what became of its rows."""
    from geocontracts.outputs.grants.totals import GrantOptions, grant_totals
    from geocontracts.outputs.grants.write import grant_files, stale_files, write_grants
    from geocontracts.records.lists.mapping import write_mapping
    from geocontracts.records.lists.read import mapping_of

    told = told_mapping(options)
    chosen = GrantOptions(
        by=options.by,
        mapping=told,
        year=options.year,
        within=options.within,
        giver=told_giver(options),
        memory_mb=options.memory,
        scratch=options.scratch,
        lang=options.lang,
    )
    files = grant_files(options.output, options.lang, parquet=options.parquet)
    saved = [options.save_mapping] if options.save_mapping else []
    kept = [options.mapping] if options.mapping else []
    refuse_overwriting([*files.values(), *saved], [Path(options.register)], key="output-is-list")
    refuse_overwriting([*files.values(), *saved], kept, key="output-is-mapping")
    tell_mixed([*files.values(), *saved, Path(options.register), *kept], options)

    def progress(step: Message) -> None:
        print(step.text(options.lang), file=sys.stderr, flush=True)

    with grant_totals(options.register, chosen, progress=progress) as totals:
        with together():
            write_grants(totals, options.output, lang=options.lang, parquet=options.parquet)
            if options.save_mapping:
                head = totals.loaded.head
                write_mapping(mapping_of(head.sheet, head.plan, told), options.save_mapping)
        is_clean = tell_grants(totals, options.lang)
        (lines,) = totals.store.one("SELECT count(DISTINCT (level, code, programme)) FROM totals")
    for name, path in files.items():
        print(say("large-written", options.lang, file=path, what=say(f"large-what-{name}", options.lang)))
    stale = stale_files(options.output, options.lang, parquet=options.parquet)
    if stale:
        print(_stale_text(stale, options), file=sys.stderr)
    if lines > _MANY:
        print(say("large-map-many", options.lang, count=lines), file=sys.stderr)
    return DONE if is_clean else PROBLEMS


def _stale_text(stale: list[Path], options: argparse.Namespace) -> str:
    """Say which files beside the new ones are not of this run."""
    key = "large-stale" if stale[1:] else "large-stale-one"
    return say(key, options.lang, files=", ".join(path.name for path in stale), folder=str(options.output))
