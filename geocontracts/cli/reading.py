"""The register that a command names, read with what the command tells of it."""

from __future__ import annotations

import contextlib
import sys
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

from geocontracts.cli.telling import tell_mixed
from geocontracts.errors import RegisterError
from geocontracts.files import refuse_overwriting
from geocontracts.words import say

if TYPE_CHECKING:
    import argparse

    from geocontracts.records.given import Giver
    from geocontracts.records.lists.mapping import ListMapping
    from geocontracts.records.register import Register

_LARGE = 20_000_000  # bytes of a list: some sixty times that in memory


def read_told(options: argparse.Namespace, *outputs: Path) -> Register:
    """Read the register that the command names, and tell what was guessed of a list.

    What is to be written is looked at first: no output may be an input, nor another output.
    """
    from geocontracts.outputs.report import check_suffix
    from geocontracts.records.lists.mapping import write_mapping
    from geocontracts.records.read import read_register

    reports = getattr(options, "report", [])
    for path in reports:
        check_suffix(path)
    _warn_of_size(options)
    register = read_register(options.register, told_mapping(options), told_giver(options))
    written = [path for path in (*outputs, *reports, getattr(options, "corrected", None)) if path]
    facts = getattr(options, "accessibility_facts", None)
    made = [path for path in (*written, options.save_mapping) if path]
    key = "output-is-list" if register.reading else "output-is-input"
    refuse_overwriting(made, register.files, key=key)
    refuse_overwriting(made, filter(None, [facts]), key="output-is-facts")
    refuse_overwriting(written, filter(None, [options.mapping]), key="output-is-mapping")
    tell_mixed([*register.files, *written], options)
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


def told_mapping(options: argparse.Namespace) -> ListMapping:
    """Return what the command tells of a list, over what a saved mapping says."""
    from geocontracts.records.lists.mapping import ListMapping, read_mapping, read_pairs

    told = ListMapping(
        columns=read_pairs(options.pairs).columns,
        programme=options.programme,
        shape=options.shape,
        sheet=options.sheet,
        header=options.header,
    )
    return told.over(read_mapping(options.mapping)) if options.mapping else told


def told_giver(options: argparse.Namespace) -> Giver:
    """Return what the command tells of where a list comes from."""
    from geocontracts.records.given import Giver

    told = (getattr(options, name, None) or "" for name in ("source", "source_date", "source_licence"))
    return Giver(*told)


def _warn_of_size(options: argparse.Namespace) -> None:
    """Say which command reads a list that may not fit in memory."""
    with contextlib.suppress(OSError, TypeError, ValueError):  # an address, or no file: told by the reader
        path = Path(options.register)
        if path.is_file() and path.stat().st_size > _LARGE:
            facts = {"file": path, "size": path.stat().st_size / 1e6}
            print(say("large-hint", options.lang, **facts), file=sys.stderr)


def slug(name: str) -> str:
    """Return a name as that of a file: `hauts-de-france`."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii").lower()
    return "-".join("".join(letter if letter.isalnum() else " " for letter in plain).split()) or "map"
