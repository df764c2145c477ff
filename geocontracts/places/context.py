"""What the other cells of a row say of a place: it narrows a name, and must agree with a code."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geocontracts.memory import remembered
from geocontracts.places.codes import POSTCODE, read_code
from geocontracts.places.names import LONGEST, loose_epci_key, shortened, visible, without_invisible
from geocontracts.places.whereabouts import describe, is_within
from geocontracts.places.written import area_named, read_name
from geocontracts.words import Message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from geocontracts.places.beside import Beside
    from geocontracts.places.gazetteer import Gazetteer, Level, Place

    _Reader = Callable[[str, Gazetteer], object]


_SHOWN = 3  # places named in a sentence
_NO_EPCI = "ZZZZZZZZZ"  # INSEE's code of a commune that belongs to none
_PARTS = re.compile(r"[;,/|+\n]|\bet\b")


@dataclass(frozen=True, slots=True)
class Context:
    """The neighbours of a written place.

    `areas` are the département and the region, which a place must lie in. A name or
    a code alone that lies elsewhere is left open, one word against another; only a
    code and a label that agree outweigh them, two against one, with a remark.
    `epci` are the intercommunalités of today that the stated one is or has
    become; communes change theirs, so it only chooses between homonyms. `unknown`
    says which cells name nothing that is known.
    """

    level: Level | None = None
    label: str = ""
    areas: tuple[Place, ...] = ()
    epci: tuple[Place, ...] = ()
    epci_written: str = ""
    postcode: str = ""
    unknown: tuple[Message, ...] = ()


EMPTY = Context()


def read_context(beside: Beside, places: Gazetteer) -> Context:
    """Return what the cells mean; one that names nothing known narrows nothing, which is said."""
    around = _around(beside.departement, beside.region, beside.epci, beside.postcode, places)
    return Context(beside.level, shortened(visible(beside.label)), *around)


@remembered(8192)
def _around(
    departement: str, region: str, epci: str, postcode: str, places: Gazetteer
) -> tuple[tuple[Place, ...], tuple[Place, ...], str, str, tuple[Message, ...]]:
    """Return the last five fields of a context: many rows of a list have the same neighbours."""
    areas = (
        _departement(departement, places) if departement else None,
        _region(region, places) if region else None,
    )
    stated = _epci(epci, places) if epci else ()
    return (
        tuple(area for area in areas if area),
        stated,
        epci.strip() if stated else "",
        _postcode(postcode, places) if postcode else "",
        tuple(_unknown(departement, region, epci, postcode, places)),
    )


def _unknown(departement: str, region: str, epci: str, postcode: str, places: Gazetteer) -> Iterator[Message]:
    """Yield a remark for each cell that says something, and nothing that is known."""
    cells: tuple[tuple[str, str, _Reader], ...] = (
        ("departement", departement, _departement),
        ("region", region, _region),
        ("epci", epci, _epci),
        ("postcode", postcode, _postcode),
    )
    for cell, written, read in cells:
        if written and not read(written, places) and not _is_silent(written, read, places):
            yield Message(f"beside-unknown-{cell}", {"value": shortened(written.strip())})


def _is_silent(written: str, read: _Reader, places: Gazetteer) -> bool:
    """Say whether a cell says nothing, or lists several known things, which narrows nothing."""
    if _is_blank(written) or written.strip().upper() == _NO_EPCI:
        return True
    parts = _PARTS.split(written)
    return len(parts) > 1 and all(read(part, places) for part in parts)


def _is_blank(written: str) -> bool:
    return not any(letter.isalnum() for letter in written)


@remembered(4096)
def _postcode(written: str, places: Gazetteer) -> str:
    """Return a postcode that a commune has, or may have: those of a Cedex are in no list."""
    postcode = read_postcode(written)
    if not postcode or places.with_postcode(postcode):
        return postcode
    starts = ("2A" if postcode.startswith("20") else postcode[:2], postcode[:3])
    return postcode if any(places.get("departement", start) for start in starts) else ""


def read_postcode(written: str) -> str:
    """Return the five digits of a postcode, its lost zero put back, or nothing.

    >>> read_postcode("2100"), read_postcode("F-59 400"), read_postcode("59400.0"), read_postcode("?")
    ('02100', '59400', '59400', '')
    """
    digits = "".join(letter for letter in written.removesuffix(".0") if letter in "0123456789")
    return digits.zfill(POSTCODE) if len(digits) in (POSTCODE - 1, POSTCODE) else ""


def differences(place: Place, context: Context, places: Gazetteer) -> Iterator[Message]:
    """Yield what the cells say that does not hold for a place of today, or is not known."""
    yield from context.unknown
    for area in context.areas:
        if not is_within(place, area):
            yield Message("beside-area", {"place": describe(place, places), "stated": area.name})
    if place.level != "commune":
        return
    if context.epci and place.epci not in {one.code for one in context.epci}:
        yield epci_difference(place, context, places)
    communes = places.with_postcode(context.postcode)
    if communes and place not in communes:
        yield Message(
            "beside-postcode", {"place": place.name, "stated": context.postcode, "of": shown(communes)}
        )


def epci_difference(place: Place, context: Context, places: Gazetteer) -> Message:
    """Say to which intercommunalité a commune belongs today."""
    today = places.get("epci", place.epci)
    facts = {"place": place.name, "stated": context.epci_written}
    return (
        Message("beside-epci", facts | {"today": today.name}) if today else Message("beside-epci-none", facts)
    )


def shown(found: list[Place]) -> str:
    """Return the names of a few places, for a sentence."""
    names = ", ".join(place.name for place in found[:_SHOWN])
    return f"{names}…" if len(found) > _SHOWN else names


@remembered(1024)
def _departement(written: str, places: Gazetteer) -> Place | None:
    written = without_invisible(written)
    found = area_named(written, places) if len(written) <= LONGEST else None
    if found is None and not written.strip().isdigit():  # `59 - Nord`, `Nord (59)`
        query = read_name(" ".join(written.split()), places)
        found = query.area if query.area in places.named(query.key) else None
    return found if found and found.level == "departement" else None


@remembered(256)
def _region(written: str, places: Gazetteer) -> Place | None:
    plain = without_invisible(written).strip().removesuffix(".0")
    if plain.isdigit():
        return places.get("region", plain.zfill(2))
    found = read_name(plain, places)
    return next((place for place in places.named(found.key) if place.level == "region"), None)


@remembered(4096)
def _epci(written: str, places: Gazetteer) -> tuple[Place, ...]:
    """Return the intercommunalités of today that a code or a name, of today or before, leads to."""
    text = visible(written)
    if len(text) > LONGEST:
        return ()
    code = read_code(text)
    if code:
        wanted = [reading.code for reading in code.readings if "epci" in reading.levels]
        current = [place for each in wanted if (place := places.get("epci", each))]
        former = [old for each in wanted for old in places.formerly_coded("epci", each)]
    else:
        key = read_name(text, places).key
        current = [place for place in places.named(key) if place.level == "epci"]
        former = [old for old in places.formerly_named(key) if old.level == "epci"]
        if not current and not former:
            current, former = places.epci_of_words(loose_epci_key(text))
    return tuple(dict.fromkeys([*current, *(place for old in former for place in places.successors(old))]))
