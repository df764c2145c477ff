"""The gallery: every picture is there, told in the index, and one that shows something else is noticed."""

from pathlib import Path

import numpy as np
import pytest
from build_gallery import index_page
from gallery.likeness import compare_pictures
from gallery.pictures import PICTURES
from PIL import Image

MAPS = Path(__file__).parents[1] / "maps"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return tmp_path / "copy.png"


def pixels(name: str) -> np.ndarray:
    with Image.open(MAPS / name) as picture:
        return np.asarray(picture.convert("RGB")).copy()


def test_every_picture_is_kept_and_shown() -> None:
    assert {f"{picture.name}.png" for picture in PICTURES} == {path.name for path in MAPS.glob("*.png")}
    assert (MAPS / "README.md").read_text(encoding="utf-8") == index_page()


def test_a_picture_that_moved_by_a_pixel_shows_the_same(copy: Path) -> None:
    Image.fromarray(np.roll(pixels("figure-cumul.png"), 1, axis=1)).save(copy)
    assert compare_pictures(MAPS / "figure-cumul.png", copy).is_same


def test_another_map_or_a_part_that_is_gone_is_noticed(copy: Path) -> None:
    assert not compare_pictures(MAPS / "figure-cumul.png", MAPS / "figure-operations.png").is_same
    without = pixels("figure-cumul.png")
    without[:300, 950:] = 255  # the legend
    without[100:300, 250:600] = 255  # and a quarter of the map
    Image.fromarray(without).save(copy)
    assert not compare_pictures(MAPS / "figure-cumul.png", copy).is_same


def test_another_size_is_another_picture(copy: Path) -> None:
    Image.fromarray(pixels("figure-frise.png")[:-10]).save(copy)
    assert compare_pictures(MAPS / "figure-frise.png", copy).share == 1.0
