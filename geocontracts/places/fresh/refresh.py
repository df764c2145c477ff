"""Bring a set of places from a source: fetch, check, build beside, then put in use.

Until the last step the set in use stays what it was; two processes that build
the same set end with one of the two.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
from typing import TYPE_CHECKING

from geocontracts.bundled import bundled_boundaries_dir, places_dir
from geocontracts.errors import GeocontractsError, MissingDataError, OutputError, UnknownOptionError, why
from geocontracts.files import mark_of
from geocontracts.places.area import find_area
from geocontracts.places.fresh.fetched import Wanted
from geocontracts.places.fresh.sets import LICENCE, PlaceSet, manifest, read_set, use_set
from geocontracts.places.fresh.settings import DEFAULT_DETAIL, DETAILS, read_settings
from geocontracts.places.gazetteer import VINTAGE, read_gazetteer
from geocontracts.scratch import scratch_folder
from geocontracts.words import Message

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from geocontracts.places.fresh.compose import Composed
    from geocontracts.places.fresh.download import Clock, Downloader
    from geocontracts.places.fresh.fetched import Fetched, Origin
    from geocontracts.places.fresh.reference import Reference
    from geocontracts.places.fresh.settings import Settings, Source

FIRST_VINTAGE = 2021
"""The lists of 2019 and 2020 are mixed at their source, so older contours cannot be checked."""

_BUILDER = "1"  # raised when the same sources would give other files
_AREAS = ("region", "departement")


def choose(
    source: Source = "etalab", vintage: int = VINTAGE, detail: str | None = None, area: str | None = None
) -> Wanted:
    """Return what is to be fetched.

    `area` is a région or a département, by code or name; none or `france` is all of France.

    Raises:
        UnknownOptionError: the source has no such detail or vintage, or the area is of another level.
        UnknownPlaceError: the area is no place, or more than one.
    """
    detail = detail or DEFAULT_DETAIL[source]
    if detail not in DETAILS[source]:
        raise UnknownOptionError(
            "places-detail", source=source, value=detail, allowed=", ".join(DETAILS[source])
        )
    from geocontracts.places.fresh.ign import FIRST_VINTAGE as FIRST_OF_IGN

    first = FIRST_OF_IGN if source == "ign" else FIRST_VINTAGE
    if not first <= vintage <= 9999:  # noqa: PLR2004 (a year has four digits)
        raise UnknownOptionError("places-vintage", source=source, value=vintage, first=first)
    # Of the bundled places, so that a set in use that is damaged can be brought again.
    place = find_area(area, read_gazetteer(bundled_boundaries_dir())).place if area else None
    if place and place.level not in _AREAS:
        raise UnknownOptionError("places-area", value=place.name)
    return Wanted(source, vintage, detail, place.id if place else "", place.name if place else "")


def refresh(
    wanted: Wanted,
    *,
    settings: Settings | None = None,
    offline: bool = False,
    say: Callable[[Message], None] = lambda _: None,
    clock: Clock | None = None,
) -> PlaceSet:
    """Fetch a set of places, verify it, build it in the user's cache, and put it in use.

    `offline` builds from what was fetched before. `say` is told each step.

    Raises:
        SourceError: the source cannot be reached or what it sends cannot be used;
            the set in use stays.
        OutputError: the user's cache folder or its disk refuses; the set in use stays.
        MissingDataError: this installation lacks what builds a set.
    """
    _check_tools()
    from geocontracts.places.fresh.checks import check_fetched
    from geocontracts.places.fresh.compose import compose
    from geocontracts.places.fresh.download import Clock, Downloader
    from geocontracts.places.fresh.etalab import fetch_etalab
    from geocontracts.places.fresh.ign import fetch_ign
    from geocontracts.places.fresh.reference import read_reference

    settings = settings or read_settings(wanted.source)
    downloader = Downloader(places_dir() / "fetched", settings, clock or Clock(), offline=offline, say=say)
    say(Message("places-fetching", {"source": wanted.source, "vintage": wanted.vintage}))
    fetch = {"etalab": fetch_etalab, "ign": fetch_ign}[wanted.source]
    with contextlib.closing(downloader):
        fetched = fetch(wanted, downloader)
    reference = read_reference()
    check_fetched(fetched, reference)
    say(Message("places-building", {"communes": len(fetched.communes)}))
    composed = compose(fetched, reference)
    _tell(fetched, composed, say)
    stored = _store(fetched, composed, reference, downloader)
    return use_set(stored.name)


def _check_tools() -> None:
    import shapely

    if not hasattr(shapely, "coverage_clean"):
        raise MissingDataError("places-tools", found=shapely.__version__)


def _tell(fetched: Fetched, composed: Composed, say: Callable[[Message], None]) -> None:
    """Say what was mended or left unknown."""
    mended = [f"{commune.name} ({commune.code})" for commune in fetched.communes if commune.mended]
    if mended:
        say(Message("places-mended", {"places": ", ".join(mended)}))
    if composed.unclear_epci:
        say(Message("places-epci-unclear", {"places": ", ".join(composed.unclear_epci)}))


def _store(fetched: Fetched, composed: Composed, reference: Reference, downloader: Downloader) -> PlaceSet:
    """Write the set to a folder of its own, beside the others, under a name that tells its content."""
    sets = places_dir() / "sets"
    origins = tuple(downloader.received)
    name = _name(fetched.wanted, origins)
    try:
        sets.mkdir(parents=True, exist_ok=True)
        with scratch_folder(sets) as scratch:
            _write(fetched, composed, reference, scratch)
            communes = composed.tables[0]
            known = PlaceSet(
                name=name,
                source=fetched.wanted.source,
                vintage=fetched.wanted.vintage,
                detail=fetched.wanted.detail,
                area=fetched.wanted.area,
                area_name=fetched.wanted.area_name,
                communes=len(communes.rows),
                fresh_communes=len(fetched.communes),
                retrieved=max(origin.retrieved for origin in origins),
                licence=LICENCE,
                fetched=origins,
                files=tuple(mark_of(path) for path in sorted(scratch.iterdir())),
            )
            (scratch / "manifest.json").write_bytes(manifest(known))
            return _placed(scratch, sets / name)
    except GeocontractsError:
        raise
    except OSError as error:
        raise OutputError("output-refused", file=str(sets), why=why(error)) from error


def _name(wanted: Wanted, origins: tuple[Origin, ...]) -> str:
    """Return a name that differs whenever what was fetched differs."""
    content = "\n".join([_BUILDER, *(f"{origin.url} {origin.sha256}" for origin in origins)])
    digest = hashlib.sha256(content.encode()).hexdigest()[:8]
    area = wanted.area.replace(":", "-").lower()
    return "-".join(
        part for part in (wanted.source, str(wanted.vintage), wanted.detail, area, digest) if part
    )


def _write(fetched: Fetched, composed: Composed, reference: Reference, folder: Path) -> None:
    """Write the files of a set, as `data/boundaries/` has them."""
    from geocontracts.places.building import files
    from geocontracts.places.building.arcs import build_arcs
    from geocontracts.places.building.levels import LEVELS
    from geocontracts.places.fresh.succession import follow

    communes = composed.tables[0]
    files.write_places(composed.tables, folder / "places.tsv.gz")
    earlier = follow(reference, composed.tables, composed.ground, fetched.wanted.vintage)
    files.write_history(earlier, LEVELS, folder / "history.tsv.gz")
    files.write_topology(build_arcs(communes.geometry), communes, folder / "topology.npz", quick=True)
    for table in composed.tables:
        files.write_parquet(table, folder, quick=True)


def _placed(scratch: Path, target: Path) -> PlaceSet:
    """Move a finished set to its place; a whole one that is there already stays."""
    try:
        there = read_set(target)
    except MissingDataError:
        there = None
    if there and not there.damaged():
        return there
    if target.exists():
        damaged = scratch.with_name(f".old{scratch.name}")  # swept like any other folder of a run
        os.replace(target, damaged)  # noqa: PTH105 (a folder)
        shutil.rmtree(damaged, ignore_errors=True)
    try:
        scratch.rename(target)
    except OSError:
        if not target.exists():  # else another process was quicker, with the same content
            raise
    return read_set(target)
