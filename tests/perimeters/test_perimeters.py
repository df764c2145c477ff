"""Records end placed, placed with a remark, or not placed with a reason; nothing is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from geocontracts.perimeters.join import join
from geocontracts.perimeters.perimeter import resolve_perimeters
from geocontracts.places.area import find_area
from geocontracts.places.gazetteer import load_gazetteer
from geocontracts.records.read import read_register

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from geocontracts.perimeters.perimeter import Perimeter

HDF = find_area().place


def perimeters_of(folder: Path) -> list[Perimeter]:
    return resolve_perimeters(read_register(folder), within=HDF)


def row(name: str, territories: str) -> str:
    return f"{name},acv,Titre,{territories},signed,doc,P"


def codes(perimeter: Perimeter) -> set[str]:
    return set(load_gazetteer().column("code", list(perimeter.communes)))


@pytest.mark.parametrize(
    ("territories", "outcome", "count"),
    [
        ("commune:62041", "placed", 1),
        ("Arras; Creil (60); Denain (59); Saint-Quentin; Soissons", "placed", 5),
        ("arrondissement:591; arrondissement:025", "placed", 310),
        ("Saint-Pol-sur-Mer", "remark", 1),
        ("Arras; Sossons", "remark", 1),
        ("Sossons", "unplaced", 0),
        ("custom:PNR de l’Avesnois", "unplaced", 0),
        ("custom:PNR de l’Avesnois; Maubeuge", "remark", 1),
        ("commune:62041; Arras", "placed", 1),
    ],
)
def test_every_record_has_one_outcome(
    with_contracts: Callable[..., Path], territories: str, outcome: str, count: int
) -> None:
    (perimeter,) = perimeters_of(with_contracts(row("a", f'"{territories}"')))
    assert (perimeter.outcome, len(perimeter.communes)) == (outcome, count)


def test_a_miss_names_file_row_column_value_and_candidates(with_contracts: Callable[..., Path]) -> None:
    (perimeter,) = perimeters_of(with_contracts(row("a", "Sossons")))
    (problem,) = perimeter.problems()
    said = problem.text("fr")
    assert said.startswith("contracts.csv, ligne 2, colonne territories — «\u00a0Sossons\u00a0»")
    assert "Soissons (Aisne)" in said


def test_the_same_perimeter_as_another_contract(with_contracts: Callable[..., Path]) -> None:
    folder = with_contracts(row("a", "contract:b"), row("b", "contract:c; Denain"), row("c", "Arras"))
    a, b, c = perimeters_of(folder)
    assert codes(a) == codes(b) == {"62041", "59172"}
    assert codes(c) == {"62041"}


def test_contracts_that_refer_to_each_other_are_said_and_end(with_contracts: Callable[..., Path]) -> None:
    a, b, c = perimeters_of(
        with_contracts(row("a", "contract:b"), row("b", "contract:a"), row("c", "contract:zz"))
    )
    assert [each.outcome for each in (a, b, c)] == ["unplaced"] * 3
    assert "a → b → a" in next(a.problems()).text("fr")
    assert "«\u00a0zz\u00a0» n’existe pas" in next(c.problems()).text("fr")


def test_a_custom_perimeter_has_a_seat_and_no_commune(with_contracts: Callable[..., Path]) -> None:
    placed, wrong = perimeters_of(
        with_contracts(
            row("a", "custom:PNR Scarpe-Escaut @ commune:59526"), row("b", "custom:PNR @ Nulle-Part-sur-Rien")
        )
    )
    assert [seat.name for seat in placed.seats] == ["Saint-Amand-les-Eaux"]
    assert placed.communes == ()
    (remark,) = placed.problems()
    assert (remark.severity, remark.message.facts["written"]) == (
        "remark",
        "custom:PNR Scarpe-Escaut @ commune:59526",
    )
    assert "siège" in next(wrong.problems()).text("fr")


def bundled() -> dict[str, Perimeter]:
    return {each.record.id: each for each in resolve_perimeters(read_register(), within=HDF)}


def test_the_pacte_sat_says_why_it_has_one_commune_less() -> None:
    sat = bundled()["pacte-sat"]
    assert len(sat.communes) == 310
    (remark,) = [remark.text("fr") for remark in sat.remarks if "communes" in remark.text("fr")]
    assert "311" in remark
    assert "Amfroipret, Bermeries → L'Orée de Mormal (2025)" in remark


def test_the_bassin_minier_says_that_250_is_not_336() -> None:
    erbm = bundled()["erbm"]
    assert len(erbm.communes) == 336
    assert [remark.key for remark in erbm.remarks] == ["stated-communes"]
    assert len(set(load_gazetteer().column("epci", list(erbm.communes)))) == 8


def test_the_mission_of_the_bassee_montois_lies_in_ile_de_france() -> None:
    mission = bundled()["mission-atelier-bassee-montois"]
    assert mission.outcome != "unplaced"
    assert set(load_gazetteer().column("departement", list(mission.communes))) == {"77"}


def test_the_join_keeps_every_record_with_its_geometry() -> None:
    register = read_register()
    table = join(register, within=HDF)
    assert list(table.index) == [record.id for record in register.records()]
    assert table.crs.to_epsg() == 4326
    unplaced = table[table["outcome"] == "unplaced"]
    assert unplaced.geometry.isna().all()
    assert table[table["outcome"] != "unplaced"].geometry.is_valid.all()
    denain = table.loc["acv2-denain"]
    assert denain["codes"] == ["59172"]
    assert denain["communes"] == 1
    assert 19_000 < denain["population"] < 21_000
    sat = table.loc["pacte-sat"]
    assert (sat["stated_communes"], sat["difference"]) == (311, -1)
    metres = table.loc[["pacte-sat"]].to_crs(2154).area.iloc[0] / 1e6
    assert abs(metres - sat["area_km2"]) / metres < 0.002
