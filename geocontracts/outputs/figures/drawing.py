"""Matplotlib, which draws, without what this machine or its user tell it: a plate is the same everywhere."""

from __future__ import annotations

import logging
import os
import sys
from contextlib import chdir, contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from geocontracts.errors import MissingExtraError
from geocontracts.extras import need

if TYPE_CHECKING:
    from collections.abc import Iterator


def need_matplotlib() -> None:
    """Import matplotlib, also where settings of the user keep it from that.

    They are a backend that it does not know (MPLBACKEND), or a file `matplotlibrc`, be it in the working
    folder, that it cannot read. Where it can, they stay: others may draw in this process. None reaches our
    plates (`write.house_style`).

    Raises:
        MissingExtraError: it is not installed.
    """
    if sys.modules.get("matplotlib"):
        return
    try:
        with _unheard("matplotlib"):
            need("matplotlib", "figures")
    except MissingExtraError:
        raise
    except Exception:  # noqa: BLE001 - whatever the settings bring about; without them, it is told
        for name in [name for name in sys.modules if name.partition(".")[0] == "matplotlib"]:
            del sys.modules[name]
        with chdir(_own_settings()), _environment({"MPLBACKEND": "agg"}):  # it looks here before elsewhere
            need("matplotlib", "figures")


def _own_settings() -> Path:
    """Return the folder of the settings file that comes with matplotlib."""
    spec = find_spec("matplotlib")
    places = spec.submodule_search_locations if spec else None
    return Path(places[0], "mpl-data") if places else Path()


@contextmanager
def _unheard(name: str) -> Iterator[None]:
    """Keep a library from telling people of settings that change nothing here."""
    silent, logger = logging.NullHandler(), logging.getLogger(name)
    logger.addHandler(silent)
    try:
        yield
    finally:
        logger.removeHandler(silent)


@contextmanager
def undated() -> Iterator[None]:
    """Let nobody date what is written: the dates of a plate are those of its sources.

    SOURCE_DATE_EPOCH, by which builds are dated, is read even where no date is asked for.
    """
    with _environment({"SOURCE_DATE_EPOCH": None}):
        yield


@contextmanager
def _environment(told: dict[str, str | None]) -> Iterator[None]:
    """Set variables, or take them away, for the time."""
    before = {name: os.environ.get(name) for name in told}
    _set(told)
    try:
        yield
    finally:
        _set(before)


def _set(variables: dict[str, str | None]) -> None:
    for name, value in variables.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value
