"""An analyst's own list: no source of ours, no basis of perimeters, places that cannot be read."""

from __future__ import annotations

import json
import re
import sqlite3
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from geocontracts.cli import main
from geocontracts.outputs.exports.write import write_export
from geocontracts.records.amounts import add_up
from geocontracts.records.read import read_register
from geocontracts.records.register import Source

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from geocontracts.outputs.exports.write import Export
    from geocontracts.records.register import Register

LIST = """\
intitulé;dispositif;territoires;date de signature;montant total
ACV Lens;ACV;Lens;29/06/2021;1500
CRTE Artois;CRTE;CA de Lens-Liévin; 2021;1000,50
Deux EPCI;CRTE;CA de Lens-Liévin | Nullepart-sur-Rien;;
"""


@pytest.fixture
def own(tmp_path: Path) -> Register:
    (tmp_path / "liste.csv").write_text(LIST, encoding="utf-8")
    return read_register(tmp_path / "liste.csv")


def asked(path: Path, question: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(path)) as base:
        return base.execute(question).fetchall()


def test_a_sign_has_a_question_mark_only_where_the_source_gives_no_perimeter(
    own: Register, exported: Callable[[str], Export], tmp_path: Path
) -> None:
    path = write_export(own, tmp_path / "l.gpkg", area="Pas-de-Calais").path
    style = asked(path, "SELECT styleQML FROM layer_styles WHERE f_table_name = 'signs'")[0][0]
    [shown] = {found.replace("&quot;", '"') for found in re.findall(r'value="([^"]*unknown\')"', style)}
    # What is NULL, QGIS draws: the expression must be true or false on each row.
    count = f"SELECT count(*), sum({shown}) FROM signs WHERE kind = 'contract'"  # noqa: S608
    assert asked(path, count) == [(1, 0)]
    ((rows, marked),) = asked(exported(".gpkg").path, count)
    assert 0 < marked < rows


@pytest.mark.parametrize("suffix", [".gpkg", ".xlsx", ".geojson", ".csv"])
def test_a_list_without_sources_is_undated_and_has_no_licence_of_ours(
    own: Register, tmp_path: Path, suffix: str
) -> None:
    path = write_export(own, tmp_path / f"l{suffix}", title="Mon suivi").path
    told = _credits(path)
    assert "Licence des limites\u00a0: Licence Ouverte 2.0" in told
    assert "Licence du registre\u00a0: licence non indiquée" in told
    assert "non datée" in told
    if suffix != ".csv":
        assert "Mon suivi" in told


def test_licences_of_the_documents_are_not_that_of_the_list(own: Register, tmp_path: Path) -> None:
    sources = {
        "a": Source("a", "A", "B", licence="ODbL 1.0"),
        "b": Source("b", "C", "D"),
    }
    told = _credits(write_export(replace(own, sources=sources), tmp_path / "l.geojson").path)
    assert (
        "Licence du registre\u00a0: licence de la compilation non indiquée\u00a0; documents cités sous "
        "ODbL 1.0\u00a0; les documents cités ne disent pas leur licence\u00a0: 1 sur 2"
    ) in told
    assert "Édition" in told


def test_the_bundled_register_has_its_licence(exported: Callable[[str], Export]) -> None:
    assert "Licence du registre\u00a0: compilation sous Licence Ouverte 2.0\u00a0;" in _credits(
        exported(".geojson").path
    )


def _credits(path: Path) -> str:
    if path.suffix == ".gpkg":
        return "\n".join(row[0] for row in asked(path, "SELECT description FROM gpkg_contents"))
    if path.suffix == ".xlsx":
        rows = openpyxl.load_workbook(path)["Lisez-moi"].iter_rows(max_col=2, max_row=8, values_only=True)
        return "\n".join("\u00a0: ".join(str(cell) for cell in row) for row in rows)
    if path.suffix == ".csv":
        return path.read_text(encoding="utf-8-sig").splitlines()[1]
    told = json.loads(path.read_bytes())
    return "\n".join([told["title"], told["licence"], *told["credits"]])


def test_a_perimeter_that_lacks_places_says_which_and_has_a_line_of_its_own(
    own: Register, tmp_path: Path
) -> None:
    path = write_export(own, tmp_path / "l.gpkg").path
    rows = asked(path, "SELECT title, outcome, lacking FROM contracts")
    assert rows == [
        ("ACV Lens", "placed", None),
        ("CRTE Artois", "placed", None),
        ("Deux EPCI", "placed_partly", "Nullepart-sur-Rien"),
    ]
    [(style,)] = asked(path, "SELECT styleQML FROM layer_styles WHERE f_table_name = 'contracts'")
    [(line,)] = {(found,) for found in re.findall(r'value="(CASE WHEN [^"]*dash dot[^"]*)"', style)}
    drawn = dict(asked(path, f"SELECT title, {line.replace('&quot;', chr(34))} FROM contracts"))  # noqa: S608
    assert drawn == {"ACV Lens": "solid", "CRTE Artois": "solid", "Deux EPCI": "dash dot"}


def test_whole_euros_have_no_comma_and_a_day_is_a_date(own: Register, tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(write_export(own, tmp_path / "l.xlsx").path)["Contrats"]
    heads = {cell.value: rank for rank, cell in enumerate(sheet[1])}
    rows = list(sheet.iter_rows(min_row=2))
    amounts = [row[heads["Montant total (€)"]] for row in rows]
    assert [(cell.value, cell.number_format) for cell in amounts[:2]] == [
        (1500, '#,##0 "€"'),
        (1000.5, '#,##0.00 "€"'),
    ]
    signed = [row[heads["Date de signature"]] for row in rows]
    assert [(cell.is_date, str(cell.value)[:10]) for cell in signed] == [
        (True, "2021-06-29"),
        (False, "2021"),
        (False, "None"),
    ]


def test_whom_to_name_stands_on_each_record_and_once_elsewhere(own: Register, tmp_path: Path) -> None:
    for table, count in (("records", 3), ("coverage", 1)):
        text = write_export(own, tmp_path / f"{table}.csv", table=table).path.read_text(encoding="utf-8-sig")
        assert text.count("IGN ADMIN EXPRESS") == count
        assert text.count("\n") > 3


def test_all_records_in_one_csv_are_read_again_with_their_titles_and_euros(
    exported: Callable[[str], Export], register: Register
) -> None:
    again = read_register(exported(".csv").path)
    assert again.problems == ()
    assert {name: row.title for name, row in again.contracts.items()} == {
        record.id: record.title for record in register.records()
    }
    # The shares of `other_eur`, of which a list has no column, are all that is lacking.
    lost = {"siilab-lille": 250_000, "bohain-logements": 35_000, "bohain-chef-de-projet": 17_000}
    assert all(register.operations[name].other_eur == euros for name, euros in lost.items())
    before = add_up(register, register.records()).total or 0
    assert add_up(again, again.records()).total == pytest.approx(before - sum(lost.values()))


def test_the_command_takes_a_title_and_warns_of_excel(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "liste.csv").write_text(LIST.replace(" | Nullepart-sur-Rien", ""), encoding="utf-8")
    asked_for = ["export", str(tmp_path / "liste.csv"), "--title", "Mon suivi", "-o"]
    assert main([*asked_for, str(tmp_path / "l.geojson")]) == 0
    assert json.loads((tmp_path / "l.geojson").read_bytes())["title"] == "Mon suivi"
    assert "Excel" not in capsys.readouterr().out
    assert main([*asked_for, str(tmp_path / "l.csv")]) == 0
    assert "02001" in capsys.readouterr().out
