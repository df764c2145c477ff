"""The budgets, in one place. Bytes are exact, so only they make the command fail."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from benchmarks.measures import BY_KEY, median

if TYPE_CHECKING:
    from benchmarks.measures import Samples

Verdict: TypeAlias = Literal["ok", "over", ""]

EXACT = "page_bytes"
# By scene (see `scenes.py`) and measure: 2 cores, Chromium without GPU.
BUDGETS: dict[str, dict[str, float]] = {
    "region": {
        EXACT: 750_000,
        "first_paint_ms": 400,
        "toggle_ms": 40,
        "frame_p95_ms": 17,
        "all_p95_ms": 17,
        "jank_s": 0.1,
        "heap_mb": 12,
        "wall_s": 1.0,
        "peak_mb": 220,
    },
    "france": {
        EXACT: 3_500_000,
        "first_paint_ms": 850,
        "toggle_ms": 60,
        "frame_p95_ms": 20,
        "all_p95_ms": 20,
        "jank_s": 0.3,
        "heap_mb": 30,
        "wall_s": 2.5,
        "peak_mb": 450,
    },
    "france-bundled": {EXACT: 3_500_000},
}


def budget(scene: str, key: str) -> float | None:
    """Return the budget of a measure in a scene, where there is one."""
    return BUDGETS.get(scene, {}).get(key)


def verdict(scene: str, key: str, value: float | None) -> Verdict:
    """Say whether a value keeps to its budget, as it is shown: 16.8 ms is 17 ms; bytes are never rounded."""
    limit = budget(scene, key)
    if limit is None or value is None:
        return ""
    seen = value if key == EXACT else float(BY_KEY[key].shown(value)) * BY_KEY[key].divisor
    return "over" if seen > limit else "ok"


def faults(found: dict[str, Samples]) -> list[str]:
    """Return a sentence for each page, by scene, that is over its budget of bytes.

    A scene with a budget that was not measured is a fault too: nothing passes unseen.
    """
    said = []
    for scene, limits in BUDGETS.items():
        size = median(found.get(scene), EXACT)
        if size is None:
            said.append(f"{scene}: the page was not measured; its budget is {limits[EXACT]:,.0f} bytes.")
        elif size > limits[EXACT]:
            over = size - limits[EXACT]
            said.append(
                f"{scene}: the page has {size:,.0f} bytes, {over:,.0f} over its {limits[EXACT]:,.0f}."
            )
    return said
