"""What can go wrong between here and a source of places."""

from geocontracts.errors import GeocontractsError


class SourceError(GeocontractsError, OSError):
    """A source cannot be reached, or what it sends cannot be used; the places in use stay."""
