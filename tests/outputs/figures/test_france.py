"""The whole country on a plate: every territory is there, each in its projection, and covers no other."""

from __future__ import annotations

from functools import cache
from itertools import combinations
from typing import TYPE_CHECKING, Any

import pytest
import shapely

from geocontracts.outputs.figures.box import Box
from geocontracts.outputs.figures.costs import sort_costs
from geocontracts.outputs.figures.figure import draw_figure
from geocontracts.outputs.figures.gathered import gather
from geocontracts.outputs.figures.ground import coarsened, grounds_of
from geocontracts.outputs.figures.insets import Size, arrange, inset_times
from geocontracts.outputs.figures.options import FigureOptions
from geocontracts.places.area import find_area
from geocontracts.records.read import read_register
from geocontracts.webmap.payload import MapOptions, build_content
from tests.outputs.figures.charts import collisions, cut

if TYPE_CHECKING:
    from pathlib import Path

    from geocontracts.outputs.figures.ground import Ground
    from geocontracts.outputs.figures.insets import Slot
    from geocontracts.outputs.figures.plate import Plate
    from geocontracts.outputs.figures.view import View
    from geocontracts.webmap.payload import MapContent

DROM = ["Guadeloupe", "Martinique", "Guyane", "La Réunion", "Mayotte"]
FRAMES = [Box(0, 0, 600, 480), Box(0, 0, 540, 600), Box(0, 0, 260, 180)]


@pytest.fixture(scope="module")
def grounds() -> tuple[Ground, ...]:
    return grounds_of(find_area("france"))


@cache
def content(folder: str) -> MapContent:
    return build_content(read_register(folder), MapOptions(area="france"))


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return a list with a contract in Lille, in each DROM, and in all of Guyane."""
    rows = [
        ("Lille", "Contrat de ville", "commune:59350"),
        ("Les Abymes", "Contrat de ville", "commune:97101"),
        ("Martinique", "CRTE", "departement:972"),
        ("Guyane", "CRTE", "departement:973"),
        ("Saint-Denis", "Contrat de ville", "commune:97411"),
        ("Mayotte", "CRTE", "departement:976"),
        ("Finistère", "CRTE", "departement:29"),
    ]
    path = tmp_path_factory.mktemp("france") / "suivi.csv"
    lines = ["Intitulé;Dispositif;Territoires", *(";".join(row) for row in rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return str(path)


@cache
def plate_of(register: str, **chosen: Any) -> Plate:
    return draw_figure(content(register), FigureOptions(area="france", **chosen))


def arranged(grounds: tuple[Ground, ...], frame: Box) -> tuple[View, list[Slot]]:
    found = arrange(grounds, frame, 9, Size(6, 1))
    assert found is not None
    return found


def test_each_territory_has_its_communes_in_its_legal_projection(grounds: tuple[Ground, ...]) -> None:
    assert [(ground.territory.name, ground.territory.crs) for ground in grounds] == [
        ("France métropolitaine", 2154),
        ("Guadeloupe", 5490),
        ("Martinique", 5490),
        ("Guyane", 2972),
        ("La Réunion", 2975),
        ("Mayotte", 4471),
    ]
    assert [int(ground.members.sum()) for ground in grounds[1:]] == [32, 34, 22, 24, 17]
    assert sum(int(ground.members.sum()) for ground in grounds) == len(grounds[0].communes) == 34_875
    surfaces = {ground.territory.name: ground.surface.area / 1e6 for ground in grounds}
    assert surfaces["La Réunion"] == pytest.approx(2_504, rel=0.02)
    assert surfaces["Guyane"] == pytest.approx(83_846, rel=0.02)


@pytest.mark.parametrize("frame", FRAMES, ids=lambda frame: f"{frame.width:g}x{frame.height:g}")
def test_frames_stand_beside_the_land_at_their_scales(grounds: tuple[Ground, ...], frame: Box) -> None:
    view, slots = arranged(grounds, frame)
    land = view.place(grounds[0].surface)
    assert shapely.box(*frame).covers(land)
    for slot, ground in zip(slots, grounds[1:], strict=True):
        assert frame.holds(slot.box)
        assert not land.intersects(shapely.box(*slot.box))
        assert shapely.box(*slot.box).covers(slot.view.place(ground.surface))
        times = 0.5 if ground.territory.name == "Guyane" else 2
        assert slot.view.scale == pytest.approx(view.scale * times)
    for one, other in combinations(slots, 2):
        assert not one.box.meets(other.box)
    assert len({slot.box.left for slot in slots}) == 1 or len({slot.box.bottom for slot in slots}) == 1


@pytest.mark.parametrize("frame", FRAMES, ids=lambda frame: f"{frame.width:g}x{frame.height:g}")
def test_the_main_territory_is_the_largest_whatever_it_is(grounds: tuple[Ground, ...], frame: Box) -> None:
    guadeloupe, martinique, guyane, reunion = grounds[1:5]
    for chosen, expected in (
        ((martinique, guadeloupe, guyane, reunion), [0.3, 0.05, 0.3]),
        ((guyane, martinique, reunion), [2, 2]),
        ((reunion, martinique), [0.5]),
    ):
        view, slots = arranged(chosen, frame)
        assert [slot.view.scale / view.scale for slot in slots] == pytest.approx(expected)
        assert inset_times(chosen) == expected
        largest = side(view, chosen[0])
        assert all(
            side(slot.view, ground) < 0.7 * largest for slot, ground in zip(slots, chosen[1:], strict=True)
        )


def side(view: View, ground: Ground) -> float:
    left, bottom, right, top = view.place(ground.surface).bounds
    return max(right - left, top - bottom)


def test_small_maps_say_at_which_scales_they_are(tmp_path: Path) -> None:
    path = tmp_path / "suivi.csv"
    rows = ["Martinique;CRTE;departement:972", "Guyane;CRTE;departement:973"]
    path.write_text("\n".join(["Intitulé;Dispositif;Territoires", *rows]) + "\n", encoding="utf-8")
    found = build_content(read_register(path), MapOptions(area="records"))
    plate = draw_figure(found, FigureOptions(area="records", style="small-multiples"))
    told = " ".join(text for text, _ in plate.paper.texts)
    assert "Échelles, par rapport à la carte principale (Martinique)\u00a0: Guyane\u00a0×\u00a00,05." in told
    assert "métropole" not in told


def test_a_part_of_france_has_no_frames() -> None:
    (ground,) = grounds_of(find_area("region:01"))
    view, slots = arranged((ground,), FRAMES[0])
    assert slots == []
    assert ground.territory.crs == 5490
    assert shapely.box(*FRAMES[0]).covers(view.place(ground.surface))


def test_thinned_communes_keep_their_common_borders(grounds: tuple[Ground, ...]) -> None:
    reunion = grounds[4]
    assert coarsened(reunion, 100) is reunion
    thin = coarsened(reunion, 600)
    own = thin.communes[thin.members]
    assert shapely.coverage_is_valid(own)
    fewer = shapely.get_num_coordinates(own).sum() / shapely.get_num_coordinates(reunion.communes).sum()
    assert fewer < 0.7
    assert thin.surface.area == pytest.approx(reunion.surface.area, rel=0.01)


STYLES: list[dict[str, Any]] = [
    {"style": "pileup"},
    {"style": "pileup", "portrait": True},
    {"style": "pileup", "size": "16x10"},
    {"style": "overview"},
    {"style": "overview", "size": "16x10"},
    {"style": "programmes", "programmes": ("CRTE",), "portrait": True},
    {"style": "small-multiples"},
]


@pytest.mark.parametrize(
    "chosen",
    [
        pytest.param(each, marks=[] if rank in (0, 4) else [pytest.mark.thorough])
        for rank, each in enumerate(STYLES)
    ],
    ids=lambda chosen: " ".join(map(str, chosen.values())),
)
@pytest.mark.thorough
def test_no_text_meets_another_or_leaves_the_paper(register: str, chosen: dict[str, Any]) -> None:
    plate = plate_of(register, **chosen)
    assert collisions(plate) == []
    assert cut(plate) == []
    texts = [text for text, _ in plate.paper.texts]
    if chosen["style"] != "small-multiples":
        captions = texts[-2 * len(DROM) :]  # a name and a length each, over everything else
        assert captions[::2] == DROM
        assert all(text.endswith("\u00a0km") for text in captions[1::2])
    else:
        assert "Outre-mer, par rapport à la métropole" in " ".join(texts)


@pytest.mark.thorough
def test_counts_are_those_of_the_whole_area(register: str) -> None:
    """54 communes: Lille, Les Abymes, Saint-Denis, 34 + 22 + 17 of three DROM, and the Finistère."""
    plate = plate_of(register, style="pileup")
    finistere = len(find_area("departement:29").communes)
    texts = [text.replace("\u202f", "") for text, _ in plate.paper.texts]
    assert str(3 + 34 + 22 + 17 + finistere) in texts
    assert str(34_875 - (3 + 34 + 22 + 17 + finistere)) in texts
    assert "EPSG:2154)\u00a0; outre-mer, projections légales (EPSG:5490, 2972, 2975, 4471)" in " ".join(texts)


@pytest.mark.thorough
def test_every_sign_of_a_programme_stands_in_its_own_frame(register: str) -> None:
    """The contracts of Martinique, Guyane and Mayotte have their numbers there."""
    plate = plate_of(register, style="programmes", programmes=("CRTE",), portrait=True)
    boxes = dict(plate.paper.texts)
    numbers = {text: box for text, box in plate.paper.texts if text in "1234"}
    for number, name in zip("123", ("Martinique", "Guyane", "Mayotte"), strict=True):
        found, title = numbers[number], boxes[name]
        assert found.top < title.bottom + 1
        assert abs((found.left + found.right) / 2 - title.left) < 130


@pytest.mark.thorough
def test_too_many_operations_are_summed_by_departement(tmp_path: Path) -> None:
    """700 operations of 1,000 euros, in Lille and in Saint-Denis, and one of unknown cost."""
    rows = [
        f"Opération {rank};Aides;commune:{'59350' if rank % 2 else '97411'};{'' if rank == 0 else 1000}"
        for rank in range(701)
    ]
    path = tmp_path / "aides.csv"
    path.write_text(
        "\n".join(["Intitulé;Dispositif;Territoires;Coût total (€)", *rows]) + "\n", encoding="utf-8"
    )
    found = build_content(read_register(path), MapOptions(area="france"))
    for entry in found.payload["records"]:
        entry["kind"], entry["draw"] = "operation", "towns"
        entry["towns"] = [entry["communes"][0]]
    plate = draw_figure(found, FigureOptions(area="france", style="operations"))
    groups = gather(plate, sort_costs(found.payload, plate.chosen))
    assert groups is not None
    assert groups.unit == "departement"
    codes = found.payload["places"]["communes"]["code"]
    totals = {codes[town][:3].rstrip("0"): groups.total(found.payload, town) for town in groups.records}
    assert sorted(totals.values()) == [350_000.0, 350_000.0]
    assert "Coût total connu des opérations, par département" in " ".join(
        text for text, _ in plate.paper.texts
    )
