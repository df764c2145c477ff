"""The hues of the families stay apart for colour-blind readers, on the light ground and on the dark one."""

from __future__ import annotations

import math
from itertools import combinations
from typing import TYPE_CHECKING

import pytest

from geocontracts.records.schema import load_schema
from geocontracts.webmap.style import build_families

if TYPE_CHECKING:
    from geocontracts.webmap.contract import Family

Triple = tuple[float, float, float]
Matrix = tuple[Triple, Triple, Triple]

# CIEDE2000; from about 10 on two colours are told apart in thin lines at a glance. Before, blue
# and violet were 1 apart, red and grey 3.
LEAST = 13.0

# Machado, Oliveira and Fernandes (2009), severity 1: on linear sRGB.
VISIONS: dict[str, Matrix] = {
    "typical": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
# Linear sRGB to XYZ, and the white of D65.
TO_XYZ: Matrix = (
    (0.4124564, 0.3575761, 0.1804375),
    (0.2126729, 0.7151522, 0.0721750),
    (0.0193339, 0.1191920, 0.9503041),
)
WHITE: Triple = (0.95047, 1.0, 1.08883)


def times(matrix: Matrix, vector: Triple) -> Triple:
    first, second, third = (sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix)
    return first, second, third


def linear(colour: str) -> Triple:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (x / 12.92 if x <= 0.04045 else ((x + 0.055) / 1.055) ** 2.4 for x in parts)
    return red, green, blue


def seen(colour: str, vision: Matrix) -> Triple:
    """Return a colour as it is seen, in CIELAB."""
    red, green, blue = (min(1.0, max(0.0, part)) for part in times(vision, linear(colour)))
    shares = (part / white for part, white in zip(times(TO_XYZ, (red, green, blue)), WHITE, strict=True))
    x, y, z = (t ** (1 / 3) if t > 216 / 24389 else (24389 / 27 * t + 16) / 116 for t in shares)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _hue(b: float, a: float) -> float:
    return math.degrees(math.atan2(b, a)) % 360


def _cos(degrees: float) -> float:
    return math.cos(math.radians(degrees))


def _middle(h1: float, h2: float) -> float:
    if abs(h1 - h2) <= 180:
        return (h1 + h2) / 2
    return (h1 + h2 + (360 if h1 + h2 < 360 else -360)) / 2


def _seventh(chroma: float) -> float:
    return math.sqrt(chroma**7 / (chroma**7 + 25**7))


def ciede2000(one: Triple, other: Triple) -> float:
    """Return how far two colours of CIELAB are apart (Sharma, Wu and Dalal, 2005)."""
    (l1, a1, b1), (l2, a2, b2) = one, other
    grow = 1.5 - 0.5 * _seventh((math.hypot(a1, b1) + math.hypot(a2, b2)) / 2)
    c1, c2 = math.hypot(a1 * grow, b1), math.hypot(a2 * grow, b2)
    h1, h2 = _hue(b1, a1 * grow), _hue(b2, a2 * grow)
    turn = (h2 - h1 + 180) % 360 - 180
    hue = 2 * math.sqrt(c1 * c2) * math.sin(math.radians(turn / 2))
    light, chroma, h = (l1 + l2) / 2, (c1 + c2) / 2, _middle(h1, h2)
    t = 1 - 0.17 * _cos(h - 30) + 0.24 * _cos(2 * h) + 0.32 * _cos(3 * h + 6) - 0.20 * _cos(4 * h - 63)
    dl = (l2 - l1) / (1 + 0.015 * (light - 50) ** 2 / math.sqrt(20 + (light - 50) ** 2))
    dc = (c2 - c1) / (1 + 0.045 * chroma)
    dh = hue / (1 + 0.015 * chroma * t)
    bent = -2 * _seventh(chroma) * math.sin(math.radians(60 * math.exp(-(((h - 275) / 25) ** 2))))
    return math.sqrt(dl**2 + dc**2 + dh**2 + bent * dc * dh)


@pytest.mark.parametrize(
    ("one", "other", "apart"),  # of the pairs that the authors give to check a program with
    [
        ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
        ((50, 2.5, 0), (73, 25, -18), 27.1492),
        ((22.7233, 20.0904, -46.6940), (23.0331, 14.9730, -42.5619), 2.0373),
        ((90.8027, -2.0831, 1.4410), (91.1528, -1.6435, 0.0447), 1.4441),
        ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
    ],
)
def test_the_distance_is_that_of_its_authors(one: Triple, other: Triple, apart: float) -> None:
    assert ciede2000(one, other) == pytest.approx(apart, abs=5e-5)
    assert ciede2000(other, one) == pytest.approx(apart, abs=5e-5)


def every_family() -> list[Family]:
    """Return all families that a register can have, and that of programmes without one."""
    known = load_schema()["programmes"].field("family").choices
    families = build_families([*known, "one that is not known"], "fr")
    assert {family["id"] for family in families} == {*known, "autres"}
    return families


@pytest.mark.parametrize("vision", VISIONS)
@pytest.mark.parametrize("shade", ["light", "dark"])
def test_no_two_families_merge(shade: str, vision: str) -> None:
    hues = {f["id"]: seen(f[shade], VISIONS[vision]) for f in every_family()}  # type: ignore[literal-required]
    near = [
        f"{one} and {other}: {ciede2000(hues[one], hues[other]):.1f}"
        for one, other in combinations(hues, 2)
        if ciede2000(hues[one], hues[other]) < LEAST
    ]
    assert near == []


def test_colours_that_merge_are_found_out() -> None:
    blue, violet = (seen(colour, VISIONS["deuteranopia"]) for colour in ("#8fb3f7", "#bba3f2"))
    assert ciede2000(blue, violet) < 2
