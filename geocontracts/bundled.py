"""Where the data lies: what comes with the package, and the fresher places of this user."""

from __future__ import annotations

import hashlib
import json
import os
import re
import zipfile
import zlib
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from geocontracts.errors import MissingDataError
from geocontracts.files import read_small

if TYPE_CHECKING:
    from collections.abc import Iterator

SET_FILES = (
    "arrondissements.parquet",
    "communes.parquet",
    "departements.parquet",
    "epci.parquet",
    "history.tsv.gz",
    "places.tsv.gz",
    "regions.parquet",
    "topology.npz",
)
"""What a set of places consists of, beside its `manifest.json`."""
PACKAGE = Path(__file__).parent
SET_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
"""What the name of a set of places looks like; it is also the name of its folder."""


def data_dir() -> Path:
    """Return the folder of the bundled register; `boundaries/` lies in it.

    A wheel carries it inside the package; a checkout (editable install) has it
    beside the package.
    """
    inside = PACKAGE / "_data"
    return inside if inside.is_dir() else PACKAGE.parent / "data"


def bundled_boundaries_dir() -> Path:
    """Return the folder of the boundaries and place names that come with the package."""
    return data_dir() / "boundaries"


def places_dir() -> Path:
    """Return the folder of this user's fresher places, which may not exist.

    `GEOCONTRACTS_CACHE` stands for the user's cache folder of geocontracts.
    """
    given = os.environ.get("GEOCONTRACTS_CACHE")
    if given:
        return Path(given) / "places"
    import platformdirs

    return platformdirs.user_cache_path("geocontracts") / "places"


@cache
def boundaries_dir() -> Path:
    """Return the folder of the boundaries and place names in use: the bundled ones, or a fresher set.

    The answer holds for the whole process, so that tables and boundaries are of
    one set even when another process switches meanwhile. Of a fresher set, the
    sizes of its files are compared with its manifest.

    Raises:
        MissingDataError: the set that was chosen is not there, or not whole.
    """
    name = name_in_use()
    if name is None:
        return bundled_boundaries_dir()
    folder = places_dir() / "sets" / name
    if not _is_whole(folder):
        raise MissingDataError("places-damaged", name=name, folder=str(folder))
    return folder


@cache
def place_file(name: str) -> Path:
    """Return a file of the places in use; of a fresher set, one whose content is what was built.

    Raises:
        MissingDataError: the file is missing, or was changed since.
    """
    folder = boundaries_dir()
    path = folder / name
    if folder != bundled_boundaries_dir():
        try:
            files = json.loads(read_small(folder / "manifest.json"))["files"]
            (told,) = (file["sha256"] for file in files if file["name"] == name)
            with path.open("rb") as stream:
                is_whole = hashlib.file_digest(stream, "sha256").hexdigest() == told
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            is_whole = False
        if not is_whole:
            raise MissingDataError("places-damaged", name=folder.name, folder=str(folder))
    return path


@contextmanager
def faults_told(path: Path) -> Iterator[None]:
    """Say of a file that comes with the package that it is missing or damaged.

    Raises:
        MissingDataError: what is read of it cannot be.
    """
    try:
        yield
    except FileNotFoundError as error:
        raise MissingDataError("data-missing", file=str(path)) from error
    except (OSError, ValueError, KeyError, EOFError, zlib.error, zipfile.BadZipFile) as error:
        raise MissingDataError("data-damaged", file=str(path)) from error


def name_in_use() -> str | None:
    """Return the name of the set that was chosen, or None for the bundled one.

    Raises:
        MissingDataError: the note of the choice cannot be read.
    """
    path = places_dir() / "in-use.json"
    try:
        name = json.loads(read_small(path))["name"]
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise MissingDataError("places-choice-damaged", file=str(path)) from error
    if not isinstance(name, str) or not SET_NAME.fullmatch(name):
        raise MissingDataError("places-choice-damaged", file=str(path))
    return None if name == "bundled" else name


def _is_whole(folder: Path) -> bool:
    """Tell whether a set has all its files, each of the size that its manifest says."""
    try:
        files = json.loads(read_small(folder / "manifest.json"))["files"]
        sizes = {file["name"]: file["bytes"] for file in files}
        return all((folder / name).stat().st_size == sizes[name] for name in SET_FILES)
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return False
