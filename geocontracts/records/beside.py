"""Who gives a list that we wrote: what the `provenance.json` beside it says, if it is of these bytes."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geocontracts.files import FileMark, read_small
from geocontracts.records.dates import PartialDate
from geocontracts.records.formats.signs import fit
from geocontracts.records.register import Source
from geocontracts.records.told import read_linked
from geocontracts.words import LANGS, Labels, Message, say

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from geocontracts.records.told import ToldDocument

NAME = "provenance.json"
"""What `grants` calls the file that says so of all that it wrote."""


@dataclass(frozen=True)
class Beside:
    """What is said of a list: its `source`, None where the list was changed since; the file that says it."""

    source: Source | None
    mark: FileMark
    note: Message


def told_beside(path: Path | None, inputs: Sequence[FileMark]) -> Beside | None:
    """Return what is told of a list beside it; None where nothing is.

    A list that was changed since is another one: the note says that nothing was taken over.
    """
    if path is None or len(inputs) != 1:
        return None
    try:
        text = read_small(path.with_name(NAME))
        told = read_linked(text)
    except (OSError, ValueError):
        return None  # another program's, or none
    meant = [each for each in told.outputs if each.name == inputs[0].name] if told else []
    if not (told and meant and told.documents):
        return None
    mark = FileMark(NAME, len(text), hashlib.sha256(text).hexdigest())
    if meant[0].sha256 != inputs[0].sha256:
        return Beside(None, mark, Message("beside-changed", {"file": inputs[0].name, "told": NAME}))
    source = _source(inputs[0].name, told.title, told.documents[0])
    return Beside(source, mark, Message("beside-taken", {"told": NAME, **_facts(source)}))


def _source(file: str, title: str, document: ToldDocument) -> Source:
    """Return the list as a source, with what is told of the one that it was made from."""
    try:
        dated = PartialDate(document.published) if document.published else None
    except ValueError:
        dated = None
    licence = fit(document.licence) or None
    return Source(fit(file), fit(title) or fit(file), fit(document.publisher), dated, None, licence)


def _facts(source: Source) -> dict[str, Labels | str]:
    unknown = {
        key: Labels(({lang: say(f"origin-{key}", lang) for lang in LANGS},))
        for key in ("unproduced", "undated", "unlicensed")
    }
    return {
        "publisher": source.publisher or unknown["unproduced"],
        "dated": source.published_on.text if source.published_on else unknown["undated"],
        "licence": source.licence or unknown["unlicensed"],
    }
