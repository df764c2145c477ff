"""`France entière` in a list of places is the country; nothing else becomes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from geocontracts.perimeters.perimeter import resolve_perimeters
from geocontracts.places.gazetteer import load_gazetteer
from geocontracts.records.read import read_register
from geocontracts.webmap.payload import MapOptions, build_content

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from geocontracts.perimeters.perimeter import Perimeter


@pytest.fixture
def perimeter_of(with_contracts: Callable[..., Path]) -> Callable[[str], Perimeter]:
    def made(territories: str) -> Perimeter:
        register = read_register(with_contracts(f'a,acv,Titre,"{territories}",signed,doc,P'))
        (found,) = resolve_perimeters(register, within="region:32")
        return found

    return made


@pytest.mark.parametrize(
    ("written", "outcome", "count"),
    [
        ("France", "placed", 34_875),
        ("FRANCE ENTIÈRE", "placed", 34_875),
        ("Métropole et DROM", "placed", 34_875),
        ("National", "remark", 34_875),
        ("France métropolitaine", "placed", 34_746),
        ("Fort-de-France", "remark", 1),
        ("Tremblay-en-France", "remark", 1),
        ("Île-de-France", "remark", 1_266),
    ],
)
def test_words_for_the_country(
    perimeter_of: Callable[[str], Perimeter], written: str, outcome: str, count: int
) -> None:
    found = perimeter_of(written)
    assert (found.outcome, len(found.communes)) == (outcome, count)


def test_the_metropole_has_corse_and_no_drom(perimeter_of: Callable[[str], Perimeter]) -> None:
    departements = set(
        load_gazetteer().column("departement", list(perimeter_of("France métropolitaine").communes))
    )
    assert {"2A", "2B", "59"} < departements
    assert not departements & {"971", "972", "973", "974", "976"}


def test_what_was_assumed_is_told(perimeter_of: Callable[[str], Perimeter]) -> None:
    (problem,) = perimeter_of("National").problems()
    assert problem.severity == "remark"
    assert "toute la France" in problem.text("fr")
    assert "34\u202f875" in problem.text("fr")


def test_the_page_says_the_country(with_contracts: Callable[..., Path]) -> None:
    register = read_register(with_contracts("a,acv,Titre,France,signed,doc,P"))
    content = build_content(register, MapOptions(area="departement:59"))
    (record,) = content.payload["records"]
    assert record["places"] == ["France"]
    assert sum(record["communes"][1::2]) == len(content.area.communes)
