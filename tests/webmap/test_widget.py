"""The widget's traits without a browser: what they hold, what they take, what they refuse."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest
from traitlets import TraitError

from geocontracts import ContractWidget, MapOptions, read_register
from tests.webmap.test_page import payload_of


@pytest.fixture(scope="module")
def made() -> ContractWidget:
    return ContractWidget()


@pytest.fixture
def widget(made: ContractWidget) -> ContractWidget:
    made.set_trait("selection", None)
    made.set_trait("date", None)
    made.set_trait("state", "")
    made.layers = made.programmes
    return made


def test_it_holds_the_page_with_its_bridge_and_starts_as_the_page_does(widget: ContractWidget) -> None:
    told = payload_of(widget._page)
    assert told["bridge"] is True
    assert widget.layers == widget.programmes == tuple(programme["id"] for programme in told["programmes"])
    assert (widget.selection, widget.date, widget.state, widget.height) == (None, None, "", 640)
    assert len(widget.perimeters) == len(told["records"])


def test_its_front_end_stands_in_it_and_asks_nothing_of_the_network() -> None:
    code = ContractWidget._esm
    assert "import " not in str(code)
    assert "http" not in str(code)
    assert "allow-same-origin" not in str(code)


@pytest.mark.parametrize(
    ("name", "given", "held"),
    [
        ("selection", "59172", "commune:59172"),
        ("selection", "commune:59172", "commune:59172"),
        ("selection", "200033579", "epci:200033579"),
        ("selection", "departement:62", "departement:62"),
        ("selection", None, None),
        ("layers", ["pat", "acv", "pat"], ("acv", "pat")),
        ("layers", {"acv"}, ("acv",)),
        ("layers", (), ()),
        ("date", 2019, (2019, 2019)),
        ("date", [2017, 2019], (2017, 2019)),
        ("date", None, None),
        ("state", "https://exemple.fr/carte.html#v=pileup", "v=pileup"),
        ("state", "#off=acv", "off=acv"),
        ("state", "off=acv", "off=acv"),
    ],
)
def test_a_value_is_held_as_the_page_says_it(
    widget: ContractWidget, name: str, given: object, held: object
) -> None:
    setattr(widget, name, given)
    assert getattr(widget, name) == held


def test_a_record_is_chosen_by_its_identifier(widget: ContractWidget) -> None:
    record = payload_of(widget._page)["records"][3]["id"]
    widget.selection = record
    assert widget.selection == f"record:{record}"


@pytest.mark.parametrize(
    ("name", "given", "said"),
    [
        (
            "selection",
            "commune:59999",
            r"“commune:59999” is neither .* Expected: commune:CODE, .* Near: commune:59",
        ),
        ("selection", "Denain", r"“Denain” is neither a place nor a record"),
        ("selection", 59172, r"“59172” is neither|59172 is neither"),
        ("selection", "planet:1", r"“planet:1” is neither"),
        ("layers", ["acv", "acvv"], r"“acvv” is not a programme of this map: .*\bacv\b.*\bpat\b"),
        ("layers", "acv", r"'acv' is not a list of programmes\. The programmes of this map: .*\bacv\b"),
        ("layers", 5, r"5 is not a list of programmes"),
        ("layers", [["acv"]], r"is not a programme of this map"),
        ("date", "2019", r"'2019' is neither a year \(2019\), nor two years in order"),
        ("date", (2019, 2017), r"\(2019, 2017\) is neither a year"),
        ("date", (2017, 2018, 2019), "is neither a year"),
        ("date", True, "is neither a year"),
        ("date", 20190, "is neither a year"),
        ("height", 5, "height"),
    ],
)
def test_a_value_that_the_map_does_not_have_is_refused_by_name(
    widget: ContractWidget, name: str, given: object, said: str
) -> None:
    before = getattr(widget, name)
    with pytest.raises(TraitError, match=said):
        setattr(widget, name, given)
    assert getattr(widget, name) == before


def test_what_it_shows_first_is_given_by_name() -> None:
    register = read_register()
    widget = ContractWidget(
        register, MapOptions(area="62", lang="en"), height=400, date=2019, layers=["acv"], selection="62041"
    )
    assert (widget.height, widget.date, widget.layers) == (400, (2019, 2019), ("acv",))
    assert widget.selection == "commune:62041"
    assert widget._wish["shown"] == {"selection": "commune:62041", "layers": ("acv",), "date": (2019, 2019)}
    with pytest.raises(TraitError, match="commune:59172"):
        widget.selection = "commune:59172"  # in the Nord, which this map does not show
    with pytest.raises(TypeError, match="no 'years': give selection, layers, date, state or height"):
        ContractWidget(register, years=2019)


def tell(widget: ContractWidget, *, answer: bool = False, **shown: Any) -> None:
    """Hand the widget what a view sends that knows all that was set."""
    seen = {"selection": None, "layers": list(widget.programmes), "date": None, "state": "", **shown}
    told = {"view": "a", "knows": widget._wish["version"], "answer": answer, "shown": seen}
    widget._handle_custom_msg({"told": told}, [])


def test_what_the_map_tells_is_taken_in_one_go(widget: ContractWidget) -> None:
    """Lists for tuples, each trait tells its change, and nothing is asked of the view that told it."""
    told: list[Any] = []
    widget.observe(lambda change: told.append((change.name, change.new)), ["selection", "layers", "date"])
    tell(widget, selection="commune:59172", layers=["acv", "pat"], date=[2017, 2019], state="x")
    widget.unobserve_all()
    assert sorted(told) == [
        ("date", (2017, 2019)),
        ("layers", ("acv", "pat")),
        ("selection", "commune:59172"),
    ]
    assert (widget._wish["by"], widget._wish["shown"]) == ("a", {"state": "x"})


def test_what_is_set_after_the_map_was_used_is_asked_on_top_of_what_was_seen(widget: ContractWidget) -> None:
    """A view that is shown in the same cell begins with both."""
    tell(widget, layers=["pat"], state="only=pat")
    version = widget._wish["version"]
    widget.layers = widget.programmes
    assert widget._wish["shown"] == {"state": "only=pat", "layers": widget.programmes}
    assert (widget._wish["version"], widget._wish["by"]) == (version + 1, "")
    tell(widget, answer=True, state="")
    assert (widget.state, widget._wish["version"], widget._wish["shown"]) == ("", version + 1, {"state": ""})


def test_what_an_observer_sets_is_asked_too(widget: ContractWidget) -> None:
    widget.observe(lambda _: setattr(widget, "date", 2019), "selection")
    tell(widget, selection="commune:59172", state="at=commune:59172")
    widget.unobserve_all()
    assert widget.date == (2019, 2019)
    assert widget._wish["shown"] == {"state": "at=commune:59172", "date": (2019, 2019)}


def test_what_the_page_refuses_is_taken_back(widget: ContractWidget) -> None:
    widget.state = "at=commune:99999"
    assert widget._wish["exact"] is True
    tell(widget, answer=True, state="")
    assert (widget.state, widget._wish["exact"]) == ("", False)


def test_what_another_sends_is_left_aside(widget: ContractWidget) -> None:
    before = widget._wish
    widget._handle_custom_msg({"kind": "anywidget-command"}, [])
    assert widget._wish == before


def test_without_anywidget_the_rest_works_and_the_message_says_what_to_install() -> None:
    code = (
        "import sys; sys.modules['anywidget'] = None\n"
        "import geocontracts; geocontracts.ContractMap\n"
        "try: geocontracts.ContractWidget\n"
        "except geocontracts.GeocontractsError as error: print(error.text('fr'))"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert 'pip install "geocontracts[notebook]"' in said
