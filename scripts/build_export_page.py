"""Write `docs/exports.md`: what each column of an export means, for people to read.

    python scripts/build_export_page.py            # write
    python scripts/build_export_page.py --check    # fail when the page is not what the exports hold

The page is in French; names of tables and columns are those that every format keeps.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from geocontracts.outputs.exports.content import prepare
from geocontracts.outputs.exports.write import TABLES, build_table
from geocontracts.records.read import read_register
from geocontracts.words import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geocontracts.outputs.exports.content import ExportContent
    from geocontracts.outputs.exports.model import Column

TARGET = Path(__file__).parents[1] / "docs" / "exports.md"
HEAD = """\
<!-- Page écrite par scripts/build_export_page.py. Ne pas la modifier à la main. -->
# Ce que contiennent les exports

`geocontracts export` écrit un registre pour d’autres logiciels. Les noms de tables et de colonnes sont
anglais et ne changent pas avec `--lang` : une jointure, un script ou une requête écrits une fois valent
pour tous. XLSX et CSV montrent les titres français ; dans QGIS, les colonnes du GeoPackage portent aussi
leur titre français, et les propriétés de la couche le nom français de la table.

| Fichier | Ce qu’il contient |
| --- | --- |
| `.gpkg` | toutes les tables, avec clés, styles QGIS et index spatial |
| `.xlsx` | les tables sans le fond de carte, et une feuille « Lisez-moi » |
| `.geojson`, `.fgb` | une table à géométrie : `records`, ou celle de `--table` |
| `.parquet`, `.csv` | une table quelconque : `records`, ou celle de `--table` |

- **Vide veut dire inconnu**, jamais zéro.
- **Dates** : telles que la source les donne, parfois partielles (`2019`, `2019-06`). `…_first` et `…_last`
  sont le premier et le dernier jour possibles, pour filtrer.
- **Listes** : de vraies listes en GeoJSON et Parquet, un texte à points-virgules ailleurs.
- **Sommes** : `total_to_add_eur` ne vaut que pour le fichier entier, tous enregistrements réunis. Filtrée
  par dispositif, il y manque les montants comptés dans un enregistrement que le filtre écarte ;
  `to_add_empty` dit lequel. Pour une sélection, prenez `geocontracts stats`.
- **Traits dans QGIS** : plein, la source énonce le périmètre, ou n’en dit rien ; tirets, il est déduit ;
  tirets et points, il est placé en partie, et `lacking` dit quels lieux manquent. Un « ? » dans un signe :
  la source ne donne pas le périmètre.
- **Emprise dans QGIS** : un contrat qui sort du territoire agrandit l’emprise des couches de contrats et de
  communes. Pour cadrer sur le territoire, clic droit sur la couche `departements` › *Zoomer sur la couche*.
- **Provenance** : chaque fichier nomme les sources, leur producteur, leur date, leur licence, et l’empreinte
  SHA-256 des fichiers lus. Ce que personne n’indique est dit inconnu ([où le lire](provenance.md)).

## Ce que geocontracts peut relire

| Fichier | Ce qui revient |
| --- | --- |
| `.gpkg`, `.xlsx` | les contrats (couche `contracts`, feuille « Contrats »), à l’identique |
| `.parquet`, `.geojson` avec `--table contracts` | les contrats, à l’identique |
| `.fgb` avec `--table contracts` | les contrats, à l’identique, rangés par position et non dans leur ordre |
| `.csv` avec `--table contracts` | les contrats, à l’identique, à une apostrophe près (ci-dessous) |
| `.csv` sans `--table` | tous les enregistrements, comme contrats : mêmes intitulés, lieux, dates, montants |

Dans un CSV, un texte qui commence comme une formule (`=`, `+`, `-`, `@`) est précédé d’une apostrophe, qui
en protège le tableur ; relu, il la garde. Dans un XLSX, une date d’avant mars 1900, qu’Excel ne
connaît pas, est un texte.

Une liste n’a ni table de dispositifs, ni table de sources, ni colonne pour les autres payeurs
(`other_eur`) : cette part d’une opération ne revient pas. `geocontracts compare` d’un registre et de son
CSV montre donc missions et opérations comme retirées d’un côté et nouvelles, comme contrats, de l’autre ;
pour garder les trois natures, conservez le dossier du registre.
"""


def main() -> int:
    """Write the page, or compare it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    made = page(prepare(read_register(), area="Nord", lang="fr"))
    if not parser.parse_args().check:
        TARGET.write_text(made, encoding="utf-8")
    elif TARGET.read_text(encoding="utf-8") != made:
        print(f"{TARGET.name} is not what the exports hold: run scripts/build_export_page.py")
        return 1
    return 0


def page(content: ExportContent) -> str:
    """Return the page: what holds for all exports, then each table with its columns."""
    return "\n".join([HEAD, *(line for name in TABLES for line in _table(content, name))])


def _table(content: ExportContent, name: str) -> Iterator[str]:
    columns: dict[str, Column] = {}
    for is_flat in (False, True):  # for programs, then for people: placements and coverage have both
        made = build_table(content, name, is_flat=is_flat)
        columns |= {column.name: column for column in made.columns if column.name not in columns}
    yield f"## `{name}` — {made.title('fr')}\n"
    yield "| Colonne | Titre | Type | Sens et valeurs |\n| --- | --- | --- | --- |"
    for column in columns.values():
        kind = say(f"export-kind-{column.kind}", "fr")
        yield f"| `{column.name}` | {column.label('fr')} | {kind} | {_meaning(column)} |"
    yield ""


def _meaning(column: Column) -> str:
    choices = ", ".join(f"`{value}` {words['fr']}" for value, words in column.choices.items())
    key = f"→ `{column.reference[0]}.{column.reference[1]}`" if column.reference else ""
    return "\u00a0; ".join(filter(None, (column.about.get("fr", ""), choices, key)))


if __name__ == "__main__":
    sys.exit(main())
