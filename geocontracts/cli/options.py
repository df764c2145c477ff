"""The commands and their options."""

from __future__ import annotations

import argparse
from pathlib import Path

import geocontracts
from geocontracts.cli import places, registers
from geocontracts.places.area import HAUTS_DE_FRANCE


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
    parser.set_defaults(run=registers.map_register)


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
    parser.set_defaults(run=registers.check)


def _add_stats(parser: argparse.ArgumentParser) -> None:
    _add_register(parser)
    parser.add_argument("--by", choices=("programme", "family", "status"), default="programme")
    parser.add_argument(
        "--area", default=HAUTS_DE_FRANCE, metavar="PLACE", help="where names are looked for first"
    )
    parser.add_argument("--format", choices=("table", "csv", "json"), default="table")
    _add_lang(parser)
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
    _add_lang(parser)
    parser.set_defaults(run=places.resolve_names, error=parser.error)


def _add_places(parser: argparse.ArgumentParser) -> None:
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    info = commands.add_parser("info", help="say which places are in use and at hand")
    info.add_argument("--format", choices=("table", "json"), default="table")
    _add_lang(info)
    info.set_defaults(run=places.info)
    use = commands.add_parser("use", help="put the bundled places, or a set brought before, in use")
    use.add_argument("name", metavar="NAME", help="bundled, or a name that `places info` gives")
    _add_lang(use)
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
    _add_lang(refresh)
    refresh.set_defaults(run=places.refresh_places)


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
