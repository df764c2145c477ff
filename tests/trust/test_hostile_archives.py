"""Archives that lie of their parts are refused with a sentence, whatever the lie."""

from __future__ import annotations

import stat
import struct
import zipfile
from typing import TYPE_CHECKING

import pytest

from geocontracts.errors import RegisterError
from geocontracts.records.formats.read import read_sheet
from tests.trust import explosive

if TYPE_CHECKING:
    from pathlib import Path

SHEET = "xl/worksheets/sheet1.xml"


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


def test_a_part_that_needs_a_password_is_refused(tmp_path: Path) -> None:
    path = directory_changed(honest(tmp_path), SHEET, 8, b"\1\0")
    with pytest.raises(RegisterError, match="protected by a password"):
        read_sheet(path)
