"""The commands and their options."""

from __future__ import annotations

import argparse
from pathlib import Path

import geocontracts
from geocontracts.cli import comparing, exports, figures, grants, places, registers, sheets, verify
from geocontracts.cli.embedding import add_embedding
from geocontracts.cli.shared import add_area, add_lang, add_register, add_report
from geocontracts.cli.statement import add_statement


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of all commands; each sets `run` to the function that does it."""
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
    figures.add(commands)
    sheets.add(commands)
    exports.add(commands)
    comparing.add(commands)
    grants.add(commands)
    verify.add(commands)
    _add_resolve(commands.add_parser("resolve", help="find the places that names or codes mean"))
    _add_places(commands.add_parser("places", help="say which places are in use, bring fresher ones"))
    return parser


def _add_map(parser: argparse.ArgumentParser) -> None:
    add_register(parser)
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="default: maps/<area>.html")
    add_area(parser)
    parser.add_argument(
        "--basemap",
        choices=("none", "plan", "osm"),
        default="none",
        help="tiles under the map; plan and osm ask a tile server for them (default: none)",
    )
    parser.add_argument("--title", help="title of the page")
    parser.add_argument("--open", action="store_true", help="open the page in the browser")
    add_embedding(parser)
    add_statement(parser)
    add_report(parser)
    add_lang(parser)
    parser.set_defaults(run=registers.map_register)


def _add_check(parser: argparse.ArgumentParser) -> None:
    add_register(parser)
    add_area(parser)
    parser.add_argument("--format", choices=("table", "json"), default="table")
    add_report(parser)
    parser.add_argument(
        "--corrected",
        type=Path,
        metavar="FILE",
        help="write the list back, as the same kind of file, with what was found beside each row",
    )
    add_lang(parser)
    parser.set_defaults(run=registers.check)


def _add_stats(parser: argparse.ArgumentParser) -> None:
    add_register(parser)
    parser.add_argument("--by", choices=("programme", "family", "status"), default="programme")
    add_area(parser)
    parser.add_argument("--format", choices=("table", "csv", "json"), default="table")
    add_lang(parser)
    parser.set_defaults(run=registers.stats)


def _add_resolve(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("names", nargs="*", metavar="NAME", help="a code or a name, as people write it")
    parser.add_argument("--within", metavar="PLACE", help="the territory in which names are looked for first")
    parser.add_argument("--from", dest="file", metavar="FILE", help="read the names from a list of any kind")
    parser.add_argument(
        "--vintage",
        type=int,
        choices=range(2019, 2027),
        help="tell the codes of that year too",
    )
    parser.add_argument("--column", help="the column of FILE that holds the names")
    parser.add_argument("--format", choices=("table", "csv", "json"), default="table")
    add_lang(parser)
    parser.set_defaults(run=places.resolve_names, error=parser.error)


def _add_places(parser: argparse.ArgumentParser) -> None:
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    info = commands.add_parser("info", help="say which places are in use and at hand")
    info.add_argument("--format", choices=("table", "json"), default="table")
    add_lang(info)
    info.set_defaults(run=places.info)
    use = commands.add_parser("use", help="put the bundled places, or a set brought before, in use")
    use.add_argument("name", metavar="NAME", help="bundled, or a name that `places info` gives")
    add_lang(use)
    use.set_defaults(run=places.use)
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
    add_lang(refresh)
    refresh.set_defaults(run=places.refresh_places)
