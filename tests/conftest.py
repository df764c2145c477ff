"""What all tests share: no network but the loopback, small registers written on the spot."""

from __future__ import annotations

import os
import socket
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[1]

# The places that come with the package, whatever set this user has in use.
os.environ["GEOCONTRACTS_CACHE"] = str(ROOT / "tests" / "no-cache")

PROGRAMMES = "id,name,family,source,section\nacv,Action cœur de ville,nouvelle-generation,doc,Partie 1\n"
SOURCES = "id,title,publisher,published_on\ndoc,Document d’essai,Préfecture,2019\n"
CONTRACTS_HEAD = "id,programme,title,territories,status,source,section"


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
