"""What every command on a register says at its end: what is to be mended, and the counts."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

    from geocontracts.outputs.report import Report


def tell(report: Report, options: argparse.Namespace) -> None:
    """Print what is to be mended, and the counts of the rows."""
    from geocontracts.outputs.report import summary
    from geocontracts.outputs.report_text import problem_lines

    for line in problem_lines(report.to_mend(), options.lang):
        print(line, file=sys.stderr)
    print(summary(report, options.lang), file=sys.stderr)
