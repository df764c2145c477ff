"""What a person says of a list can be told, saved, and used again."""

from __future__ import annotations

import json
import os
import sys
from typing import TYPE_CHECKING

import openpyxl
import pytest

from geocontracts.cli import main
from geocontracts.errors import RegisterError
from geocontracts.records.lists.mapping import ListMapping, read_mapping, read_pairs, write_mapping
from geocontracts.records.read import read_register
from tests.conftest import ROOT
from tests.records.lists.sheets import read_lines

if TYPE_CHECKING:
    from pathlib import Path


def test_pairs_name_fields_in_code_or_as_people_call_them() -> None:
    told = read_pairs(["insee_com=commune_code", "Nom = nom de la commune", "a=b=title", "obs=", "x=-"])
    assert told.columns == {
        "insee_com": "commune_code",
        "Nom": "commune_name",
        "a=b": "title",
        "obs": None,
        "x": None,
    }


@pytest.mark.parametrize(
    ("pair", "expected"),
    [
        ("insee_com", "écrivez «\u00a0colonne=champ\u00a0»"),
        ("a=zz", "le champ «\u00a0zz\u00a0» indiqué pour la colonne"),
    ],
)
def test_a_pair_that_says_nothing_is_refused(pair: str, expected: str) -> None:
    with pytest.raises(RegisterError) as caught:
        read_pairs([pair])
    assert expected in caught.value.text("fr")


def test_a_mapping_is_saved_and_reads_the_next_edition_in_the_same_way(tmp_path: Path) -> None:
    told = ListMapping({"Lieu-dit": "commune_name"}, programme="ACV")
    register = read_lines(tmp_path, "ref;Lieu-dit;bleu", "1;Denain;x", told=told)
    assert register.reading is not None
    path = tmp_path / "lecture.json"
    write_mapping(register.reading.mapping, path)
    assert json.loads(path.read_text(encoding="utf-8")) == {
        "version": 1,
        "columns": {"ref": "id", "Lieu-dit": "commune_name", "bleu": None},
        "programme": "ACV",
        "shape": "places",
    }
    again = read_lines(tmp_path, "ref;Lieu-dit;bleu", "1;Lens;x", told=read_mapping(path))
    assert again.reading is not None
    assert again.reading.mapping == register.reading.mapping
    assert [contract.programme for contract in again.contracts.values()] == ["ACV"]


def test_what_is_told_now_goes_over_what_was_saved() -> None:
    saved = ListMapping({"A": "id", "Commune": "commune_name"}, programme="ACV", sheet="Feuil1")
    assert ListMapping(header=2, shape="places").over(
        ListMapping(header=3, shape="contracts")
    ) == ListMapping(header=2, shape="places")
    assert ListMapping({"a": "title"}, programme="PVD").over(saved) == ListMapping(
        {"Commune": "commune_name", "a": "title"}, programme="PVD", sheet="Feuil1"
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{", "ce n’est pas une correspondance lisible"),
        ("[]", "ne peut pas valoir"),
        ('{"colonnes": {}}', "«\u00a0colonnes\u00a0» ne peut pas valoir"),
        ('{"version": 2}', "«\u00a0version\u00a0» ne peut pas valoir"),
        ('{"shape": "autre"}', "«\u00a0shape\u00a0» ne peut pas valoir"),
        ('{"header": 0}', "«\u00a0header\u00a0» ne peut pas valoir"),
        ('{"header": true}', "«\u00a0header\u00a0» ne peut pas valoir"),
        ('{"columns": {"A": "zz"}}', "le champ «\u00a0zz\u00a0» indiqué pour la colonne «\u00a0A\u00a0»"),
    ],
)
def test_a_mapping_that_is_none_is_refused(tmp_path: Path, text: str, expected: str) -> None:
    path = tmp_path / "lecture.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RegisterError) as caught:
        read_mapping(path)
    assert expected in caught.value.text("fr")


def test_a_column_has_one_field_and_a_mapping_only_what_exists() -> None:
    with pytest.raises(RegisterError, match="gives the column “A” two fields"):
        read_pairs(["a=title", "A=id"])
    assert read_pairs(["a=title", "a=title"]).columns == {"a": "title"}
    with pytest.raises(RegisterError, match="the field “rien”"):
        ListMapping({"a": "rien"})
    with pytest.raises(RegisterError, match="the shape “x” does not exist"):
        ListMapping(shape="x")  # type: ignore[arg-type]


def test_a_missing_mapping_is_said(tmp_path: Path) -> None:
    with pytest.raises(RegisterError, match="there is no such file"):
        read_mapping(tmp_path / "rien.json")


def test_a_folder_of_tables_takes_no_mapping() -> None:
    with pytest.raises(RegisterError, match="a folder of tables is read as it is"):
        read_register(ROOT / "data", ListMapping(programme="ACV"))


def test_a_saved_mapping_reads_an_edition_that_lacks_a_column_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "lecture.json"
    columns = {"Commune": "commune_name", "Exercice": None, "Coût": "amount_total_eur"}
    write_mapping(ListMapping(columns, sheet="Suivi 2020"), path)
    register = read_lines(tmp_path, "Commune;Lot", "Denain;A", told=read_mapping(path))
    assert [contract.territories for contract in register.contracts.values()] == [("Denain",)]
    assert register.reading is not None
    notes = [note.text("fr") for note in register.reading.notes]
    assert any("ne sont plus dans le fichier\u00a0: Exercice, Coût." in note for note in notes)
    with pytest.raises(RegisterError, match="“Exercice” that you tell is not there"):
        read_lines(tmp_path, "Commune;Lot", "Denain;A", told=ListMapping({"Exercice": None}))


def test_a_saved_sheet_that_has_another_name_is_said_and_the_data_is_found(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].title = "Suivi 2021"
    for row in (("Commune", "Dispositif"), ("Denain", "ACV")):
        book.worksheets[0].append(row)
    book.save(tmp_path / "suivi.xlsx")
    write_mapping(ListMapping({"Commune": "commune_name"}, sheet="Suivi 2020"), tmp_path / "lecture.json")
    register = read_register(tmp_path / "suivi.xlsx", read_mapping(tmp_path / "lecture.json"))
    assert register.reading is not None
    assert any(note.key == "list-sheet-gone" for note in register.reading.notes)
    with pytest.raises(RegisterError, match="Suivi 2020"):
        read_register(tmp_path / "suivi.xlsx", ListMapping(sheet="Suivi 2020"))


def test_a_field_that_does_not_exist_is_answered_with_those_that_do() -> None:
    with pytest.raises(RegisterError) as caught:
        read_pairs(["insee_com=commune"])
    said = caught.value.text("fr")
    assert "Vouliez-vous dire\u00a0: commune_code, commune_siren, commune_name" in said
    assert "postcode, member." in said


@pytest.mark.parametrize("text", ["[" * 100_000, '{"columns":' * 50_000])
def test_a_mapping_without_end_is_no_mapping(tmp_path: Path, text: str) -> None:
    path = tmp_path / "lecture.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RegisterError) as caught:
        read_mapping(path)
    assert "lecture.json\u00a0: ce n’est pas une correspondance lisible" in caught.value.text("fr")


@pytest.mark.skipif(sys.platform == "win32", reason="pipes and devices have no such names")
@pytest.mark.parametrize("name", ["tube", "/dev/zero"])
def test_a_mapping_that_never_ends_is_not_read(tmp_path: Path, name: str) -> None:
    if name == "tube":
        os.mkfifo(tmp_path / name)
    with pytest.raises(RegisterError) as caught:
        read_mapping(tmp_path / name)
    assert f"{name}\u00a0: lecture impossible, ce n’est pas un fichier ordinaire" in caught.value.text("fr")


def test_a_mapping_that_is_a_list_by_mistake_is_not_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "liste.json"
    with path.open("wb") as file:
        file.truncate(1 << 40)
    with pytest.raises(RegisterError, match="much longer than such a file can be"):
        read_mapping(path)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('{"columns": {"Commune": "commune_name", "Commune": "title"}}', "Commune"),
        ('{"columns": {"Commune": "commune_name", "COMMUNE": "title"}}', "COMMUNE"),
        ('{"columns": {"A": "title"}, "columns": {"B": "title"}}', "columns"),
    ],
)
def test_a_mapping_that_says_two_things_of_a_column_is_refused(tmp_path: Path, text: str, name: str) -> None:
    path = tmp_path / "lecture.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RegisterError, match=f"lecture.json: “{name}” is named twice"):
        read_mapping(path)


def test_a_mapping_may_say_one_thing_of_a_column_in_two_spellings(tmp_path: Path) -> None:
    path = tmp_path / "lecture.json"
    path.write_text('{"columns": {"Commune": "commune_name", "COMMUNE": "commune_name"}}', encoding="utf-8")
    assert set(read_mapping(path).columns.values()) == {"commune_name"}


@pytest.mark.parametrize("command", ["map", "check", "grants"])
def test_an_output_that_is_the_mapping_is_called_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    (tmp_path / "liste.csv").write_text("Commune;Montant total\nArras;12\n", encoding="utf-8")
    kept = tmp_path / ("totaux.csv" if command == "grants" else "lecture.html")
    kept.write_text('{"columns": {}}', encoding="utf-8")
    before = kept.read_bytes()
    option = "--report" if command == "check" else "-o"
    out = str(kept)
    if command == "grants":
        from geocontracts.outputs.grants.write import grant_files

        kept = tmp_path / "sorties" / next(iter(grant_files(tmp_path, "fr").values())).name
        kept.parent.mkdir()
        kept.write_bytes(before)
        out = str(kept.parent)
    assert main([command, str(tmp_path / "liste.csv"), option, out, "--mapping", str(kept)]) == 2
    said = capsys.readouterr().err
    assert f"{kept}\u00a0: ce fichier est la correspondance de colonnes donnée par --mapping" in said
    assert kept.read_bytes() == before
