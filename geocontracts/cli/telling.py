"""What every command says: which files do not belong together, what is to be mended, the counts."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from geocontracts.together import mixed_in

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable
    from pathlib import Path

    from geocontracts.outputs.report import Report


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
