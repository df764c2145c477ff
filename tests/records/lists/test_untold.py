"""A row that leaves out its programme is of none: the file’s name stands in only where no column tells it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from geocontracts.cli import main
from geocontracts.records.lists.mapping import ListMapping
from tests.records.lists.sheets import read_lines

if TYPE_CHECKING:
    from pathlib import Path

    from geocontracts.records.register import Register

HEAD = "Intitulé;Dispositif;Commune"
UNTOLD = "Dispositif non renseigné"


def programmes(register: Register) -> list[str]:
    return [contract.programme for contract in register.contracts.values()]


def notes(register: Register) -> str:
    assert register.reading is not None
    return "\n".join(note.text("fr") for note in register.reading.notes).replace("\u00a0", " ")


@pytest.mark.parametrize("empty", ["", "  ", "n.d.", "NULL", "-"])
def test_an_empty_cell_of_the_column_makes_one_honest_layer(tmp_path: Path, empty: str) -> None:
    register = read_lines(tmp_path, HEAD, "A;ACV;Lens", f"B;{empty};Arras", "C;PVD;Denain")
    assert programmes(register) == ["ACV", UNTOLD, "PVD"]
    assert "1 ligne sans dispositif (ligne 3) : elle est publiée sous « Dispositif non renseigné »" in notes(
        register
    )
    assert "le nom du fichier en tient lieu" not in notes(register)
    (remark,) = register.problems
    assert (remark.severity, remark.row, remark.column) == ("remark", 3, "Dispositif")
    assert "la ligne est publiée sous «\u00a0Dispositif non renseigné\u00a0»" in remark.text("fr")
    assert register.programmes[UNTOLD].family is None
    assert "liste" not in register.programmes


def test_each_such_row_is_numbered(tmp_path: Path) -> None:
    rows = [f"T{rank};{'ACV' if rank % 2 else ''};Lens" for rank in range(14)]
    register = read_lines(tmp_path, HEAD, *rows)
    assert "7 lignes sans dispositif (lignes 2, 4, 6, 8, 10…)" in notes(register)
    assert [problem.row for problem in register.problems] == [2, 4, 6, 8, 10, 12, 14]


def test_a_row_without_title_has_no_invented_one(tmp_path: Path) -> None:
    register = read_lines(tmp_path, "Dispositif;Commune", "ACV;Lens", ";Arras")
    assert [contract.title for contract in register.contracts.values()] == ["ACV — Lens", f"{UNTOLD} — Arras"]


def test_the_name_of_the_file_stands_in_only_where_no_column_tells(tmp_path: Path) -> None:
    for lines, told in (
        (("Intitulé;Commune", "A;Lens"), ListMapping()),
        ((HEAD, "A;ACV;Lens", "B;;Arras"), ListMapping(columns={"Dispositif": None})),
    ):
        register = read_lines(tmp_path, *lines, told=told)
        assert set(programmes(register)) == {"liste"}
        assert "le nom du fichier en tient lieu : « liste »" in notes(register)


def test_who_tells_the_programme_of_all_rows_tells_it_of_these_too(tmp_path: Path) -> None:
    register = read_lines(tmp_path, HEAD, "A;ACV;Lens", "B;;Arras", told=ListMapping(programme="ACV"))
    assert set(programmes(register)) == {"ACV"}
    assert "sans dispositif" not in notes(register)


def test_a_row_without_identifier_beside_columns_of_programmes(tmp_path: Path) -> None:
    register = read_lines(
        tmp_path, "Intitulé;id_acv;id_pvd;Commune", "A;acv-1;;Lens", "B;;pvd-1;Denain", "C;;;Arras"
    )
    assert programmes(register) == ["Action cœur de ville", "Petites villes de demain", UNTOLD]
    assert "1 ligne sans dispositif (ligne 4)" in notes(register)


def test_check_and_map_say_what_becomes_of_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "n.csv"
    path.write_text(f"{HEAD}\nA;ACV;Lens\nB;;Arras\n", encoding="utf-8")
    for command in (["check"], ["map", "-o", str(tmp_path / "m.html"), "--area", "departement:62"]):
        assert main([*command, str(path)]) == 0
        said = capsys.readouterr()
        assert "1 ligne sans dispositif (ligne 3)" in said.err
        assert "le nom du fichier" not in said.err
    main(["check", str(path)])
    assert "ligne 3, colonne Dispositif — remarque" in capsys.readouterr().out.replace("\u00a0", " ")
