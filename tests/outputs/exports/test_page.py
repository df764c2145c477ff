"""`docs/exports.md` names every column, and the check of it can fail."""

from __future__ import annotations

import runpy
from typing import TYPE_CHECKING, Any

import pytest

from geocontracts.outputs.exports.write import TABLES, build_table
from tests.conftest import ROOT

if TYPE_CHECKING:
    from geocontracts.outputs.exports.content import ExportContent

PAGE = (ROOT / "docs" / "exports.md").read_text(encoding="utf-8")


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))
    return runpy.run_path(str(ROOT / "scripts" / "build_export_page.py"))


def test_the_committed_page_is_what_the_exports_hold(script: dict[str, Any], content: ExportContent) -> None:
    assert script["page"](content) == PAGE


@pytest.mark.parametrize("name", TABLES)
def test_every_column_is_in_the_page_with_its_heading(content: ExportContent, name: str) -> None:
    section = PAGE.split(f"## `{name}` — ")[1].split("\n## ")[0]
    for is_flat in (True, False):
        for column in build_table(content, name, is_flat=is_flat).columns:
            assert f"| `{column.name}` | {column.label('fr')} |" in section
