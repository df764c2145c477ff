"""What the page writes is read back the same: links, its table as CSV, its perimeters as GeoJSON."""

from __future__ import annotations

import csv
import io
import json
import re
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geocontracts.records.figures import read_sum
from geocontracts.records.formats.read import read_sheet
from geocontracts.records.formats.signs import fit
from geocontracts.records.read import read_register
from geocontracts.webmap.payload import MapOptions, build_content
from geocontracts.webmap.runs import members_of
from tests.budget import examples
from tests.trust.client import Client, blocks_of
from tests.trust.strategies import texts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from geocontracts.webmap.payload import MapContent

pytestmark = pytest.mark.thorough  # they need Node, and the client's packages

MODES = ["contracts", "pileup", "amounts", "white", "cross"]
UNITS = ["commune", "epci", "departement"]
COLUMNS = [
    "title",
    "kind",
    "programme",
    "status",
    "signed",
    "starts",
    "ends",
    "territory",
    "basis",
    "total",
    "state",
]
PLACES = {
    "commune": "communes",
    "epci": "epci",
    "arrondissement": "arrondissements",
    "departement": "departements",
}
NEEDLE = re.compile(r"\S(?:.{0,58}\S)?")


@cache
def content() -> MapContent:
    """Return a map of one département."""
    return build_content(read_register(), MapOptions(area="departement:02"))


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    with Client(tmp_path_factory.mktemp("client")) as running:
        yield running


@pytest.fixture(scope="module")
def linked(client: Client) -> dict[str, Any]:
    """Return a payload that the client knows as number 1, whose names and themes have every awkward sign."""
    payload = json.loads(json.dumps(content().payload))
    awkward = [
        "a,b",
        "c&d=e",
        "é#1",
        "100%",
        "x y",
        "%41",
        "(b)",
        "‘’",
        "😀",
        "a+b",
        "__proto__",
        "~",
        "-",
        "/",
    ]
    for rank, programme in enumerate(payload["programmes"]):
        programme["id"] = f"{awkward[rank % len(awkward)]}{rank or ''}"
    for rank, record in enumerate(payload["records"]):
        record["id"] += awkward[rank % len(awkward)]
        record["themes"] = [f"{awkward[rank % len(awkward)]}thème{rank % 20}"]
    client.ask("know", number=1, payload=payload)
    return payload  # type: ignore[no-any-return]


def a_set(items: list[Any]) -> st.SearchStrategy[dict[str, list[Any]]]:
    """Return sets as they are told to the client."""
    return st.lists(st.sampled_from(items), unique=True, max_size=6).map(lambda some: {"set": sorted(some)})


@st.composite
def states(draw: st.DrawFn, payload: dict[str, Any]) -> dict[str, Any]:
    """Draw the parts of the page's state that a link carries."""
    places = payload["places"]
    size = {
        kind: len(places[name]["code"] if kind == "commune" else places[name])
        for kind, name in PLACES.items()
    }
    size["record"] = len(payload["records"])
    kind = draw(st.sampled_from(sorted(size)))
    chosen = st.fixed_dictionaries({"kind": st.just(kind), "index": st.integers(0, size[kind] - 1)})
    years = sorted(draw(st.lists(st.integers(1000, 2100), min_size=2, max_size=2)))
    period = {"from": years[0], "to": years[1], "undated": draw(st.booleans())}
    themes = sorted({theme for record in payload["records"] for theme in record["themes"]})
    cents = st.one_of(st.none(), st.integers(0, 10**15).map(lambda found: found / 100))
    filters = {
        "kinds": draw(a_set(["contract", "mission", "operation"])),
        "statuses": draw(a_set(["signed", "in_force", "planned", "ended", "announced", ""])),
        "themes": draw(a_set(themes)),
        "operators": {"set": []},
        **{one: draw(st.integers(-1, size[one] - 1)) for one in ("departement", "epci")},
        "least": draw(cents),
        "most": draw(cents),
    }
    ranks = list(range(len(payload["programmes"])))
    return {
        "mode": draw(st.sampled_from(MODES)),
        "unit": draw(st.sampled_from(UNITS)),
        "crossed": draw(st.lists(st.sampled_from(ranks), unique=True, max_size=3)),
        "hidden": draw(a_set(ranks)),
        "filters": filters,
        "period": draw(st.sampled_from([None, period])),
        "chosen": draw(st.one_of(st.none(), chosen)),
        "needle": draw(st.one_of(st.just(""), texts.filter(NEEDLE.fullmatch))),
        "table": draw(st.booleans()),
        "sorting": {"column": draw(st.sampled_from(COLUMNS)), "down": draw(st.booleans())},
    }


@examples(150)
@given(data=st.data())
def test_a_link_leads_to_what_was_shared(client: Client, linked: dict[str, Any], data: st.DataObject) -> None:
    state = data.draw(states(linked))
    answer = client.ask("link", number=1, state=state, sight=None)
    assert re.fullmatch(r"[\w\-.:/%=&,]*", answer["fragment"])
    if not answer["fragment"]:
        return
    assert answer["read"]["missing"] == []
    told = answer["read"]["state"]
    for one in (told, state):
        one["hidden"]["set"].sort()
        one["crossed"] = sorted(one["crossed"])
    assert told == state


@examples(300)
@given(
    fragment=st.one_of(
        st.text(max_size=30),
        st.lists(
            st.builds(
                "{}={}".format,
                st.sampled_from(
                    [
                        "m",
                        "v",
                        "x",
                        "off",
                        "on",
                        "only",
                        "none",
                        "t",
                        "at",
                        "q",
                        "sort",
                        "table",
                        "f.kind",
                        "f.amount",
                        "f.theme",
                        "f.dep",
                    ]
                ),
                st.one_of(
                    st.text(st.sampled_from("0123456789-./,:%E9&=abc"), max_size=14),
                    st.sampled_from(
                        [
                            "acv",
                            "commune:02691",
                            "2017-2019,undated",
                            "-total",
                            "9/49.5/3.5",
                            "1-2",
                            "pileup.epci",
                        ]
                    ),
                ),
            ),
            max_size=5,
        ).map("&".join),
    )
)
def test_any_fragment_is_followed_to_a_state_that_can_be_shared(
    client: Client, linked: dict[str, Any], fragment: str
) -> None:
    assert linked
    first = client.ask("follow", number=1, fragment=f"#{fragment}")
    if first["read"] is None or not first["again"]:
        return
    second = client.ask("follow", number=1, fragment=f"#{first['again']}")
    assert second["again"] == first["again"]
    assert second["read"]["missing"] == []


def rewritten(data: st.DataObject) -> dict[str, Any]:
    """Return the payload with texts and amounts that were drawn, in some of its records."""
    payload = json.loads(json.dumps(content().payload))
    amount = st.one_of(st.none(), st.integers(0, 10**13).map(lambda cents: cents / 100))
    said = texts.map(fit)  # as every reader gives it
    for record in payload["records"][:60:12]:
        drawn = data.draw(st.tuples(said, said, amount, st.lists(said, max_size=2)))
        record["title"], record["summary"], record["total"], record["remarks"] = drawn
    return payload  # type: ignore[no-any-return]


@examples(8)
@given(data=st.data())
def test_what_the_page_saves_is_read_back(client: Client, tmp_path: Path, data: st.DataObject) -> None:
    payload = rewritten(data)
    saved = client.ask("files", **blocks_of(payload, content().arcs))  # type: ignore[arg-type]
    records, codes = payload["records"], payload["places"]["communes"]["code"]
    assert saved["csv"].startswith("\ufeff")
    header, *lines = csv.reader(io.StringIO(saved["csv"][1:], newline=""), delimiter=";", strict=True)
    title, total = header.index("Intitulé"), header.index("Montant total (€)")
    assert [line[title].removeprefix("'") for line in lines] == [
        one["title"].removeprefix("'") for one in records
    ]
    assert not any(line[title][:1] in set("=+-@\t\r\0") for line in lines if line[title])
    for line, record in zip(lines, records, strict=True):
        assert (line[total] == "") == (record["total"] is None)
        assert record["total"] is None or read_sum(line[total]) == record["total"]
    path = tmp_path / "table.csv"
    path.write_text(saved["csv"], encoding="utf-8", newline="")
    sheet = read_sheet(path, header=1)
    assert [cells for _, cells in sheet.rows] == [[fit(cell) for cell in line] for line in lines]

    features = saved["geojson"]["features"]
    for feature, record in zip(features, records, strict=True):
        told = feature["properties"]
        assert (told["title"], told["total_eur"]) == (record["title"], record["total"])
        assert told["communes"] == [codes[rank] for rank in members_of(record["communes"])]
        assert (feature["geometry"] is None) == (not record["communes"])
    path = tmp_path / "carte.geojson"
    path.write_text(json.dumps(saved["geojson"]), encoding="utf-8")
    rows = read_sheet(path)
    place = rows.header.index("title")
    assert [cells[place] for _, cells in rows.rows] == [fit(one["title"]) for one in records]
