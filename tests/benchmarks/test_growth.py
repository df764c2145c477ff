"""The powers of growth, the frames of a move, the made-up register and area: from given numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from benchmarks.areas import TEN_THOUSAND, find
from benchmarks.growth import COMMUNES, exponents
from benchmarks.largest import largest
from benchmarks.moves import summary
from benchmarks.national import write_national
from geocontracts.records.read import read_register

if TYPE_CHECKING:
    from pathlib import Path


def test_the_power_of_a_growth() -> None:
    assert exponents([(50, 7.0), (500, 7.0), (5_000, 70.0)]) == pytest.approx([0, 1])
    assert exponents([(10, 1.0), (40, 2.0), (80, 8.0)]) == pytest.approx([0.5, 2])
    assert exponents([(10, 1.0)]) == []


def test_the_areas_have_the_communes_that_are_said() -> None:
    assert [len(find(area).communes) for _, area in COMMUNES] == [size for size, _ in COMMUNES]
    assert find(TEN_THOUSAND).numbers > find("region:32").numbers


def test_idle_frames_do_not_hide_the_slow_ones() -> None:
    smooth, slow, idle = (16.7, True), (116.7, True), (16.7, False)
    found = summary([[*[smooth] * 8, slow, *[idle] * 20]] * 20)
    assert found["frame_p95_ms"] == [116.7]
    assert found["all_p95_ms"] == [16.7]
    assert found["jank_s"][0] == pytest.approx(20 * 0.1, abs=0.01)
    assert (found["worst_frame_ms"], found["moves"]) == ([116.7], [20])


def test_a_map_that_does_not_move_is_no_smooth_map() -> None:
    with pytest.raises(RuntimeError, match="no move"):
        summary([])


def test_the_largest_layer_is_the_programme_that_covers_the_most_communes() -> None:
    programme, communes = largest(read_register(), find("region:32"))
    # By contracts of its départements; those of the whole région do not count.
    assert (programme.id, communes) == ("cper", 3_782)
    programme, communes = largest(read_register(), find("departement:62"))
    assert communes < 890 * 0.9


def test_a_made_up_register_is_the_same_for_the_same_seed(tmp_path: Path) -> None:
    for folder, seed in (("one", 1), ("again", 1), ("other", 2)):
        write_national(tmp_path / folder, 30, 120, seed)
    texts = {
        folder: [path.read_bytes() for path in sorted((tmp_path / folder).iterdir())]
        for folder in ("one", "again", "other")
    }
    assert texts["one"] == texts["again"] != texts["other"]
    register = read_register(tmp_path / "one")
    assert (len(register.contracts), len(register.operations)) == (30, 120)
