"""A contract of a town never becomes a whole département in silence, whatever its column is called."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from geocontracts.outputs.report import build_report
from geocontracts.perimeters.perimeter import resolve_perimeters
from geocontracts.records.formats.headings import folded
from geocontracts.records.lists.mapping import ListMapping
from tests.records.lists.sheets import plan_of, read_lines

if TYPE_CHECKING:
    from pathlib import Path

    from geocontracts.outputs.rows import RowOutcome
    from geocontracts.records.register import Register


def rows_of(register: Register) -> tuple[RowOutcome, ...]:
    return tuple(build_report(register, resolve_perimeters(register)).rows)


def places(register: Register) -> list[list[str]]:
    return [[place.id for place in row.places] for row in rows_of(register)]


def why(row: RowOutcome) -> str:
    return " ".join(reason.text("fr") for reason in row.reasons).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("Commune / EPCI", "place_name"),
        ("EPCI / commune", "place_name"),
        ("Communes ou EPCI", "place_name"),
        ("Commune(s) ou intercommunalité(s)", "place_name"),
        ("Nom de la commune ou de l’EPCI", "place_name"),
        ("Commune(s)", "commune_name"),
        ("EPCI(s)", "epci_name"),
        ("Département(s)", "departement_name"),
    ],
)
def test_titles_of_towns_and_intercommunalities_are_known(heading: str, role: str) -> None:
    column = plan_of(f"Projet;{heading};Dépt", "A;zzz;59", "B;yyy;59").columns[1]
    assert (column.role, column.why) == (role, "heading")


def test_codes_below_such_a_title_are_codes() -> None:
    assert plan_of("Commune / EPCI;Dépt", "59139;59", "200043263;59").rank("place_code") == 0


@pytest.mark.parametrize("heading", ["EPCI de la commune", "Commune et département"])
def test_a_title_that_says_something_of_a_town_is_not_its_name(heading: str) -> None:
    assert plan_of(f"Projet;{heading};Dépt", "A;zzz;59").columns[1].role is None


def test_a_town_beside_its_departement_is_the_town(tmp_path: Path) -> None:
    register = read_lines(
        tmp_path, "Projet;Commune / EPCI;Dépt", "A;Caudry;59", "B;CC du Pays de Mormal;59", "C;2691;02"
    )
    assert places(register) == [["commune:59139"], ["epci:200043321"], ["commune:02691"]]


@pytest.mark.parametrize(
    ("heading", "cells", "role"),
    [
        ("Où ?", ["Caudry", "Denain, Lourches"], "place_name"),
        ("X", ["59009", "59512"], "place_code"),
    ],
)
def test_what_may_be_places_is_never_taken_for_them_but_said(
    tmp_path: Path, heading: str, cells: list[str], role: str
) -> None:
    lines = [f"P{rank};{cell};59" for rank, cell in enumerate(cells)]
    plan = plan_of(f"Projet;{heading};Dépt", *lines)
    assert plan.columns[1].role is None
    register = read_lines(tmp_path, f"Projet;{heading};Dépt", *lines)
    assert [row.state for row in rows_of(register)] == ["remark", "remark"]
    assert f'--map "{heading}=place_name"' in why(rows_of(register)[0])
    told = read_lines(tmp_path, f"Projet;{heading};Dépt", *lines, told=ListMapping({heading: role}))
    assert {row.state for row in rows_of(told)} == {"placed"}


@pytest.mark.parametrize(
    ("heading", "cells"),
    [
        ("Nb de communes", ["12", "59", "62"]),
        ("Habitants", ["2691", "2408", "2100"]),
        ("Exercice", ["2021", "2022", "2023"]),
        ("Somme", ["62041", "80021", "02691"]),
        ("Préfecture de", ["Nord", "Nord", "59"]),
        ("Thématique libre", ["Habitat", "Commerce", "Mobilités"]),
        ("Siège du porteur", ["Denain", "Lille", "Caudry"]),
        ("Chef-lieu", ["Denain", "Lille", "Caudry"]),
        ("Opérateur", ["Ville de Denain", "Ville de Lille", "Caudry"]),
        ("Enveloppe 1", ["59001", "59010", "59030"]),
        ("Validé", ["Y", "Y", "Y"]),
        ("Divers", ["Denain", "", ""]),
        ("X", ["\u00a0", "\u202f", "Denain"]),
        ("", ["Denain", "Lille", "Caudry"]),
    ],
)
def test_what_is_no_place_in_its_departement_changes_nothing(heading: str, cells: list[str]) -> None:
    plan = plan_of(f"Projet;{heading};Dépt", *(f"P{rank};{cell};59" for rank, cell in enumerate(cells)))
    assert plan.columns[1].role is None
    assert [column.role for column in plan.columns if column.says_where] == ["departement_code"]
    assert plan.unread == ""


def test_who_told_the_column_of_departements_is_asked_no_more(tmp_path: Path) -> None:
    lines = ("Projet;Où ?;Dépt", "A;Caudry;59", "B;Denain;59")
    register = read_lines(tmp_path, *lines, told=ListMapping({"Dépt": "departement_code"}))
    assert {row.state for row in rows_of(register)} == {"placed"}


def test_a_cell_of_many_names_takes_no_time_that_counts() -> None:
    cell = ", ".join(["Denain", "Lourches"] * 1000)
    assert plan_of("Projet;Où ?;Dépt", f"A;{cell};59", "B;Caudry;59").unread == "Où ?"


def test_a_column_that_may_be_of_places_is_said_in_each_row(tmp_path: Path) -> None:
    lines = ("Projet;Où ?;Dépt", "A;Caudry;59", "B;Denain;59", "C;à préciser;59")
    register = read_lines(tmp_path, *lines)
    found = rows_of(register)
    assert [(row.state, [place.id for place in row.places]) for row in found] == [
        ("remark", ["departement:59"])
    ] * 3
    assert "la colonne Où ? semble nommer des lieux, et n’est pas lue" in why(found[0])
    assert '--map "Où ?=place_name"' in why(found[0])
    assert register.reading is not None
    mapping = register.reading.mapping
    saved = replace(mapping, saved=frozenset(map(folded, mapping.columns)))
    again = read_lines(tmp_path, *lines, told=saved)
    assert {row.state for row in rows_of(again)} == {"remark"}, "a saved mapping does not silence it"
    told = read_lines(tmp_path, *lines, told=ListMapping({"Où ?": None}))
    assert {row.state for row in rows_of(told)} == {"placed"}, "who says that it is none is believed"


@pytest.mark.parametrize(
    ("heading", "finer"),
    [
        ("Territoires", "Dépt"),
        ("Commune / EPCI", "Dépt"),
        ("Commune", "Dépt"),
        ("Code territoire", "Région"),
        ("Territoires", "EPCI"),
    ],
)
def test_an_empty_cell_is_said_where_a_wider_column_places_its_row(
    tmp_path: Path, heading: str, finer: str
) -> None:
    wide = {"Dépt": "59", "Région": "Hauts-de-France", "EPCI": "CC du Pays de Mormal"}[finer]
    town = "62041" if heading.startswith("Code") else "Caudry"
    lines = (f"Intitulé;Dispositif;{heading};{finer}", f"A;PVD;{town};", f"B;PVD;;{wide}")
    full, empty = rows_of(read_lines(tmp_path, *lines))
    assert (full.state, why(full).startswith(("Nom exact", "Code"))) == ("placed", True)
    assert empty.state == "remark"
    wanted = f"la colonne {heading} est vide ; la ligne est placée d’après la colonne {finer}, plus large"
    assert wanted in why(empty)


def test_a_town_of_its_own_column_is_not_called_wider_than_an_empty_list(tmp_path: Path) -> None:
    register = read_lines(tmp_path, "Intitulé;Territoires;Commune", "A;Denain, Caudry;", "B;;Lens")
    assert [row.state for row in rows_of(register)] == ["placed", "placed"]


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("État d’avancement", "status"),
        ("Avancement", "status"),
        ("État de la démarche", "status"),
        ("dont État", "amount_state_eur"),
        ("Part État", "amount_state_eur"),
        ("Participation de l'État (€)", "amount_state_eur"),
        ("dont Région", "amount_region_eur"),
        ("dont Département", "amount_department_eur"),
        ("dont FEDER", "amount_eu_eur"),
    ],
)
def test_titles_of_statuses_and_shares_are_known(heading: str, role: str) -> None:
    assert plan_of(f"Commune;{heading}", "Lens;en cours").columns[1].role == role
