"""What the tests of charts ask of a plate."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geocontracts.outputs.figures.plate import Plate

_TOUCH = 0.6  # points: rooms of texts count accents and tails that few letters have


def words_of(plate: Plate) -> str:
    """Return all that is written on a plate, in its order, with one space between any two words."""
    return " ".join(" ".join(text for text, _ in plate.paper.texts).split())


def collisions(plate: Plate) -> list[tuple[str, str]]:
    """Return the texts that lie on each other."""
    texts = [(text, box.grown(-_TOUCH)) for text, box in plate.paper.texts]
    return [
        (text, other)
        for rank, (text, box) in enumerate(texts)
        for other, place in texts[rank + 1 :]
        if box.meets(place)
    ]


def cut(plate: Plate) -> list[str]:
    """Return the texts that leave the paper."""
    return [text for text, box in plate.paper.texts if not plate.paper.box.holds(box)]


def smallest(plate: Plate) -> float:
    """Return the size of the smallest letters, in points."""
    from matplotlib.text import Text

    return min(float(text.get_fontsize()) for text in plate.drawing.findobj(Text))
