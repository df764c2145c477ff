"""Every way of installing finds its data: checkout, wheel, and a wheel built from the sdist."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ROOT


def run(*command: str | Path, cwd: Path) -> str:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the sdist and, from it, the wheel, with what is installed and no network."""
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, ROOT, cwd=folder)
    return folder


@pytest.mark.thorough
def test_the_wheel_holds_data_and_client(built: Path) -> None:
    (wheel,) = built.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {
        "geocontracts/py.typed",
        "geocontracts/words.json",
        "geocontracts/_data/datapackage.json",
        "geocontracts/_data/contracts.csv",
        "geocontracts/_data/boundaries/communes.parquet",
        "geocontracts/_data/boundaries/topology.npz",
        "geocontracts/_data/boundaries/places.tsv.gz",
        "geocontracts/webmap/static/client.js",
        "geocontracts/webmap/static/client.css",
        "geocontracts/webmap/static/widget.js",
    } <= names
    assert not [name for name in names if "leaflet" in name.lower()], "Leaflet comes from its own package"


def test_the_sdist_holds_what_the_wheel_is_made_of(built: Path) -> None:
    (sdist,) = built.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        names = {name.split("/", 1)[1] for name in archive.getnames() if "/" in name}
    assert {"pyproject.toml", "data/boundaries/communes.parquet", "client/src/main.ts", "LICENSE"} <= names
    assert {"notebooks/01-premiere-carte.ipynb", "scripts/strip_notebooks.py"} <= names
    assert not [name for name in names if "node_modules" in name]


@pytest.mark.thorough
def test_the_wheel_makes_a_map_from_another_folder(built: Path, tmp_path: Path) -> None:
    """Install it in a fresh environment that sees this one's dependencies, and nothing of the checkout."""
    (wheel,) = built.glob("*.whl")
    venv.create(tmp_path / "env", with_pip=True, symlinks=os.name != "nt")
    binaries = tmp_path / "env" / ("Scripts" if os.name == "nt" else "bin")
    python = binaries / "python"
    run(python, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", wheel, cwd=tmp_path)
    site = Path(
        run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=tmp_path).strip()
    )
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    where = run(python, "-c", "import geocontracts; print(geocontracts.__file__)", cwd=tmp_path)
    assert Path(where.strip()).is_relative_to(site)
    said = run(binaries / "geocontracts", "map", cwd=tmp_path)
    assert "Carte écrite" in said
    page = tmp_path / "maps" / "hauts-de-france.html"
    assert page.stat().st_size > 300_000
    count = "print(len(gc.load_boundaries('departement', within=gc.find_area().place)))"
    assert run(python, "-c", f"import geocontracts as gc; {count}", cwd=tmp_path).strip() == "5"


@pytest.mark.thorough
def test_a_wheel_from_the_sdist_is_the_wheel_from_the_checkout(built: Path, tmp_path: Path) -> None:
    """The same members with the same bytes, in the same order: the sdist lacks and adds nothing."""
    run(sys.executable, "-m", "build", "--no-isolation", "--wheel", "--outdir", tmp_path, ROOT, cwd=tmp_path)
    (from_sdist,), (from_checkout,) = built.glob("*.whl"), tmp_path.glob("*.whl")
    assert from_sdist.name == from_checkout.name
    assert from_sdist.read_bytes() == from_checkout.read_bytes()


def test_the_sdist_holds_what_is_kept_in_git_and_nothing_else(built: Path) -> None:
    """What the tests of a packager need is there; nothing that lies about in a checkout is."""
    if not (ROOT / ".git").exists():
        pytest.skip("not a checkout")
    kept = set(run("git", "ls-files", "-co", "--exclude-standard", cwd=ROOT).splitlines())
    (sdist,) = built.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        names = {name.name.split("/", 1)[1] for name in archive.getmembers() if name.isfile()}
    assert names - kept == {"PKG-INFO"}
    needed = {
        name for name in kept if name.startswith(("tests/", "scripts/", "data/", "docs/", "geocontracts/"))
    }
    assert needed <= names
