"""The sheets of the bundled register, made once for all tests of this folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from geocontracts.outputs.sheets.document import Note, Table
from geocontracts.outputs.sheets.write import SheetMaker
from geocontracts.records.read import read_register

if TYPE_CHECKING:
    from collections.abc import Callable

    from geocontracts.outputs.sheets.document import Document


@pytest.fixture(scope="session")
def maker() -> SheetMaker:
    return SheetMaker(read_register(None))


@pytest.fixture(scope="session")
def texts() -> Callable[..., list[str]]:
    """Return what a part of a sheet says: every text of the section of that title."""

    def read(document: Document, title: str) -> list[str]:
        found = []
        for section in document.sections:
            if section.title == title:
                for block in section.blocks:
                    if isinstance(block, Table):
                        found.append(block.caption)
                        found += [line.text for row in block.rows for cell in row.cells for line in cell]
                    else:
                        found += [block.text] if isinstance(block, Note) else block.items
        return [text.replace("\u202f", " ").replace("\u00a0", " ") for text in found]

    return read
