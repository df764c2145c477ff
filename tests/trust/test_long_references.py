"""References between contracts are followed whole, whatever their length, number and circles, or refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from geocontracts.errors import RegisterError
from geocontracts.outputs.rows import build_rows
from geocontracts.perimeters import references, united
from geocontracts.perimeters.perimeter import resolve_perimeters
from geocontracts.places.gazetteer import load_gazetteer
from geocontracts.records.read import read_register

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from geocontracts.perimeters.perimeter import Perimeter

DENAIN, ARRAS = "59172", "62041"


def row(name: object, *items: str) -> str:
    return f'{name},acv,Titre,"{"; ".join(items)}",signed,doc,P'


def to(names: Iterable[object]) -> list[str]:
    return [f"contract:{name}" for name in names]


def codes(perimeter: Perimeter) -> list[str]:
    return sorted(load_gazetteer().column("code", list(perimeter.communes)))


def errors(perimeter: Perimeter) -> list[str]:
    return [each.text("en") for each in perimeter.problems() if each.severity == "error"]


@pytest.mark.parametrize("count", [3_000, pytest.param(100_000, marks=pytest.mark.thorough)])
def test_every_contract_of_a_long_chain_is_placed_where_it_ends(
    with_contracts: Callable[..., Path], count: int
) -> None:
    links = [row(f"c{rank}", f"contract:c{rank + 1}") for rank in range(count)]
    register = read_register(with_contracts(*links, row(f"c{count}", "Denain")))
    found = resolve_perimeters(register)
    assert {(each.outcome, tuple(codes(each))) for each in found} == {("placed", (DENAIN,))}
    assert {each.state for each in build_rows(register, found)} == {"placed"}


@pytest.mark.parametrize("count", [1_000, pytest.param(100_000, marks=pytest.mark.thorough)])
def test_a_long_circle_is_told_on_each_row_with_a_few_of_its_names(
    with_contracts: Callable[..., Path], count: int
) -> None:
    links = [row(f"c{rank}", f"contract:c{(rank + 1) % count}") for rank in range(count)]
    found = resolve_perimeters(read_register(with_contracts(*links)))
    assert {each.outcome for each in found} == {"unplaced"}
    for perimeter, rank in ((found[0], 0), (found[500], 500)):
        (text,) = errors(perimeter)
        chain = f"c{rank} → c{rank + 1} → … → c{(rank - 1) % count} → c{rank}."
        assert f"row {rank + 2}, column territories" in text
        assert chain in text


def test_where_two_ways_part_at_every_step_each_is_followed_once(with_contracts: Callable[..., Path]) -> None:
    steps = [
        row(f"{side}{rank}", *to((f"a{rank + 1}", f"b{rank + 1}"))) for rank in range(2_000) for side in "ab"
    ]
    found = resolve_perimeters(
        read_register(with_contracts(*steps, row("a2000", "Denain"), row("b2000", "Arras")))
    )
    assert {tuple(codes(each)) for each in found[:-2]} == {(DENAIN, ARRAS)}
    assert {each.outcome for each in found} == {"placed"}


@pytest.mark.parametrize("count", [40, pytest.param(300, marks=pytest.mark.thorough)])
def test_contracts_that_each_refer_to_all_others_share_their_places(
    with_contracts: Callable[..., Path], count: int
) -> None:
    places = ["Denain", "Arras"]
    rows = [
        row(f"c{at}", *to(f"c{each}" for each in range(count) if each != at), places[at % 2])
        for at in range(count)
    ]
    found = resolve_perimeters(read_register(with_contracts(*rows)))
    for perimeter in found:
        assert codes(perimeter) == [DENAIN, ARRAS]
        (text,) = errors(perimeter)
        assert text.count("→") <= 5
    assert "c0 → c1 → c0." in errors(found[0])[0]


@pytest.mark.parametrize("count", [40, pytest.param(300, marks=pytest.mark.thorough)])
def test_contracts_that_each_refer_to_all_later_ones_are_placed(
    with_contracts: Callable[..., Path], count: int
) -> None:
    links = [to(f"c{later}" for later in range(at + 1, count)) for at in range(count - 1)]
    rows = [row(f"c{at}", *items, "Denain") for at, items in enumerate(links)]
    found = resolve_perimeters(read_register(with_contracts(*rows, row(f"c{count - 1}", "Arras"))))
    assert {each.outcome for each in found} == {"placed"}
    assert {tuple(codes(each)) for each in found[:-1]} == {(DENAIN, ARRAS)}
    assert [len(each.placements) for each in found] == list(range(count, 0, -1))


def test_references_that_bring_too_many_places_are_refused_with_row_and_remedy(
    with_contracts: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(references, "_WINDOW", 64)
    links = [row(f"c{rank}", f"contract:c{rank + 1}", "Denain") for rank in range(200)]
    register = read_register(with_contracts(*links, row("c200", "Arras")))
    assert len(resolve_perimeters(register)[0].placements) == 201
    for module in ("references", "items"):
        monkeypatch.setattr(f"geocontracts.perimeters.{module}.MOST_BROUGHT", 10_000)
    with pytest.raises(RegisterError, match=r"contracts.csv, row \d+, .* refer directly to that one"):
        resolve_perimeters(register)


@pytest.mark.thorough
def test_a_chain_whose_every_link_has_a_place_ends_in_a_sentence(with_contracts: Callable[..., Path]) -> None:
    links = [row(f"c{rank}", f"contract:c{rank + 1}", "Denain") for rank in range(100_000)]
    register = read_register(with_contracts(*links, row("c100000", "Arras")))
    with pytest.raises(RegisterError, match="more than 5,000,000 places"):
        resolve_perimeters(register)


def test_rows_that_each_name_wide_places_are_refused_when_too_many(
    with_contracts: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [
        row("a", "region:32", "region:11"),
        row("b", "region:11", "region:32"),
        row("c", "region:32", "Denain"),
    ]
    register = read_register(with_contracts(*rows))
    one, two, three = resolve_perimeters(register, within=None)
    assert one.communes is two.communes, "the same places are held once"
    assert len(three.communes) == 3_782
    monkeypatch.setattr(united, "MOST_UNITED", 6_000)
    with pytest.raises(RegisterError, match=r"row 4, .* more than 6,000 communes"):
        resolve_perimeters(register, within=None)
