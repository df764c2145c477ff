"""`geocontracts export`: what it writes, what it says, how it ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geocontracts.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest


def test_it_says_what_it_wrote(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "-o", str(tmp_path / "a.geojson"), "--table", "contracts"]) == 0
    said = capsys.readouterr()
    assert "Export écrit" in said.out
    assert "Contrats [contracts]\u00a0: 70 lignes, dont 8 sans périmètre" in said.out
    assert "Lignes lues\u00a0: 175" in said.err


def test_an_unknown_ending_is_refused_before_anything_is_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", str(tmp_path / "absent"), "-o", "carte.shp"]) == 2
    said = capsys.readouterr().err
    assert "carte.shp\u00a0: terminaison inconnue" in said
    assert ".gpkg, .geojson, .parquet, .fgb, .xlsx, .csv" in said


def test_what_is_to_be_mended_is_told_and_the_file_written(
    with_contracts: Callable[..., Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = with_contracts("a,acv,A,commune:62041,signed,doc,1", "b,acv,B,Nullepart-sur-Rien,signed,doc,2")
    path = tmp_path / "a.csv"
    assert main(["export", str(folder), "-o", str(path)]) == 1
    assert "Nullepart-sur-Rien" in capsys.readouterr().err
    assert "Nullepart-sur-Rien" in path.read_text(encoding="utf-8")


def test_the_area_is_that_of_the_ground(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert (
        main(
            [
                "export",
                "-o",
                str(tmp_path / "a.csv"),
                "--table",
                "departements",
                "--area",
                "Nord",
                "--lang",
                "en",
            ]
        )
        == 0
    )
    assert "Départements [departements]: 1 rows" in capsys.readouterr().out
