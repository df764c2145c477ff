"""Refuse what a source sent when it cannot be the vintage and the area that were asked for."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import shapely

from geocontracts.places.fresh.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geocontracts.places.fresh.features import Commune
    from geocontracts.places.fresh.fetched import Fetched, Wanted
    from geocontracts.places.fresh.reference import Reference, Row

_FAR_DEG = (
    0.05  # some 4 km: farther from its place of before, a commune is another one, or its axes are swapped
)
_SHOWN = 12  # communes named in an error
_WHOLE = ("merged", "recoded", "split")  # kinds of history that end a commune's own code
_FEW_EPCI = 0.02  # of the communes may have no EPCI (four do in 2026, islands)


def check_fetched(fetched: Fetched, reference: Reference) -> None:
    """Compare what was fetched with the bundled places.

    Raises:
        SourceError: a commune comes twice, lies outside the area or far from where
            it was, has an EPCI without a name; communes of the area are missing; or
            the codes are those of another vintage.
    """
    _check_repeated(fetched.communes, fetched.wanted)
    _check_area(fetched)
    _check_parents(fetched, reference)
    _check_vintage(fetched, reference)
    _check_places(fetched.communes, reference)


def _check_repeated(communes: Sequence[Commune], wanted: Wanted) -> None:
    twice = [code for code, count in Counter(each.code for each in communes).items() if count > 1]
    if twice:
        raise SourceError("source-repeated", url=wanted.source, code=_listed(twice))


def _check_area(fetched: Fetched) -> None:
    wanted = fetched.wanted
    if not fetched.communes:
        raise SourceError("source-nothing", source=wanted.source, area=wanted.area or "France")
    outside = [c.code for c in fetched.communes if not wanted.holds(c.departement, c.region)]
    if outside:
        raise SourceError("source-outside", source=wanted.source, area=wanted.area, places=_listed(outside))


def _check_parents(fetched: Fetched, reference: Reference) -> None:
    """Refuse parents without a name: nothing would stand on the map for them."""
    for level in ("departement", "region"):
        codes = {getattr(commune, level) for commune in fetched.communes}
        if odd := [code for code in sorted(codes) if (level, code) not in reference.upper]:
            raise SourceError("source-parent", source=fetched.wanted.source, level=level, codes=_listed(odd))
    epci = {code for commune in fetched.communes for code in commune.epci[:1]}
    known = {code for level, code in reference.upper if level == "epci"} | set(fetched.epci)
    if odd := sorted(epci - known):
        raise SourceError("source-parent", source=fetched.wanted.source, level="epci", codes=_listed(odd))
    without = [commune.code for commune in fetched.communes if not commune.epci]
    if len(without) > max(5, _FEW_EPCI * len(fetched.communes)):
        raise SourceError("source-no-epci", source=fetched.wanted.source, places=_listed(without))


def _check_vintage(fetched: Fetched, reference: Reference) -> None:
    """Refuse codes that did not exist that year, and the lack of codes that did.

    For a vintage later than the bundled one, mergers are not known beforehand:
    there, a code may be missing when other communes hold its ground.
    """
    wanted, codes = fetched.wanted, {commune.code for commune in fetched.communes}
    ended = {row["code"]: row for row in reference.history if _is_own(row)}
    out = [c for c in codes - reference.by_code.keys() if c in ended and not _stood(ended[c], wanted.vintage)]
    if wanted.vintage == reference.vintage:
        out = sorted(codes - reference.by_code.keys())
    if out:
        names = {commune.code: commune.name for commune in fetched.communes}
        places = _listed(f"{names[code]} ({code})" for code in sorted(out))
        raise SourceError("source-vintage", source=wanted.source, vintage=wanted.vintage, places=places)
    stood = [row for row in ended.values() if _stood(row, wanted.vintage) and _inside(row, wanted, reference)]
    missing = [row for row in stood if row["code"] not in codes]
    if wanted.vintage == reference.vintage:
        missing += [row for row in _expected(wanted, reference) if row["code"] not in codes]
    _refuse_missing(missing, fetched)
    _check_ground(fetched, reference)


def _check_ground(fetched: Fetched, reference: Reference) -> None:
    """Refuse a hole: each commune of before must be there, or its ground be held by others."""
    codes = {commune.code for commune in fetched.communes}
    absent = [row for row in _expected(fetched.wanted, reference) if row["code"] not in codes]
    if not absent:
        return
    tree = shapely.STRtree([commune.geometry for commune in fetched.communes])
    points = shapely.points([(float(row["lon"]), float(row["lat"])) for row in absent])
    held = set(tree.query(points, predicate="intersects")[0].tolist())
    _refuse_missing([row for number, row in enumerate(absent) if number not in held], fetched)


def _refuse_missing(missing: list[Row], fetched: Fetched) -> None:
    if missing:
        places = _listed(f"{row['name']} ({row['code']})" for row in missing)
        facts = {"count": len(missing), "received": len(fetched.communes), "places": places}
        raise SourceError(
            "source-missing", source=fetched.wanted.source, vintage=fetched.wanted.vintage, **facts
        )


def _check_places(communes: Iterable[Commune], reference: Reference) -> None:
    """Refuse a commune that is nowhere near where it was."""
    known = [
        (c, reference.communes[reference.by_code[c.code]]) for c in communes if c.code in reference.by_code
    ]
    if not known:
        return
    points = shapely.points([(float(row["lon"]), float(row["lat"])) for _, row in known])
    far = shapely.distance([c.geometry for c, _ in known], points) > _FAR_DEG
    if far.any():
        places = _listed(f"{c.name} ({c.code})" for (c, _), is_far in zip(known, far, strict=True) if is_far)
        raise SourceError("source-far", places=places)


def _expected(wanted: Wanted, reference: Reference) -> list[Row]:
    """Return the communes of the bundled vintage in the area."""
    return [row for row in reference.communes if wanted.holds(row["departement"], row["region"])]


def _is_own(row: Row) -> bool:
    return row["level"] == "commune" and row["kind"] in _WHOLE


def _stood(row: Row, vintage: int) -> bool:
    return int(row["first"]) <= vintage <= int(row["last"])


def _inside(row: Row, wanted: Wanted, reference: Reference) -> bool:
    """Tell whether what a code of before leads to lies in the area."""
    ends = [reference.communes[reference.by_code[code]] for code in row["successors"].split(";")]
    return any(wanted.holds(end["departement"], end["region"]) for end in ends)


def _listed(codes: Iterable[str]) -> str:
    found = list(codes)
    return ", ".join(found[:_SHOWN]) + (f"… ({len(found)})" if len(found) > _SHOWN else "")
