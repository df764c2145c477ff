"""The workbook, as python-calamine reads it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
import python_calamine

from geocontracts.outputs.exports.write import write_export

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from geocontracts.outputs.exports.write import Export
    from geocontracts.records.register import Register


def sheet_of(path: Path, name: str) -> list[dict[str, Any]]:
    book = python_calamine.CalamineWorkbook.from_path(path)
    head, *rows = book.get_sheet_by_name(name).to_python()
    return [dict(zip(head, row, strict=True)) for row in rows]


def test_each_table_is_a_sheet(exported: Callable[[str], Export]) -> None:
    export = exported(".xlsx")
    names = python_calamine.CalamineWorkbook.from_path(export.path).sheet_names
    assert names == ["Lisez-moi", *(layer.title for layer in export.layers)]
    assert names[1:] == ["Contrats", "Missions", "Opérations", "Dispositifs", "Sources", *names[6:]]
    for layer in export.layers:
        assert len(sheet_of(export.path, layer.title)) == layer.rows


def test_euros_are_numbers_days_are_dates_and_unknown_is_empty(
    exported: Callable[[str], Export], register: Register
) -> None:
    rows = {row["Identifiant"]: row for row in sheet_of(exported(".xlsx").path, "Contrats")}
    for name, contract in register.contracts.items():
        assert rows[name]["Montant total (€)"] == (
            "" if contract.amount_total_eur is None else contract.amount_total_eur
        )
    assert rows["erbm"]["Début"] == "2017"
    assert rows["erbm"]["Début\u00a0: dernier jour possible"] == dt.date(2017, 12, 31)
    assert rows["erbm"]["Statut"] == "Signé"


def test_the_first_sheet_names_who_made_the_data_and_what_columns_mean(
    exported: Callable[[str], Export],
) -> None:
    book = python_calamine.CalamineWorkbook.from_path(exported(".xlsx").path)
    text = "\n".join(str(cell) for row in book.get_sheet_by_name("Lisez-moi").to_python() for cell in row)
    for said in (
        "Licence Ouverte 2.0",
        "IGN ADMIN EXPRESS",
        "non datée",
        "Part de l’État (€)",
        "contracts.amount_state_eur",
    ):
        assert said in text
    assert "Signé, En vigueur, Prévu, Achevé, Annoncé" in text


@pytest.mark.thorough
def test_headings_stay_in_sight_and_can_be_filtered(exported: Callable[[str], Export]) -> None:
    sheet = openpyxl.load_workbook(exported(".xlsx").path)["Contrats"]
    assert sheet.freeze_panes == "C2"
    assert sheet.auto_filter.ref.endswith("71")
    amounts = next(cell.column for cell in sheet[1] if cell.value == "Montant total (€)")
    assert '"€"' in next(
        cell.number_format for [cell] in sheet.iter_rows(2, min_col=amounts, max_col=amounts) if cell.value
    )


def test_no_cell_is_a_formula_and_nothing_of_a_long_text_is_lost(hostile: Register, tmp_path: Path) -> None:
    export = write_export(hostile, tmp_path / "h.xlsx")
    rows = {row["Identifiant"]: row for row in sheet_of(export.path, "Contrats")}
    assert rows["a"]["Intitulé"] == '=HYPERLINK("https://exemple.invalid")'
    assert rows["b"]["Intitulé"] == "coupé\ufffdici\ufffd et \ufffd là"
    assert rows["b"]["Remarque"] == "_x0041_ n’est pas A"
    [rest] = sheet_of(export.path, "Suites des textes longs")
    assert (rest["Identifiant de l’enregistrement"], rest["Colonne"]) == ("b", "Résumé")
    assert rows["b"]["Résumé"] + rest["Suite du texte"] == "é" * 40_000
    assert [note.key for note in export.notes] == ["export-signs", "export-cut"]
    book = openpyxl.load_workbook(export.path)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell.coordinate for cell in cells if cell.data_type == "f"]
    assert next(cell for cell in cells if cell.value == "@SUM(A1)").quotePrefix


def test_the_communes_of_each_record_are_named(exported: Callable[[str], Export]) -> None:
    rows = sheet_of(exported(".xlsx").path, "Communes couvertes")
    erbm = [row for row in rows if row["Identifiant de l’enregistrement"] == "erbm"]
    assert {"Nature": "Contrat", "Commune": "59172", "Nom de la commune": "Denain"}.items() <= next(
        row for row in erbm if row["Commune"] == "59172"
    ).items()
    assert erbm[0]["Intitulé"].startswith("Engagement pour le renouveau du bassin minier")
