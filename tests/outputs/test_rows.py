"""Every row that has a place to find ends somewhere, with its line, its reason and its candidates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geocontracts.outputs.report import build_report
from geocontracts.outputs.rows import build_rows
from geocontracts.perimeters.perimeter import resolve_perimeters
from geocontracts.records.read import read_register
from geocontracts.records.register import Contract, Item, Mission, Register

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from geocontracts.outputs.rows import RowOutcome


def contract(name: str, *items: tuple[str, int], **facts: Any) -> Contract:
    listed = tuple(Item(written, line) for written, line in items)
    told = {"file": "liste.csv", "line": items[0][1] if items else 0} | facts
    written = tuple(item.written for item in listed)
    return Contract(
        id=name, programme="crte", title=f"CRTE {name}", territories=written, listed=listed, **told
    )


def register_of(*contracts: Contract, missions: tuple[Mission, ...] = ()) -> Register:
    return Register(
        "liste", (), {}, {each.id: each for each in contracts}, {each.id: each for each in missions}, {}, {}
    )


def rows_of(*contracts: Contract, missions: tuple[Mission, ...] = ()) -> list[RowOutcome]:
    register = register_of(*contracts, missions=missions)
    return build_rows(register, resolve_perimeters(register))


def said(row: RowOutcome) -> list[str]:
    return [reason.text("fr") for reason in row.reasons]


def test_a_long_list_has_one_row_for_each_of_its_lines_in_the_order_of_the_file() -> None:
    rows = rows_of(
        contract("b", ("62041", 2), ("Sossons", 5)), contract("a", ("02408", 3), ("Saint-Pol-sur-Mer", 4))
    )
    told = [(row.line, row.records, row.outcome, [place.id for place in row.places]) for row in rows]
    assert told == [
        (2, ("b",), "placed", ["commune:62041"]),
        (3, ("a",), "placed", ["commune:02408"]),
        (4, ("a",), "remark", ["commune:59183"]),
        (5, ("b",), "unplaced", []),
    ]
    assert said(rows[2]) == [
        "«\u00a0Saint-Pol-sur-Mer\u00a0» est une commune associée à «\u00a0Dunkerque\u00a0»."
    ]
    assert rows[3].candidates[0].place.id == "commune:02722"
    assert rows[3].title == "CRTE b"


def test_a_line_of_two_contracts_is_one_row_whose_problem_is_told_once() -> None:
    contracts = contract("a", ("62041", 2), ("Sossons", 3)), contract("b", ("Sossons", 3))
    rows = rows_of(*contracts)
    assert [(row.line, row.records, row.written) for row in rows] == [
        (2, ("a",), ("62041",)),
        (3, ("a", "b"), ("Sossons",)),
    ]
    register = register_of(*contracts)
    made = build_report(register, resolve_perimeters(register))
    assert [(problem.row, problem.severity) for problem in made.problems] == [(3, "error")]
    assert (made.records, made.row_count, made.placed, made.remark, made.unplaced) == (2, 2, 1, 0, 1)


def test_a_row_of_which_one_place_is_missing_names_it() -> None:
    (row,) = rows_of(contract("a", ("Arras", 2), ("Laon", 2), ("Sossons", 2), ("Soissons", 2)))
    assert (row.outcome, row.state, row.is_to_correct) == ("remark", "partly", True)
    assert [place.name for place in row.places] == ["Arras", "Laon", "Soissons"]
    (reason,) = said(row)
    assert reason.startswith("«\u00a0Sossons\u00a0» n’est pas placé\u00a0: Aucun lieu ne porte exactement")
    assert [item.written for item in row.lost] == ["Sossons"]


def test_what_a_contract_referred_to_lacks_is_told_on_its_own_row() -> None:
    rows = rows_of(
        contract("a", ("Arras", 2), ("Sossons", 2)),
        contract("b", ("contract:a", 3)),
        contract("c", ("contract:b", 4), ("Laon", 4)),
        contract("d", ("contract:nulle-part", 5)),
        contract("e", ("custom:PNR de l’Avesnois", 6)),
        contract("f", ("contract:e", 7)),
    )
    told = [(row.state, [place.name for place in row.places], len(row.candidates)) for row in rows]
    assert [state for state, *_ in told] == ["partly", "remark", "remark", "unplaced", "undrawn", "undrawn"]
    assert told[1] == ("remark", [], 0)
    assert told[2][1] == ["Laon"]
    assert said(rows[1]) == [
        "le périmètre du contrat «\u00a0a\u00a0», auquel cette ligne renvoie, est incomplet."
    ]
    assert "n’existe pas dans ce registre" in said(rows[3])[0]
    assert rows[1].written == ("contract:a",)


def test_references_on_several_lines_are_each_judged_by_their_own_contract() -> None:
    rows = rows_of(
        contract("a", ("Arras", 2)),
        contract("b", ("Sossons", 3)),
        contract("c", ("contract:a", 4), ("contract:b", 5)),
    )
    assert [(row.line, row.outcome) for row in rows[2:]] == [(4, "placed"), (5, "unplaced")]
    assert said(rows[2]) == ["Même périmètre que le contrat nommé."]


def test_contracts_that_refer_to_each_other_are_to_be_corrected() -> None:
    rows = rows_of(contract("a", ("contract:b", 2)), contract("b", ("contract:a", 3)))
    assert [(row.line, row.state) for row in rows] == [(2, "unplaced"), (3, "unplaced")]
    assert all("sans fin" in said(row)[0] for row in rows)


def test_a_row_without_any_place_says_so_and_is_to_be_corrected() -> None:
    (row,) = rows_of(contract("a", line=7))
    assert (row.line, row.state, said(row)) == (7, "unplaced", ["Aucun territoire n’est indiqué."])


def test_what_the_source_counts_is_a_remark_on_its_row() -> None:
    (row,) = rows_of(contract("a", ("Arras", 2), stated_communes=2))
    assert (row.outcome, row.state) == ("remark", "remark")
    assert said(row)[-1].startswith("La source annonce 2 communes")


def test_rows_of_several_files_keep_apart_and_records_of_no_file_too() -> None:
    mission = Mission(id="m", programme="crte", title="M", territories=("Laon",), file="missions.csv", line=2)
    rows = rows_of(contract("a", ("Arras", 2)), missions=(mission,))
    assert [(row.file, row.line) for row in rows] == [("liste.csv", 2), ("missions.csv", 2)]
    loose = [contract(name, (place, 0), file="") for name, place in (("a", "Arras"), ("b", "Laon"))]
    assert [row.records for row in rows_of(*loose)] == [("a",), ("b",)]


def test_the_cells_of_a_row_that_could_not_be_read_are_told_with_it(
    with_contracts: Callable[..., Path],
) -> None:
    folder = with_contracts(
        "a,acv,T,Arras,signed,doc,P,abc",
        "b,acv,T,Laon,signed,doc,P,12",
        head="id,programme,title,territories,status,source,section,amount_total_eur",
    )
    register = read_register(folder)
    rows = build_rows(register, resolve_perimeters(register))
    assert [[problem.column for problem in row.problems] for row in rows] == [["amount_total_eur"], []]


def test_rows_of_the_bundled_register_add_up() -> None:
    register = read_register(None)
    perimeters = resolve_perimeters(register)
    made = build_report(register, perimeters)
    assert made.row_count == made.records == len(register)
    assert made.placed + made.remark + made.unplaced == made.row_count
    by_outcome = [sum(each.outcome == outcome for each in perimeters) for outcome in ("placed", "remark")]
    assert [made.placed, made.remark] == by_outcome
    assert len({(row.file, row.line) for row in made.rows}) == made.row_count


def test_a_line_of_several_contracts_bears_the_names_of_all(tmp_path: Path) -> None:
    path = tmp_path / "liste.csv"
    lines = ("id_crte;lib_crte;commune", "a;Ternois;Frévent", "b;Opale;Guînes", "a,b;;Arras")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    register = read_register(path)
    rows = build_rows(register, resolve_perimeters(register))
    assert [row.title for row in rows] == ["Ternois", "Opale", "Ternois; Opale"]
    assert rows[2].programme == "CRTE"
