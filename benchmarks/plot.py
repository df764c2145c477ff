"""The outcome as one picture: each cost beside plain folium's and its budget, then how costs grow."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from benchmarks.budgets import budget
from benchmarks.growth import MEASURES as GROWING
from benchmarks.measures import BY_KEY, median
from benchmarks.scenes import OURS, PEER
from geocontracts.extras import need

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.growth import Series
    from benchmarks.measures import Samples
    from benchmarks.results import Outcome

COMPARED = (
    "page_bytes",
    "wall_s",
    "peak_mb",
    "heap_mb",
    "first_paint_ms",
    "toggle_ms",
    "frame_p95_ms",
    "jank_s",
)
PLACES = {"region": "Hauts-de-France", "france": "France"}
# Two of Okabe and Ito's colours, which everybody tells apart; shapes say the same without colour.
BLUE, ORANGE, INK, PALE = "#0072B2", "#D55E00", "#222222", "#DDDDDD"
# Growth: their colours, and a shape and a dash of its own for each measure.
LOOKS = (
    ("#0072B2", "o", "-"),
    ("#D55E00", "s", "-"),
    ("#E69F00", "D", "--"),
    ("#009E73", "^", "-"),
    ("#CC79A7", "v", "-"),
    ("#56B4E9", "P", "-."),
    ("#000000", "X", ":"),
)
_LEAST = 0.01  # what a log axis shows of a cost of nothing
_FONT = {"font.size": 10, "font.family": "sans-serif", "svg.hashsalt": "benchmarks", "text.color": INK}


def draw(outcome: Outcome, path: Path) -> None:
    """Write the picture; the kind of file is that of the name."""
    matplotlib: Any = need("matplotlib", "figures")
    matplotlib.use("agg")
    from matplotlib import pyplot as plt

    with matplotlib.rc_context(_FONT):
        rows = 3 if outcome.growth else 2
        figure = plt.figure(figsize=(12, 4 + 3.4 * (rows - 1)), layout="constrained")
        grid = figure.add_gridspec(rows, 4, height_ratios=(1, 1, 1.9)[:rows])
        for rank, key in enumerate(COMPARED):
            _compare(figure.add_subplot(grid[rank // 4, rank % 4]), outcome, key)
        for rank, series in enumerate(outcome.growth):
            _grow(figure.add_subplot(grid[2, 2 * rank : 2 * rank + 2]), series)
        figure.suptitle(
            f"What a map costs: geocontracts beside plain folium, {outcome.date}\n"
            "lower is better; each step up the axis is ten times more",
            fontsize=13,
        )
        handles, labels = figure.axes[0].get_legend_handles_labels()
        figure.legend(handles, labels, loc="outside lower center", ncols=3, frameon=False)
        figure.savefig(path, metadata={"Date": None} if path.suffix == ".svg" else None)
        plt.close(figure)


def _compare(axes: Any, outcome: Outcome, key: str) -> None:
    """Draw one cost on both maps: ours, the peer's, the budget."""
    measure, both = BY_KEY[key], ((OURS, outcome.ours, BLUE, "o"), (PEER, outcome.peer, ORANGE, "s"))
    for program, found, colour, shape in both:
        values = ((rank, _seen(found.get(scene), key)) for rank, scene in enumerate(PLACES))
        seen = [(rank, value) for rank, value in values if value is not None]
        ranks, heights = [rank for rank, _ in seen], [max(value, _LEAST) for _, value in seen]
        axes.scatter(ranks, heights, s=60, c=colour, marker=shape, zorder=3, label=program if seen else None)
        for (rank, value), height in zip(seen, heights, strict=True):
            place = {"xytext": (9, 0), "textcoords": "offset points", "va": "center"}
            axes.annotate(plain(value), (rank, height), color=colour, **place)
    for rank, scene in enumerate(PLACES):
        limit = budget(scene, key)
        if limit is not None:
            label = "budget" if rank == 0 else None
            axes.plot((rank - 0.3, rank + 0.05), [limit / measure.divisor] * 2, color=INK, lw=2, label=label)
    axes.set(yscale="log", xlim=(-0.5, 1.7))
    axes.set_title(f"{measure.title[0].upper()}{measure.title[1:]}, {measure.unit}", fontsize=10)
    axes.set_xticks(range(len(PLACES)), list(PLACES.values()))
    axes.margins(y=0.2)
    _quiet(axes)


def plain(value: float) -> str:
    """Return a number as people write it, with three digits that mean something."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"  # noqa: PLR2004 - three digits


def _seen(found: Samples | None, key: str) -> float | None:
    value = median(found, key)
    return None if value is None else value / BY_KEY[key].divisor


def _grow(axes: Any, series: Series) -> None:
    """Draw how often the cost of the smallest size each size takes."""
    sizes = [size for size, _ in series.points]
    axes.plot(sizes, [size / sizes[0] for size in sizes], color=PALE, lw=6, label="in proportion", zorder=1)
    for key, (colour, shape, dash) in zip(GROWING, LOOKS, strict=True):
        points = series.values(key)
        if points:
            times = [cost / points[0][1] for _, cost in points]
            label = f"{BY_KEY[key].title}: x {times[-1]:.1f}"
            axes.plot([size for size, _ in points], times, dash, color=colour, marker=shape, label=label)
    axes.set(xscale="log", yscale="log", ylabel="times the cost of the smallest", xlabel=series.key)
    axes.set_title(f"Growth with the {series.title}", fontsize=10)
    axes.set_xticks(sizes, [f"{size:,}" for size in sizes])
    axes.legend(fontsize=8.5, loc="upper left", frameon=False)
    _quiet(axes)


def _quiet(axes: Any) -> None:
    """Leave only what helps to read: a line at each power of ten, written as a number."""
    axes.minorticks_off()
    low, high = axes.get_ylim()
    powers = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    axes.set_yticks([10.0**power for power in powers], [plain(10.0**power) for power in powers])
    axes.set_ylim(low, high)
    axes.spines[["top", "right"]].set_visible(False)
    axes.grid(axis="y", color=PALE, lw=0.6)
    axes.set_axisbelow(True)
