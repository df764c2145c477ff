"""The maps that are measured, and all that is measured of each."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from benchmarks.acts import OUR_LINES, THEIR_LINES, ours_only, toggled
from benchmarks.areas import FRANCE, REGION
from benchmarks.browser import heap_mb, opened, painted
from benchmarks.moves import moved
from benchmarks.processes import ROOT, python, timed

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from benchmarks.measures import Samples

_SETTLED_MS = 1_500
OURS, PEER = "geocontracts", "plain folium"


@dataclass(frozen=True)
class Scene:
    """A map: its key, its title, its area, and its register (None for the bundled one)."""

    key: str
    title: str
    area: str
    register: Path | None = None

    @property
    def is_several(self) -> bool:
        """Say whether the area is several places."""
        return "+" in self.area


@dataclass(frozen=True)
class Depth:
    """How much is measured of a page, and how often."""

    runs: int
    part: Literal["bytes", "paint", "growth", "all"] = "all"
    warm: bool = True


def scenes(national: Path) -> list[Scene]:
    """Return the maps that have budgets; `national` is the folder of the made-up register."""
    return [
        Scene("region", "Hauts-de-France, bundled register", REGION),
        Scene("france", "France, made-up national register", FRANCE, national),
        Scene("france-bundled", "France, bundled register", FRANCE),
    ]


def depths(scene: Scene, runs: int, *, is_small: bool) -> tuple[Depth, Depth | None]:
    """Return how deep our map is measured, and the peer's; the small form takes one paint of France.

    Folium's France takes minutes: once is enough, and its time does not hang on a cold disk.
    """
    full = Depth(1 if is_small else runs)
    if scene.key == "region":
        return full, Depth(full.runs, warm=not is_small)
    if scene.key == "france" and not is_small:
        return full, Depth(1, warm=False)
    return Depth(full.runs, "paint" if scene.key == "france" else "bytes", warm=not is_small), None


def ours(scene: Scene, folder: Path, browser: Any, depth: Depth) -> Samples:
    """Make the map of a scene with `geocontracts map`, open it, and return what it took."""
    page = folder / f"{scene.key}.html"
    register = [scene.register] if scene.register else []
    module = "benchmarks.several" if scene.is_several else "geocontracts"
    command = python(module, "map", *register, "--area", scene.area, "-o", page)
    return _made(command, page, depth) | _opened(scene, OURS, page, browser, depth)


def peer(scene: Scene, folder: Path, browser: Any, depth: Depth) -> Samples:
    """Make the same map with plain folium, open it, and return what it took."""
    page = folder / f"{scene.key}-folium.html"
    register = [scene.register] if scene.register else []
    command = python("benchmarks.plain_folium", page, scene.area, *register)
    return _made(command, page, depth) | _opened(scene, PEER, page, browser, depth)


def _made(command: list[str], page: Path, depth: Depth) -> Samples:
    found = timed(command, depth.runs, warm=depth.warm)
    return found | {"page_bytes": [page.stat().st_size]}


def _opened(scene: Scene, program: str, page: Path, browser: Any, depth: Depth) -> Samples:
    """Return what the page costs in the browser, then remove it: folium's are large."""
    found: Samples = {}
    if browser is not None and depth.part != "bytes":
        found = painted(browser, page, depth.runs, warm=depth.warm)
        if depth.part != "paint":
            found |= _felt(scene, program, page, browser, depth)
    page.unlink()
    return found


def _felt(scene: Scene, program: str, page: Path, browser: Any, depth: Depth) -> Samples:
    """Return what a reader feels: the heap is taken first, before anything has been done."""
    largest = _largest(scene)
    lines, name = (OUR_LINES, largest["name"]) if program == OURS else (THEIR_LINES, largest["id"])
    with opened(browser, page) as tab:
        tab.wait_for_timeout(_SETTLED_MS)
        found = {"heap_mb": [heap_mb(tab)]} | toggled(tab, lines, name, depth.runs)
        if depth.part == "all":
            found |= moved(tab)
            found |= ours_only(tab, depth.runs) if program == OURS else {}
    return found


def _largest(scene: Scene) -> dict[str, str]:
    """Return the largest layer, found in another process so that this one stays small."""
    register = [scene.register] if scene.register else []
    command = python("benchmarks.largest", scene.area, *register)
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    found: dict[str, str] = json.loads(done.stdout)
    return found
