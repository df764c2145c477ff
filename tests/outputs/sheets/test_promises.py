"""What sheets promise of sums and of what lies inside, and that no text of theirs is live."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from geocontracts.errors import OutputError
from geocontracts.outputs.sheets.batch import plan_batch
from geocontracts.outputs.sheets.html import render_html
from geocontracts.outputs.sheets.markdown import plain
from geocontracts.outputs.sheets.place import find_territory
from geocontracts.outputs.sheets.presence import add_sums, find_presences
from geocontracts.outputs.sheets.write import SheetMaker
from geocontracts.records.read import read_register

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def own(with_contracts: Callable[..., Path]) -> SheetMaker:
    """Return a maker for three contracts of Arras, one of which names a place that nobody knows."""
    head = "id,programme,title,territories,status,amount_total_eur,source,section"
    rows = (
        "a,acv,A,Arras,signed,1000,doc,1",
        "b,acv,B,Arras,signed,,doc,2",
        "c,acv,C,Arras; Nullepart,signed,300,doc,3",
    )
    return SheetMaker(read_register(with_contracts(*rows, head=head)))


def test_a_contract_of_which_a_place_is_unknown_is_not_said_to_lie_inside(own: SheetMaker) -> None:
    found = find_presences(find_territory("Arras", own.ledger), own.ledger)
    assert {each.record.id: each.extent for each in found} == {"a": "exact", "b": "exact", "c": "wider"}


def test_a_sum_says_how_many_state_no_amount(own: SheetMaker) -> None:
    sums = add_sums(own.ledger, own.ledger.register.contracts.values())
    assert (sums.records, sums.silent, sums.whole.total) == (3, 1, 1300)


def test_the_words_below_a_map_are_no_markup(maker: SheetMaker) -> None:
    document = maker.territory("Denain")
    assert document.picture
    hostile = replace(document, picture=replace(document.picture, caption="<img src=x onerror=alert(1)>"))
    told = render_html(hostile).decode()
    assert "<img" not in told
    assert "&lt;img src=x" in told


def test_a_dollar_is_no_formula_in_markdown() -> None:
    assert plain("de $x$ à `y` | *z*") == r"de \$x\$ à \`y\` \| \*z\*"


def test_no_sheet_of_a_batch_is_written_over_the_list(tmp_path: Path) -> None:
    path = tmp_path / "index.html"  # a list may be an HTML table, as ministries publish them
    path.write_text(
        "<table><tr><th>Intitulé</th><th>Dispositif</th><th>Territoires</th></tr>"
        "<tr><td>A</td><td>PVD</td><td>Arras</td></tr></table>",
        encoding="utf-8",
    )
    maker = SheetMaker(read_register(path))
    with pytest.raises(OutputError, match=r"index\.html"):
        plan_batch("Pas-de-Calais", "arrondissement", tmp_path, "html", maker.ledger)
