"""Figures of awkward titles, and on machines that lack what they need."""

from __future__ import annotations

import sys
import warnings
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING

import pytest

import geocontracts as gc
from geocontracts.cli import main
from geocontracts.errors import UnknownOptionError
from geocontracts.outputs.figures.options import FigureOptions
from geocontracts.records.amounts import stated_funding

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from geocontracts.outputs.figures.plate import Plate


def test_without_matplotlib_one_line_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in [name for name in sys.modules if name.split(".")[0] == "matplotlib"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    assert main(["figure", "-o", str(tmp_path / "x.svg")]) == 2
    told = capsys.readouterr().err
    assert "geocontracts[figures]" in told
    assert told.count("\n") == 1


def test_a_title_of_any_signs_is_one_sound_line_and_no_warning(
    with_contracts: Callable[..., Path], tmp_path: Path
) -> None:
    register = gc.read_register(with_contracts("c,acv,C,Arras,signed,doc,1"))
    path = tmp_path / "x.svg"
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        gc.figure(register, style="timeline", title="Caf\udce9\x1b\n$x^2$ 🎉").save(path)
    told = "".join(ET.fromstring(path.read_bytes()).itertext())  # noqa: S314 - our own file
    assert "Caf\ufffd\ufffd $x^2$ 🎉" in told


def test_what_has_no_total_but_shares_is_told(plate_of: Callable[..., Plate]) -> None:
    """Of 86 bundled operations without a total cost, 22 state what a payer gives."""
    written = " ".join(text for text, _ in plate_of(style="operations").paper.texts)
    stated = [each for each in gc.read_register().operations.values() if each.cost_total_eur is None]
    assert (len(stated), sum(bool(stated_funding(each)) for each in stated)) == (86, 22)
    assert "Coût total non communiqué (86)" in written
    assert "non dessinées : 22." in written


@pytest.mark.parametrize("size", ["٣٠x٣٠", "30×"])
def test_a_size_is_written_in_plain_figures(size: str) -> None:
    with pytest.raises(UnknownOptionError, match="30×" if "×" in size else "٣٠x٣٠"):
        FigureOptions(size=size)
