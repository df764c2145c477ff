"""What the machine says of the way to the network: a proxy and certificates, of which either may be wrong."""

from __future__ import annotations

import os

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


def uncertified(url: str) -> SourceError:
    """Return the error of certificates that cannot be read."""
    named = next(((name, os.environ[name]) for name in _CERTIFICATES if os.environ.get(name)), None)
    if named is None:
        return SourceError("source-untrusted", url=url)
    return SourceError("source-certificates", variable=named[0], file=named[1])
