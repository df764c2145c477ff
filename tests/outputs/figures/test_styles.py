"""What the plates say: which records, which classes, which euros, how long a kilometre is."""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING

import mapclassify
import pytest
import shapely

from geocontracts.outputs.figures.box import Box
from geocontracts.outputs.figures.classes import natural_classes
from geocontracts.outputs.figures.colours import LAND, PILEUP
from geocontracts.outputs.figures.costs import radius_of, sort_costs
from geocontracts.outputs.figures.figure import figure
from geocontracts.outputs.figures.ground import build_ground
from geocontracts.outputs.figures.looks import looks_of, ranks_of
from geocontracts.outputs.figures.mapped import Map
from geocontracts.outputs.figures.names import Names
from geocontracts.outputs.figures.perimeters import Strokes, lay
from geocontracts.outputs.figures.scalebar import bar_length, draw_scalebar
from geocontracts.outputs.figures.signs import glyph_shape, pack
from geocontracts.outputs.figures.styles.pileup import counted_contracts, pile_up
from geocontracts.outputs.figures.townsigns import standing_signs
from geocontracts.outputs.figures.view import View
from geocontracts.records.amounts import add_up
from geocontracts.records.read import read_register

if TYPE_CHECKING:
    from collections.abc import Callable

    from geocontracts.outputs.figures.plate import Plate
    from geocontracts.webmap.payload import MapContent


def _programme(content: MapContent, name: str) -> list[int]:
    payload = content.payload
    rank = [programme["id"] for programme in payload["programmes"]].index(name)
    return [number for number, entry in enumerate(payload["records"]) if entry["programme"] == rank]


def _map(content: MapContent, plate: Plate) -> Map:
    ground = build_ground(content.area)
    view = View.fit(ground.bounds, Box(0, 0, 500, 500), 10)
    return Map(plate, ground, view, Names(plate.paper, view, 1))


def test_perimeters_have_the_surface_of_their_communes(
    content: MapContent, plate_of: Callable[..., Plate]
) -> None:
    drawn = _map(content, plate_of(style="pileup", size="16x10"))
    records = _programme(content, "territoires-industrie")
    sheets = lay(drawn, records, looks_of(content.payload), Strokes())
    assert [sheet.record for sheet in sheets] == sorted(
        records, key=lambda record: (-len(ranks_of(content.payload["records"][record])), record)
    )
    for sheet in sheets:
        communes = drawn.ground.communes[ranks_of(content.payload["records"][sheet.record])]
        metres = shapely.area(communes).sum()
        assert sheet.surface.area / drawn.view.scale**2 == pytest.approx(metres, rel=0.01)
    assert all(sheet.is_inferred for sheet in sheets)


def test_two_perimeters_on_one_border_keep_their_lanes(
    content: MapContent, plate_of: Callable[..., Plate]
) -> None:
    """The metropolitan pact and ÉcoCité cover the same 95 communes of Lille."""
    drawn = _map(content, plate_of(style="pileup", size="16x10"))
    entries = content.payload["records"]
    both = [
        record
        for name in ("pacte-metropolitain", "ecocite")
        for record in _programme(content, name)
        if entries[record]["draw"] == "area"
    ]
    assert [len(ranks_of(entries[record])) for record in both] == [95, 95]
    outer, inner = lay(drawn, both, looks_of(content.payload), Strokes(line=1, gap=1))
    assert outer.inset.equals(outer.surface)
    assert inner.inset.within(outer.surface)
    gap = shapely.hausdorff_distance(inner.inset.exterior, inner.surface.exterior)
    assert inner.inset.exterior.distance(inner.surface.exterior) == pytest.approx(2, abs=0.2)
    assert gap >= 2


def test_towns_of_a_programme_get_one_sign_each(content: MapContent) -> None:
    """Action cœur de ville 2: the five towns that the Cerema accompanies."""
    payload = content.payload
    signs = standing_signs(_programme(content, "acv2"), payload, looks_of(payload), 1, gather=True)
    names = sorted(payload["places"]["communes"]["name"][sign.town] for sign in signs)
    assert names == ["Arras", "Creil", "Denain", "Saint-Quentin", "Soissons"]
    assert {sign.sign.glyph for sign in signs} == {"hexagon"}


def test_operations_of_one_town_are_gathered_with_their_number(content: MapContent) -> None:
    payload = content.payload
    records = _programme(content, "centres-bourgs")
    own = Counter(
        town
        for record in records
        if payload["records"][record]["kind"] == "operation"
        for town in payload["records"][record]["towns"]
    )
    signs = standing_signs(records, payload, looks_of(payload), 1, gather=True)
    told = {sign.town: len(sign.records) for sign in signs if sign.sign.glyph == "circle"}
    assert told == dict(own)
    assert {sign.sign.text for sign in signs if len(sign.records) == 3} == {"3"}


def test_pile_up_counts_the_contracts_that_the_page_counts(content: MapContent) -> None:
    payload = content.payload
    contracts = counted_contracts(payload, range(len(payload["programmes"])))
    counts = pile_up(payload, contracts)
    assert len(contracts) == 70
    assert sum(counts) == sum(len(ranks_of(payload["records"][record])) for record in contracts)
    valenciennes = payload["places"]["communes"]["code"].index("59606")
    covering = [record for record in contracts if valenciennes in ranks_of(payload["records"][record])]
    assert counts[valenciennes] == len(covering) > 5


def test_classes_are_those_of_mapclassify_and_say_what_occurs() -> None:
    counts = [1] * 40 + [2] * 60 + [3] * 30 + [7] * 20 + [8] * 10 + [15] * 5 + [30] * 2 + [0] * 9
    classes = natural_classes(counts)
    with pytest.warns(UserWarning, match="Numba") if not _has_numba() else _nothing():
        bins = mapclassify.FisherJenks([count for count in counts if count], k=5).bins
    assert [high for _, high in classes.ranges] == [int(bound) for bound in bins]
    assert classes.rank(0) == -1
    for count in set(counts) - {0}:
        low, high = classes.ranges[classes.rank(count)]
        assert low <= count <= high
    few = natural_classes([0, 1, 1, 4])
    assert (few.ranges, few.is_each) == (((1, 1), (4, 4)), True)


def _has_numba() -> bool:
    return bool(getattr(mapclassify.classifiers, "HAS_NUMBA", False))


def _nothing() -> object:
    import contextlib

    return contextlib.nullcontext()


def test_pile_up_fills_one_surface_a_class_and_zero_is_paper(plate_of: Callable[..., Plate]) -> None:
    plate = plate_of(style="pileup", size="16x10")
    fills = [
        _hex(artist.get_facecolor())
        for artist in plate.drawing.get_children()
        if hasattr(artist, "get_facecolor")
    ]
    assert LAND in fills
    used = [colour for colour in PILEUP if colour in fills]
    assert [fills.count(colour) for colour in used] == [2] * len(used)  # on the map and in the legend
    lightness = [sum(int(colour[at : at + 2], 16) for at in (1, 3, 5)) for colour in used]
    assert lightness == sorted(lightness, reverse=True)


def _hex(colour: tuple[float, ...]) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in colour[:3])


def test_scale_bar_is_true(content: MapContent, plate_of: Callable[..., Plate]) -> None:
    drawn = _map(content, plate_of(style="pileup", size="16x10"))
    metres = bar_length(drawn.view)
    assert metres in (20_000, 50_000)
    before = len(drawn.plate.drawing.get_children())
    draw_scalebar(drawn.plate.paper, drawn.view, Box(10, 10, 200, 30), 7)
    bars = drawn.plate.drawing.get_children()[before:]
    widths = [artist.get_path().get_extents().width for artist in bars if hasattr(artist, "get_path")]
    assert max(widths) == pytest.approx(metres * drawn.view.scale, abs=0.02)
    left, bottom, right, top = drawn.ground.bounds
    corners = drawn.view.points(_array([[left, bottom], [right, top]]))
    assert corners[1][0] - corners[0][0] == pytest.approx((right - left) * drawn.view.scale)
    assert corners[1][1] - corners[0][1] == pytest.approx((top - bottom) * drawn.view.scale)


def _array(points: list[list[float]]) -> object:
    import numpy as np

    return np.array(points)


def test_circles_tell_every_operation_once_and_every_known_euro_once(content: MapContent) -> None:
    payload, register = content.payload, read_register()
    costs = sort_costs(payload, range(len(payload["programmes"])))
    assert len(costs.all) == len(set(costs.all)) == 101
    assert (len(costs.known), len(costs.unknown)) == (15, 86)
    drawn = math.fsum(payload["records"][record]["total"] or 0 for record in costs.known)
    by_id = {record.id: record for record in register.records()}
    known = add_up(register, [by_id[payload["records"][record]["id"]] for record in costs.known])
    assert drawn == known.total


def test_the_surface_of_a_circle_is_its_amount() -> None:
    assert radius_of(100, 100, 30) == 30
    assert math.pi * radius_of(25, 100, 30) ** 2 == pytest.approx(math.pi * 30**2 / 4)


def test_a_cost_inside_another_one_is_no_circle(content: MapContent) -> None:
    payload = {**content.payload, "records": [dict(entry) for entry in content.payload["records"]]}
    known = sort_costs(content.payload, range(len(content.payload["programmes"]))).known
    payload["records"][known[1]]["counted"] = known[0]
    payload["records"][known[2]]["yearly"] = True
    costs = sort_costs(payload, range(len(payload["programmes"])))  # type: ignore[arg-type]
    assert costs.nested == (known[1],)
    assert costs.yearly == (known[2],)
    assert known[0] in costs.known


def test_operations_legend_counts_what_is_unknown(plate_of: Callable[..., Plate]) -> None:
    plate = plate_of(style="operations", size="16x10")
    written = " ".join(text for text, _ in plate.paper.texts)
    assert "Coût total non communiqué (86)" in written
    assert "15 opérations d’un coût total connu (1,91\u00a0Md€)" in written


def test_small_multiples_count_and_name_those_without_a_map(plate_of: Callable[..., Plate]) -> None:
    plate = plate_of(style="small-multiples", programmes=("acv", "crsd", "petites-villes-de-demain"))
    texts = [text for text, _ in plate.paper.texts]
    assert "5 contrats, 4 opérations" in texts
    assert "Sans carte, faute de périmètre dessiné (1)\u00a0: Petites villes de demain." in texts


def test_signs_of_one_town_stand_beside_each_other() -> None:
    centres, width, height = pack([3, 3, 2, 2, 4])
    shapes = [
        glyph_shape("circle", x, y, radius) for (x, y), radius in zip(centres, [3, 3, 2, 2, 4], strict=True)
    ]
    for number, shape in enumerate(shapes):
        assert all(not shape.intersects(other) for other in shapes[number + 1 :])
    left, bottom, right, top = shapely.union_all(shapes).bounds
    assert right - left <= width
    assert top - bottom <= height


@pytest.mark.thorough
def test_the_sea_is_not_the_colour_of_the_neighbours(plate_of: Callable[..., Plate]) -> None:
    """In the strait, in Belgium, in Normandie, in the region: four grounds."""
    import numpy as np
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    plate = plate_of(style="programmes", programmes=("crsd",), size="16x10")
    canvas = FigureCanvasAgg(plate.drawing)
    canvas.draw()
    seen = {
        _hex(tuple(part / 255 for part in pixel)) for pixel in np.asarray(canvas.buffer_rgba()).reshape(-1, 4)
    }
    assert {"#d5e3eb", "#eceae6", "#f1efea", "#fbfaf7"} <= seen


def test_what_lies_elsewhere_is_told_apart_from_what_is_unknown() -> None:
    """In Bretagne no contract of the register lies; those without a known perimeter stay counted as such."""
    plate = figure(style="pileup", area="region:53", size="16x10")
    written = " ".join(text for text, _ in plate.paper.texts)
    assert "8 contrats sans périmètre connu ne sont comptés nulle part." in written
    assert "Contrats dont le périmètre est hors du territoire, non comptés\u00a0: 62." in written
    assert "aucun" in written
