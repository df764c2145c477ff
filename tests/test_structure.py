"""The layout keeps its promises: imports go one way, and importing is light."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import geocontracts

PACKAGE = Path(geocontracts.__file__).parent
STAGES = ["places", "records", "perimeters", "webmap", "outputs"]
MODULES = sorted(path for stage in STAGES for path in (PACKAGE / stage).rglob("*.py"))


def imported(path: Path) -> set[str]:
    """Return the stages that a module imports, wherever in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module]
        found |= {name.split(".")[1] for name in names if name.startswith("geocontracts.")}
    return found & set(STAGES)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_go_down_only(path: Path) -> None:
    stage = STAGES.index(path.relative_to(PACKAGE).parts[0])
    assert all(STAGES.index(name) <= stage for name in imported(path))


def test_importing_loads_nothing_heavy() -> None:
    code = "import sys, geocontracts, geocontracts.cli; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    assert not {"numpy", "pandas", "geopandas", "folium", "shapely", "pyarrow", "requests"} & set(loaded)


def test_the_map_command_needs_no_geopandas(tmp_path: Path) -> None:
    code = (
        "import sys; from geocontracts.cli import main; status = main(['map', '-o', sys.argv[1]]);"
        "print(status, *sys.modules)"
    )
    path = tmp_path / "essai.html"
    answer = subprocess.run(
        [sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True
    )
    assert not {"pandas", "geopandas", "folium", "shapely", "pyarrow", "requests"} & set(
        answer.stdout.split()
    )


def test_every_public_name_exists() -> None:
    for name in geocontracts.__all__:
        assert getattr(geocontracts, name).__doc__, name
    with pytest.raises(AttributeError, match="no attribute 'load_everything'"):
        geocontracts.load_everything  # noqa: B018
