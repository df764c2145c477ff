"""`--area records`: the départements in which a register has something, whole."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from geocontracts.cli import main
from geocontracts.errors import UnknownPlaceError
from geocontracts.perimeters.extent import extent_of, look_at, look_at_all
from geocontracts.perimeters.perimeter import resolve_perimeters
from geocontracts.places.gazetteer import load_gazetteer
from geocontracts.records.read import read_register

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from geocontracts.places.area import Area


def row(name: str, territories: str) -> str:
    return f"{name},acv,Titre,{territories},signed,doc,P"


@pytest.fixture
def extent(with_contracts: Callable[..., Path]) -> Callable[..., Area]:
    def made(*territories: str) -> Area:
        rows = [row(f"a{rank}", f'"{text}"') for rank, text in enumerate(territories)]
        return extent_of(resolve_perimeters(read_register(with_contracts(*rows)), within=None))

    return made


def departements(area: Area) -> set[str | None]:
    return set(load_gazetteer().column("departement", list(area.communes)))


@pytest.mark.parametrize(
    ("territories", "identity", "name"),
    [
        (["commune:62041"], ("departement", "62"), "Pas-de-Calais"),
        (["commune:62041", "commune:59350"], ("extent", "59+62"), "Nord, Pas-de-Calais"),
        (["region:32"], ("region", "32"), "Hauts-de-France"),
        (["commune:13055", "commune:97411"], ("extent", "13+974"), "Bouches-du-Rhône, La Réunion"),
        (["region:32", "region:28"], ("extent", "28+32"), "Normandie, Hauts-de-France"),
        (["region:32", "commune:13055"], ("extent", "02+13+59+60+62+80"), "6\u00a0départements"),
        (["region:93", "region:94", "region:76", "region:75"], ("extent", "75+76+93+94"), "4\u00a0régions"),
        (
            ["region:01", "region:02", "region:03", "region:04", "region:06"],
            ("extent", "01+02+03+04+06"),
            "Guadeloupe, Martinique, Guyane, La Réunion, Mayotte",
        ),
    ],
)
def test_it_is_the_departements_of_the_records(
    extent: Callable[..., Area], territories: list[str], identity: tuple[str, str], name: str
) -> None:
    area = extent(*territories)
    assert ((area.level, area.code), area.name) == (identity, name)


def test_departements_are_whole(extent: Callable[..., Area]) -> None:
    area = extent("commune:62041", "commune:97411")
    assert departements(area) == {"62", "974"}
    places = load_gazetteer()
    both = [place for code in ("62", "974") if (place := places.get("departement", code))]
    assert len(area.communes) == sum(len(places.communes_of(place)) for place in both)
    assert list(area.communes) == sorted(area.communes)


def test_all_regions_are_france(extent: Callable[..., Area]) -> None:
    regions = sorted(set(load_gazetteer().column("region", list(range(34_875)))))
    area = extent("; ".join(f"region:{code}" for code in regions))
    assert (area.name, area.place, len(area.communes)) == ("France", None, 34_875)


def test_the_seat_of_an_unknown_perimeter_counts() -> None:
    """Saint-Amand-les-Eaux (59) is only the seat of its park; its département is shown all the same."""
    perimeters = resolve_perimeters(read_register(), within="region:32")
    (park,) = [each for each in perimeters if each.seats and not each.communes][:1]
    assert departements(extent_of([park])) == {
        code for seat in park.seats for code in load_gazetteer().column("departement", [seat.number])
    }


def test_of_the_bundled_register() -> None:
    """Most is in Hauts-de-France; an EPCI of 76 and a mission in 77 are not."""
    area, perimeters = look_at(read_register(), "records", "region:32")
    assert departements(area) == {"02", "59", "60", "62", "76", "77", "80"}
    assert len(perimeters) == 175


def test_nothing_placed_is_said(extent: Callable[..., Area]) -> None:
    with pytest.raises(UnknownPlaceError, match="geocontracts check"):
        extent("custom:PNR de l’Avesnois")


def test_names_are_looked_for_where_told(with_contracts: Callable[..., Path]) -> None:
    register = read_register(with_contracts(row("a", "Saint-Denis")))
    area, _ = look_at(register, "records", "region:04")
    assert area.name == "La Réunion"
    area, _ = look_at(register, "Records ", "region:11")
    assert area.name == "Seine-Saint-Denis"


def test_two_editions_are_shown_together() -> None:
    """One edition has nothing north of Seine-et-Marne; both are looked at on the same ground."""
    register = read_register()
    fewer = replace(register, contracts={}, operations={})
    area, (whole, missions) = look_at_all([register, fewer], "records", "region:32")
    assert (area.name, len(whole), len(missions)) == ("7\u00a0départements", 175, 4)
    assert len(extent_of(missions).communes) < len(area.communes)


def test_a_check_tells_the_rows_even_when_nothing_has_a_place(
    with_contracts: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    folder = with_contracts(row("a", "Sossons"))
    assert main(["check", str(folder), "--area", "records"]) == 1
    assert "Sossons" in capsys.readouterr().out
    assert main(["map", str(folder), "--area", "records", "-o", str(folder / "carte.html")]) == 2
    assert "geocontracts check" in capsys.readouterr().err
