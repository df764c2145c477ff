"""Workbooks whose parts do not tell when they were written, on a machine with any clock.

An archive knows no year before 1980 or after 2107: a clock that lost its battery would end the writing.
"""

from __future__ import annotations

import io
import zipfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geocontracts.scratch import scratch_told

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator
    from types import ModuleType


class StillZip(zipfile.ZipFile):
    """An archive that gives every part the first date there is."""

    def writestr(
        self,
        zinfo_or_arcname: str | zipfile.ZipInfo,
        data: Any,
        compress_type: int | None = None,
        compresslevel: int | None = None,
    ) -> None:
        """Add a part from memory."""
        if isinstance(zinfo_or_arcname, str):
            zinfo_or_arcname = zipfile.ZipInfo(zinfo_or_arcname)
            zinfo_or_arcname.compress_type = self.compression
        super().writestr(zinfo_or_arcname, data, compress_type, compresslevel)

    def write(
        self,
        filename: str | os.PathLike[str],
        arcname: str | os.PathLike[str] | None = None,
        compress_type: int | None = None,
        compresslevel: int | None = None,
    ) -> None:
        """Add a part from a file."""
        name = Path(arcname or filename).as_posix()
        self.writestr(name, Path(filename).read_bytes(), compress_type, compresslevel)


def saved(book: Any) -> bytes:
    """Return the content of a workbook of openpyxl."""
    from lxml.etree import LxmlError  # type: ignore[import-untyped]
    from openpyxl.writer.excel import ExcelWriter

    out = io.BytesIO()
    with scratch_told(faults=(LxmlError,)):  # each sheet is written to a file first
        ExcelWriter(book, StillZip(out, "w", zipfile.ZIP_DEFLATED, allowZip64=True)).save()
    return out.getvalue()


@contextmanager
def still_archives(module: ModuleType) -> Iterator[None]:
    """Let a library that makes its archives itself make them so."""
    usual = module.ZipFile
    module.ZipFile = StillZip  # type: ignore[attr-defined]
    try:
        yield
    finally:
        module.ZipFile = usual  # type: ignore[attr-defined]
