"""Same input, same bytes: in another folder, for another user, in another language, at another hour."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.trust.everything import KINDS, MAKES

CORPUS = ROOT / "tests" / "intake" / "files"
QUICK = ["report", "statistics"]
OTHER_PYTHONS = [
    each for each in os.environ.get("OTHER_PYTHONS", "").split(os.pathsep) if each
]  # made and named by .ci/versions


def lists(folder: Path) -> None:
    """Write the lists that the commands read, once: both runs take these very bytes."""
    import geopandas as gpd
    import odfdo
    import pandas as pd
    from shapely.geometry import Point

    shutil.copy(CORPUS / "agency-habits.csv", folder / "liste.csv")
    shutil.copy(CORPUS / "anct-crte.csv", folder / "suite.csv")
    shutil.copy(CORPUS / "etat-dsil.csv", folder / "aides.csv")
    rows = pd.read_csv(CORPUS / "anct-crte.csv", dtype=str)
    rows.to_excel(folder / "liste.xlsx", index=False)
    rows.to_parquet(folder / "liste.parquet")
    located = gpd.GeoDataFrame(rows, geometry=[Point(3, 50)] * len(rows), crs=4326)
    located.to_file(folder / "liste.geojson")
    located.to_file(folder / "liste.gpkg")
    book = odfdo.Document("spreadsheet")
    book.body.clear()
    sheet = odfdo.Table("Liste")
    sheet.set_values([list(rows.columns), *rows.fillna("").to_numpy().tolist()])
    book.body.append(sheet)
    book.save(folder / "liste.ods")


def run(python: str, folder: Path, around: dict[str, str], names: list[str]) -> dict[str, bytes]:
    """Return what the commands wrote, by name, without the lists that they read."""
    before = {path.relative_to(folder) for path in folder.rglob("*")}
    kept = {
        name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH") if name in os.environ
    }
    kept |= {
        "PYTHONPATH": str(ROOT),
        "GEOCONTRACTS_CACHE": os.environ["GEOCONTRACTS_CACHE"],
        "HOME": str(folder.parent),
    }
    command = [python, "-W", "ignore", str(ROOT / "tests" / "trust" / "everything.py"), *names]
    done = subprocess.run(command, cwd=folder, env=kept | around, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    made = [path for path in folder.rglob("*") if path.is_file() and path.relative_to(folder) not in before]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in made}


def two_places(tmp_path: Path) -> list[tuple[Path, dict[str, str]]]:
    """Return two folders with the same lists, and what surrounds each."""
    one, other = tmp_path / "ici", tmp_path / "là-bas" / "dossier de l’État (copie)"
    for folder in (one, other):
        folder.mkdir(parents=True)
    lists(one)
    for path in one.iterdir():
        shutil.copy(path, other)
        os.utime(other / path.name, (946_684_800, 946_684_800))
    turkish = other.parent / "langues"
    there = {
        "LC_ALL": "tr_TR.UTF-8" if built(turkish) else "C.UTF-8",
        "LOCPATH": str(turkish),
        "TZ": "Pacific/Kiritimati",
        "PYTHONHASHSEED": "20260101",
        "TRIED_UMASK": "077",
        "COLUMNS": "40",
        "USER": "dupont",
        "LOGNAME": "dupont",
        "HOME": str(other.parent),
        "MPLCONFIGDIR": str(other.parent / "mpl"),
        "SOURCE_DATE_EPOCH": "86400",
        "PYTHONUTF8": "1",
        "OMP_NUM_THREADS": "1",
    }
    return [(one, {"LC_ALL": "C", "TZ": "UTC", "PYTHONHASHSEED": "0"}), (other, there)]


def built(folder: Path) -> bool:
    """Say whether the machine can speak Turkish, whose letter i has other capitals."""
    folder.mkdir()
    if not shutil.which("localedef"):
        return False
    command = ["localedef", "-i", "tr_TR", "-f", "UTF-8", str(folder / "tr_TR.UTF-8")]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def undated(name: str, content: bytes) -> bytes:
    """Leave out the day on which a list was checked, which a report tells: the one clock there is."""
    day = rb"\d{4}-\d\d-\d\d" if name.endswith(".json") else rb"\d\d/\d\d/\d{4}"
    said = rb'(?<="checked_on": ")' if name.endswith(".json") else "(?<=Contrôlé le )".encode()
    return re.sub(said + day, b"", content) if name.startswith("rapport.") else content


def assert_same(found: list[dict[str, bytes]], *, least: int) -> None:
    one, other = found
    assert sorted(one) == sorted(other)
    assert len(one) >= least
    assert [name for name in one if undated(name, one[name]) != undated(name, other[name])] == []
    assert all(one.values()), "nothing is empty"


@pytest.mark.thorough
def test_reports_and_figures_of_a_list_are_the_same_elsewhere(tmp_path: Path) -> None:
    assert_same([run(sys.executable, *place, QUICK) for place in two_places(tmp_path)], least=4)


@pytest.mark.thorough
def test_every_kind_of_output_is_the_same_elsewhere(tmp_path: Path) -> None:
    found = [run(sys.executable, *place, []) for place in two_places(tmp_path)]
    assert_same(found, least=40)
    kinds = {Path(name).suffix for name in found[0]}
    assert kinds >= {f".{kind}" for kind in (*KINDS, "html", "svg", "pdf", "png", "md", "json", "fgb")}
    assert all(
        f"$ {command[0]}" in found[0]["told.txt"].decode() for each in MAKES.values() for command in each
    )
    assert "-> 2" not in found[0]["told.txt"].decode(), "each command made what it was asked for"


if OTHER_PYTHONS:  # else there is nothing to compare, and nothing that is skipped unseen

    @pytest.mark.thorough
    @pytest.mark.parametrize("other", OTHER_PYTHONS)
    def test_every_kind_of_output_is_the_same_under_another_python(tmp_path: Path, other: str) -> None:
        (one, around), (elsewhere, there) = two_places(tmp_path)
        version = [python_of(python) for python in (sys.executable, other)]
        assert version[0] != version[1], "two versions of Python are compared"
        assert_same([run(sys.executable, one, around, []), run(other, elsewhere, there, [])], least=40)


def python_of(python: str) -> str:
    asked = [python, "-c", "import sys; print(sys.version_info[:2])"]
    return subprocess.run(asked, capture_output=True, text=True, check=True).stdout
