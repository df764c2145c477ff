"""Frames for readers: every heading and code in words, figures and unknown untouched."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd
import pytest

import geocontracts as gc
from geocontracts.errors import UnknownOptionError
from geocontracts.records.amounts import add_up
from geocontracts.words import LANGS

if TYPE_CHECKING:
    from geocontracts.words import Lang


@cache
def frames() -> dict[str, pd.DataFrame]:
    register = gc.read_register()
    return {
        "join": gc.join(register),
        "stack": gc.stack("Denain", register),
        "coverage": gc.coverage(register, by="departement"),
        "overlaps": gc.overlaps(register),
        "combinations": gc.overlaps(register, exclusive=True),
    }


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", ["join", "stack", "coverage", "overlaps", "combinations"])
def test_every_column_has_a_heading_of_its_own(name: str, lang: Lang) -> None:
    frame = frames()[name]
    told = gc.labelled(frame, lang=lang)
    headings = [*told.index.names, *told.columns]
    assert len(set(headings)) == len(headings)
    assert all(each is None or each == "geometry" or each[0].isupper() for each in headings)
    assert "_" not in "".join(filter(None, headings))
    assert told.attrs == frame.attrs
    assert told.index.equals(frame.index)
    assert type(told) is type(frame)


def test_codes_are_words_and_figures_stay() -> None:
    frame = frames()["stack"]
    told = gc.labelled(frame)
    assert tuple(told.loc["erbm", ["Nature", "Statut", "Nature du périmètre", "Étendue", "Début"]]) == (
        "Contrat",
        "Signé",
        "Périmètre donné par la source",
        "Tout le lieu",
        "2017",
    )
    assert told.loc["erbm", "Montant total (€)"] is pd.NA
    assert told["Communes du périmètre"].equals(frame["communes_of_record"].rename("Communes du périmètre"))
    english = gc.labelled(frame, lang="en")
    assert tuple(english.loc["erbm", ["Kind", "Status", "Title"]]) == (
        "Contract",
        "Signed",
        told.loc["erbm", "Intitulé"],
    )
    assert "kind" in frame.columns, "the frame that was given is as it was"
    assert frame.loc["erbm", "kind"] == "contract"


def test_a_status_is_named_after_what_it_is_of() -> None:
    frame = pd.DataFrame(
        {"kind": ["contract", "operation", None], "status": ["in_force", "in_force", "in_force"]}
    )
    assert list(gc.labelled(frame)["Statut"]) == ["En vigueur", "En cours", "En vigueur ou en cours"]
    assert list(gc.labelled(frame[["status"]])["Statut"]) == ["En vigueur ou en cours"] * 3


def test_what_is_not_ours_or_not_known_keeps_its_name() -> None:
    frame = pd.DataFrame({"basis": ["stated", "mine", None], "text": [1, 2, 3], 7: [0, 0, 0]})
    told = gc.labelled(frame)
    assert list(told.columns) == ["Nature du périmètre", "text", 7]
    assert list(told["Nature du périmètre"].fillna("-")) == ["Périmètre donné par la source", "mine", "-"]


def test_shapes_stay_shapes() -> None:
    told = gc.labelled(frames()["join"])
    assert isinstance(told, gpd.GeoDataFrame)
    assert told.crs == "EPSG:4326"
    assert told.geometry.notna().sum() == 158


def test_another_language_is_refused() -> None:
    with pytest.raises(UnknownOptionError, match="“de” is not allowed for lang: fr, en"):
        gc.labelled(frames()["stack"], lang="de")  # type: ignore[arg-type]


def test_what_notebooks_use_is_public() -> None:
    assert gc.add_up is add_up
    assert gc.About("liste.csv").file == "liste.csv"
