"""Cells that hold several places."""

from __future__ import annotations

import pytest

from geocontracts.records.lists.cells import labels_of, split_codes, split_names


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Lille", ["Lille"]),
        ("Lille; Roubaix ;Tourcoing;", ["Lille", "Roubaix", "Tourcoing"]),
        ("Lille\nRoubaix", ["Lille", "Roubaix"]),
        ("Saint-\nQuentin", ["Saint-Quentin"]),
        ("Neuilly\nsur Seine", ["Neuilly\nsur Seine"]),
        ("Lille, Roubaix et Tourcoing", ["Lille", "Roubaix", "Tourcoing"]),
        ("Lille / Roubaix + Tourcoing", ["Lille", "Roubaix", "Tourcoing"]),
        ("Lille, Nord", ["Lille (Nord)"]),
        ("Creil (60), Nogent-sur-Oise", ["Creil (60)", "Nogent-sur-Oise"]),
        ("CC Ardre et Vallée de la Hem", ["CC Ardre et Vallée de la Hem"]),
        ("la friche, le bord de l'eau et la halle", ["la friche, le bord de l'eau et la halle"]),
        ("Lille, Rubaix, Tourcoing", ["Lille", "Rubaix", "Tourcoing"]),
        ("Nord, Pas-de-Calais", ["Nord", "Pas-de-Calais"]),
        ("Fresnoy-le-Grand,Bohain-en-Vermandois", ["Fresnoy-le-Grand", "Bohain-en-Vermandois"]),
        (" ; ", []),
    ],
)
def test_names_are_parted_where_the_pieces_are_places(cell: str, names: list[str]) -> None:
    assert split_names(cell) == names


def test_names_whose_own_comma_or_et_is_part_of_them_stay_whole() -> None:
    cell = "CC Cœur de l'Avesnois, CC du Pays de Mormal et CC Sud Avesnois"
    assert split_names(cell) == ["CC Cœur de l'Avesnois", "CC du Pays de Mormal", "CC Sud Avesnois"]
    assert split_names("CC du Pays d'Opale, Arras") == ["CC du Pays d'Opale", "Arras"]


@pytest.mark.parametrize(
    ("cell", "codes"),
    [
        ("59350", ["59350"]),
        ("200 072 460", ["200072460"]),
        ("59350, 59512", ["59350", "59512"]),
        ("59350;59512|59599", ["59350", "59512", "59599"]),
        ("59350 59512", ["59350", "59512"]),
        ("2A004/2B033", ["2A004", "2B033"]),
        ("commune:59350; epci:200093201", ["commune:59350", "epci:200093201"]),
        ("pas un code", ["pas un code"]),
        ("", []),
    ],
)
def test_codes_are_parted_and_spaces_in_a_code_are_not(cell: str, codes: list[str]) -> None:
    assert [code.replace(" ", "") if code != "pas un code" else code for code in split_codes(cell)] == codes


def test_labels_beside_codes_are_aligned_though_names_hold_commas() -> None:
    codes = ["242900645", "59350"]
    assert labels_of(codes, "CC du Pays d'Iroise;Lille") == ["CC du Pays d'Iroise", "Lille"]
    codes = ["200072460", "200044618", "200018083"]
    cell = "CA de Béthune-Bruay, Artois-Lys Romane,CA Douaisis Agglo,CA Cœur de Flandre, Communauté"
    assert labels_of(codes, cell) == [
        "CA de Béthune-Bruay, Artois-Lys Romane",
        "CA Douaisis Agglo",
        "CA Cœur de Flandre, Communauté",
    ]


def test_labels_that_cannot_be_set_beside_their_codes_are_not_guessed() -> None:
    assert labels_of(["59350", "59512", "59599"], "Lille, Roubaix") is None
    assert labels_of(["59350", "59512"], "") == ["", ""]
    assert labels_of(["59350"], "Lille, la ville") == ["Lille, la ville"]


def test_a_cell_with_more_names_than_can_be_set_in_order_is_left() -> None:
    codes = ["59350"] * 400
    assert labels_of(codes, ",".join(["Lille, x"] * 400)) is None
