"""A shapefile is several files: all of them are named, hashed and watched, in either letters."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import geopandas as gpd
import pytest
import shapely

from geocontracts.errors import RegisterError
from geocontracts.files import mark_of
from geocontracts.records.formats import read as reading
from geocontracts.records.formats.beside import files_of
from geocontracts.records.formats.read import read_sheet
from geocontracts.records.read import read_register

if TYPE_CHECKING:
    from pathlib import Path

ENDINGS = (".shp", ".dbf", ".shx", ".prj", ".cpg")


def shapefile(folder: Path, *, capital: bool) -> Path:
    """Write one, with endings in small or capital letters, and return its `.shp`."""
    columns = {"titre": ["Échec"], "commune": ["Arras"]}
    gpd.GeoDataFrame(columns, geometry=[shapely.Point(0, 0)], crs=4326).to_file(folder / "u.shp")
    if capital:
        for suffix in ENDINGS:
            (folder / f"u{suffix}").replace(folder / f"U{suffix.upper()}")
    return folder / ("U.SHP" if capital else "u.shp")


@pytest.mark.parametrize("capital", [False, True])
def test_the_hashes_are_those_of_all_its_files(tmp_path: Path, *, capital: bool) -> None:
    path = shapefile(tmp_path, capital=capital)
    files = [path.with_suffix(suffix.upper() if capital else suffix) for suffix in ENDINGS]
    sheet = read_sheet(path)
    assert sheet.rows == [(2, ["Échec", "Arras"])]
    assert sheet.inputs == tuple(map(mark_of, files))
    assert read_register(path).files == tuple(files) == files_of(path)  # no output may be one of them


@pytest.mark.parametrize("capital", [False, True])
@pytest.mark.parametrize("suffix", ENDINGS)
def test_a_change_of_any_of_its_files_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str, *, capital: bool
) -> None:
    path, tell = shapefile(tmp_path, capital=capital), reading.tell_kind

    def sniffed(path: Path) -> str:
        part = path.with_suffix(suffix.upper() if capital else suffix)
        found = part.stat()
        os.utime(part, ns=(found.st_atime_ns, found.st_mtime_ns + 1))
        return tell(path)

    monkeypatch.setattr(reading, "tell_kind", sniffed)
    with pytest.raises(RegisterError, match="changed while it was read"):
        read_sheet(path)


def test_a_file_beside_that_comes_while_it_is_read_is_a_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, tell = shapefile(tmp_path, capital=False), reading.tell_kind
    path.with_suffix(".cpg").unlink()

    def sniffed(path: Path) -> str:
        path.with_suffix(".cpg").write_text("ISO-8859-1", encoding="ascii")
        return tell(path)

    monkeypatch.setattr(reading, "tell_kind", sniffed)
    with pytest.raises(RegisterError, match="changed while it was read"):
        read_sheet(path)


def test_empty_files_and_those_of_others_are_left_aside(tmp_path: Path) -> None:
    path = tmp_path / "liste.csv"
    for name in ("liste.csv", "liste.dbf", "liste.cpg"):
        (tmp_path / name).write_text("Commune\nArras\n", encoding="utf-8")
    (tmp_path / "liste.csv-wal").touch()
    assert files_of(path) == (path,)
