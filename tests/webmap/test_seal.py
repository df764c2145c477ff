"""A file that was changed by hand is known, whatever was changed."""

from __future__ import annotations

import pytest

from geocontracts.records.read import read_register
from geocontracts.webmap.payload import MapOptions, build_content
from geocontracts.webmap.seal import SEAL, seal_holds, sealed
from geocontracts.webmap.statement import render_statement


@pytest.fixture(scope="module")
def statement() -> bytes:
    """Return the statement of a map whose title holds a seal."""
    content = build_content(read_register(), MapOptions(area="Aisne", title=f"Carte {SEAL}"))
    return render_statement(content.payload, "carte.html")


def test_what_was_written_seal_holds(statement: bytes) -> None:
    assert seal_holds(statement)
    assert statement.count(b'content="' + b"0" * 64) == 0, "the seal of the page, not that of the title"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("[Nom de l’organisme]", "Préfecture du Nord"),
        ("</html>\n", "</html>"),
        ("\n", "\r\n"),
        ("<!doctype", "\ufeff<!doctype"),
        ("geocontracts-sha256", "geocontracts-sha25"),
        ("Résultats", "resultats"),
    ],
)
def test_any_change_shows(statement: bytes, old: str, new: str) -> None:
    changed = statement.decode().replace(old, new).encode()
    assert changed != statement
    assert not seal_holds(changed)


def test_every_byte_counts(statement: bytes) -> None:
    for place in range(0, len(statement), 997):
        changed = bytearray(statement)
        changed[place] ^= 1
        assert not seal_holds(bytes(changed)), place
    assert not seal_holds(statement[:-1])


def test_what_has_no_seal_was_never_ours() -> None:
    assert not seal_holds(b"<!doctype html><p>Notre page")
    assert not seal_holds(b"")
    assert not seal_holds(SEAL.encode())
    assert seal_holds(sealed(SEAL.encode()))
