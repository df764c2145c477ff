"""Follow every name and code of 2019-2026 to the places of today."""

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from boundaries.sources import Unit, Vintage
from geocontracts.places.building.history import Earlier
from geocontracts.places.names import normalise_name

_DELEGATED: Final = {"commune-deleguee": "delegated", "commune-associee": "associated"}
_DISTRICT: Final = "arrondissement-municipal"


class Succession:
    """Where the communes of the vintages lead today."""

    def __init__(self, vintages: Sequence[Vintage]) -> None:
        """Index the vintages, given from the first to the last year."""
        self._vintages = vintages
        self._current = vintages[-1].current
        self._absorbed: dict[str, set[str]] = defaultdict(set)
        self._chief: dict[str, str] = {}
        for vintage in vintages:
            for unit in vintage.communes:
                for code in unit.get("anciensCodes", []):
                    self._absorbed[code].add(unit["code"])
                chief = unit.get("chefLieu") or unit.get("commune")
                if chief and chief != unit["code"]:
                    self._chief[unit["code"]] = chief

    def codes(self, code: str) -> tuple[str, ...]:
        """Return today's codes of a commune; its own if it still exists."""
        return tuple(sorted(self._follow(code, frozenset())))

    def parted(self, code: str, vintage: Vintage) -> tuple[str, ...]:
        """Return today's codes of a commune of a vintage, restored ones included."""
        released = set(vintage.delegated.get(code, [])) & self._current.keys()
        return tuple(sorted({*self.codes(code), *released}))

    def _follow(self, code: str, seen: frozenset[str]) -> set[str]:
        """Follow a code until it is a current one."""
        if code in self._current:
            return {code}
        steps = {self._chief[code]} if code in self._chief else self._absorbed[code]
        ends: set[str] = set()
        for step in steps - seen:
            ends |= self._follow(step, seen | {code})
        return ends


def earlier_communes(vintages: Sequence[Vintage]) -> list[Earlier]:
    """Return the earlier names and codes of communes, and their parts of today."""
    succession = Succession(vintages)
    current = vintages[-1].current
    dated = _founding_years(vintages)
    found: dict[tuple[str, str], Earlier] = {}
    for (code, name), seen in _appearances(vintages).items():
        now = current.get(code)
        whole = [v for v in seen if seen[v]["type"] == "commune-actuelle"]
        if now and (now["nom"] == name or (not whole and _same(now["nom"], name))):
            continue
        row = (
            _earlier_whole(code, name, whole, succession, vintages)
            if whole
            else _earlier_part(code, name, seen, succession, dated)
        )
        found[code, name] = row
    return list(found.values())


def earlier_groups(
    level: str,
    vintages: Sequence[Vintage],
    now: Mapping[str, str],
) -> list[Earlier]:
    """Return the earlier names and codes of EPCI or arrondissements.

    Args:
        level: {epci, arrondissement}
        vintages: From the first to the last year.
        now: Code of a commune -> code of its EPCI or arrondissement today.
    """
    succession = Succession(vintages)
    names = {u["code"]: u["nom"] for u in _units(level, vintages[-1])}
    seen: dict[tuple[str, str], list[Vintage]] = defaultdict(list)
    for vintage in vintages:
        for unit in _units(level, vintage):
            if names.get(unit["code"]) != unit["nom"]:
                seen[unit["code"], unit["nom"]].append(vintage)
    rows = []
    for (code, name), years in seen.items():
        ends: Counter[str] = Counter({code: 1})
        if code not in names:
            ends = _ends(_members(level, years[-1], code), succession, now)
        order = tuple(sorted(ends, key=lambda end: (-ends[end], end)))
        several = len(order) > 1
        kind = "renamed" if code in names else "split" if several else "merged"
        rows.append(
            Earlier(
                *(level, code, name, years[0].year, years[-1].year, kind, order),
                since=_year_after(years[-1], vintages),
                share={end: ends[end] for end in order} if several else {},
            )
        )
    return rows


def _appearances(
    vintages: Sequence[Vintage],
) -> dict[tuple[str, str], dict[Vintage, Unit]]:
    """Return, by (code, name), the years in which it stands; a commune wins."""
    seen: dict[tuple[str, str], dict[int, tuple[Vintage, Unit]]] = defaultdict(dict)
    for vintage in vintages:
        for unit in vintage.communes:
            years = seen[unit["code"], unit["nom"]]
            if vintage.year not in years or unit["type"] == "commune-actuelle":
                years[vintage.year] = (vintage, unit)
    return {key: dict(years.values()) for key, years in seen.items()}


def _earlier_whole(
    code: str,
    name: str,
    years: Sequence[Vintage],
    succession: Succession,
    vintages: Sequence[Vintage],
) -> Earlier:
    """Describe a commune that has another name, another code, or is no more."""
    last = years[-1]
    successors = succession.parted(code, last)
    current = vintages[-1].current
    kind = "merged"
    if len(successors) > 1:
        kind = "split"
    elif successors == (code,):
        kind = "renamed"
    elif successors[0] not in last.current and _same(current[successors[0]]["nom"], name):
        kind = "recoded"
    since = _year_after(last, vintages)
    return Earlier("commune", code, name, years[0].year, last.year, kind, successors, since)


def _earlier_part(
    code: str,
    name: str,
    seen: Mapping[Vintage, Unit],
    succession: Succession,
    dated: Mapping[tuple[str, str], int],
) -> Earlier:
    """Describe a commune déléguée or associée, or a district of a city."""
    years = list(seen)
    unit = seen[years[-1]]
    chief = unit.get("chefLieu") or unit.get("commune") or code
    successors = succession.codes(chief)
    kind = _DELEGATED.get(unit["type"], "district")
    since = dated.get((code, successors[0])) if len(successors) == 1 else None
    return Earlier("commune", code, name, years[0].year, years[-1].year, kind, successors, since)


def _founding_years(vintages: Sequence[Vintage]) -> dict[tuple[str, str], int]:
    """Return the first year in which a code belonged to a commune, where known."""
    years: dict[tuple[str, str], int] = {}
    for event in vintages[0].events:
        pole = event.get("pole", "").removeprefix("COM-").partition("@")[0]
        if pole and event["type"] != "COM" and "dateDebut" in event:
            key = (event["code"], pole)
            year = int(event["dateDebut"][:4])
            years[key] = min(year, years.get(key, year))
    for before, after in itertools.pairwise(vintages):
        if after.year == before.year + 1:
            known = {u["code"] for u in before.communes if u["type"] in _DELEGATED}
            for unit in after.communes:
                if unit["type"] in _DELEGATED and unit["code"] not in known:
                    years.setdefault((unit["code"], unit["chefLieu"]), after.year)
    return years


def _year_after(last: Vintage, vintages: Sequence[Vintage]) -> int | None:
    """Return the year after, or None if the sources skip it."""
    years = {vintage.year for vintage in vintages}
    return last.year + 1 if last.year + 1 in years else None


def _same(one: str, other: str) -> bool:
    """Tell whether two names are compared as equal."""
    return normalise_name(one) == normalise_name(other)


def _units(level: str, vintage: Vintage) -> list[Unit]:
    """Return the EPCI or arrondissements of a vintage."""
    return vintage.epci if level == "epci" else vintage.arrondissements


def _members(level: str, vintage: Vintage, code: str) -> list[str]:
    """Return the communes of an EPCI or arrondissement of a vintage."""
    if level == "epci":
        unit = next(u for u in vintage.epci if u["code"] == code)
        return [member["code"] for member in unit["membres"]]
    communes = vintage.current.values()
    return [u["code"] for u in communes if u.get("arrondissement") == code]


def _ends(members: Iterable[str], succession: Succession, now: Mapping[str, str]) -> Counter[str]:
    """Count the old members by the group in which they are today."""
    return Counter(
        end for member in members for end in {now[code] for code in succession.codes(member) if code in now}
    )
