"""What a column of a list can say: a column of the table of contracts, or something of a place."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal, TypeAlias

from geocontracts.records.formats.headings import folded
from geocontracts.records.schema import load_schema
from geocontracts.words import LANGS, say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geocontracts.places.gazetteer import Level

PlaceKind: TypeAlias = Literal["code", "siren", "name"]

TERRITORIES = "territories"
POSTCODE = "postcode"
MEMBER = "member"  # a column that is ticked for the places that belong to the programme of its heading


@dataclass(frozen=True)
class PlaceRole:
    """A column that holds the code or the name of a place; `level` is None where it may be of any."""

    name: str
    level: Level | None
    kind: PlaceKind


# The finest level comes first: in a row that names a commune and its EPCI, the commune is the place.
PLACE_ROLES: dict[str, PlaceRole] = {
    role.name: role
    for role in (
        PlaceRole("place_code", None, "code"),
        PlaceRole("place_name", None, "name"),
        PlaceRole("commune_code", "commune", "code"),
        PlaceRole("commune_siren", "commune", "siren"),
        PlaceRole("commune_name", "commune", "name"),
        PlaceRole("epci_code", "epci", "code"),
        PlaceRole("epci_name", "epci", "name"),
        PlaceRole("arrondissement_code", "arrondissement", "code"),
        PlaceRole("arrondissement_name", "arrondissement", "name"),
        PlaceRole("departement_code", "departement", "code"),
        PlaceRole("departement_name", "departement", "name"),
        PlaceRole("region_code", "region", "code"),
        PlaceRole("region_name", "region", "name"),
    )
}


@cache
def contract_roles() -> tuple[str, ...]:
    """Return the columns of the table of contracts."""
    return tuple(field.name for field in load_schema()["contracts"].fields)


@cache
def all_roles() -> tuple[str, ...]:
    """Return every role, in the order in which they are told."""
    return (*contract_roles(), *PLACE_ROLES, POSTCODE, MEMBER)


def role_labels(role: str) -> Mapping[str, str]:
    """Return what people call a role, by language."""
    if role in contract_roles():
        return load_schema()["contracts"].field(role).labels
    return {lang: say(f"role-{role}", lang) for lang in LANGS}


def role_of(written: str) -> str | None:
    """Return the role that was named, in code or as people call it, or None."""
    wanted = folded(written)
    for role in all_roles():
        if wanted in (folded(role), *(folded(label) for label in role_labels(role).values())):
            return role
    return None
