"""The command `geocontracts figure`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from geocontracts.cli import main

if TYPE_CHECKING:
    from pathlib import Path


def test_the_command_writes_the_figure_and_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "acv.pdf"
    status = main(["figure", "-o", str(target), "--programme", "acv", "--size", "16x10"])
    assert status == 0
    assert target.read_bytes().startswith(b"%PDF")
    out, err = capsys.readouterr()
    assert out.startswith(f"Figure écrite\u00a0: {target}")
    assert "Lignes lues\u00a0: 175" in err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["-o", "figure.doc"], ".svg, .pdf, .png"),
        (["-o", "figure.svg", "--size", "grand"], "16x10"),
        (["-o", "figure.svg", "--style", "programmes"], "dites lesquels"),
        (["-o", "figure.svg", "--programme", "action coeur"], "acv"),
    ],
)
def test_what_cannot_be_drawn_is_said_and_nothing_is_written(
    arguments: list[str],
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["figure", *arguments]) == 2
    assert said in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
