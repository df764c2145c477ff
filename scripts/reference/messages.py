"""`docs/messages.md`: what the program says when something is wrong, from the catalogue of words.

Which sentences these are comes from the code: each is the first argument of an error that is raised, or
a reason why a place is not found.
"""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from register_page.writing import md

import geocontracts
from geocontracts.words import catalogue

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = Path(geocontracts.__file__).parent
HEAD = """# Messages et remèdes

<!-- Écrit par scripts/build_reference_pages.py d’après les phrases : ne pas modifier. -->

Chaque message dit où (fichier, ligne, colonne), ce qui est écrit, ce qui était attendu, et que faire. Ici,
*fichier*, *n* et « … » tiennent la place de ce que le programme nomme. Cherchez dans cette page quelques
mots du message que vous avez sous les yeux ; les cas les plus courants
sont dans les [questions fréquentes](questions.md).
"""
TITLES = {
    "RegisterError": "Le fichier ne peut pas être lu",
    "CellError": "Une cellule n’est pas comprise",
    "places": "Un lieu n’est pas trouvé, ou en désigne plusieurs",
    "UnknownPlaceError": "Le territoire demandé",
    "UnknownOptionError": "Une option demande ce qui n’existe pas",
    "OutputError": "Le résultat ne peut pas être écrit",
    "AuditError": "La provenance d’un fichier ne peut pas être vérifiée",
    "CrowdedError": "Une figure est trop chargée",
    "SourceError": "Apporter des limites plus récentes",
    "MissingExtraError": "Un complément n’est pas installé",
    "MissingDataError": "L’installation est incomplète",
}
_REASONS = ("ambiguous-", "unknown-", "code-", "name-", "former-")


def page() -> str:
    """Return the page."""
    keys = told_keys()
    order = [*TITLES, *sorted(set(keys) - set(TITLES))]
    parts = [HEAD]
    for group in order:
        sentences = sorted({_shown(key) for key in keys.get(group, ())} - {"…"})
        if sentences:
            parts.append(f"\n## {TITLES.get(group, 'Autres')}\n")
            parts += [f"- {sentence}" for sentence in sentences]
    return "\n".join(parts) + "\n"


@cache
def told_keys() -> dict[str, set[str]]:
    """Return the keys of what is told of something wrong: by class of error, and for places."""
    found: dict[str, set[str]] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        for group, key in _calls(path):
            found.setdefault(group, set()).add(key)
    return found


def _calls(path: Path) -> Iterator[tuple[str, str]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not (isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant)):
            continue
        key = node.args[0].value
        if key not in catalogue():
            continue
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if called.endswith("Error"):
            yield called, key
        elif called == "Message" and "places" in path.parts and key.startswith(_REASONS):
            yield "places", key


def _shown(key: str) -> str:
    """Return a sentence with a sign where the program names something."""
    text = catalogue()[key]["fr"]
    text = text.replace("{{", "\x01").replace("}}", "\x02")
    pieces = re.split(r"\{(\w+)[^{}]*\}", text)
    kept = [md(piece) for piece in pieces[::2]]
    names = [{"file": "*fichier*", "row": "*n*", "line": "*n*"}.get(name, "…") for name in pieces[1::2]]
    shown = "".join(text + name for text, name in zip(kept, [*names, ""], strict=True))
    shown = shown.replace("\x01", "{").replace("\x02", "}")
    return shown[:1].upper() + shown[1:]
