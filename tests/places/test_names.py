"""The keys under which names of places are compared."""

from __future__ import annotations

import gzip
from collections import defaultdict
from pathlib import Path

import pytest

from geocontracts.places.area import find_area
from geocontracts.places.match import resolve
from geocontracts.places.names import epci_key, loose_epci_key, normalise_name

BOUNDARIES = Path(__file__).parents[2] / "data" / "boundaries"


def rows(name: str) -> list[dict[str, str]]:
    lines = gzip.decompress((BOUNDARIES / name).read_bytes()).decode().splitlines()
    header = lines[0].split("\t")
    return [dict(zip(header, line.split("\t"), strict=True)) for line in lines[1:]]


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("Le Portel", "portel"),
        ("LE PORTEL", "portel"),
        ("Portel (Le)", "portel"),
        ("Portel, Le", "portel"),
        ("L'Isle-Adam", "isle adam"),
        ("L’Isle-Adam", "isle adam"),
        ("Isle-Adam (L')", "isle adam"),
        ("Isle-Adam (L’)", "isle adam"),
        ("Saint-\nQuentin", "saint quentin"),
        ("Saint-\r\n Quentin", "saint quentin"),
        ("Saint\u00adQuentin", "saintquentin"),
        ("St-Quentin", "saint quentin"),
        ("Stes-Maries-de-la-Mer", "saintes maries de la mer"),
        ("Ste Anastasie", "sainte anastasie"),
        ("Neuilly s/Seine", "neuilly sur seine"),
        ("Neuilly s/ Seine", "neuilly sur seine"),
        ("Sailly-lez-Lannoy", "sailly les lannoy"),
        ("Villers-lès-Nancy", "villers les nancy"),
        ("Lille Cedex 9", "lille"),
        ("ŒUF-EN-TERNOIS", "oeuf en ternois"),
        ("Y", "y"),
        ("Les", "les"),
        ("La Vergne", "la vergne"),
        ("Vergne (La)", "la vergne"),
        ("Vergné", "vergne"),
        (" - ", ""),
    ],
)
def test_spellings_of_one_name_have_one_key(written: str, key: str) -> None:
    assert normalise_name(written) == key


@pytest.mark.parametrize(
    "written",
    [
        "CC du Pays Noyonnais",
        "C.C. du Pays Noyonnais",
        "Communauté de communes du Pays noyonnais",
        "Pays Noyonnais",
        "le Pays noyonnais",
    ],
)
def test_the_kind_of_an_epci_does_not_count(written: str) -> None:
    assert epci_key(written) == "pays noyonnais"


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("CU d'Arras", "arras"),
        ("Communauté urbaine d’Arras", "arras"),
        ("CA de l'Espace Sud", "espace sud"),
        ("Communauté d'agglomération de la Région de Compiègne", "region de compiegne"),
        ("Métropole Européenne de Lille", "europeenne de lille"),
        ("Grenoble-Alpes-Métropole", "grenoble alpes metropole"),
        ("Métropole", "metropole"),
    ],
)
def test_only_a_leading_kind_is_dropped(written: str, key: str) -> None:
    assert epci_key(written) == key


def test_no_two_communes_of_a_departement_share_a_key() -> None:
    found = defaultdict(set)
    for row in rows("places.tsv.gz"):
        if row["level"] == "commune":
            found[row["departement"], row["key"]].add(row["code"])
    assert len(found) == 34_875
    assert [key for key, codes in found.items() if len(codes) > 1] == []


@pytest.mark.parametrize("name", ["places.tsv.gz", "history.tsv.gz"])
def test_the_files_hold_the_keys_of_these_functions(name: str) -> None:
    for row in rows(name):
        key = epci_key(row["name"]) if row["level"] == "epci" else normalise_name(row["name"])
        assert row["key"] == key != ""


def test_a_key_is_its_own_key() -> None:
    keys = {row["key"] for row in rows("places.tsv.gz") if row["level"] == "commune"}
    assert {normalise_name(key) for key in keys} == keys


@pytest.mark.parametrize(
    ("written", "same"),
    [
        ("CC Pays de Blain communauté", "Communauté de communes du Pays de Blain"),
        ("CA du Caudrésis et du Catésis", "CA Caudrésis-Catésis"),
        ("CC du Pays de Limours (CCPL)", "Pays de Limours"),
        ("Métropole de Dijon", "Dijon Métropole"),
    ],
)
def test_the_words_of_an_epci_leave_its_kind_out(written: str, same: str) -> None:
    assert loose_epci_key(written) == loose_epci_key(same) != ""


def test_rare_letters_are_folded_as_the_usual_ones() -> None:
    assert normalise_name("E\u0301tampes") == normalise_name("Étampes") == "etampes"
    assert normalise_name("ＬＩＬＬＥ") == "lille"


def test_a_leading_lez_is_no_article() -> None:
    """Lez-Fontaine lies near Fontaine: the shorter name is another place's."""
    assert normalise_name("Lez-Fontaine") == "lez fontaine"
    assert normalise_name("Fontaine-lez-Hermans") == normalise_name("Fontaine-lès-Hermans")
    assert resolve("Fontaine", within=find_area("region:32").place).place is None
