"""IGN's WFS: layers of ADMIN EXPRESS COG with a dated vintage, in pages, counted beforehand.

The service gives at most 5,000 features in an answer. `RESULTTYPE=hits` tells how
many there are; what is received is counted against it. The names of properties
are those of version 4 (2025 and later).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from geocontracts.places.fresh.errors import SourceError
from geocontracts.places.fresh.features import Fields, read_communes, read_names, read_sheet
from geocontracts.places.fresh.fetched import Fetched
from geocontracts.words import Message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geocontracts.places.fresh.download import Downloader
    from geocontracts.places.fresh.features import Commune, Sheet
    from geocontracts.places.fresh.fetched import Wanted

FIRST_VINTAGE = 2025
"""The first whose properties have the names of version 4."""

_PRODUCTS = {"pe": "ADMINEXPRESS-COG-CARTO-PE", "carto": "ADMINEXPRESS-COG-CARTO", "full": "ADMINEXPRESS-COG"}
_FIELDS = Fields(
    code="code_insee",
    name="nom_officiel",
    departement="code_insee_du_departement",
    region="code_insee_de_la_region",
    epci="codes_siren_des_epci",
)
_ROOT = re.compile(
    rb"\A\s*(?:<\?xml[^>]*>\s*)?<(?:\w+:)?FeatureCollection\b[^>]*?\bnumberMatched=[\"'](\d+)[\"']"
)
_HEAD = 4096  # bytes, in which the root of an answer stands
_MOST = 200_000  # features of a layer, five times the communes of France


def fetch_ign(wanted: Wanted, downloader: Downloader) -> Fetched:
    """Fetch the communes of an area, and the names of all EPCI.

    Raises:
        SourceError: a layer is absent, broken, not what it should be, or not as
            many features come as the service counts.
    """
    area_field = _FIELDS.region if wanted.level == "region" else _FIELDS.departement
    area = {"CQL_FILTER": f"{area_field}='{wanted.code}'"} if wanted.area else {}
    names: dict[str, str] = {}
    only_names = {"PROPERTYNAME": "code_siren,nom_officiel"}
    for sheet in _Layer(wanted, downloader, "epci", only_names).pages():
        names |= read_names(sheet, "code_siren", "nom_officiel")
    communes: list[Commune] = []
    for sheet in _Layer(wanted, downloader, "commune", area).pages():
        communes += read_communes(sheet, _FIELDS)
    return Fetched(wanted, communes, names)


class _Layer:
    """One layer of the service, one to an address."""

    def __init__(self, wanted: Wanted, downloader: Downloader, layer: str, more: dict[str, str]) -> None:
        self._downloader = downloader
        self._name = f"{_PRODUCTS[wanted.detail]}.{wanted.vintage}:{layer}"
        self._more = more

    def pages(self) -> Iterator[Sheet]:
        """Yield the pages of the layer until all that was counted is there."""
        matched, received = self._matched(), 0
        while received < matched:
            sheet = self._page(received)
            count = sum(1 for _ in sheet.features())
            received += count
            if count == 0 or received > matched:
                raise SourceError("source-count", url=sheet.url, matched=matched, received=received)
            facts = {"layer": self._name, "received": received, "matched": matched}
            self._downloader.say(Message("source-page", facts))
            yield sheet

    def _matched(self) -> int:
        """Return how many features the service counts."""
        url = self._url({"RESULTTYPE": "hits"})
        head = self._downloader.get(url, refusals_pass=True).read_bytes()[:_HEAD]
        found = _ROOT.match(head)
        if not found:
            raise SourceError("source-no-count", url=url, near=head[:120].decode("utf-8", "replace"))
        matched = int(found[1])
        if not 0 < matched <= _MOST:
            raise SourceError("source-odd-count", url=url, matched=matched)
        return matched

    def _page(self, start: int) -> Sheet:
        settings = self._downloader.settings
        page = {"OUTPUTFORMAT": "application/json", "STARTINDEX": str(start), "COUNT": str(settings.page)}
        url = self._url(page)
        return read_sheet(self._downloader.get(url, refusals_pass=True), url, settings.largest_text)

    def _url(self, more: dict[str, str]) -> str:
        base = self._downloader.settings.base("ign")
        asked = {
            "SERVICE": "WFS",
            "VERSION": "2.0.0",
            "REQUEST": "GetFeature",
            "TYPENAMES": self._name,
            "SRSNAME": "EPSG:4326",
        }
        return f"{base}?{urlencode(asked | self._more | more)}"
