"""Pictures of figures: plates need no browser."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import geocontracts as gc

if TYPE_CHECKING:
    from pathlib import Path

_DPI = 110


def take_figure(path: Path, **chosen: Any) -> None:
    """Write a plate of the bundled register."""
    gc.figure(**chosen, dpi=_DPI).save(path)
