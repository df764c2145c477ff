"""Registers are read whole; what is wrong is said with file, row, column, value and remedy."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from geocontracts.errors import RegisterError
from geocontracts.records.read import read_register
from tests.conftest import CONTRACTS_HEAD

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

GOOD = "acv-arras,acv,Arras,commune:62041,signed,doc,Partie 1"


def said(folder: Path) -> list[str]:
    return [problem.text("fr") for problem in read_register(folder).problems]


def test_a_good_register_has_no_problem(with_contracts: Callable[..., Path]) -> None:
    register = read_register(with_contracts(GOOD))
    assert register.problems == ()
    contract = register.contracts["acv-arras"]
    assert (contract.title, contract.territories, contract.status) == ("Arras", ("commune:62041",), "signed")
    assert (contract.file, contract.line) == ("contracts.csv", 2)
    assert contract.amount_total_eur is None


@pytest.mark.parametrize(
    ("row", "line"),
    [
        ("acv-arras,acv,Arras,,signed,doc,P", "contracts.csv, ligne 2, colonne territories — cellule vide"),
        (
            "a,acw,Arras,Arras,signed,doc,P",
            "colonne programme — «\u00a0acw\u00a0» n’est dans aucune ligne de programmes.csv",
        ),
        ("a,acv,Arras,Arras,signed,dok,P", "Vouliez-vous dire «\u00a0doc\u00a0»"),
        ("a,acv,Arras,Arras,suspendu,doc,P", "ligne 2, colonne status — «\u00a0suspendu\u00a0»"),
        ("A B,acv,Arras,Arras,signed,doc,P", "colonne id — «\u00a0A B\u00a0» n’est pas un identifiant"),
        (
            "a,acv,Arras,Arras,signed,doc",
            "ligne 2 — attention\u00a0: Nombre de cellules\u00a0: 6 au",
        ),
        (
            "a,acv,Arras,Arras,signed,doc,P,de trop,2",
            "non lu (2)\u00a0: «\u00a0de trop\u00a0», «\u00a02\u00a0».",
        ),
    ],
)
def test_a_fault_in_a_row_is_said_and_the_row_is_kept(
    with_contracts: Callable[..., Path], row: str, line: str
) -> None:
    register = read_register(with_contracts(row))
    assert len(register.contracts) == 1
    assert any(line in problem.text("fr") for problem in register.problems), [
        p.text() for p in register.problems
    ]


def test_an_unknown_programme_is_said_for_each_row_and_keeps_its_rows(
    with_contracts: Callable[..., Path],
) -> None:
    register = read_register(with_contracts(*(f"r{n},acw,T,Arras,signed,doc,P" for n in (1, 2))))
    assert [problem.row for problem in register.problems] == [2, 3]
    assert {contract.programme for contract in register.contracts.values()} == {"acw"}
    assert "acw" in register.programmes


def test_the_same_fault_is_said_in_every_row_that_has_it(with_contracts: Callable[..., Path]) -> None:
    rows = [f'"{name}","acv","A","Arras",perhaps,doc,"p. 1"' for name in "abc"]
    problems = [one for one in read_register(with_contracts(*rows)).problems if one.column == "status"]
    assert [one.row for one in problems] == [2, 3, 4]
    assert {one.message.key for one in problems} == {"value-choice"}


def test_ids_taken_twice_keep_both_rows(with_contracts: Callable[..., Path]) -> None:
    register = read_register(with_contracts(GOOD, GOOD.replace("Arras", "Lens")))
    assert [contract.title for contract in register.contracts.values()] == ["Arras", "Lens"]
    (problem,) = register.problems
    assert "déjà pris (contracts.csv:2)" in problem.text("fr")
    assert (problem.row, problem.column) == (3, "id")


def test_the_end_before_the_start(with_contracts: Callable[..., Path]) -> None:
    head = CONTRACTS_HEAD + ",starts_on,ends_on,amount_state_eur"
    folder = with_contracts(
        GOOD + ",2019-06,2019-05,-3", GOOD.replace("arras", "b") + ",2019,2019-06,", head=head
    )
    lines = said(folder)
    assert any(
        "ligne 2, colonne ends_on — la fin (2019-05) précède le début (2019-06)" in line for line in lines
    )
    assert any("ligne 2, colonne amount_state_eur — «\u00a0-3\u00a0» est négatif" in line for line in lines)
    assert len(lines) == 2, "a year that ends within itself is no fault"


def test_all_problems_of_all_files_come_at_once(with_contracts: Callable[..., Path]) -> None:
    folder = with_contracts(
        "a,acw,,Arras,suspendu,doc,P",
        missions="id,programme,title,operator,territories,source,section\nm,acv,Mission,,Arras,rien,P\n",
    )
    problems = read_register(folder).problems
    assert [(p.file, p.row, p.column) for p in problems] == [
        ("contracts.csv", 2, "title"),
        ("contracts.csv", 2, "status"),
        ("contracts.csv", 2, "programme"),
        ("missions.csv", 2, "operator"),
        ("missions.csv", 2, "source"),
    ]


def test_french_headers_and_semicolons_are_understood(make_register: Callable[..., Path]) -> None:
    folder = make_register(
        contracts="Identifiant;Dispositif;Intitulé;Territoires;Source;Passage de la source;"
        "Montant total (€)\n"
        'a;acv;Arras;"commune:62041;Lens";doc;P;1 234,50\n'
    )
    register = read_register(folder)
    assert register.problems == ()
    assert register.contracts["a"].amount_total_eur == 1234.5
    assert register.contracts["a"].territories == ("commune:62041", "Lens")


def test_an_unknown_column_is_said_with_the_nearest(with_contracts: Callable[..., Path]) -> None:
    folder = with_contracts(GOOD + ",x,y", head=CONTRACTS_HEAD + ",signe_on,zzz")
    lines = said(folder)
    assert "colonne signe_on — attention\u00a0: colonne inconnue" in lines[0]
    assert "«\u00a0signed_on\u00a0»" in lines[0]
    assert "Vouliez-vous" not in lines[1]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "aucune cellule n’est remplie"),
        (
            b"id,programme,title\na,acv,Arras\n",
            "colonne obligatoire absente\u00a0: territories, source, section",
        ),
    ],
)
def test_a_file_that_is_no_table_stops_the_reading(
    make_register: Callable[..., Path], content: bytes, expected: str
) -> None:
    folder = make_register()
    (folder / "contracts.csv").write_bytes(content)
    with pytest.raises(RegisterError) as caught:
        read_register(folder)
    assert expected in caught.value.text("fr")
    assert "contracts.csv" in caught.value.text("fr")


def test_a_table_in_another_encoding_or_with_a_stray_quote_is_read_with_a_remark(
    make_register: Callable[..., Path],
) -> None:
    head, row = "id,programme,title,territories,source,section", "a,acv,Évry,Arras,doc,P"
    folder = make_register()
    (folder / "contracts.csv").write_bytes(f'{head}\n{row}\n"b,acv,T,Lens,doc,P\n'.encode("cp1252"))
    register = read_register(folder)
    assert register.contracts["a"].title == "Évry"
    assert len(register.contracts) == 2
    remarks = [problem.message.key for problem in register.problems if problem.severity == "remark"]
    assert remarks == ["encoding-taken", "quote-stray"]


def test_missing_and_foreign_files(tmp_path: Path) -> None:
    with pytest.raises(RegisterError, match="no such file or folder"):
        read_register(tmp_path / "absent.csv")
    with pytest.raises(RegisterError, match="holds no table of a register"):
        read_register(tmp_path)
    (tmp_path / "liste.xlsx").write_bytes(b"PK")
    with pytest.raises(RegisterError, match="this workbook is damaged"):
        read_register(tmp_path / "liste.xlsx")


def test_a_lone_file_of_contracts_needs_only_its_places(tmp_path: Path) -> None:
    path = tmp_path / "ma liste.csv"
    path.write_text(
        "Intitulé;Dispositif;Territoires\nProjet A;PVX;Guise\nProjet B;;Laon\n", encoding="utf-8-sig"
    )
    register = read_register(path)
    remark, untold = register.problems
    assert (remark.severity, remark.row, remark.message.facts["value"]) == ("remark", 2, "PVX")
    assert (untold.severity, untold.row, untold.column) == ("remark", 3, "Dispositif")
    assert [(c.title, c.programme) for c in register.contracts.values()] == [
        ("Projet A", "PVX"),
        ("Projet B", "Dispositif non renseigné"),
    ]
    assert set(register.programmes) == {"PVX", "Dispositif non renseigné"}


def test_a_lone_file_knows_the_programmes_of_the_bundled_register(tmp_path: Path) -> None:
    path = tmp_path / "liste.csv"
    path.write_text("Dispositif;Territoires\nACTION COEUR DE VILLE;Denain\nInconnu;Laon\n", encoding="utf-8")
    programmes = read_register(path).programmes
    assert programmes["ACTION COEUR DE VILLE"].family == "nouvelle-generation"
    assert programmes["Inconnu"].family is None


def test_a_lone_file_is_told_of_a_programme_whose_name_is_near(tmp_path: Path) -> None:
    path = tmp_path / "liste.csv"
    path.write_text("Dispositif;Territoires\nCentre-bourgade;Guise\n", encoding="utf-8")
    (remark,) = read_register(path).problems
    assert "Vouliez-vous dire «\u00a0" in remark.text("fr")
    assert "entres-bourgs" in remark.text("fr")


def test_problems_name_the_columns_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "liste.csv"
    path.write_text("Territoires;Date de signature\nGuise;hier\n", encoding="utf-8")
    (problem,) = read_register(path).problems
    assert problem.text("fr").startswith("liste.csv, ligne 2, colonne Date de signature — «\u00a0hier\u00a0»")


def test_rows_are_those_that_a_spreadsheet_shows(with_contracts: Callable[..., Path]) -> None:
    folder = with_contracts(
        'a,acv,"Un titre\nsur deux lignes",Arras,signed,doc,P', "", "b,acw,B,Arras,signed,doc,P"
    )
    (problem,) = read_register(folder).problems
    assert problem.row == 4


def test_the_bundled_register_has_no_problem() -> None:
    register = read_register()
    assert [problem.text("en") for problem in register.problems] == []
