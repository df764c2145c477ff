"""What the identity sheet of a programme says, on the bundled register."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from geocontracts.errors import UnknownOptionError
from geocontracts.outputs.sheets.programme import build_programme, find_programme

if TYPE_CHECKING:
    from collections.abc import Callable

    from geocontracts.outputs.sheets.programme import ProgrammeSheet
    from geocontracts.outputs.sheets.write import SheetMaker


def built(maker: SheetMaker, written: str) -> ProgrammeSheet:
    return build_programme(find_programme(written, maker.ledger), maker.ledger)


def test_its_contracts_euros_and_communes(maker: SheetMaker) -> None:
    sheet = built(maker, "engagement-bassin-minier")
    assert [each.record.id for each in sheet.contracts["in_force"]] == ["erbm"]
    assert sheet.sums.whole.total == 1_500_000_000
    assert len(sheet.covered) == 336
    assert {share.place.name: share.covered for share in sheet.shares} == {"Nord": 137, "Pas-de-Calais": 199}
    assert sum(share.people for share in sheet.shares) == sheet.people


def test_identity_in_the_colour_of_the_family(maker: SheetMaker) -> None:
    document = maker.programme("Action cœur de ville")
    facts = {fact.label: fact.text for fact in document.facts}
    assert document.colour == "#ae5700"
    assert facts["Chiffres énoncés"] == "222 contrats en 2018 en France"
    assert facts["Échelon"] == "National"
    assert facts["Période"] == "Non donnée"
    assert 'fill="#ae5700"' in document.picture.svg


def test_communes_that_several_contracts_cover_are_counted_once(
    maker: SheetMaker, texts: Callable[..., list[str]]
) -> None:
    said = texts(maker.programme("cper"), "Couverture")
    assert said[0].startswith("Contrats et missions couvrent ensemble 3 782 communes sur 3 782")


def test_a_programme_without_record_says_that_this_proves_nothing(maker: SheetMaker) -> None:
    document = maker.programme("reseaux-vigilance")
    assert document.picture is None
    said = [note.text for note in document.lead]
    assert any("cela ne veut pas dire qu’il n’y en a pas" in text for text in said)
    assert "Ce dispositif n’est que cité en passant par le document." in said


def test_contracts_without_perimeter_are_counted_apart(
    maker: SheetMaker, texts: Callable[..., list[str]]
) -> None:
    said = texts(maker.programme("petites-villes-de-demain"), "Couverture")
    assert said == [
        "Aucun contrat ni mission de ce dispositif n’a de périmètre connu.",
        "1 contrat ou mission a un périmètre inconnu et n’y est pas compté.",
    ]


def test_an_unknown_programme_names_those_that_are_near(maker: SheetMaker) -> None:
    with pytest.raises(UnknownOptionError) as caught:
        maker.programme("Action coeur")
    assert "Action cœur de ville [acv], Action cœur de ville 2 (ACV2) [acv2]" in caught.value.text("fr")


def test_only_programmes_that_are_near_are_proposed(maker: SheetMaker) -> None:
    with pytest.raises(UnknownOptionError) as caught:
        maker.programme("actioncoeur")
    assert "Proches\u00a0: Action cœur de ville [acv]" in caught.value.text("fr")
    assert "participation-citoyenne" not in caught.value.text("fr")
    with pytest.raises(UnknownOptionError) as caught:
        maker.programme("xyzzy")
    assert "ni n’en approche" in caught.value.text("fr")
