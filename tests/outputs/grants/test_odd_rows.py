"""Rows that a fast reader would swallow, or take for grants, come to the same as in a short list."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING, Any

import pytest

from geocontracts.errors import RegisterError
from geocontracts.outputs.grants.totals import GrantOptions, grant_totals
from geocontracts.records.large import head, survey
from geocontracts.records.lists.mapping import ListMapping
from tests.outputs.grants.made import HEADER, by_long_path, by_short_path

if TYPE_CHECKING:
    from pathlib import Path

ARRAS, LILLE = "62041;Arras;62;DSIL;2021;10;5;", "59350;Lille;59;DSIL;2021;7;5;"
ALONE = ";" * 7
OPTIONS = GrantOptions(mapping=ListMapping(shape="contracts"))


def read_both(path: Path, text: str) -> tuple[Any, set[int], bool]:
    """Return what the long path makes of a list, after the short one: its idle lines, and who read it."""
    path.write_text(";".join(HEADER) + "\n" + text, encoding="utf-8", newline="")
    with grant_totals(path, OPTIONS) as totals:
        found = by_long_path(totals)
        told = totals.loaded.head.survey
        assert told is not None
        is_regular = told.is_regular and ";" not in told.astray
    assert found[:3] == by_short_path(path, "epci")[:3]
    return found, set(found[2]), is_regular


def test_a_row_within_quotes_that_look_right_is_not_swallowed(tmp_path: Path) -> None:
    """A quote opens in the cell of one row, and another one closes in that of the next."""
    (grants, *_), _, is_regular = read_both(tmp_path / "aides.csv", f'{ARRAS}"a\n{LILLE}"\n{ARRAS}b\n')
    assert is_regular, "only the separators within the cell tell"
    assert sum(line[0] for line in grants.values()) == 3


def test_rows_that_are_lost_where_line_ends_are_mixed_are_missed(tmp_path: Path) -> None:
    """After a first line end CR LF, an LF beside a quote ends nothing for DuckDB."""
    path = tmp_path / "aides.csv"
    text = f'{ARRAS}x\r\n{ARRAS}"a"\n"é;"\r\n{LILLE}c\r\n'
    path.write_text(";".join(HEADER) + "\r\n" + text, encoding="utf-8", newline="")
    with grant_totals(path, OPTIONS) as totals:
        told = totals.loaded.head.survey
        assert told is not None
        assert told.is_regular, "only the number of rows tells"
        assert ";" not in told.astray
        assert told.rows == 5
        assert totals.counts.grants == 4
        assert by_long_path(totals)[:3] == by_short_path(path, "epci")[:3]


@pytest.mark.parametrize("quote", ["", '"fin\n'], ids=["DuckDB", "own rules"])
def test_totals_are_found_beside_blanks_and_beyond_the_header(tmp_path: Path, quote: str) -> None:
    totals = [
        "\u00a0;;;;;Total;999;",
        "\u00a0;Total Nord;;;;999;;",
        ";\u00a0Total Nord;;;;999;;",
        ";\u202fEnsemble\u00a0;;;;999;;",
        ";Sous\u00a0total;;;;999;;",
        "* note;;;;;;;x;Total;9",
        f"* note{ALONE};;Total",
        f"{ALONE};Total;9",
    ]
    blanks = "\u00a0;\u2003;;;;;\u00a0;"
    others = [f"* note{ALONE};\u00a0", f"{ALONE};de trop", f"\u00a0{ALONE};;\u00a0Totalement autre"]
    text = "".join(f"{row}\n" for row in [*totals, blanks, *others, f"{LILLE}b"]) + quote
    (grants, lost, _, _), idle, is_regular = read_both(tmp_path / "aides.csv", text)
    assert is_regular == (not quote)
    assert idle == set(range(2, 2 + len(totals)))
    last = len(totals) + 2 + len(others)
    assert {line for line in lost if line <= last} == set(range(last - len(others) + 1, last + 1))
    assert sum(line[0] for line in grants.values()) == len(others) + 1 + bool(quote)


def test_a_note_stands_below_the_last_place_however_many_there_are(tmp_path: Path) -> None:
    """What stands above a place is no note, though two lines follow that name none."""
    text = f"{ARRAS}a\n* au-dessus{ALONE}\n{LILLE}b\n* un{ALONE}\nSource : deux{ALONE}\n"
    (_, lost, _, _), idle, _ = read_both(tmp_path / "aides.csv", text)
    assert idle == {5, 6}
    assert set(lost) == {3}


@pytest.mark.parametrize("end", ["\r", "\r\n", "\n"])
def test_a_mark_at_the_beginning_is_no_row(tmp_path: Path, end: str) -> None:
    path = tmp_path / "aides.csv"
    lines = ["Commune;Dispositif;Montant total", '"Amiens";ACV;10', "Lille;ACV;5", ""]
    path.write_bytes(codecs.BOM_UTF8 + end.join(lines).encode())
    with grant_totals(path, OPTIONS) as totals:
        assert totals.counts.placed == 2
    path.write_bytes(codecs.BOM_UTF8 + b'"Commune";Dispositif;Montant total')
    with grant_totals(path, OPTIONS) as totals:
        assert totals.counts.grants == 0


def test_a_file_that_changes_after_its_survey_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "aides.csv"
    path.write_text("Code INSEE;Subvention\n62041;1\n", encoding="utf-8")

    def surveyed(source: Path) -> Any:
        found = survey.survey_text(source)
        source.write_text("Code INSEE;Subvention\n62041;12345\n", encoding="utf-8")
        return found

    monkeypatch.setattr(head, "survey_text", surveyed)
    with pytest.raises(RegisterError, match="changed"), grant_totals(path):
        pass
