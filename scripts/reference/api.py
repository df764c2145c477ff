"""`docs/api.md`: the public names of Python, with what their docstrings say of them."""

from __future__ import annotations

import dataclasses
import inspect
import re
import textwrap
from typing import TYPE_CHECKING, Any

import geocontracts

if TYPE_CHECKING:
    from collections.abc import Iterator

HEAD = """# Python

<!-- Écrit par scripts/build_reference_pages.py d’après le code : ne pas modifier. -->

Les noms publics de `geocontracts`, pour les carnets et les scripts ; les descriptions
sont celles du code, en anglais.
Tout le reste peut changer d’une version à l’autre. Les [carnets](notebooks.md) montrent comment s’en servir.

```python
import geocontracts as gc

register = gc.read_register()
print(len(register.contracts), "contrats")
print(gc.resolve("Creil (60)").place.name)
```

```text
70 contrats
Creil
```
"""
GROUPS = {
    "Read a register": ["read_register", "Register", "ListMapping", "add_up"],
    "Find places": [
        *("resolve", "Match", "Place", "find_area", "Area", "load_boundaries", "codes_in", "guess_vintage"),
        *("resolve_perimeters", "Perimeter"),
    ],
    "Tables": ["join", "stack", "coverage", "overlaps", "labelled"],
    "The map": ["write_map", "MapOptions", "ContractMap", "ContractWidget", "embed_snippet"],
    "Figures, sheets, exports": ["figure", "FigureOptions", "write_sheet", "SheetMaker", "write_export"],
    "Reports and comparison": [
        *("build_report", "Report", "About", "write_report", "write_corrected"),
        *("compare", "Comparison", "write_comparison"),
    ],
    "Errors": ["GeocontractsError"],
}


def page() -> str:
    """Return the page; names that no group has come last."""
    grouped = [name for names in GROUPS.values() for name in names]
    others = [name for name in geocontracts.__all__ if name not in grouped]
    parts = [HEAD]
    for title, names in [*GROUPS.items(), ("Others", others)]:
        kept = [name for name in names if name in geocontracts.__all__]
        if kept:
            parts.append(f"\n## {title}\n")
        for name in kept:
            parts += _entry(name, getattr(geocontracts, name))
    return "\n".join(parts) + "\n"


def _entry(name: str, thing: Any) -> Iterator[str]:
    yield f'### `{name}` {{ #{name} data-toc-label="{name}" }}\n'
    if not inspect.isclass(thing):
        yield f"```text\n{name}{_signature(thing)}\n```\n"
        yield _prose(thing)
        return
    yield f"*{'data class' if dataclasses.is_dataclass(thing) else 'class'}*\n"
    yield _prose(thing)
    for member, value in sorted(vars(thing).items()):
        told = value.fget if isinstance(value, property) else getattr(value, "__func__", value)
        if member.startswith("_") or not inspect.isfunction(told) or not told.__doc__:
            continue
        shown = member if isinstance(value, property) else f"{member}{_signature(told)}"
        first = inspect.getdoc(told).splitlines()[0]  # type: ignore[union-attr]  # it has a docstring
        yield f"- `{_one_line(shown)}`: {_escaped(first)}"
    yield ""


def _signature(thing: Any) -> str:
    """Return parameters and result as the code writes them, without `self`."""
    told = inspect.signature(thing)
    kept = [each for each in told.parameters.values() if each.name not in ("self", "cls")]
    text = re.sub(r"(: |-> )'([^']*)'", r"\1\2", str(told.replace(parameters=kept)))
    text = re.sub(r"\bgeocontracts\.[\w.]*\.", "", text)
    if len(text) <= 70:  # noqa: PLR2004  # a line of the page
        return text
    inner, _, result = text[1:].rpartition(") ->") if ") ->" in text else (text[1:-1], "", "")
    parts = re.split(r", (?=[\w*]+(?::|,|$)|\*)", inner)
    return "(\n" + "".join(f"    {part},\n" for part in parts) + ")" + (f" ->{result}" if result else "")


def _one_line(text: str) -> str:
    return re.sub(r",?\s*\n\s*", " ", text).replace("( ", "(")


def _prose(thing: Any) -> str:
    """Return a docstring as Markdown; its sections become a sentence with a list."""
    text = inspect.getdoc(thing) or ""
    head, found, raised = text.partition("\nRaises:\n")
    parts = [_escaped(head.strip())]
    if found:
        items = re.split(r"\n(?=\w+: )", textwrap.dedent(raised).strip())
        parts.append(
            "Raises:\n\n" + "\n".join(f"- `{each.partition(':')[0]}`:{_rest(each)}" for each in items)
        )
    return "\n\n".join(parts) + "\n"


def _rest(item: str) -> str:
    return _escaped(" ".join(item.partition(":")[2].split("\n")).rstrip()).replace("  ", " ")


def _escaped(text: str) -> str:
    """Keep braces, brackets and angles of a docstring from being read as markup, outside of code."""
    pieces = re.split(r"(`[^`]*`|^    .*$)", text, flags=re.MULTILINE)
    pieces[::2] = [re.sub(r"([\[\]<>*])", r"\\\1", piece) for piece in pieces[::2]]
    return "".join(pieces)
