"""What a record says of its place is followed to communes, or said to lead nowhere."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from geocontracts.perimeters.perimeter import Resolver, resolve_perimeters
from geocontracts.places.area import find_area
from geocontracts.places.gazetteer import load_gazetteer
from geocontracts.records.read import read_register

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from geocontracts.perimeters.perimeter import Perimeter

HDF = find_area().place
MISSIONS = "id,programme,title,operator,territories,source,section\n"


def row(name: str, territories: str, more: str = "") -> str:
    return f"{name},acv,Titre,{territories},signed,doc,P{more}"


def perimeters_of(folder: Path) -> dict[str, Perimeter]:
    return {each.record.id: each for each in resolve_perimeters(read_register(folder), within=HDF)}


def codes(perimeter: Perimeter) -> list[str]:
    return load_gazetteer().column("code", list(perimeter.communes))


def told(perimeter: Perimeter) -> list[tuple[str, str]]:
    return [(problem.severity, problem.text("fr")) for problem in perimeter.problems()]


@pytest.mark.parametrize(
    ("territories", "severity", "words"),
    [
        ("Saint-Pol-sur-Mer", "remark", "commune associée"),
        ("CC de Flandre Intérieure", "remark", "Ancien nom"),
        ("Niort", "remark", "hors du territoire regardé"),
        ("custom:PNR", "remark", "il n’est pas dessiné"),
        ("Sossons", "error", "Lieux proches"),
        ("Montreuil", "error", "l’ancien nom (jusqu’en 2022)"),
    ],
)
def test_what_was_assumed_is_a_remark_and_what_is_open_an_error(
    with_contracts: Callable[..., Path], territories: str, severity: str, words: str
) -> None:
    perimeter = perimeters_of(with_contracts(row("a", f"Arras; {territories}")))["a"]
    ((found, text),) = told(perimeter)
    assert (found, perimeter.outcome) == (severity, "remark")
    assert text.startswith("contracts.csv, ligne 2, colonne territories — ")
    assert f"«\u00a0{territories}\u00a0»" in text
    assert words in text


@pytest.mark.parametrize(
    ("seat", "words"),
    [
        ("departement:59", "Ce n’est pas une commune"),
        ("Nord", "Ce n’est pas une commune"),
        ("epci:200033579", "Ce n’est pas une commune"),
        ("commune:59999", "n’existe ni aujourd’hui"),
    ],
)
def test_the_seat_of_a_custom_perimeter_is_a_commune(
    with_contracts: Callable[..., Path], seat: str, words: str
) -> None:
    perimeter = perimeters_of(with_contracts(row("a", f"custom:PNR @ {seat}")))["a"]
    ((severity, text),) = told(perimeter)
    assert (severity, perimeter.seats, perimeter.communes) == ("error", (), ())
    assert f"le siège «\u00a0{seat}\u00a0» n’est pas une commune reconnue" in text
    assert words in text


def test_a_chain_of_two_thousand_contracts_ends_in_one_town(with_contracts: Callable[..., Path]) -> None:
    links = [row(f"c{rank}", f"contract:c{rank + 1}") for rank in range(1999)]
    register = read_register(with_contracts(*links, row("c1999", "Denain")))
    resolver = Resolver(register, HDF)
    first = resolver.perimeter(register.contracts["c0"])
    assert (first.outcome, codes(first), told(first)) == ("placed", ["59172"], [])


class Counted(dict[str, Any]):
    """A table that gives each of its rows a few times, and no more."""

    visits = 0

    def __getitem__(self, key: str) -> Any:
        """Return a row, unless the rows have been asked for too often."""
        self.visits += 1
        assert self.visits <= 4 * len(self), "a contract is looked at again and again"
        return super().__getitem__(key)


def test_contracts_that_refer_twice_to_the_next_cost_no_more_than_one_that_refers_once(
    with_contracts: Callable[..., Path],
) -> None:
    links = [row(f"c{rank}", f"contract:c{rank + 1}; Contract : c{rank + 1}") for rank in range(23)]
    register = read_register(with_contracts(*links, row("c23", "Denain; Saint-Pol-sur-Mer")))
    first = register.contracts["c0"]
    found = Resolver(replace(register, contracts=Counted(register.contracts)), HDF).perimeter(first)
    assert [(item.written, item.via) for item in found.placements] == [
        ("Denain", "c23"),
        ("Saint-Pol-sur-Mer", "c23"),
    ]


def test_a_contract_that_refers_to_itself_keeps_its_other_places(with_contracts: Callable[..., Path]) -> None:
    found = perimeters_of(with_contracts(row("a", "contract:a; Denain"), row("b", "contract:b")))
    assert (found["a"].outcome, codes(found["a"])) == ("remark", ["59172"])
    assert (found["b"].outcome, codes(found["b"])) == ("unplaced", [])
    for name in "ab":
        ((severity, text),) = told(found[name])
        assert severity == "error"
        assert f"renvoient l’un à l’autre sans fin\u00a0: {name} → {name}." in text


def test_a_cycle_is_an_error_on_each_of_its_rows_and_keeps_what_they_name(
    with_contracts: Callable[..., Path],
) -> None:
    found = perimeters_of(
        with_contracts(row("a", "contract:b; Arras"), row("b", "contract:c; Denain"), row("c", "contract:a"))
    )
    chains = {"a": "a → b → c → a", "b": "b → c → a → b", "c": "c → a → b → c"}
    for name, chain in chains.items():
        assert sorted(codes(found[name])) == ["59172", "62041"]
        ((severity, text),) = told(found[name])
        assert severity == "error"
        assert chain in text


def test_what_is_wrong_is_said_once_and_recalled_by_those_who_refer_to_it(
    with_contracts: Callable[..., Path],
) -> None:
    folder = with_contracts(
        row("a", "contract:b"),
        row("b", "Arras; Sossons; Valencienne"),
        missions=f"{MISSIONS}m,acv,Mission,Cerema,contract:b; Denain,doc,P\n",
    )
    found = perimeters_of(folder)
    assert [severity for severity, _ in told(found["b"])] == ["error", "error"]
    recalled = (
        "remarque\u00a0: le périmètre du contrat «\u00a0b\u00a0», auquel cette ligne renvoie, est incomplet."
    )
    assert told(found["a"]) == [("remark", f"contracts.csv, ligne 2, colonne territories — {recalled}")]
    assert told(found["m"]) == [("remark", f"missions.csv, ligne 2, colonne territories — {recalled}")]
    assert (codes(found["a"]), found["a"].outcome) == (["62041"], "remark")


def test_a_remark_on_the_contract_referred_to_is_not_said_again(with_contracts: Callable[..., Path]) -> None:
    found = perimeters_of(with_contracts(row("a", "contract:b"), row("b", "Saint-Pol-sur-Mer")))
    assert told(found["a"]) == []
    assert [severity for severity, _ in told(found["b"])] == ["remark"]
    assert codes(found["a"]) == codes(found["b"]) == ["59183"]


@pytest.mark.parametrize(
    ("referred", "other"),
    [
        ("contract:c", "contract:b"),
        ("contract:b", "Denain"),
        ("", "Denain"),
        ("contract:zz", "Denain"),
        ("Sossons", "Denain"),
    ],
)
def test_a_reference_that_leads_nowhere_is_never_without_a_reason(
    with_contracts: Callable[..., Path], referred: str, other: str
) -> None:
    folder = with_contracts(row("a", "contract:b"), row("b", referred), row("c", other))
    perimeter = perimeters_of(folder)["a"]
    assert (perimeter.outcome, perimeter.communes) == ("unplaced", ())
    assert told(perimeter), "not placed, and no reason is given"


@pytest.mark.parametrize("referred", ["Sossons", "", "contract:b"])
def test_a_reference_that_adds_nothing_to_other_places_is_recalled(
    with_contracts: Callable[..., Path], referred: str
) -> None:
    perimeter = perimeters_of(with_contracts(row("a", "contract:b; Denain"), row("b", referred)))["a"]
    assert (perimeter.outcome, codes(perimeter)) == ("remark", ["59172"])
    ((severity, text),) = told(perimeter)
    assert severity == "remark"
    assert "«\u00a0b\u00a0», auquel cette ligne renvoie, est incomplet" in text


@pytest.mark.parametrize(
    ("written", "near"),
    [
        ("Valencienne", "Valenciennes (Nord) [commune:59606]"),
        ("CC du Pays Noyonnai", "CC du Pays Noyonnais (Oise) [epci:246000756]"),
    ],
)
def test_a_near_name_is_proposed_whatever_words_it_holds(
    with_contracts: Callable[..., Path], written: str, near: str
) -> None:
    ((severity, text),) = told(perimeters_of(with_contracts(row("a", written)))["a"])
    assert severity == "error"
    assert "Choisissez parmi les plus proches" in text
    assert near in text
