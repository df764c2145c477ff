"""The groups of options that several commands have."""

from __future__ import annotations

import argparse
from pathlib import Path

from geocontracts.places.area import HAUTS_DE_FRANCE


def add_register(parser: argparse.ArgumentParser) -> None:
    """Add the register and how a list is to be read."""
    parser.add_argument(
        "register",
        nargs="?",
        metavar="REGISTER",
        help="a folder of tables, or one list: CSV, XLSX, XLS, ODS, Parquet, GeoPackage or GeoJSON, or the "
        "address of a PostgreSQL table (default: the bundled register)",
    )
    add_lists(parser)
    add_source(parser)


def add_lists(parser: argparse.ArgumentParser) -> None:
    """Add how a list is to be read."""
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


def add_source(parser: argparse.ArgumentParser) -> None:
    """Add who gives a list, when, under which licence: a list that names no source is one itself."""
    given = parser.add_argument_group("where a list comes from (what is not told is said to be unknown)")
    given.add_argument("--source", metavar="TEXT", help="who gives the list: 'DDT 62, suivi des contrats'")
    given.add_argument("--source-date", metavar="DATE", help="of the list: 2026, 2026-03 or 2026-03-31")
    given.add_argument("--source-licence", metavar="TEXT", help="of the list: 'Licence Ouverte 2.0'")


def add_area(parser: argparse.ArgumentParser) -> None:
    """Add the territory that is looked at, and the one in which names are looked for first."""
    parser.add_argument(
        "--area",
        default=HAUTS_DE_FRANCE,
        metavar="PLACE",
        help="the territory: a name or a code, `france`, or `records`: the départements where there are "
        "records (default: Hauts-de-France)",
    )
    parser.add_argument(
        "--within", metavar="PLACE", help="where names are looked for first (default: the région of --area)"
    )


def add_report(parser: argparse.ArgumentParser) -> None:
    """Add the report of each row, and what fails."""
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


def add_lang(parser: argparse.ArgumentParser) -> None:
    """Add the language of what people read."""
    parser.add_argument(
        "--lang", choices=("fr", "en"), default="fr", help="of what people read (default: fr)"
    )
