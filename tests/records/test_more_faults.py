"""What a spreadsheet does to a table is read, or said; no row goes with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from geocontracts.errors import RegisterError
from geocontracts.records.read import read_register
from geocontracts.records.tables import read_column
from geocontracts.webmap.payload import MapOptions, build_content
from tests.conftest import CONTRACTS_HEAD

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

GOOD = "a,acv,Arras,commune:62041,signed,doc,P"
OPERATION = "id,contract,programme,title,territories,source,section\n"


def faults(path: Path) -> list[tuple[str, int | None, str | None]]:
    return [(each.file, each.row, each.column) for each in read_register(path).problems]


def said(path: Path) -> str:
    return "\n".join(problem.text("fr") for problem in read_register(path).problems)


def refusal(path: Path) -> str:
    with pytest.raises(RegisterError) as caught:
        read_register(path)
    return caught.value.text("fr")


@pytest.mark.parametrize(
    ("start", "end", "faulty"),
    [
        ("2019", "2019-06", False),
        ("2019-06", "2019", False),
        ("2019-06-15", "2019-06", False),
        ("2019-06", "2019-06-15", False),
        ("2019-06-15", "2019-06-15", False),
        ("2019-06", "2019-05", True),
        ("2019-06", "2018", True),
        ("2020", "2019-12-31", True),
        ("2019-06-15", "2019-06-14", True),
    ],
)
def test_an_end_is_a_fault_only_when_its_last_possible_day_comes_first(
    with_contracts: Callable[..., Path], start: str, end: str, *, faulty: bool
) -> None:
    folder = with_contracts(f"{GOOD},{start},{end}", head=f"{CONTRACTS_HEAD},starts_on,ends_on")
    assert faults(folder) == [("contracts.csv", 2, "ends_on")] * faulty


def test_a_column_given_twice_is_said_and_the_first_is_read(with_contracts: Callable[..., Path]) -> None:
    folder = with_contracts(f"{GOOD},Lens", head=f"{CONTRACTS_HEAD},Intitulé")
    register = read_register(folder)
    assert register.contracts["a"].title == "Arras"
    (problem,) = register.problems
    assert (problem.severity, problem.row, problem.column) == ("error", 1, "Intitulé")
    assert "la colonne «\u00a0title\u00a0» est présente deux fois" in problem.text("fr")


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://www.cerema.fr/fr", "https://www.cerema.fr/fr"),
        ("http://www.cerema.fr", "http://www.cerema.fr"),
        ("www.cerema.fr", None),
        ("ftp://cerema.fr/a.pdf", None),
        ("javascript:alert(1)", None),
        ("https://cerema.fr/deux mots", None),
    ],
)
def test_a_source_has_a_web_address_or_none(
    with_contracts: Callable[..., Path], url: str, kept: str | None
) -> None:
    folder = with_contracts(GOOD, sources=f"id,title,publisher,url\ndoc,Document,Préfecture,{url}\n")
    register = read_register(folder)
    assert register.sources["doc"].url == kept
    assert [each.column for each in register.problems] == ([] if kept else ["url"])
    assert kept or f"«\u00a0{url}\u00a0» n’est pas une adresse web" in said(folder)


def test_an_operation_of_a_contract_that_is_not_there_is_said_and_kept(
    with_contracts: Callable[..., Path],
) -> None:
    rows = "o1,a,acv,Halle,Arras,doc,P\no2,zzz,acv,Gare,Arras,doc,P\no3,,acv,Parc,Arras,doc,P\n"
    folder = with_contracts(GOOD, operations=OPERATION + rows)
    register = read_register(folder)
    assert list(register.operations) == ["o1", "o2", "o3"]
    assert faults(folder) == [("operations.csv", 3, "contract")]
    assert "«\u00a0zzz\u00a0» n’est dans aucune ligne de contracts.csv" in said(folder)


def test_a_quoted_header_behind_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    path = tmp_path / "liste.csv"
    path.write_text('"Observation; du service";"Territoires"\nrien;Denain\n', encoding="utf-8-sig")
    register = read_register(path)
    assert [each.territories for each in register.contracts.values()] == [("Denain",)]
    assert register.reading is not None
    assert register.reading.sheet.header == ("Observation; du service", "Territoires")


@pytest.mark.parametrize("ids", [("a", "a-4", "a"), ("a", "a", "a-3"), ("a", "a", "a")])
def test_an_id_that_looks_like_one_made_up_for_another_costs_no_row(
    with_contracts: Callable[..., Path], ids: tuple[str, ...]
) -> None:
    folder = with_contracts(*(f"{name},acv,{rank},Arras,signed,doc,P" for rank, name in enumerate(ids)))
    register = read_register(folder)
    assert [each.title for each in register.contracts.values()] == ["0", "1", "2"]
    assert len(register) == len({each.id for each in register.contracts.values()}) == 3
    assert set(ids) <= register.contracts.keys()


def test_an_id_made_up_in_one_table_is_not_that_of_another(with_contracts: Callable[..., Path]) -> None:
    mission = "id,programme,title,operator,territories,source,section\na-3,acv,M,Cerema,Arras,doc,P\n"
    register = read_register(with_contracts(GOOD, GOOD, missions=mission))
    assert register.missions["a-3"].title == "M"
    assert len({record.id for record in register.records()}) == 3


def test_a_row_without_programme_is_said_kept_and_drawn(with_contracts: Callable[..., Path]) -> None:
    folder = with_contracts(GOOD, "b,,Lens,Lens,signed,doc,P")
    assert faults(folder) == [("contracts.csv", 3, "programme")]
    register = read_register(folder)
    assert register.contracts["b"].programme in register.programmes
    payload = build_content(register, MapOptions(area="departement:62")).payload
    assert [(each["id"], each["draw"]) for each in payload["records"]] == [("a", "towns"), ("b", "towns")]


@pytest.mark.parametrize(
    ("name", "near"), [("contrats.csv", "contracts.csv"), ("mission.csv", "missions.csv"), ("zzz.csv", None)]
)
def test_a_table_that_is_none_of_a_register_is_said(
    with_contracts: Callable[..., Path], name: str, near: str | None
) -> None:
    folder = with_contracts(GOOD)
    (folder / name).write_text("id\n1\n", encoding="utf-8")
    (problem,) = read_register(folder).problems
    assert (problem.severity, problem.file) == ("warning", name)
    assert "ce fichier n’est pas une table du registre" in problem.text("fr")
    assert (f"Vouliez-vous dire «\u00a0{near}\u00a0»" in problem.text("fr")) == (near is not None)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("sep=;\nIntitulé;Territoires\nA, B, C;Denain\n", 2),
        ("sep=^\r\nIntitulé^Territoires\r\nA, B; C^Denain\r\n", 2),
        ("sep=|\r\nIntitulé|Territoires\r\nA, B; C|Denain\r\n", 2),
        ("\n\n\r\nIntitulé;Territoires\nA, B, C;Denain\n", 5),
        (";\n;\nIntitulé;Territoires\nA, B, C;Denain\n", 4),
        ('"Observation, du service, de la région";Territoires\nA, B, C;Denain\n', 2),
        ("Observation, du service, de la région;Territoires\nA, B, C;Denain\n", 2),
    ],
)
def test_the_header_and_its_separator_are_found(tmp_path: Path, text: str, line: int) -> None:
    path = tmp_path / "liste.csv"
    path.write_text(text, encoding="utf-8", newline="")
    (contract,) = read_register(path).contracts.values()
    assert (contract.territories, contract.line) == (("Denain",), line)
    assert read_column(path, "territoires") == [(line, "Denain")]


def test_two_tables_that_cannot_be_read_are_named_together(with_contracts: Callable[..., Path]) -> None:
    folder = with_contracts("x", head="id", programmes="")
    lines = refusal(folder).splitlines()
    assert [line.split("\u00a0:")[0].split("/")[-1] for line in lines] == [
        "programmes.csv",
        "contracts.csv, ligne 1",
    ]
    assert "aucune cellule n’est remplie" in lines[0]
    assert "colonne obligatoire absente" in lines[1]


def test_the_sources_that_a_lone_file_names_are_told(tmp_path: Path) -> None:
    path = tmp_path / "liste.csv"
    path.write_text("Territoires;Source\nDenain;Convention de 2018\nDouai;\n", encoding="utf-8")
    payload = build_content(read_register(path), MapOptions(area="departement:59")).payload
    assert [source["title"] for source in payload["sources"]] == ["Convention de 2018", "liste.csv"]
    assert [record["source"] for record in payload["records"]] == [0, 1], (
        "a row that names none comes from the list itself"
    )


@pytest.mark.parametrize("suffix", [".xlsx", ".XLSX", ".ods", ".parquet"])
def test_a_workbook_that_is_broken_is_refused(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"liste{suffix}"
    path.write_bytes(b"PK\x03\x04\x00\xff")
    assert "ce classeur est abîmé ou incomplet" in refusal(path)
    with pytest.raises(RegisterError) as caught:
        read_column(path, "commune")
    assert "ce classeur est abîmé ou incomplet" in caught.value.text("fr")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "cp1252", "latin-1"])
def test_a_list_in_another_encoding_is_read_and_it_is_said(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "liste.csv"
    path.write_bytes("Territoires;Titre\nNœux-les-Mines;Été\n".replace("œ", "oe").encode(encoding))
    register = read_register(path)
    assert [(each.title, each.territories) for each in register.contracts.values()] == [
        ("Été", ("Noeux-les-Mines",))
    ]
    assert register.reading is not None
    assert register.reading.notes[0].key == "encoding-taken"


def test_a_cell_may_be_long_but_not_without_end(tmp_path: Path) -> None:
    path = tmp_path / "liste.csv"
    path.write_text(f"Territoires;Résumé\nDenain;{'a' * 1_000_000}\n", encoding="utf-8")
    (contract,) = read_register(path).contracts.values()
    assert len(contract.summary or "") == 1_000_000
    path.write_text(f"Territoires;Résumé\nDenain;A\nDouai;{'a' * 1_100_000}\n", encoding="utf-8")
    assert "ligne 3\u00a0: une cellule dépasse 1\u202f048\u202f576 caractères" in refusal(path)


@pytest.mark.parametrize("name", ["A B", "Été", "a_b", "a--b", "-a"])
def test_an_id_that_is_none_is_said_and_kept(with_contracts: Callable[..., Path], name: str) -> None:
    operation = f"o,{name},acv,Halle,Arras,doc,P\n"
    folder = with_contracts(f"{name},acv,T,Arras,signed,doc,P", operations=OPERATION + operation)
    assert list(read_register(folder).contracts) == [name]
    assert faults(folder) == [("contracts.csv", 2, "id")], "what refers to it finds it"
    assert f"«\u00a0{name}\u00a0» n’est pas un identifiant" in said(folder)
