"""All families on one map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geocontracts.outputs.figures.box import Box
from geocontracts.outputs.figures.ground import BORDERS, build_ground
from geocontracts.outputs.figures.groundwork import draw_borders, draw_land
from geocontracts.outputs.figures.view import View

if TYPE_CHECKING:
    from geocontracts.outputs.figures.plate import Plate


def draw(plate: Plate) -> None:
    """Draw the plate."""
    payload = plate.payload
    body = plate.frame(payload["title"], payload["subtitle"], records=range(len(payload["records"])))
    frame = Box(body.left, body.bottom, body.left + body.width * 0.55, body.top)
    ground = build_ground(plate.content.area)
    view = View.fit(ground.bounds, frame, 10)
    draw_land(plate.paper, view, ground)
    draw_borders(plate.paper, view, ground, BORDERS)
