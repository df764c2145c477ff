"""« Aucune » is understood however it is written, and no failure is taken for it."""

from __future__ import annotations

import unicodedata

import pytest

from geocontracts.webmap.absence import says_none


@pytest.mark.parametrize(
    "text",
    [
        "Aucune non-conformité relevée",
        "Pas de non-conformité",
        "Aucune anomalie",
        "aucune non conformité constatée par l’audit.",
        "Pas d'erreur connue à ce jour",
        "Sans",
        "Sans objet",
        "Sans dérogation",
        unicodedata.normalize("NFD", "Néant à ce jour"),
        "Aucune dérogation demandée",
        "Rien à signaler",
        "R.A.S.",
        "No known issues",
        "No non-conformities found",
        "Nothing to report",
        "0",
        "0 anomalie",
        "-",
        "–",
    ],
)
def test_none_is_none_however_it_is_written(text: str) -> None:
    assert says_none(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Pas de sous-titres sur la vidéo 4.1",
        "aucun lecteur d'écran ne lit la légende du tableau",
        "Pas de sous-titres",
        "Aucune alternative aux images",
        "No captions",
        "Sans titre",
        "Aucun audit",
        "Pas d’audit",
        "Aucune non-conformité majeure",
        "Aucune non-conformité sauf 3.1",
        "Non-conformité",
        "non relevées",
        "Nothing works",
        "0.1",
        "8.2",
        "Aucune" + " connue" * 100_000,
    ],
    ids=range(17),
)
def test_what_is_lacking_on_the_page_is_a_failure(text: str) -> None:
    assert not says_none(text)
