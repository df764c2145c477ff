"""Etalab's contours: one file for the communes of France, one for its EPCI, for each year and detail.

`{base}/{year}/geojson/{communes|epci}-{detail}.geojson.gz`, with `code`, `nom`,
`departement`, `region`, `epci`; a part of a commune names it in `commune`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geocontracts.places.fresh.features import Fields, read_communes, read_names, read_sheet
from geocontracts.places.fresh.fetched import Fetched
from geocontracts.places.fresh.settings import DETAILS

if TYPE_CHECKING:
    from geocontracts.places.fresh.download import Downloader
    from geocontracts.places.fresh.features import Sheet
    from geocontracts.places.fresh.fetched import Wanted

_FIELDS = Fields(code="code", name="nom", departement="departement", region="region", epci="epci")


def fetch_etalab(wanted: Wanted, downloader: Downloader) -> Fetched:
    """Fetch the communes of an area, which is cut out of the file of France.

    Raises:
        SourceError: a file is absent, broken, or not what it should be.
    """
    coarsest = DETAILS["etalab"][0]  # of the EPCI only the names are used
    epci = read_names(_sheet(wanted, downloader, f"epci-{coarsest}"), "code", "nom")
    sheet = _sheet(wanted, downloader, f"communes-{wanted.detail}")
    communes = [
        commune
        for commune in read_communes(sheet, _FIELDS, parent="commune")
        if wanted.holds(commune.departement, commune.region)
    ]
    return Fetched(wanted, communes, epci)


def _sheet(wanted: Wanted, downloader: Downloader, name: str) -> Sheet:
    settings = downloader.settings
    url = f"{settings.base('etalab')}/{wanted.vintage}/geojson/{name}.geojson.gz"
    return read_sheet(downloader.get(url), url, settings.largest_text)
