"""How exact the borders are is said with a figure, and the figure is the one that is measured."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from geocontracts.outputs.exports.write import write_export
from geocontracts.outputs.figures.figure import figure
from geocontracts.outputs.figures.options import FigureOptions
from geocontracts.places.fresh.sets import bundled_set
from geocontracts.records.read import read_register
from geocontracts.webmap.page import write_map
from geocontracts.webmap.payload import MapOptions
from tests.trust.test_encoder import farthest_of, told
from tests.trust.test_provenance import block

if TYPE_CHECKING:
    from pathlib import Path

    from geocontracts.words import Lang

BOUNDARIES = {
    "fr": ("généralisées par leur source à environ 200\u00a0m", "déplacées d’au plus 2,5\u00a0m"),
    "en": ("generalised by their source to about 200\u00a0m", "moved by at most 2.5\u00a0m"),
}


@pytest.mark.parametrize("name", ["departement:62", "commune:59172"])
def test_a_page_states_the_tolerance_that_is_measured(name: str) -> None:
    both = told(name)
    farthest = farthest_of(both)
    assert both.tolerance == 10
    assert both.tolerance / 4 < farthest <= both.tolerance


@pytest.mark.parametrize("lang", ["fr", pytest.param("en", marks=pytest.mark.thorough)])
def test_page_export_and_figure_say_how_the_boundaries_were_simplified(tmp_path: Path, lang: Lang) -> None:
    """The page adds its own grid; an export has the boundaries as they are, a figure what paper holds."""
    path = tmp_path / "liste.csv"
    path.write_text("Intitulé;Territoires\nUn;Denain\n", encoding="utf-8")
    register, area = read_register(path), "commune:59172"
    page = write_map(register, tmp_path / "c.html", MapOptions(area=area, lang=lang)).payload
    drawn = figure(register, FigureOptions(area=area, size="12x9", lang=lang)).render(".svg").decode()
    export = write_export(register, tmp_path / "e.geojson", area=area, lang=lang).path
    content = export.read_text(encoding="utf-8")
    for said in BOUNDARIES[lang]:
        assert said in page["provenance"]["exactness"]
        assert said in json.loads(block(tmp_path / "c.html"))["provenance"]["rdfs:label"]
        assert said in drawn
        assert any(said in line for line in json.loads(content)["credits"])
    assert "{distance}" in page["words"]["origin.exact"], "the page's own figure, filled in by the client"
    assert "tolerance" not in content, "its shapes are not those of the page"
    assert "0,1\u00a0mm" in drawn or "0.1\u00a0mm" in drawn


def test_other_boundaries_state_what_their_producers_tell() -> None:
    fetched = replace(bundled_set(), source="etalab", detail="100m", name="etalab")
    assert fetched.exactness("fr") == "Contours d’Etalab, généralisés par lui à 100\u00a0m"
    mixed = replace(fetched, source="ign", detail="pe", area="region:32", area_name="Hauts-de-France")
    told_fr = mixed.exactness("fr")
    assert told_fr.startswith(
        "Hauts-de-France — Limites de l’IGN, ADMIN EXPRESS COG, édition «\u00a0pe\u00a0»"
    )
    assert "200\u00a0m" in told_fr.partition("Ailleurs")[2]
