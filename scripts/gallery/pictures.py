"""Each picture of the gallery: its file, its caption, the command that gives it, and how it is taken."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from gallery import editions, pages, plates, qgis

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@dataclass(frozen=True)
class Picture:
    """One picture: `take` writes it as PNG to a path."""

    name: str
    caption: str
    command: str
    take: Callable[[Path], None]


PICTURES = (
    Picture(
        "hauts-de-france",
        "La page : carte, légende par famille, fiche d’une commune.",
        "geocontracts map",
        pages.take_page,
    ),
    Picture(
        "page-integree",
        "La même, réduite pour être intégrée dans un site.",
        "geocontracts map --embed",
        pages.take_embedded,
    ),
    Picture(
        "figure-ensemble",
        "Planche d’ensemble : toutes les familles, une légende complète.",
        "geocontracts figure -o ensemble.pdf",
        partial(plates.take_figure, style="overview"),
    ),
    Picture(
        "figure-dispositifs",
        "Un ou plusieurs dispositifs, leurs contrats en légende.",
        "geocontracts figure -o territoires.pdf --programme territoires-industrie --programme acv",
        partial(plates.take_figure, style="programmes", programmes=("territoires-industrie", "acv")),
    ),
    Picture(
        "figure-petites-cartes",
        "Un dispositif, une carte : même cadre, même échelle.",
        "geocontracts figure -o petites-cartes.pdf --style small-multiples",
        partial(plates.take_figure, style="small-multiples"),
    ),
    Picture(
        "figure-cumul",
        "Cumul des contrats par commune, classes énoncées en légende.",
        "geocontracts figure -o cumul.pdf --style pileup",
        partial(plates.take_figure, style="pileup"),
    ),
    Picture(
        "figure-operations",
        "Opérations : la surface du cercle est le coût connu ; un coût inconnu n’est pas zéro.",
        "geocontracts figure -o operations.pdf --style operations",
        partial(plates.take_figure, style="operations"),
    ),
    Picture(
        "figure-frise",
        "Les contrats dans le temps ; ce qui n’est pas daté est nommé à part.",
        "geocontracts figure -o frise.pdf --style timeline",
        partial(plates.take_figure, style="timeline"),
    ),
    Picture(
        "figure-croisement",
        "Les dispositifs qui partagent des communes.",
        "geocontracts figure -o croisement.pdf --style crossing",
        partial(plates.take_figure, style="crossing"),
    ),
    Picture(
        "fiche-commune",
        "Fiche d’un territoire : première page.",
        "geocontracts territory Denain -o denain.pdf",
        partial(pages.take_sheet, of="territory", name="Denain"),
    ),
    Picture(
        "fiche-dispositif",
        "Fiche d’identité d’un dispositif.",
        "geocontracts programme engagement-bassin-minier -o erbm.pdf",
        partial(pages.take_sheet, of="programme", name="engagement-bassin-minier"),
    ),
    Picture(
        "qgis",
        "Le GeoPackage ouvert dans QGIS, déjà coloré.",
        "geocontracts export -o contrats.gpkg",
        qgis.take_geopackage,
    ),
    Picture(
        "comparaison",
        "Deux éditions ; l’ancienne est faite pour l’exemple : le registre sans ce qui fut signé en 2018.",
        "geocontracts compare ancien nouveau -o changements.html",
        editions.take_comparison,
    ),
)
