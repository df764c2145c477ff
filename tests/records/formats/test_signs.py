"""Signs that no text should hold are replaced as a file is read, and that is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from geocontracts.records.formats.read import read_sheet
from geocontracts.records.formats.signs import fit
from geocontracts.records.read import read_register
from tests.conftest import SOURCES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Cœur\u00a0de ville\n(Denain)\tACV", "Cœur\u00a0de ville\n(Denain)\tACV"),
        ("Un\rdeux\r\ntrois", "Un\ndeux\ntrois"),
        ("Esc\x1b[31m\x07", "Esc\ufffd[31m\ufffd"),
        ("moitié \ud83d", "moitié \ufffd"),
        ("\u202edroite", "\ufffddroite"),  # it would turn round all that follows, in a page as in a terminal
        ("\u202aArras\u202c, \u200fl\u200eà", "\u202aArras\u202c, \u200fl\u200eà"),
    ],
)
def test_control_signs_become_a_sign_that_is_seen(text: str, shown: str) -> None:
    assert fit(text) == shown


def test_a_list_says_on_which_lines(tmp_path: Path) -> None:
    path = tmp_path / "liste.csv"
    path.write_bytes(b'Intitule;Dispositif;Territoires\nA;PVD;Denain\n"T\x1bB";PVD;"Arras\rLens"\n')
    sheet = read_sheet(path)
    assert [cells for _, cells in sheet.rows] == [["A", "PVD", "Denain"], ["T\ufffdB", "PVD", "Arras\nLens"]]
    assert [note.facts for note in sheet.notes if note.key == "signs-replaced"] == [
        {"count": 1, "lines": "3"}
    ]


def test_a_folder_of_tables_says_it_as_a_remark(with_contracts: Callable[..., Path]) -> None:
    row = "c1,acv,Titre,Denain,signed,doc,Partie 1"
    register = read_register(with_contracts(row, sources=SOURCES.replace("essai", "\x1bssai")))
    assert register.sources["doc"].title == "Document d’\ufffdssai"
    (told,) = [each for each in register.problems if each.message.key == "signs-replaced"]
    assert (told.severity, told.file) == ("remark", "sources.csv")


def test_a_sign_in_the_header_is_told_on_its_line(tmp_path: Path) -> None:
    path = tmp_path / "liste.csv"
    path.write_bytes(b"Intitule;Com\x01mune\nA;Denain\nB;Ar\x02ras\n")
    sheet = read_sheet(path)
    assert sheet.header == ("Intitule", "Com\ufffdmune")
    assert [note.facts for note in sheet.notes if note.key == "signs-replaced"] == [
        {"count": 2, "lines": "1, 3"}
    ]
