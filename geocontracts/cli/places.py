"""The commands on places: names and codes, and the set of places in use."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from geocontracts.cli.status import DONE, NOT_DONE, PROBLEMS
from geocontracts.places.area import find_area
from geocontracts.words import say

if TYPE_CHECKING:
    import argparse


def resolve_names(options: argparse.Namespace) -> int:
    """Find the places that names or codes mean, or those of a column; a cell may hold several."""
    from geocontracts.outputs.answers import format_matches
    from geocontracts.places.match import resolve
    from geocontracts.records.lists.cells import split_names
    from geocontracts.records.tables import read_column

    if bool(options.file) == bool(options.names) or bool(options.file) != bool(options.column):
        options.error("give names, or --from FILE with --column COLUMN")
    within = find_area(options.within).place if options.within else None
    column = read_column(options.file, options.column) if options.file else []
    cells = [(line, name) for line, cell in column for name in split_names(cell) or [cell]]
    matches = [resolve(name, within=within) for name in options.names or [name for _, name in cells]]
    lines = [line for line, _ in cells] if options.file else None
    told = format_matches(
        matches, style=options.format, lang=options.lang, lines=lines, vintage=options.vintage
    )
    print(told, end="")
    return DONE if all(match.place for match in matches) else PROBLEMS


def info(options: argparse.Namespace) -> int:
    """Say which places are in use, and what else is at hand."""
    from geocontracts.places.fresh.info import format_info

    print(format_info(style=options.format, lang=options.lang), end="")
    return DONE


def use(options: argparse.Namespace) -> int:
    """Switch to another set of places."""
    from geocontracts.places.fresh.sets import use_set

    known = use_set(options.name)
    print(say("places-used", options.lang, name=known.name, credit=known.credit(options.lang)))
    return DONE


def refresh_places(options: argparse.Namespace) -> int:
    """Bring fresher places over the network."""
    from geocontracts.places.fresh.errors import SourceError
    from geocontracts.places.fresh.refresh import choose, refresh
    from geocontracts.places.fresh.sets import name_chosen
    from geocontracts.places.fresh.settings import read_settings
    from geocontracts.places.gazetteer import VINTAGE

    lang = options.lang
    vintage = VINTAGE if options.vintage is None else options.vintage
    wanted = choose(options.source, vintage, options.detail, options.area)
    try:
        known = refresh(
            wanted,
            settings=read_settings(options.source, options.base),
            offline=options.offline,
            say=lambda message: print(message.text(lang), file=sys.stderr, flush=True),
        )
    except SourceError as error:
        print(f"geocontracts: {error.text(lang)}", file=sys.stderr)
        print(say("places-stay", lang, name=name_chosen()), file=sys.stderr)
        return NOT_DONE
    print(say("places-used", lang, name=known.name, credit=known.credit(lang)))
    return DONE
