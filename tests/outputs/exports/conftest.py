"""The bundled register written once in each format, and one whose cells do harm."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from geocontracts.outputs.exports.content import prepare
from geocontracts.outputs.exports.write import write_content
from geocontracts.places.area import HAUTS_DE_FRANCE
from geocontracts.records.read import read_register

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from geocontracts.outputs.exports.content import ExportContent
    from geocontracts.outputs.exports.write import Export
    from geocontracts.records.register import Register


@pytest.fixture(scope="session")
def register() -> Register:
    return read_register()


@pytest.fixture(scope="session")
def content(register: Register) -> ExportContent:
    """Return the bundled register, ready to be written in any format."""
    return prepare(register, area=HAUTS_DE_FRANCE, lang="fr")


@pytest.fixture(scope="session")
def exported(content: ExportContent, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Export]:
    """Return a function that writes the bundled register with an ending, once."""
    folder, done = tmp_path_factory.mktemp("exports"), dict[str, "Export"]()

    def export(suffix: str) -> Export:
        if suffix not in done:
            done[suffix] = write_content(content, folder / f"registre{suffix}")
        return done[suffix]

    return export


@pytest.fixture
def hostile(with_contracts: Callable[..., Path]) -> Register:
    """Return a register with formulas, signs that no file keeps, escapes and a very long text."""
    rows = (
        "a,acv,A,commune:62041,signed,doc,1",
        "b,acv,B,commune:02691,signed,doc,2",
        "c,acv,C,Nullepart,signed,doc,3",
    )
    found = read_register(with_contracts(*rows))
    texts = {
        "a": {"title": '=HYPERLINK("https://exemple.invalid")', "summary": "@SUM(A1)", "remark": "-1+1"},
        "b": {
            "title": "coupé\0ici\x07 et \ud800 là",
            "summary": "é" * 40_000,
            "remark": "_x0041_ n’est pas A",
        },
        "c": {"title": "<script>alert(1)</script> ]]> & 'x'; DROP TABLE contracts; --"},
    }
    contracts = {name: replace(found.contracts[name], **texts[name]) for name in found.contracts}
    return replace(found, contracts=contracts)
