"""`docs/registre.md` is what the tables say, and the check of it can fail."""

from __future__ import annotations

import runpy
import sys
from typing import TYPE_CHECKING, Any

import pytest

from geocontracts.perimeters.perimeter import resolve_perimeters
from geocontracts.records.read import read_register
from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

PAGE = ROOT / "docs" / "registre.md"


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))
    return runpy.run_path(str(ROOT / "scripts" / "build_register_page.py"))


def test_the_committed_page_is_what_the_tables_say(
    script: dict[str, Any],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(sys, "argv", ["build_register_page.py", "--check"])
    assert script["main"]() == 0
    other = tmp_path / "registre.md"
    other.write_text(PAGE.read_text(encoding="utf-8").replace("155", "156", 1), encoding="utf-8")
    monkeypatch.setitem(script["main"].__globals__, "TARGET", other)
    assert script["main"]() == 1
    assert "is not what the tables say" in capsys.readouterr().err


@pytest.mark.usefixtures("script")
def test_every_row_is_on_the_page_with_its_basis_and_its_remark() -> None:
    text = PAGE.read_text(encoding="utf-8")
    writing = sys.modules["register_page.writing"]
    md, typeset = writing.md, writing.typeset
    register = read_register()
    for programme in register.programmes.values():
        name = typeset(md(programme.name))
        assert f"\n### {name}" in text or f"\n| {name} |" in text, programme.id
        assert f'<a id="{programme.id}">' in text or programme.mention == "passing", programme.id
    for perimeter in resolve_perimeters(register):
        record = perimeter.record
        row = next(line for line in text.split("\n") if line.startswith(f"| {typeset(md(record.title))}"))
        assert {"stated": "énoncé", "inferred": "déduit", "unknown": "inconnu"}[perimeter.basis or ""] in row
        assert not record.remark or typeset(md(record.remark)) in text, record.id


@pytest.mark.parametrize(
    "line",
    [
        "| Engagement pour le renouveau du bassin minier du Nord et du Pas-de-Calais (ERBM) |",
        "- Couverture\u00a0: 13 contrats\u00a0; 13 périmètres déduits\u00a0;",
        "| CRSD de Creil | Creil (Oise) | **déduit** | Signé | total 10\u202f000\u202f000\u00a0€ |",
        "- Couverture\u00a0: aucun contrat, mission ni opération localisés dans les documents",
        "État 4\u202f500\u202f000\u00a0€, par an |",
        "sans payeur nommé 410\u202f000\u00a0€, compté dans «\u00a0CRSD de Creil\u00a0» |",
        "Arleux (opération) | Arleux (Nord) | énoncé | Prévu, à partir de septembre 2019 | – |",
        "| Signé le 7 mars 2017, de 2017 à 2027 | – |",
        "Achevé, d’octobre 2024 à mai 2025 | 38 jours |",
        "- Val Joly\u00a0: Val Joly (symbole à Eppe-Sauvage)",
        "Jeu «\u00a0Je\\[u\\] commence aujourd’hui\u00a0»",
        "Signataires\u00a0: État, Département du Nord.",
        "- Voir aussi\u00a0: Soutien au commerce et à l’artisanat de proximité de Calais (Fonds",
    ],
)
def test_it_says_what_is_covered_inferred_and_unknown(line: str) -> None:
    assert line in PAGE.read_text(encoding="utf-8")
