"""Say whether two pictures show the same thing, though fonts and libraries draw them a little otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

if TYPE_CHECKING:
    from pathlib import Path

_COARSE = 8  # pixels a side that become one: letters blur, areas and blocks of text stay
_SEEN = 24  # of 255, from which a coarse pixel differs
_MANY = 0.03  # of the coarse pixels: more than that is another picture
_SIDE = 2  # pixels by which a side may differ


@dataclass(frozen=True)
class Likeness:
    """How far two pictures differ: `share` of the coarse pixels, 1 where their sizes do."""

    share: float

    @property
    def is_same(self) -> bool:
        """Say whether both show the same thing."""
        return self.share <= _MANY


def compare_pictures(one: Path, other: Path) -> Likeness:
    """Return how far two picture files differ."""
    with Image.open(one) as first, Image.open(other) as second:
        if any(abs(a - b) > _SIDE for a, b in zip(first.size, second.size, strict=True)):
            return Likeness(1.0)
        size = (max(first.width // _COARSE, 1), max(first.height // _COARSE, 1))
        grounds = [
            np.asarray(picture.convert("RGB").resize(size, Image.Resampling.BOX), dtype=np.int16)
            for picture in (first, second)
        ]
    far = np.abs(grounds[0] - grounds[1]).max(axis=2) > _SEEN
    return Likeness(float(far.mean()))
