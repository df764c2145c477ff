"""What the machine says of the way to the network: a proxy and certificates, of which either may be wrong."""

from __future__ import annotations

import os
import ssl
from pathlib import Path

import requests

from geocontracts.places.fresh.errors import SourceError
from geocontracts.places.fresh.settings import without_user

_CERTIFICATES = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")  # in the order in which `requests` asks for them


def proxy_of(url: str) -> str | None:
    """Return the proxy through which an address is asked for, as it may be printed; None without one."""
    proxy = requests.utils.select_proxy(url, requests.utils.get_environ_proxies(url))
    return without_user(proxy) if proxy else None


def refused_before(url: str) -> SourceError:
    """Return the error of an address that could not even be asked for: the proxy's, if there is one."""
    proxy = proxy_of(url)
    if proxy:
        return SourceError("source-proxy", address=proxy)
    return SourceError("source-address", address=without_user(url))


def untrusted(url: str) -> SourceError:
    """Return the error of a server that is not trusted, perhaps for want of certificates that are named."""
    for name in _CERTIFICATES:
        file = os.environ.get(name)
        if file:
            is_readable = _are_certificates(Path(file))
            return SourceError(
                "source-untrusted-still" if is_readable else "source-certificates",
                **({"url": url} if is_readable else {}),
                variable=name,
                file=file,
            )
    return SourceError("source-untrusted", url=url)


def _are_certificates(path: Path) -> bool:
    try:
        if not path.is_dir():
            ssl.create_default_context(cafile=path)
    except OSError:  # those of ssl are too
        return False
    return True
