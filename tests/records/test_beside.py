"""Totals of `grants` on a map: who gave the list is not lost on the way."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from geocontracts.cli import main
from geocontracts.records.given import Giver
from geocontracts.records.read import read_register

if TYPE_CHECKING:
    from pathlib import Path

GIVER = ("--source", "DDT 62", "--source-date", "2026-03", "--source-licence", "ODbL 1.0")
ROWS = "Code INSEE;Commune;Dispositif;Année;Coût total\n62041;Arras;DETR;2021;1234,5\n"


@pytest.fixture(scope="module")
def totals(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("totals")
    (folder / "aides.csv").write_text(ROWS, encoding="utf-8")
    assert main(["grants", str(folder / "aides.csv"), "-o", str(folder / "out"), *GIVER]) == 0
    return {each.name: each.read_bytes() for each in (folder / "out").iterdir()}


@pytest.fixture
def folder(totals: dict[str, bytes], tmp_path: Path) -> Path:
    for name, content in totals.items():
        (tmp_path / name).write_bytes(content)
    return tmp_path


def test_the_map_of_totals_names_who_gave_the_list(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(folder)
    assert main(["map", "carte.csv", "--area", "Arras", "-o", "carte.html"]) == 0
    said = capsys.readouterr().err
    assert "La source est celle que dit provenance.json, à côté\u00a0: DDT 62, 2026-03, ODbL 1.0." in said
    assert main(["verify", "carte.html"]) == 0
    said = capsys.readouterr().out
    assert "Totaux de aides.csv, DDT 62, mars 2026, ODbL 1.0" in said
    assert "Licence des données\u00a0: ODbL 1.0" in said
    assert "✓ carte.csv\u00a0: identique" in said
    assert "✓ provenance.json\u00a0: identique" in said, "which leads to the list, by its hash"


def test_what_a_person_tells_goes_before(folder: Path) -> None:
    register = read_register(folder / "carte.csv", giver=Giver("SGAR"))
    assert register.given
    assert (register.given.publisher, register.given.licence) == ("SGAR", None)
    assert [each.name for each in register.inputs] == ["carte.csv"]


def test_a_list_that_was_changed_since_has_no_source_and_that_is_told(folder: Path) -> None:
    path = folder / "carte.csv"
    path.write_bytes(path.read_bytes().replace(b"1234,50", b"1334,50"))
    register = read_register(path)
    assert register.given
    assert register.given.publisher == ""
    assert register.reading
    assert register.reading.notes[-1].key == "beside-changed"


@pytest.mark.parametrize("text", ["", "[]", "{}", "[" * 99_999, json.dumps({"title": 1}), "\ud800"])
def test_any_other_provenance_is_none_of_ours(folder: Path, text: str) -> None:
    (folder / "provenance.json").write_bytes(text.encode("utf-8", "surrogatepass"))
    register = read_register(folder / "carte.csv")
    assert register.given
    assert register.given.publisher == ""


def test_a_hostile_provenance_breaks_no_date_and_no_text(folder: Path) -> None:
    told = folder / "provenance.json"
    text = told.read_text(encoding="utf-8")
    assert '"2026-03"' in text
    told.write_text(
        text.replace('"2026-03"', '"hier"').replace("DDT 62", "DDT\\u0000\\ud800"), encoding="utf-8"
    )
    register = read_register(folder / "carte.csv")
    assert register.given
    assert register.given.published_on is None
    register.given.publisher.encode()
    assert "\0" not in register.given.publisher
