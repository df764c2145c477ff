"""What the foot of a figure says of where its data come from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geocontracts.cli import main

if TYPE_CHECKING:
    from pathlib import Path


def _foot(path: Path) -> str:
    """Return the texts that are seen, without the metadata."""
    import re

    svg = path.read_text(encoding="utf-8")
    seen = svg.split("</metadata>")[-1]
    return " ".join(re.findall(r"(?:<text[^>]*>|<!-- )(.*?)(?:</text>| -->)", seen, re.DOTALL)).replace(
        "\u00a0", " "
    )


def test_the_foot_tells_licences_years_and_exactness(tmp_path: Path) -> None:
    path = tmp_path / "f.svg"
    assert main(["figure", "--area", "Arras", "-o", str(path)]) in (0, 1)
    told = " ".join(_foot(path).split())
    assert "compilation sous Licence Ouverte 2.0, documents cités sans licence indiquée : 5 sur 5" in told
    assert "IGN ADMIN EXPRESS 2024, Insee COG 2026, DGCL 2025" in told
    assert "tracé à environ 200 m près" in told


def test_the_licence_of_a_list_is_told_once(tmp_path: Path) -> None:
    (tmp_path / "l.csv").write_text("Intitulé;Territoires\nUn;Arras\n", encoding="utf-8")
    path = tmp_path / "f.svg"
    given = ["--source", "DDT 62", "--source-date", "2026", "--source-licence", "ODbL 1.0"]
    assert main(["figure", str(tmp_path / "l.csv"), "--area", "Arras", "-o", str(path), *given]) == 0
    told = _foot(path)
    assert told.count("ODbL 1.0") == 1
    assert "compilation" not in told
