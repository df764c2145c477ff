"""Say beside the data of which year each part of it is: `editions.json`, as read by `places/editions.py`."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from boundaries.releases import LISTS, SHAPES, TOWN_HALLS, Release
from boundaries.sources import Vintage


def write_editions(vintages: Sequence[Vintage], path: Path) -> None:
    """Write the year of each part; `equal_to` is the earliest list before it that says the same.

    The source gives no year for the population: it stays unknown, and is not that of the list.
    """
    lists = LISTS[-1]
    parts = [
        _part("shapes", "IGN", "ADMIN EXPRESS COG", SHAPES),
        _part("codes", "Insee", "Code officiel géographique", lists),
        _part("epci", "DGCL", "BANATIC", lists) | {"equal_to": _since(vintages, lambda each: each.epci)},
        _part("halls", "Insee, DILA", "", TOWN_HALLS),
        _part("population", "Insee", "", lists)
        | {"year": None, "list": lists.vintage, "equal_to": _since(vintages, _populations)},
    ]
    path.write_text(json.dumps(parts, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _part(part: str, producer: str, title: str, release: Release) -> dict[str, Any]:
    source = f"{release.package} {release.version}"
    return {"part": part, "producer": producer, "title": title, "year": release.vintage, "release": source}


def _since(vintages: Sequence[Vintage], told: Callable[[Vintage], Any]) -> int | None:
    """Return the earliest year from which all lists say the same as the last one; None if only that does."""
    *earlier, now = vintages
    year = None
    for each in reversed(earlier):
        if told(each) != told(now):
            break
        year = each.year
    return year


def _populations(vintage: Vintage) -> dict[str, Any]:
    return {code: unit.get("population") for code, unit in vintage.current.items()}
