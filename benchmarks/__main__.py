"""Measure everything, print the table, and keep it with its plot: `python -m benchmarks`.

Fails only when a page has more bytes than its budget: bytes are exact, times are not.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from playwright.sync_api import Error

from benchmarks import machine
from benchmarks.browser import chromium
from benchmarks.budgets import faults
from benchmarks.growth import grow, made_up
from benchmarks.results import Outcome, as_csv
from benchmarks.scenes import depths, ours, peer, scenes
from benchmarks.table import as_markdown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.scenes import Scene

RESULTS = Path(__file__).parent / "results"
CONTRACTS = 5_000


def main(arguments: Sequence[str] | None = None) -> int:
    """Return 1 when a page is over its budget of bytes."""
    options = _parser().parse_args(arguments)
    outcome = Outcome(datetime.now(tz=UTC).date().isoformat(), machine.facts(options.chromium), [])
    engine = chromium(options.chromium) if options.chromium else nullcontext(None)
    with tempfile.TemporaryDirectory() as name, engine as browser:
        folder = Path(name)
        _tell("a made-up national register")
        outcome.scenes = scenes(made_up(folder, CONTRACTS))
        for scene in outcome.scenes:
            _measure(scene, outcome, folder, browser, options)
            if not options.small:
                keep(outcome, options.output, is_whole=False)
        if options.growth and not options.small:
            outcome.growth = grow(folder, browser, options.runs, _tell)
    print(as_markdown(outcome))
    if not options.small:
        keep(outcome, options.output)
    found = faults(outcome.ours)
    for fault in found:
        _tell(fault)
    return int(bool(found))


def keep(outcome: Outcome, folder: Path, *, is_whole: bool = True) -> None:
    """Write the table and the figures of a run under its date; the plot when it is whole.

    A run that breaks leaves what it had. The plot waits: what draws it would make
    this process large, and with it the least memory that its children seem to take.
    """
    folder.mkdir(parents=True, exist_ok=True)
    picture = folder / f"{outcome.date}.svg"
    if is_whole:
        from benchmarks.plot import draw

        draw(outcome, picture)
    (folder / f"{outcome.date}.csv").write_text(as_csv(outcome), encoding="utf-8")
    page = as_markdown(outcome, picture=picture.name if is_whole else None)
    (folder / f"{outcome.date}.md").write_text(page, encoding="utf-8")


def _measure(scene: Scene, outcome: Outcome, folder: Path, browser: Any, options: argparse.Namespace) -> None:
    """Measure one map, and plain folium's where it is measured."""
    depth, beside = depths(scene, options.runs, is_small=options.small)
    _tell(scene.title)
    outcome.ours[scene.key] = ours(scene, folder, browser, depth)
    if beside and options.peer:
        _tell(f"{scene.title}, plain folium")
        try:
            outcome.peer[scene.key] = peer(scene, folder, browser, beside)
        except (RuntimeError, Error) as error:  # its page of 200 MB may be too much for a browser
            reason = str(error).splitlines()[0]
            outcome.notes.append(f"{scene.title}, plain folium: not measured ({reason}).")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--small", action="store_true", help="as CI: few runs, no growth, nothing kept")
    parser.add_argument("--runs", type=int, default=5, help="of which the median is taken (default: 5)")
    parser.add_argument("--no-peer", dest="peer", action="store_false", help="leave plain folium out")
    parser.add_argument("--no-growth", dest="growth", action="store_false", help="leave growth out")
    parser.add_argument("--chromium", default=shutil.which("chromium"), help="without it, nothing is opened")
    parser.add_argument("--output", type=Path, default=RESULTS, help="where results are kept")
    return parser


def _tell(sentence: str) -> None:
    print(sentence, file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
