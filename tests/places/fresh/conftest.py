"""A cache folder, a source on this machine and a clock that never waits, for each test."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from geocontracts.places.fresh.download import Clock, Downloader
from geocontracts.places.fresh.fetched import Wanted
from geocontracts.places.fresh.refresh import refresh
from geocontracts.places.fresh.sets import forget_places
from geocontracts.places.fresh.settings import DEFAULT_DETAIL, Settings
from tests.places.fresh.source import Server, few_places

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from geocontracts.places.fresh.sets import PlaceSet
    from geocontracts.places.fresh.settings import Source
    from geocontracts.words import Message

AREAS = {"25": "Doubs", "90": "Territoire de Belfort"}
TODAY = datetime(2026, 11, 22, 12, 0, 0, tzinfo=UTC)


@dataclass
class Waits:
    """A clock that writes down how long it was asked to wait."""

    asked: list[float] = field(default_factory=list)
    time: float = 0.0

    def wait(self, seconds: float) -> None:
        """Let the time pass at once."""
        self.asked.append(seconds)
        self.time += seconds

    def clock(self) -> Clock:
        """Return the clock."""
        return Clock(now=lambda: self.time, wait=self.wait, today=lambda: TODAY)


@pytest.fixture(autouse=True)
def cache_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give the test a cache of its own, and the bundled places before and after."""
    monkeypatch.setenv("GEOCONTRACTS_CACHE", str(tmp_path / "cache"))
    forget_places()
    yield tmp_path / "cache" / "places"
    monkeypatch.undo()
    forget_places()


@pytest.fixture
def server() -> Iterator[Server]:
    with Server().running() as running:
        yield running


@pytest.fixture
def waits() -> Waits:
    return Waits()


@pytest.fixture
def settings(server: Server) -> Settings:
    # Far quicker than IGN allows, so that only the waits that a test is about are written down.
    return Settings(etalab=server.base, ign=server.base, read_timeout=0.3, requests_per_second=float("inf"))


@pytest.fixture
def heard() -> list[Message]:
    return []


@pytest.fixture
def downloader(
    cache_folder: Path, settings: Settings, waits: Waits, heard: list[Message]
) -> Iterator[Downloader]:
    made = Downloader(cache_folder / "fetched", settings, waits.clock(), say=heard.append)
    yield made
    made.close()


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the bundled places be those of two départements, so that a set is built in a moment."""
    monkeypatch.setattr("geocontracts.places.fresh.reference.read_reference", few_places)


@pytest.fixture
def bring(
    few: None,  # noqa: ARG001
    settings: Settings,
    waits: Waits,
    heard: list[Message],
) -> Callable[..., PlaceSet]:
    """Return a function that refreshes the Territoire de Belfort from the server."""

    def run(source: Source = "etalab", *, offline: bool = False, **chosen: object) -> PlaceSet:
        usual = {"vintage": 2026, "detail": DEFAULT_DETAIL[source], "area": "90"} | chosen
        wanted = replace(Wanted(source, **usual), area=f"departement:{usual['area']}")  # type: ignore[arg-type]
        wanted = replace(wanted, area_name=AREAS[usual["area"]])
        return refresh(wanted, settings=settings, offline=offline, say=heard.append, clock=waits.clock())

    return run
