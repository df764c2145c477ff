"""Tell what a file is by its first bytes, whatever its name says."""

from __future__ import annotations

import re
import stat
import zipfile
import zlib
from typing import TYPE_CHECKING, Literal, TypeAlias

from geocontracts.errors import RegisterError, why
from geocontracts.records.formats.foreign import HEAD
from geocontracts.records.formats.packed import read_part, refuse_bombs, refuse_entities

if TYPE_CHECKING:
    from pathlib import Path

FileKind: TypeAlias = Literal["csv", "html", "xlsx", "xlsb", "xls", "ods", "parquet", "geojson", "layers"]

_HEAD = 1 << 14
_SIGNATURES: dict[bytes, FileKind] = {
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "xls",  # also what holds a workbook with a password
    b"\x09\x08": "xls",
    b"PAR1": "parquet",
    HEAD: "layers",  # of SQLite
    b"fgb\x03": "layers",
    b"\x00\x00\x27\x0a": "layers",  # a shapefile
}
_OTHERS = {
    b"%PDF": "PDF",
    b"{\\rtf": "RTF",
    b"\x1f\x8b": "GZIP",
    b"7z\xbc\xaf\x27\x1c": "7-Zip",
    b"Rar!": "RAR",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"ARROW1": "Arrow",
    b"\x28\xb5\x2f\xfd": "Zstandard",
}
_PARTS_OF_WORKBOOKS: dict[str, FileKind] = {"xl/workbook.xml": "xlsx", "xl/workbook.bin": "xlsb"}
_SPREADSHEET_XML = re.compile(rb"urn:schemas-microsoft-com:office:spreadsheet|office:document")
_TAG = re.compile(rb"<(table|html|!doctype html|tr|meta|style|body)\b", re.IGNORECASE)
_JSON = re.compile(rb'\{\s*"[^"]{1,80}"\s*:')


def tell_kind(path: Path) -> FileKind:
    """Return the kind of a file; what is nothing else is text with separators.

    Raises:
        RegisterError: the file is missing, cannot be read, or is no table.
    """
    head = _head(path)
    if not head:
        raise RegisterError("table-empty", file=str(path))
    for signature, kind in _SIGNATURES.items():
        if head.startswith(signature):
            return kind
    for signature, name in _OTHERS.items():
        if head.startswith(signature):
            raise RegisterError("file-not-table", file=str(path), found=name)
    return _zipped(path) if head.startswith(b"PK") else _textual(path, head)


def _head(path: Path) -> bytes:
    try:
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
            raise RegisterError("file-special", file=str(path))
        with path.open("rb") as file:
            return file.read(_HEAD)
    except FileNotFoundError as error:
        raise RegisterError("file-missing", file=str(path)) from error
    except OSError as error:
        raise RegisterError("file-unreadable", file=str(path), why=why(error)) from error


def _zipped(path: Path) -> FileKind:
    try:
        with zipfile.ZipFile(path) as archive:
            refuse_bombs(path, archive)
            refuse_entities(path, archive)
            names = archive.namelist()
            for part, kind in _PARTS_OF_WORKBOOKS.items():
                if part in names:
                    return kind
            told = read_part(archive, "mimetype") if "mimetype" in names else b""
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, OSError) as error:
        raise RegisterError("workbook-broken", file=str(path), said=str(error)) from error
    if told.startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
        return "ods"
    raise RegisterError("file-archive", file=str(path), found=", ".join(names[:5]))


def _textual(path: Path, head: bytes) -> FileKind:
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if text.startswith(b"<"):
        if _SPREADSHEET_XML.search(text) and not _TAG.search(text):
            raise RegisterError("file-not-table", file=str(path), found="XML")
        return "html" if _TAG.search(text) else "csv"
    if _JSON.match(text):
        return "geojson"
    return "csv"
