"""Awkward lists, one for each fault, each with the exact report that its owner gets.

`python -m tests.intake.told FILE` prints what a list gives; it is read, and kept beside the file by hand.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from geocontracts.cli import main
from tests.intake.told import differences, told

FILES = Path(__file__).parent / "files"
LISTS = sorted(path for path in FILES.iterdir() if path.suffix in {".csv", ".tsv"})


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.stem)
def test_a_list_gives_exactly_its_report(path: Path) -> None:
    expected = path.with_suffix(".expected.txt").read_text(encoding="utf-8")
    found = told(path)
    if found != expected:
        pytest.fail(differences(expected, found, path.name), pytrace=False)


def test_each_list_has_its_report_and_each_report_its_list() -> None:
    reports = {path.name.removesuffix(".expected.txt") for path in FILES.glob("*.expected.txt")}
    assert reports == {path.stem for path in LISTS}
    assert len(LISTS) > 25


def test_the_command_says_the_same(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report, corrected = tmp_path / "rapport.json", tmp_path / "dsil.csv"
    path = FILES / "etat-dsil.csv"
    status = main(["check", str(path), "--report", str(report), "--corrected", str(corrected)])
    said = json.loads(report.read_text(encoding="utf-8"))
    counts = [said[key] for key in ("rows", "placed", "remark", "unplaced", "undrawn")]
    assert (status, counts) == (1, [8, 3, 3, 2, 1])
    assert "« SIREN du bénéficiaire » = code du territoire" in capsys.readouterr().err.replace("\u00a0", " ")
    lines = corrected.read_bytes().decode("cp1252").splitlines()
    written = path.read_bytes().decode("cp1252").splitlines()
    assert all(line.startswith(old) for line, old in zip(lines, written, strict=True))
    assert ";commune:02173;Chauny (Aisne);commune;" in lines[1]
