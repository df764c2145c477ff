"""The names that stand on the ground: seas, countries, départements of the area and around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geocontracts.outputs.figures import names as naming
from geocontracts.outputs.figures.groundwork import is_wide
from geocontracts.outputs.figures.positions import point_of

if TYPE_CHECKING:
    from geocontracts.outputs.figures.mapped import Map

_REACH = 36.0  # points on A4 from the place of a sea or a country to its name, on a map of the country


def name_ground(drawn: Map) -> None:
    """Write the names of seas, countries, départements of the area and around it."""
    import shapely

    places, view, ground = drawn.plate.payload["places"], drawn.view, drawn.ground
    frame = shapely.box(*view.frame)
    foreign = view.cut(view.place(ground.foreign))
    land = [view.place(shape).buffer(0) for shape in ground.neighbours.values()]
    france = shapely.union_all(land).intersection(frame)
    sea = frame.difference(shapely.union_all([foreign, france]))
    beyond = foreign.difference(france)
    for mark in places["marks"]:
        at = point_of(drawn, mark["x"], mark["y"])
        if mark["kind"] == "sea":
            _mark(drawn, mark["name"], naming.SEA_NAME, sea, at)
        else:
            _mark(drawn, mark["name"].upper(), naming.COUNTRY, beyond, at)
    for context in places["context"]:
        shape = ground.neighbours.get(context["code"])
        if shape is not None:
            at = point_of(drawn, context["x"], context["y"])
            drawn.names.in_surface(context["name"], naming.CONTEXT, view.place(shape).buffer(-1.5), at)
    departements = ground.groups["departement"]
    order = {code: rank for rank, code in enumerate(_in_order(places["communes"]["departement"]))}
    if len(places["departements"]) > 1 and not is_wide(view, ground):  # towns need the room of a country
        for rank, group in enumerate(places["departements"]):
            members = (departements == order.get(rank, -1)).nonzero()[0].tolist()
            shape = view.place(ground.united(members))
            at = point_of(drawn, group["x"], group["y"])
            drawn.names.in_surface(group["name"].upper(), naming.DEPARTEMENT, shape, at)


def _in_order(values: list[int]) -> list[int]:
    return list(dict.fromkeys(values))


def _mark(drawn: Map, text: str, style: naming.Style, surface: object, at: tuple[float, float]) -> None:
    """Write the name of a sea or a country, in the part of it that lies nearest to its place."""
    import shapely

    parts = [part for part in shapely.get_parts(surface) if part.area > 1]
    reach = _REACH * drawn.names.scale if is_wide(drawn.view, drawn.ground) else None
    parts.sort(key=lambda part: part.distance(shapely.Point(*at)))
    for part in parts[:1]:
        drawn.names.in_surface(text, style, part, at, reach=reach)
