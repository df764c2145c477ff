"""A completed file keeps the cells that it received, formula or not; the command says which begin as one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import openpyxl

from geocontracts.cli import main

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

FORMULA = "=cmd|'/C calc'!A0"
LINES = (
    "Suivi;;;",
    "=1+1;;;",
    "Intitulé;Dispositif;Commune;Remarque",
    f"A;ACV;Lens;{FORMULA}",
    "B;ACV;Arras;-5",
    '"@SUM(A1)";ACV;Denain;- un point',
)


def checked(path: Path, target: Path, capsys: pytest.CaptureFixture[str], status: int = 0) -> tuple[str, str]:
    assert main(["check", str(path), "--corrected", str(target)]) == status
    said = capsys.readouterr()
    return (
        said.out.replace("\u00a0", " ").replace("\u202f", " "),
        said.err.replace("\u00a0", " ").replace("\u202f", " "),
    )


def test_a_completed_csv_keeps_its_cells_and_says_which_a_spreadsheet_may_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, target = tmp_path / "liste.csv", tmp_path / "complete.csv"
    path.write_bytes("\r\n".join((*LINES, "")).encode())
    out, err = checked(path, target, capsys)
    made = target.read_bytes().decode().splitlines()
    assert all(line.startswith(old) for line, old in zip(made, LINES, strict=True)), "as received"
    assert (
        "3 cellules de la liste complétée commencent comme une formule (la première : ligne 2, "
        "colonne « Intitulé ») : elles y restent telles que vous les avez reçues" in err
    ), "the lines above the header are in the file too"
    assert "N’ouvrez pas ce fichier d’un double-clic : importez-le, colonnes au type Texte" in err
    assert "2 cellules commencent comme une formule (la première : ligne 4, colonne « Remarque »)" in out


def test_a_list_without_formulas_is_told_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "liste.csv"
    path.write_text("Intitulé;Dispositif;Commune;Remarque\nA;ACV;Lens;-5\n", encoding="utf-8")
    assert "formule" not in "".join(checked(path, tmp_path / "complete.csv", capsys))


def test_a_sign_that_the_encoding_lacks_and_a_formula_are_both_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, target = tmp_path / "liste.csv", tmp_path / "complete.csv"
    # Latin-9 lacks the apostrophe with which a merger is told.
    rows = f"Intitulé;Dispositif;Commune\n{FORMULA};ACV;Bermeries\ncœur;ACV;Lens\n"
    path.write_bytes(rows.encode("iso8859-15"))
    _, err = checked(path, target, capsys)
    assert (
        "Le fichier corrigé est en UTF-8 : l’encodage d’origine (iso8859-15) n’a pas le signe « ’ »." in err
    )
    assert "1 cellule de la liste complétée commence comme une formule (ligne 2, colonne « Intitulé »)" in err


def test_in_a_workbook_texts_stay_texts_and_formulas_formulas(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, target = tmp_path / "liste.xlsx", tmp_path / "complete.xlsx"
    book = openpyxl.Workbook()
    book.active.append(["Intitulé", "Dispositif", "Commune", "Remarque", "Montant total"])
    book.active.append(["A", "ACV", "Lens", "x", "=1000+1"])
    book.active["D2"].value, book.active["D2"].data_type = FORMULA, "s"
    book.save(path)
    out, err = checked(path, target, capsys, status=1)  # what was never calculated is to be mended
    table = openpyxl.load_workbook(target).active
    assert (table["D2"].value, table["D2"].data_type) == (FORMULA, "s")
    assert (table["E2"].value, table["E2"].data_type) == ("=1000+1", "f")
    assert (
        "1 texte du classeur commence comme une formule (ligne 2, colonne « Remarque ») : il reste du texte, "
        "les formules restent des formules." in err
    )
    assert "Les formules sont gardées sans leur dernier résultat" in err
    assert "1 cellule commence comme une formule (ligne 2, colonne « Remarque »)" in out


def test_what_becomes_a_workbook_says_it_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, target = tmp_path / "liste.xls", tmp_path / "complete.xlsx"
    cells = ("Intitulé", "Dispositif", "Commune"), (FORMULA, "ACV", "Lens")
    rows = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in cells)
    path.write_text(f"<html><meta charset='utf-8'><table>{rows}</table></html>", encoding="utf-8")
    _, err = checked(path, target, capsys)
    assert "1 texte du classeur commence comme une formule (ligne 2, colonne « Intitulé »)" in err
    assert openpyxl.load_workbook(target).active["A2"].data_type == "s"


def test_in_an_ods_texts_stay_texts_and_formulas_formulas(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from odfdo import Cell, Document, Table

    path, target = tmp_path / "liste.ods", tmp_path / "complete.ods"
    document = Document("spreadsheet")
    document.body.clear()
    table = Table("Liste")
    table.set_values(
        [["Intitulé", "Dispositif", "Commune", "Remarque", "Montant total"], ["A", "ACV", "Lens", FORMULA]]
    )
    table.set_cell("E2", Cell(value=1001, formula="of:=1000+1"))
    document.body.append(table)
    document.save(path)
    _, err = checked(path, target, capsys)
    made: Any = Document(target).body.get_elements("descendant::table:table")[0]
    assert (made.get_cell("D2").value, made.get_cell("D2").type, made.get_cell("D2").formula) == (
        FORMULA,
        "string",
        None,
    )
    assert made.get_cell("E2").formula == "of:=1000+1"
    assert "1 texte du classeur commence comme une formule (ligne 2, colonne « Remarque »)" in err


def test_a_source_that_is_a_formula_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "liste.csv"
    rows = ('A;ACV;Lens;"=HYPERLINK(""http://x"")"', "B;ACV;Arras;note interne")
    path.write_text("\n".join(("Intitulé;Dispositif;Commune;Source", *rows, "")), encoding="utf-8")
    assert main(["check", str(path)]) == 0
    said = capsys.readouterr().out.replace("\u00a0", " ")
    assert (
        'ligne 2, colonne Source — remarque : « =HYPERLINK("http://x") » commence comme une formule' in said
    )
    assert said.count("sera publié comme le titre d’un document") == 1


def test_remarks_on_other_cells_are_counted_apart_from_those_on_the_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "liste.csv"
    rows = ("A;ACV;Lens;1e3", "B;ACV;Arras;1,2E+06", "C;ACV;Marconne;5")
    path.write_text("\n".join(("Intitulé;Dispositif;Commune;Montant total", *rows, "")), encoding="utf-8")
    assert main(["check", str(path)]) == 0
    last = capsys.readouterr().out.replace("\u00a0", " ").splitlines()[-1]
    assert last == (
        "Lignes lues : 3. Placées : 2 ; placées avec une remarque sur le lieu : 1 ; non placées : 0. "
        "Problèmes à corriger : 0 ; autres remarques : 2."
    )
