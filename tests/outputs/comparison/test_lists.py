"""Two editions of a list whose rows have no identifier."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geocontracts

if TYPE_CHECKING:
    from pathlib import Path

    from geocontracts.outputs.comparison.comparison import Comparison

HEAD = "Intitulé;Commune;Montant total (€);Statut"


def compared(folder: Path, old: list[str], new: list[str]) -> Comparison:
    paths = []
    for year, rows in (("2024", old), ("2025", new)):
        path = folder / f"{year}.csv"
        path.write_text("\n".join([HEAD, *rows, ""]), encoding="utf-8")
        paths.append(path)
    return geocontracts.compare(*paths)


def test_rows_that_moved_in_the_file_are_the_same_rows(tmp_path: Path) -> None:
    rows = ["Halle;Arras;100;Signé", "École;Creil;200;Signé", "Parc;Denain;;Signé"]
    found = compared(tmp_path, rows, ["Pont;Soissons;50;Signé", *reversed(rows)])
    assert [(entry.title, entry.kinds) for entry in found.entries if entry.table == "contracts"] == [
        ("Pont", ("added",))
    ]
    assert found.paired == {"words": 3}
    assert not [entry for entry in found.entries if entry.table == "programmes"]  # 2024 and 2025 are one list


def test_a_row_is_followed_by_its_words_when_another_thing_changes(tmp_path: Path) -> None:
    found = compared(tmp_path, ["Halle;Arras;100;Signé"], ["", "Halle;Arras;150;ended"])
    (entry,) = found.entries
    assert entry.how == "words"
    assert entry.kinds == ("ended", "amount")  # no word of an identifier, which is ours


def test_a_title_pairs_rows_whose_places_overlap_and_says_so(tmp_path: Path) -> None:
    found = compared(tmp_path, ["Halle;Arras | Achicourt;100;Signé"], ["Halle;Arras;100;Signé"])
    (entry,) = found.entries
    assert (entry.how, entry.kinds) == ("title", ("moved",))
    assert [place.name for place in entry.changes[0].lost] == ["Achicourt"]
    from geocontracts.outputs.comparison.write import format_comparison

    assert "Rapproché par le dispositif et l’intitulé" in format_comparison(found, style="md")


def test_the_same_title_elsewhere_is_a_doubt(tmp_path: Path) -> None:
    found = compared(tmp_path, ["Halle;Arras;100;Signé"], ["Halle;Creil;100;Signé"])
    assert [entry.kinds for entry in found.entries] == [("added",), ("gone",)]
    assert [doubt.how for doubt in found.doubts] == ["title"]


def test_twins_are_paired_only_when_alike_in_all(tmp_path: Path) -> None:
    twins = ["Halle;Arras;100;Signé", "Halle;Arras;100;Signé"]
    assert not compared(tmp_path, twins, twins).entries
    found = compared(tmp_path, twins, ["Halle;Arras;120;Signé", "Halle;Arras;130;Signé"])
    assert found.counts["contracts"].added == found.counts["contracts"].gone == 2
    assert [len(doubt.old) for doubt in found.doubts] == [2]
