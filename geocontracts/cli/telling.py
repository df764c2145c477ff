"""What every command says: which files do not belong together, what is to be mended, the counts."""

from __future__ import annotations

import sys
from collections import Counter
from typing import TYPE_CHECKING

from geocontracts.together import mixed_in
from geocontracts.words import say

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable
    from pathlib import Path

    from geocontracts.outputs.report import Report
    from geocontracts.webmap.payload import MapContent


def tell(report: Report, options: argparse.Namespace) -> None:
    """Print what is to be mended, and the counts of the rows."""
    from geocontracts.outputs.report import summary
    from geocontracts.outputs.report_text import problem_lines

    for problem in report.problems:
        if problem.message.key.startswith("list-formulas"):  # no fault, but what publishes them may run them
            print(problem.text(options.lang), file=sys.stderr)
    for line in problem_lines(report.to_mend(), options.lang):
        print(line, file=sys.stderr)
    print(summary(report, options.lang), file=sys.stderr)


def tell_mixed(paths: Iterable[Path], options: argparse.Namespace) -> None:
    """Say where an interrupted run left files of two runs, beside what is read and is to be written."""
    for mixed in mixed_in(path.parent for path in paths):
        print(mixed.message().text(options.lang), file=sys.stderr)


def tell_drawn(content: MapContent, options: argparse.Namespace) -> None:
    """Say what is on the map and what is not, so that its counts meet those of the rows.

    A record without a known perimeter may stand at its seat; one with one may lie outside the territory.
    """
    entries = content.payload["records"]
    unknown = [entry for entry, each in zip(entries, content.perimeters, strict=True) if not each.communes]
    hidden = sum(entry["draw"] == "none" for entry in entries)
    lost = sum(entry["draw"] == "none" for entry in unknown)
    beyond = [each.communes for each in content.perimeters if each.communes]
    outside = sum(not content.area.numbers.intersection(communes) for communes in beyond)
    area = content.area.name
    if outside:
        print(say("map-outside", options.lang, area=area, count=outside), file=sys.stderr)
    if not hidden and not unknown:
        return
    facts = {"all": len(entries), "drawn": len(entries) - hidden, "seats": len(unknown) - lost}
    facts |= {"hidden": hidden, "lost": lost, "outside": hidden - lost, "unknown": len(unknown)}
    kinds = Counter(f"{entry['kind']}s" for entry in unknown)
    counts = {kind: kinds[kind] for kind in ("contracts", "missions", "operations")}
    print(say("map-counts", options.lang, area=area, **facts, **counts), file=sys.stderr)
