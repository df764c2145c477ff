"""Archives that lie of their parts are refused with a sentence, whatever the lie."""

from __future__ import annotations

import stat
import struct
import tracemalloc
import zipfile
import zlib
from typing import TYPE_CHECKING

import pytest

from geocontracts.errors import RegisterError
from geocontracts.records.formats import workbook
from geocontracts.records.formats.packed import look_through, read_part
from geocontracts.records.formats.read import read_sheet
from tests.trust import explosive

if TYPE_CHECKING:
    from pathlib import Path

SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
TYPE = '<!DOCTYPE x [<!ENTITY a "ha">]>'


def honest(folder: Path) -> Path:
    return explosive.packed(folder / "a.xlsx", explosive.xlsx_parts())


def directory_changed(path: Path, name: str, field: int, value: bytes) -> Path:
    """Change bytes of a part's entry in the directory, `field` bytes after its beginning."""
    content = bytearray(path.read_bytes())
    at = content.rindex(name.encode()) - 46
    assert content[at : at + 4] == b"PK\1\2"
    content[at + field : at + field + len(value)] = value
    path.write_bytes(content)
    return path


def test_a_link_is_refused(tmp_path: Path) -> None:
    path = honest(tmp_path)
    with zipfile.ZipFile(path, "a") as archive:
        info = zipfile.ZipInfo("xl/lien.xml")
        info.create_system, info.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
        archive.writestr(info, "/etc/passwd")
    with pytest.raises(RegisterError, match=r"“xl/lien.xml”, in this workbook, .* is a link"):
        read_sheet(path)


def test_a_part_named_twice_is_refused(tmp_path: Path) -> None:
    path = honest(tmp_path)
    with pytest.warns(UserWarning, match="Duplicate name"), zipfile.ZipFile(path, "a") as archive:
        archive.writestr(SHEET, "<worksheet/>")
    with pytest.raises(RegisterError, match="is named twice"):
        read_sheet(path)


@pytest.mark.parametrize("name", ["../a.xml", "/a.xml", "C:\\a.xml", "..\\a.xml", "x/../../a.xml", "\\a.xml"])
def test_a_part_that_leads_elsewhere_is_refused(tmp_path: Path, name: str) -> None:
    path = explosive.packed(tmp_path / "a.xlsx", explosive.xlsx_parts() | {name: "<a/>"})
    with pytest.raises(RegisterError, match="leads out of the workbook"):
        read_sheet(path)


def test_a_name_with_a_null_is_refused(tmp_path: Path) -> None:
    path = explosive.packed(tmp_path / "a.xlsx", explosive.xlsx_parts() | {"xl/a.xml_b": "<a/>"})
    path.write_bytes(path.read_bytes().replace(b"xl/a.xml_b", b"xl/a.xml\0b"))
    with pytest.raises(RegisterError, match="leads out of the workbook"):
        read_sheet(path)


@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml"])
def test_a_part_with_another_checksum_is_refused(tmp_path: Path, part: str) -> None:
    path = directory_changed(honest(tmp_path), part, 16, b"\0\0\0\0")
    with pytest.raises(RegisterError, match="this workbook is damaged or incomplete"):
        read_sheet(path)


@pytest.mark.parametrize("lost", [1, 30, 200])
def test_a_directory_that_is_cut_is_refused(tmp_path: Path, lost: int) -> None:
    path = honest(tmp_path)
    path.write_bytes(path.read_bytes()[:-lost])
    with pytest.raises(RegisterError, match="this workbook is damaged or incomplete"):
        read_sheet(path)


def test_parts_that_share_their_bytes_are_refused(tmp_path: Path) -> None:
    path = honest(tmp_path)
    with zipfile.ZipFile(path) as archive:
        offset = archive.getinfo(SHEET).header_offset
    directory_changed(path, "xl/sharedStrings.xml", 42, struct.pack("<I", offset))
    with pytest.raises(RegisterError, match="takes the same bytes as another part"):
        read_sheet(path)


def test_a_part_that_begins_within_another_is_refused(tmp_path: Path) -> None:
    """Its end is that of its bytes and of the head before them."""
    path = honest(tmp_path)
    with zipfile.ZipFile(path) as archive:
        first, second = sorted(archive.infolist(), key=lambda part: part.header_offset)[:2]
    within = first.header_offset + first.compress_size + 10
    assert within < second.header_offset
    directory_changed(path, second.filename, 42, struct.pack("<I", within))
    with pytest.raises(RegisterError, match="takes the same bytes as another part"):
        read_sheet(path)


def test_a_part_that_needs_a_password_is_refused(tmp_path: Path) -> None:
    path = directory_changed(honest(tmp_path), SHEET, 8, b"\1\0")
    with pytest.raises(RegisterError, match="protected by a password"):
        read_sheet(path)


def test_an_archive_of_too_many_parts_is_refused(tmp_path: Path) -> None:
    path = honest(tmp_path)
    content = path.read_bytes()
    end = content.rindex(b"PK\5\6")
    count, size, start = struct.unpack("<HII", content[end + 10 : end + 20])
    times = 20_000 // count + 1  # the directory again and again
    tail = struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, count * times, count * times, size * times, start, 0)
    path.write_bytes(content[:start] + content[start:end] * times + tail)
    with pytest.raises(RegisterError, match="20,004 files in this workbook; it has 20,000 at most"):
        read_sheet(path)


@pytest.mark.parametrize(("unpacked", "packed"), [(1_100 << 20, 20 << 20), (300 << 20, 2 << 20)])
def test_a_workbook_that_says_to_be_huge_is_not_unpacked(
    tmp_path: Path, unpacked: int, packed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Above a gigabyte, or packed better than any table is."""
    path = directory_changed(honest(tmp_path), STRINGS, 20, struct.pack("<II", packed, unpacked))
    monkeypatch.setattr(zipfile.ZipFile, "open", lambda *_: pytest.fail("a part was opened"))
    with pytest.raises(RegisterError, match=f"{unpacked >> 20:,} MB"):
        read_sheet(path)


@pytest.mark.parametrize(
    ("part", "content"),
    [
        (SHEET, explosive.xlsx_parts(before=TYPE)[SHEET].encode("utf-16")),
        (SHEET, explosive.xlsx_parts(before=TYPE)[SHEET].encode("utf-16-be")),
        ("_rels/.rels", TYPE + explosive.xlsx_parts()["_rels/.rels"]),
        ("xl/_rels/workbook.xml.rels", TYPE + explosive.xlsx_parts()["xl/_rels/workbook.xml.rels"]),
        (SHEET, explosive.xlsx_parts(before=f"<?x <a?>{TYPE}")[SHEET]),
        (SHEET, explosive.xlsx_parts(before=f"<?x <a{' ' * 70_000}?>{TYPE}")[SHEET]),
        (SHEET, explosive.xlsx_parts(before=f"<?x \u3c61?>{TYPE}")[SHEET].encode("utf-16-be")),
        (SHEET, explosive.xlsx_parts(before=" " * 70_000 + TYPE)[SHEET]),
        (SHEET, explosive.xlsx_parts(before=f"<!--{'x' * 70_000}-->{TYPE}")[SHEET]),
        (SHEET, explosive.xlsx_parts(before=f"<!-- a --><?x?>{TYPE}<!-- b -->")[SHEET]),
        (SHEET, explosive.xlsx_parts(before=f"<<!-- a -->{TYPE[1:]}")[SHEET]),
    ],
    ids=[
        *("utf-16", "utf-16 without mark", "rels", "rels of a part", "element in an instruction"),
        *("long instruction", "element in a letter of utf-16", "blanks", "long comment", "comments", "cut"),
    ],
)
def test_a_type_is_found_wherever_it_hides(tmp_path: Path, part: str, content: str | bytes) -> None:
    path = explosive.packed(tmp_path / "a.xlsx", explosive.xlsx_parts() | {part: content})
    with pytest.raises(RegisterError, match="declares entities") as caught:
        read_sheet(path)
    assert part in str(caught.value)


@pytest.mark.parametrize(
    "comment",
    [
        "<!-- <!x -->",
        "<?xml version='1.0'?><!-- <a@b.fr> --><?x <!?>",
        "<!-- made by\n<!DOCTYPE of ours\n-->\n",
    ],
)
def test_a_comment_before_a_sheet_is_no_type(tmp_path: Path, comment: str) -> None:
    path = explosive.packed(tmp_path / "a.xlsx", explosive.xlsx_parts(before=comment))
    assert read_sheet(path).rows == [(2, ["a", "59350", "Un titre"])]


@pytest.mark.parametrize(
    "part", [SHEET, STRINGS, "xl/workbook.xml", "_rels/.rels", "xl/media/image1.png", "xl/styles.xml"]
)
@pytest.mark.parametrize("told", [0, 300])
def test_a_part_that_holds_more_than_it_says_is_refused_before_the_reader_sees_it(
    tmp_path: Path, part: str, told: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The reader takes a part to its end, whatever its size is said to be; and its memory is not ours."""
    parts = {"xl/styles.xml": "<styleSheet/>", "xl/media/image1.png": "x"} | explosive.xlsx_parts()
    parts[part] = f"<a>{' ' * 400}@@</a>" if part != SHEET else explosive.xlsx_parts("@@")[SHEET]
    path = explosive.bomb(tmp_path / "a.xlsx", parts, part, b"<a/>", 1, told=told)
    monkeypatch.setattr(workbook, "_sheets", lambda *_: pytest.fail("the reader was given the workbook"))
    with pytest.raises(RegisterError, match="this workbook is damaged or incomplete"):
        read_sheet(path)


@pytest.mark.parametrize("part", [SHEET, STRINGS])
def test_a_part_that_holds_more_than_it_says_is_refused_whatever_its_checksum(
    tmp_path: Path, part: str
) -> None:
    parts = explosive.xlsx_parts()
    parts[part] += " " * 80_000
    path = explosive.packed(tmp_path / "a.xlsx", parts)
    directory_changed(path, part, 16, struct.pack("<I", zlib.crc32(parts[part][:70_001].encode())))
    directory_changed(path, part, 24, struct.pack("<I", 70_000))
    with pytest.raises(RegisterError, match=f"{part}: > 70000"):
        read_sheet(path)


def test_what_a_part_holds_beyond_its_size_is_never_in_memory(tmp_path: Path) -> None:
    path = explosive.bomb(tmp_path / "a.ods", explosive.ods_parts("@@"), "content.xml", b"<a/>", 20, told=900)
    tracemalloc.start()
    with zipfile.ZipFile(path) as archive:
        for read in (read_part, look_through):
            with pytest.raises(zipfile.BadZipFile):
                read(archive, "content.xml")
        assert read_part(archive, "META-INF/manifest.xml") == b"<manifest/>"
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 3_000_000
