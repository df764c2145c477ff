"""The timeline on paper: every contract is named or counted, and no text lies on another."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from geocontracts.outputs.figures.figure import draw_figure
from geocontracts.outputs.figures.options import FigureOptions
from geocontracts.outputs.figures.timelines.fitting import LEAST
from geocontracts.records.read import read_register
from geocontracts.webmap.payload import MapOptions, build_content
from tests.outputs.figures.charts import collisions, cut, smallest, words_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from geocontracts.outputs.figures.plate import Plate
    from geocontracts.webmap.payload import MapContent

HEAD = "id,programme,title,territories,status,signed_on,starts_on,ends_on,source,section"


@cache
def content(area: str = "region:32", lang: Any = "fr") -> MapContent:
    return build_content(read_register(), MapOptions(area=area, lang=lang))


@cache
def timeline(**options: Any) -> Plate:
    chosen = FigureOptions(style="timeline", **options)
    return draw_figure(content(chosen.area, chosen.lang), chosen)


def titles() -> list[str]:
    return [
        " ".join(entry["title"].split())
        for entry in content().payload["records"]
        if entry["kind"] == "contract"
    ]


@pytest.mark.parametrize(
    "options",
    [{}, {"portrait": True}, {"size": "a3"}, {"size": "16x10"}, {"size": "8x8"}],
    ids=str,
)
def test_no_text_is_cut_or_lies_on_another(options: dict[str, Any]) -> None:
    plate = timeline(**options)
    assert collisions(plate) == []
    assert cut(plate) == []
    assert smallest(plate) >= LEAST * 0.9


@pytest.mark.parametrize("options", [{}, {"portrait": True}, {"size": "a3"}], ids=str)
def test_a_page_names_every_contract(options: dict[str, Any]) -> None:
    written = words_of(timeline(**options))
    assert [title for title in titles() if title not in written] == []
    assert "70 contrats, dont 21 avec une date connue au moins et 49 sans date connue" in written
    for text in ("2017 – 2027", "s. 16/03/2017", "2018 –", "publication de la source de 64 des 70 contrats"):
        assert text in written, text
    assert "faute de place" not in written.lower()


def test_a_column_of_text_counts_what_it_cannot_name() -> None:
    written = words_of(timeline(size="16x10"))
    assert "Un trait par contrat, une ligne par dispositif" in written
    for text in ("Pactes métropolitains", "13 Territoires d’industrie", "5 Sites de défense (CRSD)"):
        assert text in written
    assert "ne sont pas montrés" not in written


def test_what_does_not_fit_is_counted() -> None:
    written = words_of(timeline(size="8x8"))
    assert "des 70 contrats ne sont pas montrés" in written


def test_one_programme_in_english() -> None:
    written = words_of(timeline(lang="en", programmes=("cottri",)))
    assert "COTTRI de 13 collectivités" in written
    assert "No known date:" in written
    assert "2 contracts, 1 with at least one known date and 1 without any" in written
    assert "Action cœur de ville" not in written


def test_the_same_bytes_twice() -> None:
    first = timeline(size="8x8").render(".svg")
    timeline.cache_clear()
    assert first == timeline(size="8x8").render(".svg")
    assert "Bassin minier (ERBM)" in first.decode("utf-8"), "text stays text"


def many(with_contracts: Callable[..., Path], count: int, **options: Any) -> Plate:
    rows = [f"c{n},acv,Convention {n},Arras,signed,,{2001 + n % 20},,doc,P" for n in range(count)]
    register = read_register(with_contracts(*rows, "z,acv,Revenue,Arras,signed,,2020,2018,doc,P", head=HEAD))
    return draw_figure(build_content(register, MapOptions()), FigureOptions(style="timeline", **options))


def test_two_panels_before_names_are_given_up(with_contracts: Callable[..., Path]) -> None:
    written = words_of(many(with_contracts, 40))
    assert all(f"Convention {n} " in written for n in range(40))
    assert "Contrats dont la fin précède le début, tracés sans fin : 1." in written.replace("\u00a0", " ")


def test_hundreds_are_counted_by_year(with_contracts: Callable[..., Path]) -> None:
    plate = many(with_contracts, 400)
    written = words_of(plate)
    assert "nombre de contrats qui commencent" in written
    assert written.count(" 20 20 20") >= 1, "twenty begin in each year"
    assert " 21 " in written, "and one more in 2020"
    assert collisions(plate) == []
