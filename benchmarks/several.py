"""Run `geocontracts` where `--area` may also be several places, for an area of about 10,000 communes.

Usage: python -m benchmarks.several map ... --area region:32+region:44+region:11
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from benchmarks.areas import find
from geocontracts.places import area

if TYPE_CHECKING:
    from geocontracts.places.area import Area
    from geocontracts.places.gazetteer import Gazetteer


def _find_area(written: str = area.HAUTS_DE_FRANCE, gazetteer: Gazetteer | None = None) -> Area:  # noqa: ARG001
    return find(written)


if __name__ == "__main__":
    area.find_area = _find_area  # before anything that uses it is imported
    from geocontracts.cli import main

    sys.exit(main(sys.argv[1:]))
