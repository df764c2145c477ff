"""Write `docs/registre.md`: the bundled register, programme by programme, for people to read.

    python scripts/build_register_page.py            # write
    python scripts/build_register_page.py --check    # fail when the page is not what the tables say

The page is in French, as the register is.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from register_page.head import HEAD
from register_page.rows import KINDS, details, row, title
from register_page.writing import listed, md, several, span, table, typeset

from geocontracts.outputs.millions import in_millions
from geocontracts.outputs.statistics import COLUMNS, build_statistics, label
from geocontracts.perimeters.perimeter import resolve_perimeters
from geocontracts.records.read import read_register
from geocontracts.records.schema import load_schema
from geocontracts.words import number, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geocontracts.outputs.statistics import Line
    from geocontracts.perimeters.perimeter import Perimeter
    from geocontracts.records.register import Programme, Register

TARGET = Path(__file__).parents[1] / "docs" / "registre.md"
PERIMETERS = {
    "stated": ("périmètre énoncé", "périmètres énoncés"),
    "inferred": ("périmètre déduit", "périmètres déduits"),
    "unknown": ("périmètre inconnu", "périmètres inconnus"),
}


def page(register: Register, perimeters: Sequence[Perimeter]) -> str:
    """Return the whole page."""
    of: dict[str, list[Perimeter]] = {}
    for perimeter in perimeters:
        of.setdefault(perimeter.record.programme, []).append(perimeter)
    told = [each for each in register.programmes.values() if each.mention != "passing" or each.id in of]
    parts = [HEAD, *_contents(told), *_overview(register, perimeters)]
    for family, labels in load_schema()["programmes"].field("family").choices.items():
        parts.append(f"\n## {md(labels['fr'])}")
        for programme in told:
            if programme.family == family:
                parts += _programme(register, programme, of.get(programme.id, []))
    parts += _passing([each for each in register.programmes.values() if each not in told])
    parts += [*_unplaced(perimeters), *_differences(perimeters), *_counted(register), *_sources(register)]
    return typeset("\n".join(parts)) + "\n"


def _contents(programmes: Sequence[Programme]) -> Iterator[str]:
    yield "## Sommaire\n"
    for family, labels in load_schema()["programmes"].field("family").choices.items():
        names = [
            f"[{md(each.short_name or each.name)}](#{each.id})"
            for each in programmes
            if each.family == family
        ]
        yield f"- **{md(labels['fr'])}** : {', '.join(names)}"
    rest = "[simplement mentionnés](#mentions), [non placés](#non-places), [documents](#documents)"
    yield f"- **Et aussi** : {rest}\n"


def _passing(programmes: Sequence[Programme]) -> Iterator[str]:
    yield '\n<a id="mentions"></a>\n\n## Simplement mentionnés\n'
    yield table(
        ["Dispositif", "En bref", "Passage"],
        [[md(each.name), md(each.summary or ""), md(each.section or "")] for each in programmes],
    )


def _overview(register: Register, perimeters: Sequence[Perimeter]) -> Iterator[str]:
    statistics = build_statistics(register, perimeters, by="family")
    programmes = register.programmes.values()
    passing = sum(programme.mention == "passing" for programme in programmes)
    without = len(register.programmes) - len({perimeter.record.programme for perimeter in perimeters})
    yield "## Vue d’ensemble\n"
    yield (
        f"{len(register.programmes)} dispositifs, dont {passing} simplement mentionnés et {without} sans "
        f"contrat, mission ni opération localisés ; {len(register.contracts)} contrats, "
        f"{len(register.missions)} missions, {len(register.operations)} opérations ; "
        f"{len(register.sources)} documents.\n"
    )
    rows = [(statistics.name(line.group, "fr"), line) for line in statistics.lines]
    rows.append(("**Ensemble**", statistics.total))
    first_euros = COLUMNS.index("total_eur")
    yield _figures(rows, COLUMNS[:first_euros])
    yield "\nEn millions d’euros :\n"
    yield _figures(rows, COLUMNS[first_euros:])
    yield (
        f"\n{say('stats-note', 'fr')} Des contrats débordent la région, en Seine-Maritime et en "
        "Seine-et-Marne. Les montants nationaux donnés pour un dispositif entier figurent dans sa "
        "notice et n’entrent dans aucune somme."
    )


def _figures(rows: list[tuple[str, Line]], columns: Sequence[str]) -> str:
    values = [line.values() for _, line in rows]
    told = [each for each in columns if each != "over_eur" or any(line[each] for line in values)]
    figures = [_shown([line[each] for line in values], each) for each in told]
    head = ["Famille", *(label(column, "fr") for column in told)]
    cells = zip(*figures, strict=True)
    return table(head, [[name, *row] for (name, _), row in zip(rows, cells, strict=True)], numeric=True)


def _shown(values: Sequence[float | None], column: str) -> list[str]:
    if column.endswith("_eur"):
        return in_millions(values, "fr")
    return ["–" if value is None else number(value, "fr") for value in values]


def _programme(register: Register, programme: Programme, perimeters: Sequence[Perimeter]) -> Iterator[str]:
    short = programme.short_name or programme.name
    acronym = re.search(r"\(([^)]+)\)$", short)
    more = acronym[1] if acronym else short if short.isupper() else ""
    name = programme.name if more in programme.name else f"{programme.name} ({more})"
    yield f'\n<a id="{programme.id}"></a>\n\n### {md(name)}\n'
    if programme.summary:
        yield f"{md(programme.summary)}\n"
    for heading, text in _notice(programme).items():
        if text:
            yield f"- {heading} : {md(listed(text))}"
    yield f"- Couverture : {_coverage(perimeters)}"
    also = _elsewhere(register, programme)
    if also:
        yield f"- Voir aussi : {md(' ; '.join(also))}"
    yield f"- Source : {md(_cited(register, programme.source, programme.section))}"
    if not perimeters:
        return
    yield ""
    yield table(
        ["Ligne", "Territoire", "Fondement", "État et dates", "Montants"],
        [row(register, perimeter) for perimeter in perimeters],
    )
    yield "\nDétails :\n"
    for perimeter in perimeters:
        yield f"- *{md(perimeter.record.title)}* : {md(' '.join(details(perimeter)))}"


def _elsewhere(register: Register, programme: Programme) -> list[str]:
    """Name the operations of this programme's contracts that another programme pays for."""
    return [
        f"{operation.title} ({register.programmes[operation.programme].name})"
        for operation in register.operations.values()
        if operation.contract
        and operation.programme != programme.id
        and register.contracts[operation.contract].programme == programme.id
    ]


def _notice(programme: Programme) -> dict[str, str]:
    levels = load_schema()["programmes"].field("level").choices
    return {
        "Mention": "simplement mentionné" if programme.mention == "passing" else "",
        "Échelon": levels[programme.level]["fr"] if programme.level else "",
        "Période": span(programme.starts_on, programme.ends_on),
        "Porté par": programme.operator or "",
        "Chiffres donnés": programme.stated_figures or "",
        "Remarque": programme.remark or "",
    }


def _coverage(perimeters: Sequence[Perimeter]) -> str:
    if not perimeters:
        return "aucun contrat, mission ni opération localisés dans les documents"
    kinds = Counter[str](perimeter.record.kind for perimeter in perimeters)
    bases = Counter[str](perimeter.basis or "unsaid" for perimeter in perimeters)
    communes = len({commune for perimeter in perimeters for commune in perimeter.communes})
    groups = [
        [several(kinds[kind], word) for kind, word in KINDS.items() if kinds[kind]],
        [several(bases[basis], *words) for basis, words in PERIMETERS.items() if bases[basis]],
        [several(communes, "commune")],
    ]
    return " ; ".join(", ".join(group) for group in groups)


def _unplaced(perimeters: Sequence[Perimeter]) -> Iterator[str]:
    missing = [perimeter for perimeter in perimeters if not perimeter.communes]
    yield '\n<a id="non-places"></a>\n\n## Ce qui n’est pas placé\n'
    yield (
        f"{several(len(missing), 'ligne')} sans périmètre : les documents n’en donnent pas les communes. "
        "Un siège, quand il est connu, porte un symbole et un point d’interrogation.\n"
    )
    for perimeter in missing:
        labels = ", ".join(item.label or item.written for item in perimeter.placements)
        seats = ", ".join(seat.name for seat in perimeter.seats)
        yield f"- {md(perimeter.record.title)} : {md(labels)}{f' (symbole à {md(seats)})' if seats else ''}"


def _differences(perimeters: Sequence[Perimeter]) -> Iterator[str]:
    yield "\n## Ce que les documents comptent et ce qu’on trouve\n"
    for perimeter in perimeters:
        for message in perimeter.remarks:
            yield f"- {md(perimeter.record.title)} : {md(message.text('fr'))}"


def _counted(register: Register) -> Iterator[str]:
    yield "\n## Ce qui est compté dans autre chose\n"
    for record in [*register.contracts.values(), *register.operations.values()]:
        around = register.counted_in(record.id)
        if around:
            yield f"- {md(record.title)} → {md(title(register, around))}"


def _sources(register: Register) -> Iterator[str]:
    yield "\n## Documents\n"
    for source in register.sources.values():
        dated = f", {source.published_on}" if source.published_on else ", sans date"
        yield f"- {md(source.title)} ({md(source.publisher)}{dated})"


def _cited(register: Register, source: str | None, section: str | None) -> str:
    title = register.sources[source].title if source in register.sources else source or ""
    return f"{title}, {section}" if section else title


def main() -> int:
    """Write the page, or compare it with `--check`."""
    parser = argparse.ArgumentParser(description="Write docs/registre.md from the bundled register.")
    parser.add_argument("--check", action="store_true", help="compare, and fail when the two differ")
    options = parser.parse_args()
    register = read_register()
    text = page(register, resolve_perimeters(register))
    if not options.check:
        TARGET.parent.mkdir(exist_ok=True)
        TARGET.write_text(text, encoding="utf-8", newline="\n")
        return 0
    if TARGET.exists() and TARGET.read_text(encoding="utf-8") == text:
        return 0
    print(f"{TARGET} is not what the tables say: run python scripts/build_register_page.py", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
