"""Who made the boundaries and codes in use, of which date, under which licence, and their hash."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from geocontracts.bundled import SET_FILES
from geocontracts.files import digest_of, mark_of
from geocontracts.places.editions import years_of
from geocontracts.places.fresh.sets import set_in_use
from geocontracts.words import say

if TYPE_CHECKING:
    from pathlib import Path

    from geocontracts.places.editions import Edition
    from geocontracts.places.fresh.sets import PlaceSet
    from geocontracts.words import Lang

LICENCE_LINK = "https://www.etalab.gouv.fr/licence-ouverte-open-licence/"
"""Where the text of Licence Ouverte 2.0 stands."""
PRODUCERS = "IGN, Insee, DGCL"
"""Who made what every set holds: boundaries, codes and population, EPCI (data/boundaries/SOURCE.md)."""
_DAY = 10  # characters of a date in ISO 8601


@dataclass(frozen=True)
class PlacesOrigin:
    """Where boundaries and codes come from.

    `dated` is the day on which they were fetched, or the vintage of the bundled ones; `sha256` is that of
    what `sha256sum` prints of the files of the set, in the order of their names; `exactness` says how far
    the boundaries are simplified, `editions` of which year each part is, `parts` the same for programs.
    """

    title: str
    producers: str
    dated: str
    licence: str
    link: str
    sha256: str
    exactness: str
    editions: str
    parts: tuple[Edition, ...]


def origin_of_places(lang: Lang) -> PlacesOrigin:
    """Return where the set of places in use comes from.

    Raises:
        MissingDataError: the set that was chosen is not there, or not whole.
    """
    known = set_in_use()
    title = say("origin-places-title", lang, **years_of(known.editions))
    dated = known.retrieved[:_DAY] or str(known.vintage)
    sha256, exactness = _digest(known), known.exactness(lang)
    told = known.editions_text(lang), known.editions
    return PlacesOrigin(title, PRODUCERS, dated, known.licence, LICENCE_LINK, sha256, exactness, *told)


def _digest(known: PlaceSet) -> str:
    """Return one hash of the files of a set; a fetched one keeps those that it was built with."""
    return digest_of(known.files) if known.files else _read_digest(known.folder)


@cache
def _read_digest(folder: Path) -> str:
    return digest_of(mark_of(folder / name) for name in SET_FILES)
