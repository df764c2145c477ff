"""Whether the name beside a code is that of the place that the code means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from geocontracts.places.bearers import borne
from geocontracts.places.former import latest
from geocontracts.places.names import epci_key, loose_epci_key, normalise_name, words_of
from geocontracts.places.near import likeness
from geocontracts.places.outside import is_outside_cog
from geocontracts.places.whereabouts import is_within
from geocontracts.places.written import read_name
from geocontracts.words import Message

if TYPE_CHECKING:
    from geocontracts.places.gazetteer import Former, Gazetteer, Place

Verdict: TypeAlias = Literal["agrees", "former", "divided", "near", "other", "unlike"]
"""`agrees`: the name of the place, today. `former`: an earlier one, or of a part
of it. `divided`: the name of what the code meant before it was divided. `near`:
almost its name, and that of no other place. `other`: the name of other places.
`unlike`: the name of no place, and not near."""

_NEAR = 80.0  # of 100: one letter in five may differ
_LONG = 4  # letters of a word that is enough to tell a name


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a label says of a code, the sentence that tells it, and what else the label may mean."""

    verdict: Verdict
    remark: Message | None = None
    others: tuple[Place, ...] = ()
    old: Former | None = None


def judge(label: str, place: Place, coded: list[Former], places: Gazetteer) -> Judgement:
    """Compare a label with a place and with the earlier names `coded` that its code had."""
    query = read_name(label, places)
    found = borne(query, places)
    if query.area:
        area = query.area
        found = found.where(lambda one: is_within(one, area), places)
    if query.key and place not in found.current:
        parted = [old for old in found.former if old in coded and len(old.successors) > 1]
        if parted:
            return Judgement("divided", old=latest(parted))
    if place in found.current or _same_epci(label, place):
        return Judgement("agrees", _kind_remark(query.kind, place))
    for old in found.former:
        if place in places.successors(old):
            key = "label-renamed" if old.kind == "renamed" and old.code == place.code else "label-former"
            return Judgement("former", Message(key, _facts(label, place) | {"last": old.last}))
    others = found.everything(places)
    if others:
        return Judgement("other", others=tuple(others))
    if not is_outside_cog(label) and _is_near(query.key, place, coded):
        return Judgement("near", Message("label-near", _facts(label, place)))
    return Judgement("unlike", Message("label-unlike", _facts(label, place)))


def _facts(label: str, place: Place) -> dict[str, object]:
    return {"label": label, "code": place.code, "name": place.name}


def _kind_remark(kind: str, place: Place) -> Message | None:
    differs = place.level == "epci" and kind and kind not in (place.type, "METRO")
    return Message("kind-differs", {"kind": place.name}) if differs else None


def _same_epci(label: str, place: Place) -> bool:
    return place.level == "epci" and loose_epci_key(label) == loose_epci_key(place.name) != ""


def _is_near(key: str, place: Place, coded: list[Former]) -> bool:
    """Say whether a key is almost a name of the place, holds all its words, or is its initials."""
    if not key:
        return False
    for name in (place.name, *(old.name for old in coded)):
        own = epci_key(name) if place.level == "epci" else normalise_name(name)
        mine, theirs = _telling(own), _telling(key)
        whole = mine and theirs and (mine <= theirs or theirs <= mine)
        if whole or likeness(key, own) >= _NEAR:
            return True
    initials = "".join(
        word[0] for word in words_of(place.name) if word not in ("de", "d", "du", "des", "la", "le")
    )
    return place.level == "epci" and key.replace(" ", "") == initials


def _telling(key: str) -> set[str]:
    return {word for word in loose_epci_key(key).split() if len(word) >= _LONG or word.isdigit()}
