"""A long text is read in a stream as a short one is at once, and what DuckDB may read otherwise is known."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from geocontracts.errors import RegisterError
from geocontracts.records.formats.encoding import decode
from geocontracts.records.formats.lines import is_filled, split_records
from geocontracts.records.large import survey
from geocontracts.records.large.own import read_rows
from geocontracts.records.large.store import open_store, quoted
from geocontracts.records.large.survey import survey_text

if TYPE_CHECKING:
    from pathlib import Path

BITS = ["a", "é", '"', ";", "\n", '""', " ", "\t", '";"', '"\n"', "12,5", "\r\n", "a;b;c\n"]


def texts(count: int, seed: int) -> list[str]:
    chance = random.Random(seed)  # noqa: S311 - texts to try
    made = ("".join(chance.choice(BITS) for _ in range(chance.randint(3, 18))) for _ in range(count))
    return [f"h;i;j\n{text}\nx;y;z\n" for text in made]


@pytest.mark.thorough
def test_a_stream_is_read_as_a_whole_text_is(tmp_path: Path) -> None:
    path = tmp_path / "texte.csv"
    for text in texts(1500, seed=1):
        path.write_text(text, encoding="utf-8", newline="")
        whole = split_records(decode(path.read_bytes(), path).text, ";", path)
        found = list(read_rows(path, survey_text(path), ";"))
        assert [(row, cells) for row, cells, _ in found] == whole.filled(), repr(text)
        assert sum(stray for *_, stray in found) == len(whole.notes), repr(text)


def test_what_duckdb_reads_otherwise_is_not_regular(tmp_path: Path) -> None:
    import duckdb

    path = tmp_path / "texte.csv"
    read = 0
    columns = ", ".join(f"'c{rank}': 'VARCHAR'" for rank in range(20))
    query = f"""
        SELECT * FROM read_csv({quoted(str(path))}, auto_detect=false, header=false, delim=';', quote='"',
            escape='"', columns={{{columns}}}, null_padding=true, parallel=false, nullstr='\x01',
            strict_mode=true)
    """  # noqa: S608 - ours
    with open_store(memory_mb=100, scratch=tmp_path) as store:
        for text in texts(1200, seed=2):
            path.write_text(text, encoding="utf-8", newline="")
            found = survey_text(path)
            if not found.is_regular or ";" in found.astray:
                continue
            try:
                rows = [[cell for cell in row if cell is not None] for row in store.rows(query)]
            except duckdb.Error:  # told, so read by our own rules
                continue
            if len(rows) != found.rows or any("\n" in cell and ";" in cell for row in rows for cell in row):
                continue  # as `load` finds out
            read += 1
            whole = split_records(text, ";", path).cells
            assert [row for row in rows if is_filled(row)] == [row for row in whole if is_filled(row)], repr(
                text
            )
    assert read > 25, "some texts are regular"


def test_rows_are_counted_across_blocks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(survey, "_BLOCK", 16)
    path = tmp_path / "texte.csv"
    path.write_text('h;i\n"a\nb";1\n' + "é;2\n" * 30 + '"fin\n\n";3', encoding="utf-8")
    found = survey_text(path)
    assert found.rows == 33
    assert found.encoding == "utf-8"


@pytest.mark.parametrize(
    ("content", "encoding", "is_mixed", "notes"),
    [
        (b"nom\n\xc9cole\n", "cp1252", False, ["encoding-taken"]),
        (b"nom\nc\xbdur \xe9t\xe9\n", "iso8859-15", False, ["encoding-taken"]),
        (b"nom\n\xc3\x89cole\n\xc9cole\n", "utf-8", True, ["large-mixed"]),
        ("nom\nÉcole\n".encode("utf-16"), "utf-16", False, ["encoding-taken"]),
    ],
)
def test_encodings_are_told_as_of_a_short_text(
    tmp_path: Path,
    content: bytes,
    encoding: str,
    is_mixed: bool,  # noqa: FBT001
    notes: list[str],
) -> None:
    path = tmp_path / "texte.csv"
    path.write_bytes(content)
    found = survey_text(path)
    assert (found.encoding, found.is_mixed) == (encoding, is_mixed)
    assert [note.key for note in found.notes] == notes
    assert not found.is_regular
    assert decode(content, path).encoding == encoding
    if is_mixed:
        assert found.notes[0].facts["row"] == 3


def test_a_text_of_no_encoding_is_refused_with_its_row(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(survey, "_BLOCK", 8)
    path = tmp_path / "texte.csv"
    path.write_bytes(b"nom\n" + b"Lille\n" * 20 + b"\x81\x8d\n")
    with pytest.raises(RegisterError) as refused:
        survey_text(path)
    assert refused.value.message.facts["row"] == 22


def test_zero_bytes_are_told_and_many_are_no_text(tmp_path: Path) -> None:
    path = tmp_path / "texte.csv"
    path.write_bytes(b"nom;code\nLille;1\nAr\0ras;2\n")
    found = survey_text(path)
    assert [(note.key, note.facts) for note in found.notes] == [("zeros-removed", {"row": 3, "count": 1})]
    assert [cells for _, cells, _ in read_rows(path, found, ";")][-1] == ["Arras", "2"]
    path.write_bytes(b"nom;code\n\0\1\2\0\n" * 9)
    with pytest.raises(RegisterError, match="not text"):
        survey_text(path)
