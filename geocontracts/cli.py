"""The command line: parse, one public call, an exit status.

Status 0: done; 1: done, with problems that were reported; 2: not done.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

import geocontracts
from geocontracts.errors import GeocontractsError, RegisterError, why
from geocontracts.files import write_whole
from geocontracts.places.area import HAUTS_DE_FRANCE, find_area
from geocontracts.words import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geocontracts.outputs.report import About, Report
    from geocontracts.outputs.verdict import Limit
    from geocontracts.records.register import Register

DONE, PROBLEMS, NOT_DONE = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    _speak_utf8()
    options = _parser().parse_args(arguments)
    try:
        status: int = options.run(options)
        sys.stdout.flush()
    except GeocontractsError as error:
        print(f"geocontracts: {error.text(options.lang)}", file=sys.stderr)
        return NOT_DONE
    except BrokenPipeError:  # who read the answer has had enough of it
        _drop_stdout()
        return DONE
    except OSError as error:
        _drop_stdout()
        print(f"geocontracts: {say('stdout-refused', options.lang, why=why(error))}", file=sys.stderr)
        return NOT_DONE
    except KeyboardInterrupt:
        return NOT_DONE
    return status


def _speak_utf8() -> None:
    """Write UTF-8 wherever the output goes: a file on Windows would take cp1252, which lacks our signs."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _drop_stdout() -> None:
    """Let Python end without a second complaint about what could not be written."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="geocontracts",
        description="Maps of territorial contracts in France: one register, one offline interactive page.",
        epilog="Exit status: 0 done, 1 done with problems that were reported, 2 not done.",
    )
    parser.add_argument("--version", action="version", version=f"geocontracts {geocontracts.__version__}")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    _add_map(commands.add_parser("map", help="write the interactive page of a register"))
    _add_check(commands.add_parser("check", help="read a register and report every problem"))
    _add_stats(commands.add_parser("stats", help="count the records of a register and add up their amounts"))
    _add_resolve(commands.add_parser("resolve", help="find the places that names or codes mean"))
    _add_places(commands.add_parser("places", help="say which places are in use, bring fresher ones"))
    return parser


def _add_map(parser: argparse.ArgumentParser) -> None:
    _add_register(parser)
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="default: maps/<area>.html")
    parser.add_argument("--area", default=HAUTS_DE_FRANCE, metavar="PLACE", help="default: Hauts-de-France")
    parser.add_argument(
        "--basemap",
        choices=("none", "plan", "osm"),
        default="none",
        help="tiles under the map; plan and osm ask a tile server for them (default: none)",
    )
    parser.add_argument("--title", help="title of the page")
    parser.add_argument("--open", action="store_true", help="open the page in the browser")
    _add_report(parser)
    _add_lang(parser)
    parser.set_defaults(run=_map)


def _add_check(parser: argparse.ArgumentParser) -> None:
    _add_register(parser)
    parser.add_argument(
        "--area", default=HAUTS_DE_FRANCE, metavar="PLACE", help="where names are looked for first"
    )
    parser.add_argument("--format", choices=("table", "json"), default="table")
    _add_report(parser)
    parser.add_argument(
        "--corrected",
        type=Path,
        metavar="FILE",
        help="write the list back, as the same kind of file, with what was found beside each row",
    )
    _add_lang(parser)
    parser.set_defaults(run=_check)


def _add_stats(parser: argparse.ArgumentParser) -> None:
    _add_register(parser)
    parser.add_argument("--by", choices=("programme", "family", "status"), default="programme")
    parser.add_argument(
        "--area", default=HAUTS_DE_FRANCE, metavar="PLACE", help="where names are looked for first"
    )
    parser.add_argument("--format", choices=("table", "csv", "json"), default="table")
    _add_lang(parser)
    parser.set_defaults(run=_stats)


def _add_resolve(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("names", nargs="*", metavar="NAME", help="a code or a name, as people write it")
    parser.add_argument("--within", metavar="PLACE", help="the territory in which names are looked for first")
    parser.add_argument(
        "--from", dest="file", type=Path, metavar="FILE", help="read the names from a list of any kind"
    )
    parser.add_argument(
        "--vintage",
        type=int,
        choices=range(2019, 2027),
        help="tell the codes of that year too",
    )
    parser.add_argument("--column", help="the column of FILE that holds the names")
    parser.add_argument("--format", choices=("table", "csv", "json"), default="table")
    _add_lang(parser)
    parser.set_defaults(run=_resolve, error=parser.error)


def _add_places(parser: argparse.ArgumentParser) -> None:
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    info = commands.add_parser("info", help="say which places are in use and at hand")
    info.add_argument("--format", choices=("table", "json"), default="table")
    _add_lang(info)
    info.set_defaults(run=_places_info)
    use = commands.add_parser("use", help="put the bundled places, or a set brought before, in use")
    use.add_argument("name", metavar="NAME", help="bundled, or a name that `places info` gives")
    _add_lang(use)
    use.set_defaults(run=_places_use)
    refresh = commands.add_parser("refresh", help="bring boundaries and codes from Etalab or IGN")
    refresh.add_argument(
        "--from", dest="source", choices=("etalab", "ign"), default="etalab", help="default: etalab"
    )
    refresh.add_argument(
        "--vintage", type=int, metavar="YEAR", help="of the codes (default: that of the bundled places)"
    )
    refresh.add_argument(
        "--detail", help="etalab: 1000m, 100m, 50m, 5m (default 100m); ign: pe, carto, full (default pe)"
    )
    refresh.add_argument(
        "--area", metavar="PLACE", help="a région or a département; elsewhere the bundled places stay"
    )
    refresh.add_argument(
        "--base",
        metavar="URL",
        help="address of the source (also GEOCONTRACTS_ETALAB, GEOCONTRACTS_IGN)",
    )
    refresh.add_argument("--offline", action="store_true", help="build from what was fetched before")
    _add_lang(refresh)
    refresh.set_defaults(run=_places_refresh)


def _add_register(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "register",
        nargs="?",
        metavar="REGISTER",
        help="a folder of tables, or one list: CSV, XLSX, XLS, ODS, Parquet, GeoPackage or GeoJSON, or the "
        "address of a PostgreSQL table (default: the bundled register)",
    )
    lists = parser.add_argument_group("how to read a list (what is not told is guessed, and said)")
    lists.add_argument(
        "--map",
        dest="pairs",
        action="append",
        default=[],
        metavar="COLUMN=FIELD",
        help="say what a column is: insee_com=commune_code; COLUMN=- leaves it aside",
    )
    lists.add_argument("--programme", metavar="NAME", help="the programme of every row")
    lists.add_argument(
        "--shape", choices=("contracts", "places"), help="one row for a contract, or for a place"
    )
    lists.add_argument("--sheet", metavar="NAME", help="the sheet, layer or table that holds the list")
    lists.add_argument("--header", type=_line, metavar="N", help="the line that holds the headings")
    lists.add_argument("--mapping", type=Path, metavar="FILE", help="use what --save-mapping kept")
    lists.add_argument(
        "--save-mapping",
        type=Path,
        metavar="FILE",
        help="keep what was told and guessed, for the next edition",
    )


def _add_report(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--report",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help="write what became of each row: .csv, .json or .html (may be given more than once)",
    )
    parser.add_argument("--strict", action="store_true", help="remarks count as problems too")
    parser.add_argument(
        "--max-unplaced",
        metavar="N|N%",
        help="fail only when more rows than this have no place (map then writes no page)",
    )


def _line(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        msg = f"{text!r} is not the number of a line"
        raise argparse.ArgumentTypeError(msg)
    return int(text)


def _add_lang(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--lang", choices=("fr", "en"), default="fr", help="of what people read (default: fr)"
    )


def _map(options: argparse.Namespace) -> int:
    from geocontracts.outputs.report import build_report, summary
    from geocontracts.outputs.report_text import problem_lines
    from geocontracts.outputs.verdict import is_failing
    from geocontracts.webmap.page import render_page
    from geocontracts.webmap.payload import MapOptions, build_content

    limit = _limit(options)
    path = options.output
    if path is None:
        path = Path("maps") / f"{_slug(find_area(options.area).name)}.html"
    register = _read(options, path)
    chosen = MapOptions(area=options.area, title=options.title, lang=options.lang, basemap=options.basemap)
    content = build_content(register, chosen)
    report = build_report(register, content.perimeters)
    placed = [perimeter for perimeter in content.perimeters if perimeter.communes]
    is_failed = is_failing(report, strict=options.strict, max_unplaced=limit)
    is_refused = is_failed and (options.strict or limit is not None)
    if not is_refused:
        write_whole(path, render_page(content))
    _write_reports(report, register, options)
    for line in problem_lines(report.to_mend(), options.lang):
        print(line, file=sys.stderr)
    print(summary(report, options.lang), file=sys.stderr)
    if is_refused:
        print(say("map-refused", options.lang, file=path), file=sys.stderr)
        return NOT_DONE
    outside = sum(not content.area.numbers.intersection(each.communes) for each in placed)
    if outside:
        print(say("map-outside", options.lang, area=content.area.name, count=outside), file=sys.stderr)
    print(say("map-written", options.lang, file=path, size=path.stat().st_size / 1000))
    if options.open:
        import webbrowser

        webbrowser.open(path.resolve().as_uri())
    return PROBLEMS if is_failed else DONE


def _check(options: argparse.Namespace) -> int:
    from geocontracts.outputs.report import build_report, format_report
    from geocontracts.outputs.verdict import is_failing
    from geocontracts.perimeters.perimeter import resolve_perimeters

    limit = _limit(options)
    register = _read(options)
    perimeters = resolve_perimeters(register, within=find_area(options.area))
    report = build_report(register, perimeters)
    _write_reports(report, register, options)
    if options.corrected:
        _write_corrected(report, register, options)
    about = _about(register)
    print(format_report(report, style=options.format, lang=options.lang, about=about), end="")
    if limit is not None and not limit.allows(report.count("unplaced"), report.row_count):
        facts = {"unplaced": report.count("unplaced"), "limit": options.max_unplaced}
        print(say("check-limit", options.lang, **facts), file=sys.stderr)
    return PROBLEMS if is_failing(report, strict=options.strict, max_unplaced=limit) else DONE


def _read(options: argparse.Namespace, *outputs: Path) -> Register:
    """Read the register that the command names, and tell what was guessed of a list.

    No output may be written over a file that it was read from.
    """
    from geocontracts.records.lists.mapping import ListMapping, read_mapping, read_pairs, write_mapping
    from geocontracts.records.read import read_register
    from geocontracts.webmap.page import refuse_inputs

    told = ListMapping(
        columns=read_pairs(options.pairs).columns,
        programme=options.programme,
        shape=options.shape,
        sheet=options.sheet,
        header=options.header,
    )
    if options.mapping:
        told = told.over(read_mapping(options.mapping))
    register = read_register(options.register, told)
    for path in (*outputs, *getattr(options, "report", ()), *filter(None, [options.save_mapping])):
        refuse_inputs(path, register)
    reading = register.reading
    for note in reading.notes if reading else ():
        text = note.text(options.lang)
        print(text[:1].upper() + text[1:], file=sys.stderr)
    if options.save_mapping:
        if reading is None:
            raise RegisterError("mapping-nothing")
        write_mapping(reading.mapping, options.save_mapping)
        print(say("mapping-written", options.lang, file=options.save_mapping), file=sys.stderr)
    return register


def _limit(options: argparse.Namespace) -> Limit | None:
    from geocontracts.outputs.verdict import Limit

    return Limit.parse(options.max_unplaced) if options.max_unplaced else None


def _about(register: Register) -> About:
    import datetime as dt

    from geocontracts.outputs.report import About

    reading = register.reading
    name = reading.sheet.origin.name if reading else register.name
    return About(name, dt.datetime.now(tz=dt.UTC).astimezone().date(), reading.notes if reading else ())


def _write_reports(report: Report, register: Register, options: argparse.Namespace) -> None:
    from geocontracts.outputs.report import write_report

    for path in options.report:
        write_report(report, path, about=_about(register), lang=options.lang)
        print(say("report-saved", options.lang, file=path), file=sys.stderr)


def _write_corrected(report: Report, register: Register, options: argparse.Namespace) -> None:
    from geocontracts.outputs.corrected.write import write_corrected

    if register.reading is None:
        raise RegisterError("corrected-nothing")
    note = write_corrected(register.reading.sheet, report.rows, options.corrected, lang=options.lang)
    if note:
        print(note.text(options.lang), file=sys.stderr)
    print(say("corrected-written", options.lang, file=options.corrected), file=sys.stderr)


def _stats(options: argparse.Namespace) -> int:
    from geocontracts.outputs.report import build_report, summary
    from geocontracts.outputs.report_text import problem_lines
    from geocontracts.outputs.statistics import build_statistics, format_statistics
    from geocontracts.perimeters.perimeter import resolve_perimeters

    register = _read(options)
    perimeters = resolve_perimeters(register, within=find_area(options.area))
    statistics = build_statistics(register, perimeters, by=options.by)
    print(format_statistics(statistics, style=options.format, lang=options.lang), end="")
    report = build_report(register, perimeters)
    for line in problem_lines(report.to_mend(), options.lang):
        print(line, file=sys.stderr)
    print(summary(report, options.lang), file=sys.stderr)
    return DONE if report.is_clean else PROBLEMS


def _resolve(options: argparse.Namespace) -> int:
    from geocontracts.outputs.answers import format_matches
    from geocontracts.places.match import resolve
    from geocontracts.records.tables import read_column

    if bool(options.file) == bool(options.names) or bool(options.file) != bool(options.column):
        options.error("give names, or --from FILE with --column COLUMN")
    within = find_area(options.within).place if options.within else None
    cells = read_column(options.file, options.column) if options.file else []
    matches = [resolve(name, within=within) for name in options.names or [text for _, text in cells]]
    lines = [line for line, _ in cells] if options.file else None
    told = format_matches(
        matches, style=options.format, lang=options.lang, lines=lines, vintage=options.vintage
    )
    print(told, end="")
    return DONE if all(match.place for match in matches) else PROBLEMS


def _places_info(options: argparse.Namespace) -> int:
    from geocontracts.places.fresh.info import format_info

    print(format_info(style=options.format, lang=options.lang), end="")
    return DONE


def _places_use(options: argparse.Namespace) -> int:
    from geocontracts.places.fresh.sets import use_set

    known = use_set(options.name)
    print(say("places-used", options.lang, name=known.name, credit=known.credit(options.lang)))
    return DONE


def _places_refresh(options: argparse.Namespace) -> int:
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


def _slug(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii").lower()
    return "-".join("".join(letter if letter.isalnum() else " " for letter in plain).split()) or "map"
