"""What the tests of figures share: the bundled register, read and resolved once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from geocontracts.outputs.figures.figure import draw_figure
from geocontracts.outputs.figures.options import FigureOptions
from geocontracts.records.read import read_register
from geocontracts.webmap.payload import MapOptions, build_content

if TYPE_CHECKING:
    from collections.abc import Callable

    from geocontracts.outputs.figures.plate import Plate
    from geocontracts.webmap.payload import MapContent


@pytest.fixture(scope="session")
def content() -> MapContent:
    """Return what the page shows of the bundled register."""
    return build_content(read_register(), MapOptions())


@pytest.fixture(scope="session")
def plate_of(content: MapContent) -> Callable[..., Plate]:
    """Return a function that draws a plate, each only once."""
    drawn: dict[FigureOptions, Plate] = {}

    def make(**chosen: object) -> Plate:
        options = FigureOptions(**chosen)  # type: ignore[arg-type]
        if options not in drawn:
            drawn[options] = draw_figure(content, options)
        return drawn[options]

    return make
