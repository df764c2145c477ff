"""Bring a set of places in processes that are killed, or that run at the same time; print what each left.

`python ended.py BASE CACHE`: the server, and the user's cache folder, where the older set is brought first.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geocontracts.errors import MissingDataError
from geocontracts.files import PART
from geocontracts.places.fresh import reference
from geocontracts.places.fresh.fetched import Wanted
from geocontracts.places.fresh.refresh import refresh
from geocontracts.places.fresh.sets import forget_places, set_in_use
from geocontracts.places.fresh.settings import Settings
from tests.places.fresh.source import few_places
from tests.trust.driven import forked, steps

if TYPE_CHECKING:
    from collections.abc import Callable

_MOST = 8  # points at which it is killed


def bring(base: str, area: str, name: str) -> int:
    """Refresh a département from the server."""
    wanted = Wanted("etalab", 2026, "100m", f"departement:{area}", name)
    refresh(wanted, settings=Settings(etalab=base, requests_per_second=1e6))
    return 0


def state(folder: Path) -> dict[str, Any]:
    """Return which set is in use, whether it is whole, and what else is there."""
    forget_places()
    try:
        known = set_in_use()
        told = {"used": known.area, "damaged": known.damaged()}
    except MissingDataError as error:
        told = {"used": "none", "damaged": [error.text("fr")]}
    return told | {"parts": len(list(folder.rglob(f"*{PART}")))}


def tried(act: Callable[[], int], folder: Path) -> list[dict[str, Any]]:
    """Kill a refresh at some of its steps; the older set was put in use before each."""

    def counted() -> int:
        count = steps(None)
        act()
        os.write(2, f"steps {count[0]}\n".encode())
        return 0

    older = (folder / "in-use.json").read_bytes()
    total = int(forked(counted)[1].rpartition("steps ")[2])
    told = []
    for point in sorted({1 + round(rank * (total - 1) / (_MOST - 1)) for rank in range(_MOST)}):
        (folder / "in-use.json").write_bytes(older)
        for built in folder.glob("sets/*-25-*"):
            shutil.rmtree(built)

        def run(point: int = point) -> int:
            steps(point)
            return act()

        status, _ = forked(run)
        told.append({"status": status, **state(folder)})
    return told


def main(base: str, cache: str) -> None:
    """Print both experiments as JSON."""
    reference.read_reference = few_places
    folder = Path(cache) / "places"
    few_places()
    assert forked(lambda: bring(base, "90", "Territoire de Belfort"))[0] == 0
    killed = tried(lambda: bring(base, "25", "Doubs"), folder)
    children = []
    for _ in range(3):
        child = os.fork()
        if not child:
            status = 70
            with contextlib.suppress(BaseException):
                status = bring(base, "25", "Doubs")
            os._exit(status)
        children.append(child)
    ends = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
    print(json.dumps({"killed": killed, "at_once": {"ends": ends, **state(folder)}}))  # noqa: T201


if __name__ == "__main__":
    main(*sys.argv[1:])
