"""Where the sources are, and how patient to be with them."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, TypeAlias
from urllib.parse import urlsplit

from geocontracts.places.fresh.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Mapping

Source: TypeAlias = Literal["etalab", "ign"]

_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_VARIABLES: Mapping[Source, str] = {"etalab": "GEOCONTRACTS_ETALAB", "ign": "GEOCONTRACTS_IGN"}
DETAILS: Mapping[Source, tuple[str, ...]] = {
    "etalab": ("1000m", "100m", "50m", "5m"),
    "ign": ("pe", "carto", "full"),
}
"""Details that each source has, the coarsest first; `pe` is IGN's "petite échelle"."""
DEFAULT_DETAIL: Mapping[Source, str] = {"etalab": "100m", "ign": "pe"}


@dataclass(frozen=True)
class Settings:
    """Addresses and limits; times are seconds, sizes bytes."""

    etalab: str = "https://contours-administratifs.s3.rbx.io.cloud.ovh.net"
    """Folder of Etalab's contours, above the years."""
    ign: str = "https://data.geopf.fr/wfs/ows"
    """IGN's WFS."""
    connect_timeout: float = 10.0
    read_timeout: float = 60.0
    """Longest silence in the middle of an answer."""
    total_timeout: float = 900.0
    """Longest time for one file."""
    tries: int = 4
    first_wait: float = 1.0
    """Before the second try; it doubles for each of the next."""
    longest_wait: float = 120.0
    """Of what a server may ask for; beyond, the user is told to come back."""
    requests_per_second: float = 30.0
    """IGN's limit for one address."""
    largest_file: int = 1_000_000_000
    largest_text: int = 3_000_000_000
    """Of a file once it is unpacked."""
    page: int = 5000
    """IGN's largest number of features in an answer."""

    def base(self, source: Source) -> str:
        """Return the address of a source, without a slash at its end.

        Raises:
            SourceError: it is not https (or this machine), or holds a password.
        """
        address = {"etalab": self.etalab, "ign": self.ign}[source].rstrip("/")
        check_address(address)
        return address

    def with_base(self, source: Source, address: str | None) -> Settings:
        """Return the settings with another address for a source, if one is given."""
        if not address:
            return self
        return replace(self, etalab=address) if source == "etalab" else replace(self, ign=address)


def read_settings(source: Source, address: str | None = None) -> Settings:
    """Return the settings, with the address given, else that of the environment, else the usual one."""
    return Settings().with_base(source, address or os.environ.get(_VARIABLES[source]))


def check_address(address: str) -> None:
    """Refuse what is neither https nor this machine, and addresses that hold a password.

    Raises:
        SourceError: the address is refused.
    """
    try:
        parts = urlsplit(address)
        host, user, _port = parts.hostname, parts.username, parts.port
    except ValueError:
        # Its words may quote the password.
        raise SourceError("source-address", address=without_user(address)) from None
    secure = parts.scheme == "https" or (parts.scheme == "http" and host in _LOOPBACK)
    if not secure or not host or user is not None:
        raise SourceError("source-address", address=without_user(address))


def without_user(address: str) -> str:
    """Return an address as it may be printed: nothing of what stands before its last @ but the scheme.

    >>> without_user("https://u:p/4ss@x.example/a")
    'https://…@x.example/a'
    """
    before, at, rest = re.sub("[＠﹫]", "@", address).rpartition("@")
    scheme, mark, _ = before.partition("://")
    return f"{scheme}{mark}…@{rest}" if at and mark else f"…@{rest}" if at else address
