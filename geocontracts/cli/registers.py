"""The commands on a register: its map, its check, its statistics."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from geocontracts.cli.embedding import is_embedded, tell_snippet, write_snippet
from geocontracts.cli.reading import read_told, slug
from geocontracts.cli.statement import statement_of, write_statement
from geocontracts.cli.status import DONE, NOT_DONE, PROBLEMS
from geocontracts.cli.telling import tell, tell_drawn
from geocontracts.errors import RegisterError
from geocontracts.files import write_whole
from geocontracts.memory import collector_paused
from geocontracts.perimeters.extent import is_extent, names_of
from geocontracts.places.area import find_area
from geocontracts.together import together
from geocontracts.words import say

if TYPE_CHECKING:
    import argparse

    from geocontracts.cli.statement import Statement
    from geocontracts.outputs.report import About, Report
    from geocontracts.outputs.verdict import Limit
    from geocontracts.records.register import Register
    from geocontracts.webmap.payload import MapContent
    from geocontracts.words import Message


@collector_paused()
def map_register(options: argparse.Namespace) -> int:
    """Write the page of a register; with --strict or --max-unplaced, only if it passes."""
    from geocontracts.outputs.report import build_report
    from geocontracts.outputs.verdict import is_failing
    from geocontracts.webmap.payload import MapOptions, build_content

    limit = _limit(options)
    path = options.output
    if path is None:
        path = Path("maps") / f"{_file_name(options.area)}.html"
    statement = statement_of(path, options)
    register = read_told(options, path, *filter(None, [options.snippet, statement and statement.file]))
    chosen = MapOptions(
        area=options.area,
        within=options.within,
        title=options.title,
        lang=options.lang,
        basemap=options.basemap,
        embed=is_embedded(options),
    )
    content = build_content(register, chosen)
    report = build_report(register, content.perimeters)
    is_failed = is_failing(report, strict=options.strict, max_unplaced=limit)
    is_refused = is_failed and (options.strict or limit is not None)
    told, snippet = None, ""
    with together():
        _write_reports(report, register, options)
        if not is_refused:  # the page last: it leads to the others
            told = write_statement(statement, content, register, path)
            snippet = write_snippet(content, path, options)
            write_whole(path, _rendered(content, statement))
    if told:
        print(told)
    _tell_reports(options)
    tell(report, options)
    if is_refused:
        print(say("map-refused", options.lang, file=path), file=sys.stderr)
        return NOT_DONE
    tell_drawn(content, options)
    print(say("map-written", options.lang, file=path, size=path.stat().st_size / 1000))
    tell_tiles(options)
    tell_snippet(snippet, options)
    if options.open:
        import webbrowser

        webbrowser.open(path.resolve().as_uri())
    return PROBLEMS if is_failed else DONE


def _rendered(content: MapContent, statement: Statement | None) -> bytes:
    """Return the page, with its link to the accessibility statement where there is one."""
    from geocontracts.webmap.page import render_page

    if statement is None:
        return render_page(content)
    return render_page(content, statement=statement.address, mention=statement.mention)


@collector_paused()
def check(options: argparse.Namespace) -> int:
    """Report what became of each row of a register, and every problem."""
    from geocontracts.outputs.report import build_report, format_report
    from geocontracts.outputs.verdict import is_failing
    from geocontracts.perimeters.perimeter import resolve_perimeters

    limit = _limit(options)
    register = read_told(options)
    if options.corrected:
        _check_corrected(register, options)
    perimeters = resolve_perimeters(register, within=names_of(options.area, options.within))
    report = build_report(register, perimeters)
    with together():
        _write_reports(report, register, options)
        note = _write_corrected(report, register, options)
    _tell_reports(options)
    _tell_corrected(note, options)
    about = _about(register)
    print(format_report(report, style=options.format, lang=options.lang, about=about), end="")
    if limit is not None and not limit.allows(report.count("unplaced"), report.row_count):
        facts = {"unplaced": report.count("unplaced"), "limit": options.max_unplaced}
        print(say("check-limit", options.lang, **facts), file=sys.stderr)
    return PROBLEMS if is_failing(report, strict=options.strict, max_unplaced=limit) else DONE


@collector_paused()
def stats(options: argparse.Namespace) -> int:
    """Count the records of a register and add up their amounts."""
    from geocontracts.outputs.report import build_report
    from geocontracts.outputs.statistics import build_statistics, format_statistics
    from geocontracts.perimeters.extent import look_at

    register = read_told(options)
    area, perimeters = look_at(register, options.area, options.within)
    statistics = build_statistics(register, perimeters, by=options.by, area=area)
    print(format_statistics(statistics, style=options.format, lang=options.lang), end="")
    report = build_report(register, perimeters)
    tell(report, options)
    return DONE if report.is_clean else PROBLEMS


def _file_name(area: str) -> str:
    """Return what a map is called that was given no name."""
    return "etendue" if is_extent(area) else slug(find_area(area).name)


def tell_tiles(options: argparse.Namespace) -> None:
    """Say whom a page with a basemap asks, whenever it is opened."""
    from geocontracts.webmap.payload import TILE_HOSTS

    if options.basemap in TILE_HOSTS:
        print(say("tiles-told", options.lang, host=TILE_HOSTS[options.basemap]), file=sys.stderr)


def _limit(options: argparse.Namespace) -> Limit | None:
    from geocontracts.outputs.verdict import Limit

    return None if options.max_unplaced is None else Limit.parse(options.max_unplaced)


def _about(register: Register) -> About:
    import datetime as dt

    from geocontracts.outputs.report import About

    reading = register.reading
    name = reading.sheet.origin.name if reading else register.name
    today = dt.datetime.now(tz=dt.UTC).astimezone().date()
    return About(name, today, reading.notes if reading else (), register.inputs)


def _write_reports(report: Report, register: Register, options: argparse.Namespace) -> None:
    from geocontracts.outputs.report import write_report

    for path in options.report:
        write_report(report, path, about=_about(register), lang=options.lang)


def _tell_reports(options: argparse.Namespace) -> None:
    for path in options.report:
        print(say("report-saved", options.lang, file=path), file=sys.stderr)


def _check_corrected(register: Register, options: argparse.Namespace) -> None:
    """Refuse, before anything is written, a completed list that cannot be one."""
    from geocontracts.outputs.corrected.write import check_target

    if register.reading is None:
        raise RegisterError("corrected-nothing")
    check_target(register.reading.sheet, options.corrected)


def _write_corrected(report: Report, register: Register, options: argparse.Namespace) -> Message | None:
    from geocontracts.outputs.corrected.write import write_corrected

    if not options.corrected or register.reading is None:  # told before
        return None
    return write_corrected(register.reading.sheet, report.rows, options.corrected, lang=options.lang)


def _tell_corrected(note: Message | None, options: argparse.Namespace) -> None:
    if note:
        print(note.text(options.lang), file=sys.stderr)
    if options.corrected:
        print(say("corrected-written", options.lang, file=options.corrected), file=sys.stderr)
