"""What all tests share: no network but the loopback, small registers written on the spot."""

from __future__ import annotations

import os
import shutil
import socket
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser

ROOT = Path(__file__).parents[1]

# The places that come with the package, whatever set this user has in use.
os.environ["GEOCONTRACTS_CACHE"] = str(ROOT / "tests" / "no-cache")

CHROMIUM = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
)
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]

PROGRAMMES = "id,name,family,source,section\nacv,Action cœur de ville,nouvelle-generation,doc,Partie 1\n"
SOURCES = "id,title,publisher,published_on\ndoc,Document d’essai,Préfecture,2019\n"
CONTRACTS_HEAD = "id,programme,title,territories,status,source,section"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that need Chromium; without it they are skipped, and never in CI."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)
            if CHROMIUM is None and not os.environ.get("CI"):
                item.add_marker(
                    pytest.mark.skip(reason="no Chromium on this machine: install it to test the page")
                )


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return one Chromium for all the tests of a process: there can be no second one beside it."""
    from playwright.sync_api import sync_playwright

    assert CHROMIUM, "CI installs Chromium; it is not there"
    with sync_playwright() as engine:
        running = engine.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield running
        running.close()


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse every connection that leaves this machine."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in ("127.0.0.1", "::1"):
            msg = f"a test tried to reach {address!r}"
            raise AssertionError(msg)
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture
def make_register(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that writes a small register; tables are given by name."""

    def make(**tables: str) -> Path:
        folder = tmp_path / "registre"
        folder.mkdir()
        for name, text in ({"programmes": PROGRAMMES, "sources": SOURCES} | tables).items():
            (folder / f"{name}.csv").write_text(text, encoding="utf-8")
        return folder

    return make


@pytest.fixture
def with_contracts(make_register: Callable[..., Path]) -> Callable[..., Path]:
    """Return a function that writes a register with these rows of contracts."""

    def make(*rows: str, head: str = CONTRACTS_HEAD, **tables: str) -> Path:
        return make_register(contracts="\n".join([head, *rows, ""]), **tables)

    return make
