"""Euros are added up once each, by payer, and unknown is never 0."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from geocontracts.records.amounts import PAYERS, TOTALS, add_up, stated_funding
from geocontracts.records.read import read_register
from geocontracts.records.schema import load_schema

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from geocontracts.records.register import Register

HEAD = (
    "id,programme,title,territories,source,section,cost_total_eur,state_eur,region_eur,"
    "unattributed_eur,amount_period,counted_in\n"
)


def register_of(make_register: Callable[..., Path], *rows: str, contracts: str = "") -> Register:
    """Read operations written as `id,total,state,region,unattributed,period,counted_in`."""
    lines = []
    for row in rows:
        name, rest = row.split(",", 1)
        lines.append(f"{name},acv,{name},Arras,doc,P,{rest}\n")
    tables = {"operations": HEAD + "".join(lines)}
    if contracts:
        tables["contracts"] = contracts
    return read_register(make_register(**tables))


def test_a_part_of_another_amount_is_not_added_to_it(make_register: Callable[..., Path]) -> None:
    register = register_of(make_register, "whole,1000,,,,,", "part,300,,,,,whole", "apart,50,,,,,")
    assert add_up(register, register.records()).total == 1050
    part = [register.operations["part"], register.operations["apart"]]
    assert add_up(register, part).total == 350, "the whole is not among them: the part stands for itself"


def test_a_payer_is_taken_from_whoever_states_it_nearest_the_root(make_register: Callable[..., Path]) -> None:
    register = register_of(
        make_register, "whole,1000,,,,,", "mid,,200,,,,whole", "low,,150,,,,mid", "beside,,,40,,,whole"
    )
    found = add_up(register, register.records())
    assert found.total == 1000
    assert found.payers == {"state": 200, "region": 40, "unattributed": 760}
    assert found.named == 240


def test_a_total_that_its_payers_fill_leaves_nothing_without_a_payer(
    make_register: Callable[..., Path],
) -> None:
    register = register_of(make_register, "a,240,200,40,,,")
    assert add_up(register, register.records()).payers == {"state": 200, "region": 40, "unattributed": 0}


def test_what_parts_attribute_is_no_longer_without_a_payer(make_register: Callable[..., Path]) -> None:
    register = register_of(make_register, "roads,,,,60,,", "one,,5,,,,roads")
    found = add_up(register, register.records())
    assert (found.total, found.payers) == (60, {"state": 5, "unattributed": 55})


def test_without_a_total_the_payers_are_the_least_that_is_known(make_register: Callable[..., Path]) -> None:
    register = register_of(make_register, "aids,,4.1,,,,", "pool,26,1,,,,aids")
    found = add_up(register, register.records())
    assert found.payers == {"state": 4.1, "unattributed": 25}
    assert found.total == pytest.approx(29.1)


def test_an_amount_of_each_year_is_never_added_to_one_of_the_whole(
    make_register: Callable[..., Path],
) -> None:
    register = register_of(make_register, "a,100,,,,,", "b,,7,,,yearly,", "c,,3,,,yearly,b")
    assert add_up(register, register.records()).total == 100
    yearly = add_up(register, register.records(), "yearly")
    assert (yearly.total, yearly.payers) == (7, {"state": 7})


def test_unknown_amounts_add_up_to_unknown_and_a_stated_zero_to_zero(
    make_register: Callable[..., Path],
) -> None:
    register = register_of(make_register, "a,,,,,,", "b,,,,,,", "nil,0,,,,,")
    silent = [register.operations["a"], register.operations["b"]]
    found = add_up(register, silent)
    assert (found.total, found.payers, bool(found)) == (None, {}, False)
    zero = add_up(register, [*silent, register.operations["nil"]])
    assert (zero.total, bool(zero)) == (0, True)
    assert not stated_funding(register.operations["a"])


def test_a_chain_through_a_record_that_is_left_out_still_counts_once(
    make_register: Callable[..., Path],
) -> None:
    register = register_of(
        make_register, "top,1000,,,,,", "mid,,,,,,top", "low,300,,,,,mid", "leaf,9,,,,,low"
    )
    chosen = [register.operations[name] for name in ("leaf", "low", "top")]
    assert add_up(register, chosen).total == 1000
    assert add_up(register, [register.operations[name] for name in ("leaf", "mid", "low")]).total == 300


def test_a_circle_is_reported_and_loses_no_euro(make_register: Callable[..., Path]) -> None:
    register = register_of(make_register, "a,10,,,,,b", "b,20,,,,,a", "c,5,,,,,a", "self,1,,,,,self")
    assert register.counting_circles == {"a", "b", "self"}
    assert add_up(register, register.records()).total == 31
    said = [problem.text("fr") for problem in register.problems]
    assert [text.split(" — ")[0] for text in said] == [
        "operations.csv, ligne 2, colonne counted_in",
        "operations.csv, ligne 3, colonne counted_in",
        "operations.csv, ligne 5, colonne counted_in",
    ]
    assert all("qui revient à cette ligne" in text for text in said)


@pytest.mark.thorough
def test_a_long_chain_is_walked_in_no_time_that_counts(make_register: Callable[..., Path]) -> None:
    rows = [f"o{rank},{rank + 1},,,,,o{rank + 1}" for rank in range(20_000)]
    register = register_of(make_register, *rows, "o20000,7,,,,,")
    assert add_up(register, register.records()).total == 7
    assert add_up(register, [register.operations["o0"], register.operations["o19999"]]).total == 20_000


def test_a_place_to_count_that_does_not_exist_is_an_error_with_the_nearest(
    make_register: Callable[..., Path],
) -> None:
    register = register_of(make_register, "whole,1000,,,,,", "part,300,,,,,wohle")
    (problem,) = register.problems
    assert problem.severity == "error"
    assert "Vouliez-vous dire «\u00a0whole\u00a0»" in problem.text("fr")
    assert add_up(register, register.records()).total == 1300


@pytest.mark.parametrize(
    ("row", "is_wrong"), [("a,100,60,41,,,", False), ("a,100,60,42,,,", True), ("a,,60,42,,,", False)]
)
def test_payers_that_give_more_than_the_total_are_an_error(
    make_register: Callable[..., Path], row: str, *, is_wrong: bool
) -> None:
    register = register_of(make_register, row)
    assert [problem.message.key for problem in register.problems] == (["shares-exceed"] if is_wrong else [])
    if is_wrong:
        assert "102\u00a0€" in register.problems[0].text("fr")


def test_a_signature_after_the_end_is_an_error(with_contracts: Callable[..., Path]) -> None:
    head = "id,programme,title,territories,signed_on,ends_on,source,section"
    register = read_register(
        with_contracts(
            "a,acv,A,Arras,2019-03,2018,doc,P", "b,acv,B,Arras,2019-03-12,2019-03,doc,P", head=head
        )
    )
    assert [(problem.row, problem.message.key) for problem in register.problems] == [(2, "signed-late")]


def test_what_only_the_whole_names_may_lie_in_what_its_parts_leave(
    make_register: Callable[..., Path],
) -> None:
    register = register_of(make_register, "a,,10,,,,", "b,1000,,,,,a")
    found = add_up(register, register.records())
    assert (found.total, found.payers) == (1000, {"state": 10, "unattributed": 990})


def test_cents_add_up(make_register: Callable[..., Path]) -> None:
    register = register_of(make_register, "a,,0.1,,,,", "b,,0.2,,,,", "c,0.3,0.1,0.2,,,", "d,0.3,0.1,,,,")
    chosen = [register.operations[name] for name in "ab"]
    assert add_up(register, chosen).total == 0.3
    assert add_up(register, [register.operations["c"]]).payers["unattributed"] == 0
    assert add_up(register, [register.operations["d"]]).payers["unattributed"] == 0.2


def test_a_part_of_nothing_that_is_known_keeps_its_zero(make_register: Callable[..., Path]) -> None:
    register = register_of(make_register, "whole,,,,,,", "part,0,,,,,whole")
    assert add_up(register, register.records()).total == 0


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (("a,,10,,,,", "b,,50,,,,a"), "50\u00a0€, plus que les 10\u00a0€"),
        (("a,100,,,,,", "b,,90,70,,,a"), "160\u00a0€, plus que les 100\u00a0€"),
        (("a,100,,,,,", "b,60,,,,,a", "c,60,,,,,a"), "120\u00a0€, plus que les 100\u00a0€"),
        (("a,100,40,,,,", "b,,30,60,,,a"), ""),
    ],
)
def test_parts_that_exceed_their_whole_are_an_error(
    make_register: Callable[..., Path], rows: tuple[str, ...], said: str
) -> None:
    register = register_of(make_register, *rows)
    assert [(p.message.key, p.row) for p in register.problems] == ([("parts-exceed", 2)] if said else [])
    assert said in "".join(problem.text("fr") for problem in register.problems)
    found = add_up(register, register.records())
    assert all(euros >= 0 for euros in found.payers.values())


CONTRACTS = "id,programme,title,territories,source,section,amount_total_eur,counted_in\n"


def test_contracts_are_checked_as_operations_are(make_register: Callable[..., Path]) -> None:
    rows = "a,acv,A,Arras,doc,P,10,b\nb,acv,B,Arras,doc,P,20,a\nc,acv,C,Arras,doc,P,5,zzzz\n"
    register = read_register(make_register(contracts=CONTRACTS + rows))
    assert [(p.row, p.message.key) for p in register.problems] == [
        (2, "counted-circle"),
        (3, "counted-circle"),
        (4, "reference-unknown"),
    ]
    assert "contracts.csv" in register.problems[2].text("fr")
    assert "operations.csv" not in register.problems[2].text("fr")
    assert add_up(register, register.records()).total == 35


def test_a_lone_list_is_checked_too(tmp_path: Path) -> None:
    path = tmp_path / "ma liste.csv"
    path.write_text(CONTRACTS + "a,acv,A,Arras,doc,P,10,zz\n", encoding="utf-8")
    (problem,) = [p for p in read_register(path).problems if p.severity == "error"]
    assert "dans aucune ligne de ma liste.csv" in problem.text("fr")


def test_an_amount_beside_that_of_its_contract_is_remarked(make_register: Callable[..., Path]) -> None:
    head = HEAD.replace("counted_in", "counted_in,contract")
    contracts = CONTRACTS + "k,acv,K,Arras,doc,P,100,\n"
    rows = "o,acv,O,Arras,doc,P,,40,,,,,k\np,acv,P,Arras,doc,P,,40,,,,k,k\nq,acv,Q,Arras,doc,P,,,,,,,k\n"
    register = read_register(make_register(contracts=contracts, operations=head + rows))
    assert [(p.severity, p.row, p.message.key) for p in register.problems] == [("remark", 2, "amount-beside")]


def test_thousands_of_unknown_places_to_count_are_reported_soon(make_register: Callable[..., Path]) -> None:
    register = register_of(make_register, *(f"o{rank},1,,,,,nowhere-{rank}" for rank in range(3_000)))
    keys = [problem.message.key for problem in register.problems]
    assert len(keys) == 3_000
    assert set(keys[100:]) == {"reference-unknown"}, "a near name is looked for at first only"


def test_the_day_of_the_signature_may_be_the_last(with_contracts: Callable[..., Path]) -> None:
    head = "id,programme,title,territories,signed_on,ends_on,source,section"
    assert (
        read_register(with_contracts("a,acv,A,Arras,2019-03-12,2019-03-12,doc,P", head=head)).problems == ()
    )


@pytest.mark.parametrize("kind", ["contract", "operation"])
def test_every_column_of_euros_is_a_total_or_a_payer(kind: str) -> None:
    declared = {field.name for field in load_schema()[f"{kind}s"].fields if field.name.endswith("_eur")}
    payers = dict(PAYERS[kind])  # type: ignore[index]
    assert {TOTALS[kind], *payers} == declared  # type: ignore[index]
    assert all(payer in column for column, payer in payers.items())
