"""What is written and was not understood is neither empty nor unchanged; what editions hold back is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import geocontracts
from geocontracts.outputs.comparison.write import format_comparison

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from geocontracts.outputs.comparison.comparison import Comparison

HEAD = "id;Intitulé;Dispositif;Commune;Montant total;Statut;Date de fin"
Tables = dict[str, list[dict[str, str]]]


def compared(folder: Path, old: list[str], new: list[str], **dates: str) -> Comparison:
    paths = []
    for year, rows in (("2024", old), ("2025", new)):
        path = folder / f"{year}.csv"
        path.write_text("\n".join([HEAD, *rows, ""]), encoding="utf-8")
        paths.append(path)
    return geocontracts.compare(*paths, **dates)


def said(found: Comparison) -> list[str]:
    return [
        change.message.text("fr").replace("\u00a0", " ").replace("\u202f", " ")
        for entry in found.entries
        for change in entry.changes
    ]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("500;signé;2030", "500;abandonné;2030", "Statut : Signé → valeur non comprise : « abandonné »."),
        ("500;;2030", "500;abandonné;2030", "rien d’écrit avant ; maintenant valeur non comprise"),
        ("500;abandonné;2030", "500;;2030", "plus rien d’écrit ; avant valeur non comprise : « abandonné »."),
        ("500;gelé;2030", "500;abandonné;2030", "« gelé » → valeur non comprise : « abandonné »."),
        ("500;signé;2030", "500;signé;30/02/2031", "Fin : 2030 → valeur non comprise : « 30/02/2031 »."),
        (
            "500;signé;2030",
            "environ 600;signé;2030",
            "« environ 600 ». Faute d’avoir été compris, ce montant n’est pas dans le total.",
        ),
        ("environ 600;signé;2030", "700;signé;2030", "valeur non comprise : « environ 600 » → 700."),
    ],
)
def test_what_is_written_and_not_understood_is_told(tmp_path: Path, old: str, new: str, told: str) -> None:
    found = compared(tmp_path, [f"1;Halle;ACV;Arras;{old}"], [f"1;Halle;ACV;Arras;{new}"])
    (sentence,) = said(found)
    assert told in sentence
    assert found.entries[0].changes[0].difference is None


def test_the_same_unread_text_is_no_change(tmp_path: Path) -> None:
    rows = ["1;Halle;ACV;Arras;environ 600;gelé;2030"]
    assert not compared(tmp_path, rows, rows).entries


def test_a_table_of_a_folder_tells_what_it_could_not_read(altered: Callable[..., Path]) -> None:
    def alter(tables: Tables) -> None:
        row = next(each for each in tables["contracts"] if each["id"] == "cdt-calaisis")
        row["amount_total_eur"] = "environ 155 M€"

    found = geocontracts.compare(geocontracts.read_register(), altered(alter))
    assert said(found)[0].startswith("Montant total (€) : 155 000 000 → valeur non comprise : « environ")


def test_what_is_new_says_what_was_not_understood_in_it(tmp_path: Path) -> None:
    kept = "1;Halle;ACV;Arras;;;"
    found = compared(tmp_path, [kept], [kept, "2;École;ACV;Creil;environ 600;abandonné;2030"])
    told = format_comparison(found, style="md").replace("\u00a0", " ")
    assert "Statut : valeur non comprise, « abandonné »" in told
    assert "Montant total (€) : valeur non comprise, « environ 600 »" in told
    assert "montant inconnu" not in told
    assert "commune : Creil" in told
    assert "Se termine en 2030" in told
    assert "Nouvelle édition : 2 cellules écrites et non comprises" in told


def test_an_end_by_date_alone_is_counted_as_an_end(tmp_path: Path) -> None:
    rows = ["1;Halle;ACV;Arras;;;2024-06-30"]
    found = compared(tmp_path, rows, rows, old_date="2024-01", new_date="2025-01")
    count = found.counts["contracts"]
    assert (count.ended, count.changed, count.same) == (1, 0, 0)
    assert said(found) == [
        "A pris fin : date de fin 30 juin 2024, entre les éditions (janvier 2024 et janvier 2025)."
    ]


def test_a_programme_called_otherwise_is_a_doubt(tmp_path: Path) -> None:
    found = compared(
        tmp_path, [";PAT;Projet alimentaire;Lille;;;"], [";PAT;Projet alimentaire territorial;Lille;;;"]
    )
    assert [doubt.how for doubt in found.doubts] == ["renamed"]
    told = " ".join(format_comparison(found, style="md").replace("\u00a0", " ").split())
    assert "« PAT » (Projet alimentaire, contracts-2) (avant)" in told
    other = compared(
        tmp_path,
        [";PAT;Projet alimentaire;Lille;;;2020"],
        [";PAT;Projet alimentaire territorial;Lille;;;2030"],
    )
    assert other.doubts == ()


def test_an_amount_known_only_now_inside_another_moves_no_total(altered: Callable[..., Path]) -> None:
    def alter(tables: Tables) -> None:
        next(each for each in tables["contracts"] if each["id"] == "cdt-calaisis")["amount_total_eur"] = ""

    found = geocontracts.compare(altered(alter), geocontracts.read_register())
    (told,) = said(found)
    assert "montant désormais connu, 155 000 000 (inconnu avant)." in told
    assert told.endswith("il ne change pas le total.")
    assert found.funding["whole"][0].total == found.funding["whole"][1].total


def test_sheets_and_kinds_that_were_not_told_apart_are_told(tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Nature", "Intitulé", "Dispositif", "Commune"])
    sheet.append(["contrat", "Halle", "ACV", "Arras"])
    sheet.append(["opération", "École", "ACV", "Creil"])
    more = book.create_sheet("Missions")
    more.append(["Intitulé", "Commune"])
    more.append(["Appui", "Denain"])
    path = tmp_path / "liste.xlsx"
    book.save(path)
    told = format_comparison(geocontracts.compare(path, path), style="md").replace("\u00a0", " ")
    assert "Feuilles remplies non lues : Missions." in told
    assert "la colonne « Nature » mêle plusieurs sortes (contrat, opération)" in told
