"""What the command writes: totals, a list that the map reads, and every row that lacks a place."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest

from geocontracts.cli import main
from geocontracts.perimeters.perimeter import resolve_perimeters
from geocontracts.records.amounts import add_up
from geocontracts.records.lists.mapping import ListMapping
from geocontracts.records.read import read_register
from tests.outputs.grants.made import HEADER, noisy

if TYPE_CHECKING:
    from pathlib import Path

LINES = [
    "Code INSEE;Commune;Dispositif;Année;Coût total;Subvention de l'État;Objet",
    '62041;Arras;DETR;2021;1 234,50 €;500;"École\nprimaire"',
    "62041;Arras;DETR;2022;;12 k€;Toit",
    "62498;Lens;=Fonds;2021;n.d.;;Salle",
    ";Rubaix;DSIL;2021;1.234;300;Salle",
    "Total;;;;9999;;",
]


def table(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file, delimiter=";"))


@pytest.fixture
def aides(tmp_path: Path) -> Path:
    path = tmp_path / "aides.csv"
    path.write_text("\n".join(LINES) + "\n", encoding="utf-8")
    return path


def test_the_command_writes_totals_and_what_has_no_place(
    aides: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    pairs = ["--map", "Subvention de l'État=amount_state_eur"]
    assert main(["grants", str(aides), "-o", str(out), "--by", "departement", *pairs, "--parquet"]) == 1
    said = capsys.readouterr()
    assert said.out.splitlines() == [
        f"Totaux\u00a0: {out / 'totaux.csv'}",
        f"Liste pour la carte\u00a0: {out / 'carte.csv'}",
        f"Lignes sans lieu\u00a0: {out / 'lignes-sans-lieu.csv'}",
        f"Valeurs à revoir\u00a0: {out / 'a-revoir.csv'}",
        f"Provenance et empreintes, pour les logiciels\u00a0: {out / 'provenance.json'}",
        f"Totaux, pour d’autres logiciels\u00a0: {out / 'totaux.parquet'}",
    ]
    assert "Lignes\u00a0: 4. Placées\u00a0: 3" in said.err
    assert "Rubaix" in said.err
    assert "ligne 5" in said.err
    assert "laissées de côté" not in said.err, "the year is used"
    heads, *lines = table(out / "totaux.csv")
    assert heads[:7] == ["Échelon", "Code", "Nom", "Dispositif", "Année", "Subventions", "Sans aucun montant"]
    assert heads[-1] == "À citer"
    assert [line[-1] != "" for line in lines] == [True, False, False, False], "once is enough for a table"
    assert [line[:-1] for line in lines] == [
        ["Département", "62", "Pas-de-Calais", "'=Fonds", "2021", "1", "1", "", "1", "", "1"],
        ["Département", "62", "Pas-de-Calais", "DETR", "2021", "1", "0", "1234,50", "0", "500", "0"],
        ["Département", "62", "Pas-de-Calais", "DETR", "2022", "1", "0", "", "1", "12000", "0"],
        ["Sans lieu", "", "", "DSIL", "2021", "1", "0", "", "1", "300", "0"],
    ]
    _, *lost = table(out / "lignes-sans-lieu.csv")
    assert [line[:3] for line in lost] == [
        ["5", "non placée", "Rubaix"],
        ["6", "total ou note", "Total; 9999"],
    ]
    assert "Roubaix (Nord) [commune:59512]" in lost[0][4]
    assert lost[0][7:-1] == ["1.234", "300"], "as they are written"
    _, *problems = table(out / "a-revoir.csv")
    assert [line[:2] for line in problems] == [["erreur", "Coût total"]]
    import pyarrow.parquet as pq

    assert pq.read_table(out / "totaux.parquet").num_rows == len(lines)


def test_two_runs_write_the_same_bytes(aides: Path, tmp_path: Path) -> None:
    for name in ("a", "b"):
        main(["grants", str(aides), "-o", str(tmp_path / name), "--memory", "100"])
    for path in (tmp_path / "a").iterdir():
        assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes(), path.name


@pytest.mark.parametrize("by", ["commune", "epci", "region"])
def test_the_list_for_the_map_holds_the_same_euros_on_the_same_ground(tmp_path: Path, by: str) -> None:
    path = tmp_path / "aides.csv"
    rows = [[*row[:3], row[3].strip("=") or "X", *row[4:]] for row in noisy(250, seed=21)]
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out, delimiter=";").writerows([HEADER, *rows])
    main(["grants", str(path), "-o", str(tmp_path), "--by", by, "--shape", "contracts"])
    short = read_register(path, ListMapping(shape="contracts"))
    found = read_register(tmp_path / "carte.csv")
    perimeters = resolve_perimeters(found, within=None)
    assert {perimeter.outcome for perimeter in perimeters} == {"placed"}
    placed = [each.record for each in resolve_perimeters(short, within=None) if each.communes]
    mine, theirs = add_up(found, found.records()), add_up(short, placed)
    assert mine.total == pytest.approx(theirs.total, abs=0.03), "cents of sums with a third decimal"
    assert mine.payers["state"] == pytest.approx(theirs.payers["state"], abs=0.03)


def test_the_list_itself_is_never_written_over(
    aides: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "carte.csv"
    path.write_bytes(aides.read_bytes())
    assert main(["grants", str(path), "-o", str(tmp_path)]) == 2
    assert "carte.csv" in capsys.readouterr().err
    assert path.read_bytes() == aides.read_bytes()


def test_other_commands_tell_of_it_where_a_list_is_long(
    aides: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from geocontracts.cli import reading

    main(["stats", str(aides)])
    assert "geocontracts grants" not in capsys.readouterr().err
    monkeypatch.setattr(reading, "_LARGE", 100)
    main(["stats", str(aides)])
    assert "geocontracts grants" in capsys.readouterr().err


def test_without_duckdb_the_command_says_what_to_install(
    aides: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "duckdb", None)
    assert main(["grants", str(aides), "-o", str(tmp_path / "out")]) == 2
    assert "geocontracts[large]" in capsys.readouterr().err


def test_what_an_earlier_run_left_is_named(
    aides: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    main(["grants", str(aides), "-o", str(out), "--parquet"])
    assert "exécution antérieure" not in capsys.readouterr().err, "nothing is left of it"
    main(["grants", str(aides), "-o", str(out)])
    assert "totaux.parquet n’est pas de cette exécution" in capsys.readouterr().err
    main(["grants", str(aides), "-o", str(out), "--lang", "en"])
    said = capsys.readouterr().err
    assert "not of this run" in said
    for name in ("totaux.csv", "carte.csv", "totaux.parquet"):
        assert name in said
    assert "provenance.json" not in said, "it is new"
