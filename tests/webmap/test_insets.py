"""The DROM stand in frames beside the métropole: true inside, out of the way of everything else."""

from __future__ import annotations

import math
from functools import cache
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

import pytest

from geocontracts.places.area import Area, find_area
from geocontracts.places.gazetteer import load_gazetteer
from geocontracts.places.territories import METROPOLE, territories_of
from geocontracts.webmap.ground import build_ground
from geocontracts.webmap.insets import Apart, place_insets

if TYPE_CHECKING:
    from geocontracts.webmap.contract import Inset
    from geocontracts.webmap.ground import Ground

Box = tuple[float, float, float, float]
BITS = 13


@cache
def ground(area: str = "france") -> Ground:
    return build_ground(find_area(area), "fr")


def mercator(lat: float) -> float:
    return math.degrees(math.asinh(math.tan(math.radians(lat))))


def degrees(bounds: tuple[int, int, int, int], bits: int) -> Box:
    """Return a rectangle of grid units in degrees of the equator, as it lies on a Mercator map."""
    left, bottom, right, top = (value / 2**bits for value in bounds)
    return left, mercator(bottom), right, mercator(top)


def drawn(inset: Inset, bits: int) -> Box:
    """Return where the land of a frame is drawn."""
    left, bottom, right, top = degrees(inset["bounds"], bits)
    x, y = inset["centre"][0] / 2**bits, mercator(inset["centre"][1] / 2**bits)
    wide, high = (right - left) * inset["scale"] / 2, (top - bottom) * inset["scale"] / 2
    return x - wide, y - high, x + wide, y + high


def grid(*bounds: float) -> tuple[int, int, int, int]:
    """Return degrees in grid units."""
    left, bottom, right, top = (round(value * 2**BITS) for value in bounds)
    return left, bottom, right, top


def tall(bounds: tuple[int, int, int, int]) -> float:
    _, bottom, _, top = degrees(bounds, BITS)
    return top - bottom


def is_apart(a: Box, b: Box) -> bool:
    return a[2] < b[0] or b[2] < a[0] or a[3] < b[1] or b[3] < a[1]


MAIN = grid(-5, 41, 9, 51)
ISLAND = Apart("974", "an island", grid(55.2, -21.4, 55.8, -20.8))
CAPE = Apart("971", "twice as wide as high", grid(-62, 16, -61, 16.5))


def test_each_drom_has_a_frame() -> None:
    assert [(each["code"], each["name"]) for each in ground().grid["insets"]] == [
        ("971", "Guadeloupe"),
        ("972", "Martinique"),
        ("973", "Guyane"),
        ("974", "La Réunion"),
        ("976", "Mayotte"),
    ]


@pytest.mark.parametrize("area", ["region:32", "departement:974", "epci:200067106"])
def test_one_territory_alone_needs_none(area: str) -> None:
    assert ground(area).grid["insets"] == []


def test_bounds_hold_the_ground_of_their_own_territory_and_no_other() -> None:
    places, grid = ground().places, ground().grid
    codes = places["communes"]["code"]
    for inset in grid["insets"]:
        left, bottom, right, top = inset["bounds"]
        inside = {
            code
            for code, x, y in zip(codes, places["communes"]["x"], places["communes"]["y"], strict=True)
            if left <= x <= right and bottom <= y <= top
        }
        assert inside == {code for code in codes if code.startswith(inset["code"])}, inset["name"]


def test_land_stays_in_its_frame_with_room_for_name_and_scale() -> None:
    bits = ground().grid["bits"]
    for inset in ground().grid["insets"]:
        land, frame = drawn(inset, bits), degrees(inset["frame"], bits)
        assert frame[0] < land[0] < land[2] < frame[2], inset["name"]
        assert land[1] - frame[1] > 0.3, inset["name"]  # Mercator degrees: 14 px where France is 690 px high
        assert frame[3] - land[3] > 0.4, inset["name"]


def test_frames_keep_clear_of_one_another_and_of_the_metropole() -> None:
    grid = ground().grid
    frames = [degrees(each["frame"], grid["bits"]) for each in grid["insets"]]
    for one, other in combinations(frames, 2):
        assert is_apart(one, other)
    metropole = (-5.14, mercator(41.33), 9.56, mercator(51.09))
    assert all(is_apart(frame, metropole) for frame in frames)
    top, bottom = max(frame[3] for frame in frames), min(frame[1] for frame in frames)
    assert bottom >= metropole[1] - 0.01
    assert top <= metropole[3] + 0.01


def test_bounds_of_the_picture_hold_all_frames() -> None:
    grid = ground().grid
    left, bottom, right, top = grid["bounds"]
    for frame in (each["frame"] for each in grid["insets"]):
        assert left <= frame[0] < frame[2] <= right
        assert bottom <= frame[1] < frame[3] <= top
    assert (round(left / 2 ** grid["bits"], 1), round(right / 2 ** grid["bits"], 1)) == (-8.1, 9.6)


def test_islands_share_a_round_scale_and_guyane_has_its_own() -> None:
    times = {each["name"]: each["times"] for each in ground().grid["insets"]}
    assert times == {"Guadeloupe": 1.5, "Martinique": 1.5, "Guyane": 0.5, "La Réunion": 1.5, "Mayotte": 1.5}


def test_the_scale_is_that_of_the_ground() -> None:
    """A kilometre in Mayotte is drawn 1.5 times as long as one in the middle of the métropole."""
    middle = math.atan(math.sinh(math.radians((mercator(41.3342) + mercator(51.089)) / 2)))
    for inset in ground().grid["insets"]:
        _, bottom, _, top = degrees(inset["bounds"], ground().grid["bits"])
        own = math.atan(math.sinh(math.radians((bottom + top) / 2)))
        true = inset["scale"] * math.cos(middle) / math.cos(own)
        assert true == pytest.approx(inset["times"], rel=0.001), inset["name"]


def test_room_above_the_land_is_for_the_name_and_room_below_for_the_scale() -> None:
    """Of the height of the main territory 0.036 and 0.03, and 0.04 of the width of the frame on each side."""
    high = tall(MAIN)
    for inset in place_insets(MAIN, [ISLAND, CAPE], BITS):
        land, frame = drawn(inset, BITS), degrees(inset["frame"], BITS)
        padding = 0.04 * (frame[2] - frame[0])
        assert frame[3] - land[3] == pytest.approx(0.036 * high + padding, abs=0.001)
        assert land[1] - frame[1] == pytest.approx(0.03 * high + padding, abs=0.001)
        assert land[0] - frame[0] == pytest.approx(frame[2] - land[2], abs=0.001)


@pytest.mark.parametrize(("count", "is_full"), [(2, False), (3, False), (8, True)])
def test_frames_stand_at_equal_gaps_in_the_middle_of_the_column(count: int, is_full: bool) -> None:  # noqa: FBT001
    """The gaps are 0.04 of the height of the main territory, or what is left of it by many frames."""
    frames = [degrees(each["frame"], BITS) for each in place_insets(MAIN, [CAPE] * count, BITS)]
    _, bottom, _, top = degrees(MAIN, BITS)
    between = [upper[1] - lower[3] for upper, lower in pairwise(frames)]
    used = sum(frame[3] - frame[1] for frame in frames)
    expected = (top - bottom - used) / (count - 1) if is_full else 0.04 * (top - bottom)
    assert between == pytest.approx([expected] * (count - 1), abs=0.001)
    assert expected > 0.01 * (top - bottom)
    assert top - frames[0][3] == pytest.approx(frames[-1][1] - bottom, abs=0.001)
    assert (abs(top - frames[0][3]) < 0.001) == is_full


def test_no_more_frames_are_made_than_have_room() -> None:
    """France has five territories overseas that are drawn; ten would still have land in their frames."""
    frames = [degrees(each["frame"], BITS) for each in place_insets(MAIN, [CAPE] * 10, BITS)]
    assert all(upper[1] > lower[3] for upper, lower in pairwise(frames))
    with pytest.raises(ValueError, match="at most 10 territories have room beside the main one, not 11"):
        place_insets(MAIN, [CAPE] * 11, BITS)


def test_a_wide_and_low_main_territory_counts_as_half_as_high_as_wide() -> None:
    """Else the frames beside it would be too small to be read."""
    low = grid(0, 45, 20, 46)
    assert tall(low) < 2
    (inset,) = place_insets(low, [ISLAND], BITS)
    frame = degrees(inset["frame"], BITS)
    assert frame[2] - frame[0] == pytest.approx(0.178 * 10, abs=0.001)
    assert frame[2] == pytest.approx(-2 * 0.02 * 10, abs=0.001)


def test_a_small_main_territory_has_small_frames() -> None:
    """Nord beside La Réunion: the frame follows the size of what it stands beside."""
    places = load_gazetteer()
    both = [place for code in ("59", "974") if (place := places.get("departement", code))]
    communes = tuple(sorted(number for place in both for number in places.communes_of(place)))
    grid = build_ground(Area("extent", "59+974", "Nord, La Réunion", communes), "fr").grid
    (inset,) = grid["insets"]
    frame = degrees(inset["frame"], grid["bits"])
    assert frame[3] - frame[1] < mercator(51.09) - mercator(49.97)
    assert inset["times"] < 1
    assert {
        each["region"] for each in build_ground(find_area("departement:974"), "fr").places["context"]
    } == set()


def test_territories_are_the_metropole_first_then_the_drom() -> None:
    found = territories_of(range(load_gazetteer().commune_count))
    assert [(each.code, each.crs) for each in found] == [
        ("FR", 2154),
        ("971", 5490),
        ("972", 5490),
        ("973", 2972),
        ("974", 2975),
        ("976", 4471),
    ]
    assert [len(found[each]) for each in [*found][1:]] == [32, 34, 22, 24, 17]
    assert len(found[METROPOLE]) == 34_875 - 129


def test_without_the_metropole_the_main_one_has_the_most_communes() -> None:
    places = load_gazetteer()
    both = [place for code in ("973", "972") if (place := places.get("departement", code))]
    assert [
        each.name for each in territories_of([n for place in both for n in places.communes_of(place)])
    ] == [
        "Martinique",
        "Guyane",
    ]
