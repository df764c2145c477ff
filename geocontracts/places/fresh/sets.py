"""The sets of places at hand, which one is in use, and what is said of it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING, Any, TypeVar

from geocontracts.bundled import (
    SET_FILES,
    SET_NAME,
    boundaries_dir,
    bundled_boundaries_dir,
    name_in_use,
    place_file,
    places_dir,
)
from geocontracts.errors import MissingDataError, UnknownOptionError
from geocontracts.files import FileMark, mark_of, read_small, write_whole
from geocontracts.places.editions import bundled_editions, editions_text, fetched_editions, years_of
from geocontracts.places.fresh.fetched import Origin
from geocontracts.places.gazetteer import VINTAGE, load_gazetteer
from geocontracts.words import say

if TYPE_CHECKING:
    from pathlib import Path

    from geocontracts.places.editions import Edition
    from geocontracts.places.gazetteer import Place
    from geocontracts.words import Lang

BUNDLED = "bundled"
LICENCE = "Licence Ouverte 2.0"
_FORMAT = 1  # of a manifest
_SOURCES = ("etalab", "ign")
_BUNDLED_COMMUNES = 34_875
_DAY = 10  # characters of a date in ISO 8601


@dataclass(frozen=True)
class PlaceSet:
    """What is known of a set of places: the content of its `manifest.json`.

    `source` is {"bundled", "etalab", "ign"}; `area` is a qualified code, or empty
    for all of France: outside it, the places are the bundled ones.
    """

    name: str
    source: str
    vintage: int
    detail: str
    area: str
    area_name: str
    communes: int
    fresh_communes: int
    retrieved: str
    licence: str
    fetched: tuple[Origin, ...]
    files: tuple[FileMark, ...]

    @property
    def folder(self) -> Path:
        """Return the folder of the set."""
        return bundled_boundaries_dir() if self.name == BUNDLED else places_dir() / "sets" / self.name

    def vintage_at(self, place: Place | None) -> int:
        """Return the vintage of the codes of a place (None is France): outside the area, the bundled one."""
        level, _, code = self.area.partition(":")
        if not level:
            return self.vintage
        around = () if place is None else place.region if level == "region" else place.departement
        return self.vintage if (place and place.id == self.area) or code in around else VINTAGE

    def credit(self, lang: Lang) -> str:
        """Return the line that names the producers, the edition and, if it was fetched, the date."""
        if self.source == BUNDLED:
            years = years_of(self.editions)
            return say("credit-boundaries", lang, vintage=self.vintage, **years)
        facts = {"vintage": self.vintage, "detail": self.detail, "date": self.retrieved[:_DAY]}
        line = say(f"credit-boundaries-{self.source}", lang, **facts)
        return self._of_area(line, bundled_set().credit(lang), lang) if self.area else line

    @property
    def editions(self) -> tuple[Edition, ...]:
        """Return of which year each part is; of a set for an area, inside it."""
        return bundled_editions() if self.source == BUNDLED else fetched_editions(self.vintage)

    def editions_text(self, lang: Lang) -> str:
        """Return of which year each part is, as a clause without a full stop."""
        line = editions_text(self.editions, lang)
        return self._of_area(line, bundled_set().editions_text(lang), lang) if self.area else line

    def exactness(self, lang: Lang) -> str:
        """Return how far the boundaries are simplified, as far as their producers tell it."""
        line = say(f"exactness-{self.source}", lang, detail=self.detail.removesuffix("m"))
        return self._of_area(line, bundled_set().exactness(lang), lang) if self.area else line

    def exactness_short(self, lang: Lang) -> str:
        """Return the same in a few words; nothing where it is not told, or not the same everywhere."""
        if self.area or self.source == "ign":
            return ""
        return say(f"exactness-short-{self.source}", lang, detail=self.detail.removesuffix("m"))

    def _of_area(self, line: str, rest: str, lang: Lang) -> str:
        return say("credit-boundaries-mixed", lang, line=line, area=self.area_name, rest=rest)

    def damaged(self) -> list[str]:
        """Return the names of its files whose content is not the one that was built."""
        return [file.name for file in self.files if _sha256(self.folder / file.name) != file.sha256]


_Kind = TypeVar("_Kind", Origin, FileMark, PlaceSet)


def bundled_set() -> PlaceSet:
    """Return what is known of the places that come with the package."""
    count = _BUNDLED_COMMUNES
    return PlaceSet(BUNDLED, BUNDLED, VINTAGE, "200m", "", "", count, count, "", LICENCE, (), ())


def set_in_use() -> PlaceSet:
    """Return what is known of the set that this process uses.

    Raises:
        MissingDataError: the set that was chosen is not there, or not whole.
    """
    folder = boundaries_dir()
    return bundled_set() if folder == bundled_boundaries_dir() else read_set(folder)


def list_sets() -> list[PlaceSet]:
    """Return all sets at hand, the bundled one first; what is no whole set is left out."""
    sets, folder = [bundled_set()], places_dir() / "sets"
    names = sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
    for name in names:
        if SET_NAME.fullmatch(name):
            try:
                sets.append(read_set(folder / name))
            except MissingDataError:
                continue
    return sets


def read_set(folder: Path) -> PlaceSet:
    """Read the manifest of a set.

    Raises:
        MissingDataError: it is not there, or is no manifest.
    """
    try:
        found = json.loads(read_small(folder / "manifest.json"))
        form = found.pop("format")
        found["fetched"] = tuple(_made(Origin, each) for each in found["fetched"])
        found["files"] = tuple(_made(FileMark, each) for each in found["files"])
        known = _made(PlaceSet, found)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise MissingDataError("places-damaged", name=folder.name, folder=str(folder)) from error
    named = known.name == folder.name != BUNDLED and known.source in _SOURCES
    if not named or form != _FORMAT or sorted(file.name for file in known.files) != sorted(SET_FILES):
        raise MissingDataError("places-damaged", name=folder.name, folder=str(folder))
    return known


def _made(kind: type[_Kind], found: dict[str, Any]) -> _Kind:
    """Return a part of a manifest, each value of the type that its field has.

    Raises:
        TypeError: one is not, or is missing, or nobody knows it.
    """
    made = kind(**found)
    for each in fields(made):
        if type(found[each.name]).__name__ != str(each.type).partition("[")[0]:
            raise TypeError(each.name)
    return made


def manifest(known: PlaceSet) -> bytes:
    """Return the content of `manifest.json`."""
    return json.dumps({"format": 1} | asdict(known), indent=1, ensure_ascii=False).encode()


def use_set(name: str) -> PlaceSet:
    """Put a set in use, from now on and for this user, once all its files prove whole.

    Raises:
        UnknownOptionError: there is no set of that name.
        MissingDataError: one of its files was changed.
        OutputError: the user's cache folder refuses.
    """
    folder = places_dir() / "sets" / name
    known = {each.name: each for each in list_sets()}
    if name not in known and SET_NAME.fullmatch(name) and folder.is_dir():
        raise MissingDataError("places-damaged", name=name, folder=str(folder))
    if name not in known:
        raise UnknownOptionError("places-set-unknown", value=name, allowed=", ".join(known))
    if known[name].damaged():
        raise MissingDataError("places-damaged", name=name, folder=str(folder))
    if name != BUNDLED or name_noted():
        write_whole(places_dir() / "in-use.json", json.dumps({"name": name}).encode())
    forget_places()
    return known[name]


def name_noted() -> bool:
    """Tell whether a choice was noted, be it readable or not."""
    return (places_dir() / "in-use.json").exists()


def name_chosen() -> str:
    """Return the name of the set that was chosen, `bundled` where none was.

    Raises:
        MissingDataError: the note of the choice cannot be read.
    """
    return name_in_use() or BUNDLED


def forget_places() -> None:
    """Let this process look again which set is in use; what it holds already stays as it is."""
    boundaries_dir.cache_clear()
    place_file.cache_clear()
    load_gazetteer.cache_clear()


def _sha256(path: Path) -> str:
    try:
        return mark_of(path).sha256
    except OSError:
        return ""
