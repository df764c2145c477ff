"""A figure that does not fit its paper, and on which one it would."""

from __future__ import annotations

from geocontracts.errors import UnknownOptionError

SIZES = ("12x10", "16x10", "16x12", "16x16", "16x22", "a4", "a3")
"""What is proposed, from the smallest on."""


class CrowdedError(UnknownOptionError):
    """A figure that does not fit the size that was asked for."""


class FittingError(Exception):
    """What a trial ends with when everything fits: nothing is drawn on."""
