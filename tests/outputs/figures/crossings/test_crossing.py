"""The crossing: exact combinations, the same as the frames; what is not crossed is named."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

import geocontracts as gc
from geocontracts.errors import UnknownOptionError
from geocontracts.outputs.figures.crossings.combinations import crossing_of
from geocontracts.outputs.figures.crossings.layout import people_text
from geocontracts.outputs.figures.figure import draw_figure
from geocontracts.outputs.figures.options import FigureOptions
from geocontracts.records.read import read_register
from geocontracts.webmap.payload import MapOptions, build_content
from tests.outputs.figures.charts import collisions, cut, smallest, words_of

if TYPE_CHECKING:
    from geocontracts.outputs.figures.crossings.combinations import Crossing
    from geocontracts.outputs.figures.plate import Plate
    from geocontracts.webmap.payload import MapContent

MANY = 1000


@cache
def content(area: str = "region:32", lang: Any = "fr") -> MapContent:
    return build_content(read_register(), MapOptions(area=area, lang=lang))


def ids(ranks: Any) -> list[str]:
    return [content().payload["programmes"][rank]["id"] for rank in ranks]


def crossing(most: int = MANY, *names: str) -> Crossing:
    payload = content().payload
    ranks = [n for n, each in enumerate(payload["programmes"]) if each["id"] in names or not names]
    return crossing_of(payload, ranks, most, is_choice=bool(names))


@cache
def plate_of(**options: Any) -> Plate:
    chosen = FigureOptions(style="crossing", **options)
    return draw_figure(content(chosen.area, chosen.lang), chosen)


def test_combinations_are_those_of_the_frame() -> None:
    found = crossing()
    names = ids(cover.programme for cover in found.covers)
    assert len(names) == 20
    frame = gc.overlaps(read_register(), programme=names, exclusive=True)
    expected = {
        frozenset(row["programme_ids"]): (row["communes"], row["population"]) for _, row in frame.iterrows()
    }
    told = {frozenset(ids(each.programmes)): (each.communes, each.people) for each in found.combinations}
    told[frozenset()] = (found.none.communes, found.none.people)
    assert told == expected
    assert sum(each.communes for each in found.combinations) + found.none.communes == 3782
    sizes = [each.communes for each in found.combinations]
    assert sizes == sorted(sizes, reverse=True)


def test_what_is_not_crossed_is_told_apart() -> None:
    found = crossing()
    assert set(ids(found.everywhere)) == {"fratri", "cper"}
    assert "bud" in ids(found.unknown)
    assert found.uncounted == 9
    fewer = crossing(3)
    assert ids(cover.programme for cover in fewer.covers) == [
        "conventions-pauvrete",
        "territoires-industrie",
        "charte-agriculture-urbanisme",
    ]
    assert len(fewer.fewer) == 17
    told = (*fewer.combinations, *fewer.hidden, fewer.none)
    assert sum(each.communes for each in told) == 3782
    assert fewer.none == found.none


def test_a_programme_that_is_asked_for_is_crossed_even_if_it_is_everywhere() -> None:
    found = crossing(MANY, "fratri", "engagement-bassin-minier")
    assert found.everywhere == ()
    assert [(ids(each.programmes), each.communes) for each in found.combinations] == [
        (["fratri"], 3446),
        (["engagement-bassin-minier", "fratri"], 336),
    ]
    assert found.none.communes == 0


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"portrait": True},
        {"size": "16x10"},
        {"size": "8x8", "lang": "en"},
        {"area": "epci:200042190"},
    ],
    ids=str,
)
def test_no_text_is_cut_or_lies_on_another(options: dict[str, Any]) -> None:
    plate = plate_of(**options)
    assert collisions(plate) == []
    assert cut(plate) == []
    assert smallest(plate) >= 6 * 0.86


def test_a_page_shows_all_combinations_and_says_what_it_leaves_out() -> None:
    written = words_of(plate_of())
    assert "Dispositifs : 20 ; combinaisons montrées : 37 sur 37" in written
    assert "Communes qui ne relèvent d’aucun d’eux : 1 545 (996 023 habitants)." in written
    assert (
        "Non croisés parce qu’ils couvrent toutes les communes : Contrats de plan (CPER), FRATRI." in written
    )
    assert "Contrats et missions dont le périmètre n’est pas connu, donc non comptés : 9." in written
    for text in (" 384 ", " 346 ", " Conventions pauvreté 1 534 "):
        assert text in written, text


def test_what_has_no_room_is_counted() -> None:
    portrait = words_of(plate_of(portrait=True))
    assert "Combinaisons non montrées, faute de place : 11 ; communes qu’elles réunissent : 11." in portrait
    column = words_of(plate_of(size="16x10"))
    assert " des 20 dispositifs, faute de place ; combinaisons montrées : 17 sur 37" in column
    assert (
        "Croisés sans être montrés, faute de place, ce sont ceux qui couvrent le moins de communes" in column
    )


@pytest.mark.parametrize(
    "chosen", [{"programmes": ("bud",)}, {"area": "CA Valenciennes Métropole"}], ids=["unknown", "everywhere"]
)
def test_nothing_to_cross_is_refused(chosen: dict[str, object]) -> None:
    with pytest.raises(UnknownOptionError, match="Nothing to cross in"):
        plate_of(**chosen)


@pytest.mark.parametrize("size", ["a4", "16x12", "8x10"])
def test_a_bar_tells_the_same_number_on_every_paper(size: str) -> None:
    """384 communes have the convention against poverty alone, of all 20 programmes that are crossed."""
    plate = plate_of(size=size)
    texts = [text for text, _ in plate.paper.texts]
    assert texts.count("384") == 1
    assert not {"385", "387"} & set(texts)
    if size != "a4":
        assert "des 20 dispositifs, faute de place" in words_of(plate)


def test_the_same_bytes_twice() -> None:
    first = plate_of(programmes=("acv",)).render(".svg")
    plate_of.cache_clear()
    assert first == plate_of(programmes=("acv",)).render(".svg")
    assert b"Action c\xc5\x93ur de ville" in first, "text stays text"


def test_people_are_told_in_thousands() -> None:
    told = [people_text(people, "fr") for people in (None, 0, 40, 900, 9_960, 20_665, 1_195_234)]
    assert told == ["?", "0", "<\u00a00,1", "0,9", "10", "21", "1\u202f195"]
