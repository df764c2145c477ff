"""Where the data that comes with the package lies, however the package was installed."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).parent


def data_dir() -> Path:
    """Return the folder of the bundled register; `boundaries/` lies in it.

    A wheel carries it inside the package; a checkout (editable install) has it
    beside the package.
    """
    inside = PACKAGE / "_data"
    return inside if inside.is_dir() else PACKAGE.parent / "data"


def boundaries_dir() -> Path:
    """Return the folder of the bundled boundaries and place names."""
    return data_dir() / "boundaries"
