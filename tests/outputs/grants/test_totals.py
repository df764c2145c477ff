"""Long lists are read as short ones are: same places, same reasons, same euros, and no row is lost."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from geocontracts.errors import OutputError, RegisterError, UnknownOptionError
from geocontracts.outputs.grants.totals import GrantOptions, grant_totals
from geocontracts.records.lists.mapping import ListMapping
from geocontracts.records.read import read_register
from tests.outputs.grants.made import HEADER, by_long_path, by_short_path, noisy

if TYPE_CHECKING:
    from pathlib import Path

    from geocontracts.outputs.grants.placing import Unit


def written(rows: list[list[str]], delimiter: str = ";") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerows([HEADER, *rows])
    return out.getvalue()


def assert_same(path: Path, by: Unit = "epci", *, rows: int, is_regular: bool = True) -> None:
    with grant_totals(path, GrantOptions(by=by, mapping=ListMapping(shape="contracts"))) as totals:
        long, counts = by_long_path(totals), totals.counts
        survey = totals.loaded.head.survey
    assert survey is None or survey.is_regular == is_regular, "which reader reads it is what is tried"
    short = by_short_path(path, by)
    for told, expected in zip(long, short, strict=True):
        assert told == expected
    assert counts.grants + counts.idle == rows, "every row is a grant, or told not to be"
    assert sum(line[0] for line in long[0].values()) == counts.grants
    assert counts.unplaced + counts.partly == len(long[1])


@pytest.mark.parametrize("by", ["commune", "departement"])
def test_a_noisy_list_comes_to_the_same_by_either_path(tmp_path: Path, by: Unit) -> None:
    path = tmp_path / "aides.csv"
    rows = noisy(2500, seed=7)
    path.write_text(written(rows), encoding="utf-8")
    assert_same(path, by, rows=len(rows))


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "utf-8-sig"])
def test_so_it_does_in_every_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "aides.csv"
    rows = noisy(300, seed=8)
    path.write_bytes(written(rows, "\t").replace("\u202f", " ").encode(encoding))
    assert_same(path, rows=len(rows), is_regular=encoding == "utf-8-sig")


def test_so_it_does_where_encodings_are_mixed_and_zeros_stand_between(tmp_path: Path) -> None:
    path = tmp_path / "aides.csv"
    rows = noisy(300, seed=9)
    lines = written(rows).replace("\u202f", " ").splitlines(keepends=True)
    mixed = [line.encode("cp1252" if number % 3 == 2 else "utf-8") for number, line in enumerate(lines)]
    path.write_bytes(b"".join(mixed).replace(b"Arras", b"Ar\0ras", 3))
    assert_same(path, rows=len(rows), is_regular=False)


@pytest.mark.parametrize(
    "extra",
    [
        '62041;Arras;62;DSIL;2021;10;5;"a\n62041;Arras;62;DSIL;2021;20;5;b\n59350;Lille;59;DSIL;2021;7;5;c\n',
        '62041;Arras;62;DSIL;2021;10;5; "a; b" \n62041;Arras;62;DSIL;2021;20;5;b\n',
        '62041;Arras;62;DSIL;2021;10;5;a "b" c\n\n\n59350;Lille;59;DSIL;2021;30;5;c\n',
        "62041;Arras;62;DSIL;2021;10;5;a;de trop;encore\n59350;Lille\n;;;;;;;\n",
        "62041;Arras;62;DSIL;2021;10;5;" + ";".join("abcdefghijklmn") + "\n59350;Lille;59;DSIL;2021;30;5;c\n",
        '62041;Arras;62;DSIL;2021;10;5;"une ligne\r\net une autre"\r\n59350;Lille;59;DSIL;2021;3;5;"fin\n',
    ],
    ids=["unclosed", "blanks", "blank lines", "widths", "very long", "line ends"],
)
def test_what_readers_read_in_different_ways_is_read_in_ours(tmp_path: Path, extra: str) -> None:
    path = tmp_path / "aides.csv"
    path.write_text(written(noisy(40, seed=3)) + extra, encoding="utf-8", newline="")
    _, lost, idle, _ = by_short_path(path, "epci")
    with grant_totals(path, GrantOptions(mapping=ListMapping(shape="contracts"))) as totals:
        long = by_long_path(totals)
        lines = [line for (line,) in totals.store.rows("SELECT line FROM grants ORDER BY line")]
        stray = [note for note in totals.notes if note.key == "large-stray"]
    assert (long[1], long[2]) == (lost, idle)
    reading = read_register(path, ListMapping(shape="contracts")).reading
    assert reading is not None
    alone = [note for note in reading.notes if note.key == "quote-stray"]
    assert [note.facts["count"] for note in stray] == ([len(alone)] if alone else [])
    assert long[0] == by_short_path(path, "epci")[0]
    assert len(lines) == len(set(lines))


def test_a_parquet_with_types_comes_to_the_same(tmp_path: Path) -> None:
    import datetime as dt

    import pyarrow as pa
    from pyarrow import parquet

    path = tmp_path / "aides.parquet"
    count = 60
    table: dict[str, Any] = {
        "Code INSEE": ["62041", "59350", None, "01001"] * (count // 4),
        "Dispositif": ["DETR", "DSIL"] * (count // 2),
        "Date de signature": [dt.date(2020 + number % 3, 5, 1) for number in range(count)],
        "Coût total": pa.array(
            [None if n % 7 == 0 else n * 1.125 + 0.001 for n in range(count)], pa.float64()
        ),
        "DETR": pa.array([Decimal(n) / 8 for n in range(count)], pa.decimal128(12, 3)),
        "Objet": [f"École {number}" for number in range(count)],
    }
    parquet.write_table(pa.table(table), path)
    assert_same(path, "commune", rows=count)


def test_a_workbook_is_read_too(tmp_path: Path) -> None:
    import openpyxl

    path = tmp_path / "aides.xlsx"
    book = openpyxl.Workbook()
    for row in [HEADER, *noisy(60, seed=5)]:
        book.active.append([cell.replace("=", "") for cell in row])
    book.save(path)
    assert_same(path, rows=63)


def test_euros_are_added_to_the_cent_and_unknown_is_not_0(tmp_path: Path) -> None:
    path = tmp_path / "aides.csv"
    lines = [
        "62041;DETR;2021;0,10",
        *["62041;DETR;2021;0,20"] * 3,
        "62041;DETR;2022;n.d.",
        "departement:62;DETR;2021;7",
    ]
    path.write_text("Territoires;Dispositif;Année;Subvention\n" + "\n".join(lines), encoding="utf-8")
    with grant_totals(path, GrantOptions(by="commune")) as totals:
        assert list(totals.rows()) == [
            ("commune", "62041", "Arras", "DETR", 2021, 4, 0, Decimal("0.70"), 0),
            ("commune", "62041", "Arras", "DETR", 2022, 1, 1, None, 1),
            ("departement", "62", "Pas-de-Calais", "DETR", 2021, 1, 0, Decimal("7.00"), 0),
        ]
        assert "large-twins" in [note.key for note in totals.notes], "three rows are the same"


def test_the_year_is_that_of_the_column_that_was_told(tmp_path: Path) -> None:
    path = tmp_path / "aides.csv"
    path.write_text("Code INSEE;Versé le;Subvention\n62041;03/05/2023;7\n62041;quand ?;8\n", encoding="utf-8")
    with grant_totals(path, GrantOptions(by="region", year="verse le")) as totals:
        assert [row[4:6] for row in totals.rows()] == [(2023, 1), (None, 1)]
        assert [problem[1] for problem in totals.problems()] == ["Versé le"]
    with pytest.raises(RegisterError, match="Payé"), grant_totals(path, GrantOptions(year="Payé le")):
        pass


def test_an_identifier_that_comes_back_is_asked_about(tmp_path: Path) -> None:
    path = tmp_path / "aides.csv"
    lines = ["Référence;Code INSEE;Subvention", "a;62041;10", "b;59350;20", "a;62498;10"]
    path.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(RegisterError) as refused, grant_totals(path):
        pass
    told = refused.value.text("fr")
    assert "aides.csv" in told
    assert "Référence" in told
    assert "ligne 2" in told
    assert "--shape contracts" in told
    options = GrantOptions(mapping=ListMapping(shape="contracts"))
    with grant_totals(path, options) as totals:
        assert totals.counts.placed == 3
        assert "large-ids-counted" in [note.key for note in totals.notes]


def test_a_list_that_cannot_be_added_up_is_refused_with_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "aides.csv"
    path.write_text("Code INSEE;PVD;ACV\n62041;x;\n59350;x;x\n59512;;x\n", encoding="utf-8")
    with pytest.raises(RegisterError, match="PVD, ACV"), grant_totals(path):
        pass
    with pytest.raises(UnknownOptionError, match="canton"), grant_totals(path, GrantOptions(by="canton")):  # type: ignore[arg-type]
        pass
    with pytest.raises(RegisterError, match="100 MB"), grant_totals(path, GrantOptions(memory_mb=10)):
        pass
    path.write_bytes(b"Code INSEE;Subvention\n62041;1\n62041;\x81\x8d\n")
    with pytest.raises(RegisterError) as refused, grant_totals(path):
        pass
    assert refused.value.message.facts["row"] == 3


def test_a_file_that_changes_while_it_is_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from geocontracts.records.large import load

    path = tmp_path / "aides.csv"
    path.write_text("Code INSEE;Subvention\n62041;1\n", encoding="utf-8")
    fill = load._fill

    def filled(*arguments: Any) -> Any:
        found = fill(*arguments)
        path.write_text("Code INSEE;Subvention\n62041;1\n62041;12\n", encoding="utf-8")
        return found

    monkeypatch.setattr(load, "_fill", filled)
    with pytest.raises(RegisterError, match="changed"), grant_totals(path):
        pass


def test_a_scratch_folder_that_is_full_is_told(tmp_path: Path) -> None:
    import duckdb

    from geocontracts.records.large.store import Store, open_store

    with open_store(memory_mb=100, scratch=tmp_path) as store:
        assert store.folder.parent == tmp_path

        class Full:
            def execute(self, _: str) -> None:
                msg = "could not allocate block\nmore"
                raise duckdb.OutOfMemoryException(msg)

        with pytest.raises(OutputError) as refused:
            Store(Full(), store.folder, 100).run("SELECT 1")
    assert "--scratch" in refused.value.text("fr")
    assert str(tmp_path) in refused.value.text("fr")
    assert not list(tmp_path.iterdir()), "nothing is left behind"


@pytest.mark.thorough
def test_a_million_rows_are_all_accounted_for(tmp_path: Path) -> None:
    path = tmp_path / "aides.csv"
    rows = noisy(5_000, seed=11)[:-2]
    text = written(rows)
    body = text[text.index("\n") + 1 :]
    with path.open("w", encoding="utf-8") as out:
        out.write(text)
        for _ in range(199):
            out.write(body)
    few = tmp_path / "few" / "aides.csv"
    few.parent.mkdir()
    few.write_text(text, encoding="utf-8")
    options = GrantOptions(mapping=ListMapping(shape="contracts"), memory_mb=200)
    with grant_totals(few, options) as totals:
        one = list(totals.rows())
    with grant_totals(path, options) as totals:
        assert totals.counts.grants + totals.counts.idle == 200 * len(rows)
        for line, first in zip(totals.rows(), one, strict=True):
            assert line[:5] == first[:5]
            assert line[5] == 200 * first[5]
            for rank in (7, 9):
                assert (line[rank] is None) == (first[rank] is None)
                if first[rank] is not None:
                    assert abs(line[rank] - 200 * first[rank]) <= 1, "a third decimal is rounded once"


def test_amounts_that_lie_in_others_are_not_added_up_row_by_row(tmp_path: Path) -> None:
    path = tmp_path / "aides.csv"
    path.write_text("Code INSEE;counted_in;Subvention\n62041;;1\n62041;a;1\n", encoding="utf-8")
    with pytest.raises(RegisterError, match="counted_in"), grant_totals(path):
        pass


def test_half_a_cent_goes_to_the_even_one_however_large_the_sum(tmp_path: Path) -> None:
    path = tmp_path / "aides.csv"
    amounts = ("1000000001246,825", "1000000001246,835", "0,015", "0,025", "-0,0051")
    rows = [
        ["62041", "Arras", "62", f"D{number}", "2021", amount, "", ""]
        for number, amount in enumerate(amounts)
    ]
    path.write_text(written([row[: len(HEADER)] for row in rows]), encoding="utf-8")
    assert_same(path, rows=len(rows))
    with grant_totals(path, GrantOptions(mapping=ListMapping(shape="contracts"))) as totals:
        role = totals.columns.index(totals.amounts[0])
        found = [row[role] for row in totals.rows() if row[0] == "epci"]
    assert found[:4] == [
        Decimal("1000000001246.82"),
        Decimal("1000000001246.84"),
        Decimal("0.02"),
        Decimal("0.02"),
    ]
