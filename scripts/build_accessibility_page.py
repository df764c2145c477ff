"""Write `docs/accessibilite.md`: the 106 criteria of RGAA, and what holds each, for people to read.

    python scripts/build_accessibility_page.py            # write
    python scripts/build_accessibility_page.py --check    # fail when the page is not what the grid says

The grid is `geocontracts/webmap/accessibility.json`; the page is in French.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from geocontracts.webmap.accessibility import STATES, load_grid
from geocontracts.words import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geocontracts.webmap.accessibility import Criterion

ROOT = Path(__file__).parents[1]
TARGET = ROOT / "docs" / "accessibilite.md"
OTHERS = Path(__file__).parent / "accessibility_others.md"
HEAD = """\
<!-- Page écrite par scripts/build_accessibility_page.py. Ne pas la modifier à la main. -->
# Accessibilité de la page

Les {all} critères du RGAA {version}, avec nos mots : {applies} concernent la page de la carte. Pour chacun,
les tests qui le contrôlent, ou la raison pour laquelle il est sans objet ; ce qui n’est pas respecté, ou
pas vérifié, est dit. Ce n’est ni un audit ni une déclaration de conformité.
`geocontracts map … --accessibility FICHIER.html` écrit, à côté de la carte, la déclaration que la loi
demande ; la carte y renvoie ([comment la remplir](carte.md#la-déclaration-daccessibilité)).

Les tests sont ceux de ce dépôt : `test_axe_finds_nothing` passe axe-core sur les principaux états de la
page (ouverture, commune ou contrat choisi, légende, recherche, dialogues, modes, mode sombre, téléphone).

| Autocontrôle | Critères |
| --- | --- |
{counts}
"""


def main() -> int:
    """Write the page, or compare it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    made = page()
    if not parser.parse_args().check:
        TARGET.write_text(made, encoding="utf-8", newline="\n")
    elif TARGET.read_text(encoding="utf-8") != made:
        print(f"{TARGET.name} is not what the grid says: run scripts/build_accessibility_page.py")
        return 1
    return 0


def page() -> str:
    """Return the page: the grid, topic by topic, then what is known of the other outputs."""
    grid = load_grid()
    told = {state: say(f"statement-is-{state}", "fr") for state in STATES}
    counts = "\n".join(f"| {words} | {grid.count(state)} |" for state, words in told.items())
    applies = len(grid.criteria) - grid.count("none")
    head = HEAD.format(all=len(grid.criteria), version=grid.version, applies=applies, counts=counts)
    lines = (line for rank in range(len(grid.topics)) for line in _topic(rank))
    return "\n".join([head, *lines, OTHERS.read_text(encoding="utf-8")])


def _topic(rank: int) -> Iterator[str]:
    grid = load_grid()
    yield f"## {rank + 1}. {grid.topics[rank]['fr']}\n"
    yield "| Critère | Ce qui est demandé | Autocontrôle | Précision | Tests |"
    yield "| --- | --- | --- | --- | --- |"
    for criterion in grid.criteria:
        if criterion.topic == rank + 1:
            cells = (
                criterion.wording["fr"],
                say(f"statement-is-{criterion.state}", "fr"),
                criterion.note.get("fr", ""),
                ", ".join(_tests(criterion)),
            )
            yield f"| {criterion.number} | {' | '.join(cells)} |"
    yield ""


def _tests(criterion: Criterion) -> Iterator[str]:
    for test in criterion.tests:
        path, _, name = test.partition(" > " if " > " in test else "::")
        yield f"[`{name}`](../{path})" if "::" in test else f"[« {name} »](../{path})"


if __name__ == "__main__":
    sys.exit(main())
