"""Files that are made to exhaust or to mislead a reader; small on the disk, made by code, never kept."""

from __future__ import annotations

import io
import sqlite3
import struct
import zipfile
import zlib
from contextlib import closing
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

HEADER = ("id", "commune_code", "title")
ROW = ("a", "59350", "Un titre")
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_MIME = "application/vnd.oasis.opendocument.spreadsheet"
_BOOK = (
    f'<workbook xmlns="{_MAIN}" xmlns:r="{_REL}"><sheets>'
    '<sheet name="Liste" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
_RELATIONS = (
    f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_REL}/worksheet" Target="%s"/>'
    f'<Relationship Id="rId2" Type="{_REL}/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
)
_ROOT = (
    f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
)
_TYPES = (
    f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
)


def xlsx_row(cells: tuple[str, ...], line: int) -> str:
    """Return a row of a worksheet, its cells as inline text."""
    texts = "".join(
        f'<c r="{chr(65 + rank)}{line}" t="inlineStr"><is><t>{cell}</t></is></c>'
        for rank, cell in enumerate(cells)
    )
    return f'<row r="{line}">{texts}</row>'


def xlsx_parts(
    rows: str = "", before: str = "", strings: str = "", part: str = "worksheets/sheet1.xml"
) -> dict[str, str]:
    """Return the parts of a workbook that has a header, a row of Lille, and whatever `rows` hold.

    `before` stands at the beginning of the worksheet, `strings` in the shared strings.
    """
    honest = xlsx_row(HEADER, 1) + xlsx_row(ROW, 2)
    return {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _ROOT,
        "xl/workbook.xml": _BOOK,
        "xl/_rels/workbook.xml.rels": _RELATIONS % part,
        "xl/sharedStrings.xml": f'<sst xmlns="{_MAIN}">{strings}</sst>',
        f"xl/{part}": f'{before}<worksheet xmlns="{_MAIN}"><sheetData>{honest}{rows}</sheetData></worksheet>',
    }


def ods_parts(rows: str = "", before: str = "") -> dict[str, str]:
    """Return the parts of an ODS that has a header, a row of Lille, and whatever `rows` hold."""
    spaces = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    honest = "".join(
        f"<table:table-row>{''.join(map(ods_cell, row))}</table:table-row>" for row in (HEADER, ROW)
    )
    table = f'<table:table table:name="Liste">{honest}{rows}</table:table>'
    return {
        "mimetype": _MIME,
        "content.xml": f"{before}<office:document-content{spaces}><office:body><office:spreadsheet>{table}"
        "</office:spreadsheet></office:body></office:document-content>",
        "META-INF/manifest.xml": "<manifest/>",
    }


def ods_cell(text: str, more: str = "") -> str:
    """Return a cell of text."""
    return f'<table:table-cell office:value-type="string"{more}><text:p>{text}</text:p></table:table-cell>'


def packed(path: Path, parts: Mapping[str, str | bytes]) -> Path:
    """Write an archive."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def endless_table(path: Path, table: str) -> None:
    """Make the pages of a table of a GeoPackage lead to one leaf by millions of ways."""
    with closing(sqlite3.connect(path)) as base:
        (size,) = base.execute("PRAGMA page_size").fetchone()
        (root,) = base.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()
    content = bytearray(path.read_bytes())
    last = len(content) // size
    content += content[(root - 1) * size : root * size]  # the leaf, which the root was
    for page in (last + 2, last + 3, root):
        child = last + 3 if page == root else page - 1
        count = (size - 12) // 7
        cells = struct.pack(">IB", child, 1) * count
        head = struct.pack(">BHHHBI", 5, 0, count, size - len(cells), 0, child)
        places = b"".join(struct.pack(">H", size - 5 * rank) for rank in range(count, 0, -1))
        made = (head + places).ljust(size - len(cells), b"\0") + cells
        content[(page - 1) * size : page * size] = made
    content[28:32] = struct.pack(">I", len(content) // size)
    path.write_bytes(content)


def bomb(  # noqa: PLR0913, PLR0917 - each is a fact of the file
    path: Path, parts: Mapping[str, str], name: str, filler: bytes, megabytes: int, told: int | None = None
) -> Path:
    """Write an archive in which the mark `@@` of one part stands for so many megabytes of `filler`.

    With `told`, the archive says that the part has that many bytes, with the checksum of these.
    """
    before, _, after = parts[name].encode().partition(b"@@")
    block = filler * ((1 << 20) // len(filler))
    packer, checksum, size, out = zlib.compressobj(9, zlib.DEFLATED, -15), 0, 0, io.BytesIO()
    for piece in (before, *[block] * megabytes, after):
        checksum, size = zlib.crc32(piece, checksum), size + len(piece)
        out.write(packer.compress(piece))
    out.write(packer.flush())
    if told is not None:
        checksum, size = zlib.crc32((before + block)[:told]), told
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for other, content in parts.items():
            if other != name:
                archive.writestr(other, content)
        info = zipfile.ZipInfo(name)
        info.compress_type = zipfile.ZIP_DEFLATED
        info.header_offset = archive.fp.tell() if archive.fp else 0
        info.CRC, info.compress_size, info.file_size = checksum, out.tell(), size
        if archive.fp:
            archive.fp.write(info.FileHeader(zip64=False) + out.getvalue())
            archive.start_dir = archive.fp.tell()  # type: ignore[attr-defined]
        archive.filelist.append(info)
        archive.NameToInfo[name] = info
    return path
