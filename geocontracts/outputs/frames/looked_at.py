"""What the frames are made from: a register, the territory looked at, and who covers which commune."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from geocontracts.errors import UnknownOptionError, UnknownPlaceError
from geocontracts.perimeters.perimeter import resolve_perimeters
from geocontracts.places.area import Area, find_area
from geocontracts.places.gazetteer import Place, load_gazetteer
from geocontracts.places.match import describe, resolve
from geocontracts.records.read import read_register
from geocontracts.webmap.style import build_families, family_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geocontracts.perimeters.perimeter import Perimeter
    from geocontracts.records.register import Programme, Register
    from geocontracts.words import Lang


@dataclass(frozen=True)
class LookedAt:
    """A register with its perimeters, and the territory that is looked at; France when none is told.

    A perimeter is whole here, also where it reaches out of the territory.
    """

    register: Register
    perimeters: tuple[Perimeter, ...]
    area: Area

    @cached_property
    def families(self) -> list[str]:
        """Return the families of the register, in the order of the page."""
        return list(self.family_names("fr"))

    def family_names(self, lang: Lang) -> dict[str, str]:
        """Return the families of the register by id, as people see them."""
        used = map(family_of, self.register.programmes.values())
        return {family["id"]: family["label"] for family in build_families(used, lang)}

    @cached_property
    def ranks(self) -> dict[str, int]:
        """Return the place of each programme in the order of the page: by family, then as in the register."""
        rows = sorted(
            self.register.programmes.values(), key=lambda each: self.families.index(family_of(each))
        )
        return {programme.id: rank for rank, programme in enumerate(rows)}

    @cached_property
    def covered(self) -> dict[str, frozenset[int]]:
        """Return the communes of the area that the contracts and missions of each programme cover.

        Operations cover nothing: they may stand outside the perimeter of their contract. A programme
        of which no perimeter is known, or none in the area, is not among them.
        """
        found: dict[str, set[int]] = defaultdict(set)
        for perimeter in self.perimeters:
            if perimeter.record.kind != "operation":
                found[perimeter.record.programme] |= self.area.numbers.intersection(perimeter.communes)
        return {
            name: frozenset(found[name]) for name in sorted(found, key=self.ranks.__getitem__) if found[name]
        }

    @property
    def unplaced(self) -> list[str]:
        """Return the ids of the contracts and missions whose perimeter is not known: no count has them."""
        return [
            perimeter.record.id
            for perimeter in self.perimeters
            if perimeter.record.kind != "operation" and not perimeter.communes
        ]


def look_at(register: Register | Path | str | None, within: Area | Place | str | None) -> LookedAt:
    """Return a register as it is seen in a territory; `register` may be its file, None is the bundled one.

    Raises:
        RegisterError: there is nothing to read.
        UnknownPlaceError: `within` is no place, or more than one.
    """
    area = as_area(within)
    if register is None or isinstance(register, (str, Path)):
        register = read_register(register)
    return LookedAt(register, tuple(resolve_perimeters(register, within=area)), area)


def as_area(place: Area | Place | str | None, within: Place | None = None) -> Area:
    """Return the territory that a place, a code or a name stands for; a name is looked for in `within` first.

    Raises:
        UnknownPlaceError: a name is no place, or more than one.
    """
    if isinstance(place, Area):
        return place
    if isinstance(place, str) and within is not None and place.strip().lower() != "france":
        match = resolve(place, within=within)
        if match.place is None:
            nearest = ", ".join(f"{describe(each.place)} [{each.place.id}]" for each in match.candidates)
            key = "area-unknown-near" if nearest else "area-unknown"
            raise UnknownPlaceError(key, value=place, reason=match.reason, candidates=nearest)
        place = match.place
    if isinstance(place, Place):
        return Area(place.level, place.code, place.name, tuple(load_gazetteer().communes_of(place)), place)
    return find_area("france" if place is None else place)


def choose(looked: LookedAt, programme: str | Iterable[str] | None) -> frozenset[str]:
    """Return the ids of the programmes that are meant: one, several, or all when it is None.

    Raises:
        UnknownOptionError: the register has no such programme.
    """
    known = looked.register.programmes
    if programme is None:
        return frozenset(known)
    wanted = [programme] if isinstance(programme, str) else list(programme)
    for name in wanted:
        if name not in known:
            allowed = ", ".join(known)
            raise UnknownOptionError("option-unknown", option="programme", value=name, allowed=allowed)
    return frozenset(wanted)


def short_name(programme: Programme) -> str:
    """Return the name of a programme as the legend of the page has it."""
    return programme.short_name or programme.name


def people(numbers: Iterable[int]) -> int | None:
    """Return the inhabitants of some communes: 0 in none, None where one commune's are unknown."""
    counts = load_gazetteer().column("population", list(numbers))
    return sum(map(int, counts)) if all(counts) else None
