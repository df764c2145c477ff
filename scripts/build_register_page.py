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

from geocontracts.outputs.statistics import COLUMNS, build_statistics, label
from geocontracts.perimeters.perimeter import resolve_perimeters
from geocontracts.records.amounts import stated_funding
from geocontracts.records.read import read_register
from geocontracts.records.register import Contract, Mission
from geocontracts.records.schema import load_schema
from geocontracts.words import number, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from geocontracts.outputs.statistics import Line
    from geocontracts.perimeters.perimeter import Perimeter
    from geocontracts.records.register import Operation, Programme, Register
    from geocontracts.records.values import PartialDate

TARGET = Path(__file__).parents[1] / "docs" / "registre.md"
BASES = {"stated": "énoncé", "inferred": "**déduit**", "unknown": "**inconnu**", None: "non dit"}
PERIMETERS = {
    "stated": ("périmètre énoncé", "périmètres énoncés"),
    "inferred": ("périmètre déduit", "périmètres déduits"),
    "unknown": ("périmètre inconnu", "périmètres inconnus"),
}
KINDS = {"contract": "contrat", "mission": "mission", "operation": "opération"}
MONTHS = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
]
MARKDOWN = re.compile(r"([\\`*_\[\]<>|~])")

HEAD = """\
# Le registre, dispositif par dispositif

<!-- Écrit par scripts/build_register_page.py d’après les tables de data/ : ne pas modifier à la main. -->

Cette page dit, pour chaque dispositif du registre livré avec geocontracts, ce que les documents en
disent : quels accords, quelles missions, quelles opérations, où, quand, pour quels montants, et surtout
ce qu’ils ne disent pas.

- **Fondement** du périmètre : *énoncé*, le document nomme le territoire ; *déduit*, il a fallu
  l’interpréter, et la remarque dit comment ; *inconnu*, le document ne donne qu’un nombre ou qu’un nom
  (un parc, une rivière) sans dire les communes, et rien n’est dessiné comme si on les connaissait.
- **État** : celui que donne le document à sa date. Ce que le document de 2019 annonce a pu se faire
  depuis : il reste « prévu » ici.
- **Montants** : en euros, tels qu’énoncés. Un tiret veut dire inconnu, jamais zéro. « Sans payeur
  nommé » : le document ne dit pas qui paie. Un montant « compté dans » un autre ne s’y ajoute pas dans
  les sommes.
- Les communes sont celles du code officiel géographique de 2026.
"""


def page(register: Register, perimeters: Sequence[Perimeter]) -> str:
    """Return the whole page."""
    parts = [HEAD, *_overview(register, perimeters)]
    of: dict[str, list[Perimeter]] = {}
    for perimeter in perimeters:
        of.setdefault(perimeter.record.programme, []).append(perimeter)
    for family, labels in load_schema()["programmes"].field("family").choices.items():
        parts.append(f"\n## {md(labels['fr'])}")
        for programme in register.programmes.values():
            if programme.family == family:
                parts += _programme(register, programme, of.get(programme.id, []))
    parts += [*_unplaced(perimeters), *_differences(perimeters), *_counted(register), *_sources(register)]
    return typeset("\n".join(parts)) + "\n"


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
    yield "\nMontants, chaque euro compté une fois :\n"
    yield _figures(rows, [column for column in COLUMNS[first_euros:] if column != "yearly_eur"])
    yield (
        f"\nS’y ajoutent {_euros(statistics.total.yearly.total)} par an, tenus à part. "
        f"{say('stats-note', 'fr')} Les montants nationaux donnés pour un dispositif entier figurent dans sa "
        "notice et n’entrent dans aucune somme."
    )


def _figures(rows: list[tuple[str, Line]], columns: Sequence[str]) -> str:
    head = ["Famille", *(label(column, "fr") for column in columns)]
    body = []
    for name, line in rows:
        values = line.values()
        body.append(
            [name, *("–" if values[each] is None else number(values[each] or 0, "fr") for each in columns)]
        )
    return _table(head, body, numeric=True)


def _programme(register: Register, programme: Programme, perimeters: Sequence[Perimeter]) -> Iterator[str]:
    yield f"\n### {md(programme.name)}\n"
    if programme.summary:
        yield f"{md(programme.summary)}\n"
    for name, text in _notice(programme).items():
        if text:
            yield f"- {name} : {md(text.replace('; ', ' ; '))}"
    yield f"- Couverture : {_coverage(perimeters)}"
    yield f"- Source : {md(_cited(register, programme.source, programme.section))}"
    if not perimeters:
        return
    yield ""
    yield _table(
        ["Ligne", "Territoire", "Fondement", "État et dates", "Montants"],
        [_row(register, perimeter) for perimeter in perimeters],
    )
    remarks = [
        f"- *{md(perimeter.record.title)}* : {md(' '.join(said))}"
        for perimeter in perimeters
        if (said := _said(perimeter))
    ]
    if remarks:
        yield "\nRemarques :\n"
        yield from remarks


def _notice(programme: Programme) -> dict[str, str]:
    levels = load_schema()["programmes"].field("level").choices
    return {
        "Mention": "simplement mentionné" if programme.mention == "passing" else "",
        "Échelon": levels[programme.level]["fr"] if programme.level else "",
        "Période": _span(programme.starts_on, programme.ends_on),
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
        [_several(kinds[kind], word) for kind, word in KINDS.items() if kinds[kind]],
        [_several(bases[basis], *words) for basis, words in PERIMETERS.items() if bases[basis]],
        [_several(communes, "commune")],
    ]
    return " ; ".join(", ".join(group) for group in groups)


def _several(count: int, one: str, many: str = "") -> str:
    is_plural = count > 1  # in French, 0 is singular
    return f"{number(count, 'fr')} {(many or one + 's') if is_plural else one}"


def _row(register: Register, perimeter: Perimeter) -> list[str]:
    record = perimeter.record
    kind = "" if record.kind == "contract" else f" ({KINDS[record.kind]})"
    return [
        f"{md(record.title)}{kind}",
        _territory(register, perimeter),
        BASES[perimeter.basis],
        _state(record) or "–",
        md(_amounts(register, record)),
    ]


def _territory(register: Register, perimeter: Perimeter) -> str:
    through = dict.fromkeys(item.via for item in perimeter.placements if item.via)
    names = [f"celui de « {register.contracts[contract].title} »" for contract in through]
    names += [item.label or item.written for item in perimeter.placements if not item.via]
    count = len(perimeter.communes)
    return md(", ".join(names)) + (f" ({_several(count, 'commune')})" if count > 1 else "")


def _state(record: Contract | Mission | Operation) -> str:
    labels = load_schema()["contracts"].field("status").choices
    status = labels[record.status]["fr"] if record.status else ""
    if record.status == "in_force" and not isinstance(record, Contract):
        status = "En cours"
    if isinstance(record, Contract) and record.signed_on:
        status = f"Signé {_on(record.signed_on)}"
    return ", ".join(part for part in (status, _when(record)) if part)


def _when(record: Contract | Mission | Operation) -> str:
    start, end = record.starts_on, record.ends_on
    if record.status == "planned" and start and not end:
        return f"à partir de {_day(start)}"
    if end and not start:
        return _day(end) if record.status == "ended" else f"fin prévue {_on(end)}"
    return _span(start, end)


def _amounts(register: Register, record: Contract | Mission | Operation) -> str:
    if isinstance(record, Mission):
        return _several(record.days, "jour") if record.days else "–"
    funding = stated_funding(record)
    said = [f"total {_euros(funding.total)}"] if funding.total is not None else []
    said += [
        f"{label(payer, 'fr').removesuffix(' (€)')} {_euros(euros)}"
        for payer, euros in funding.payers.items()
    ]
    if record.amount_period == "yearly":
        said.append("par an")
    around = register.counted_in(record.id)
    if around and said:
        said.append(f"compté dans « {_title(register, around)} »")
    return ", ".join(said) or "–"


def _title(register: Register, name: str) -> str:
    return (register.contracts.get(name) or register.operations[name]).title


def _said(perimeter: Perimeter) -> list[str]:
    remark = [perimeter.record.remark] if perimeter.record.remark else []
    return [*remark, *(message.text("fr") for message in perimeter.remarks)]


def _unplaced(perimeters: Sequence[Perimeter]) -> Iterator[str]:
    missing = [perimeter for perimeter in perimeters if not perimeter.communes]
    yield "\n## Ce qui n’est pas placé\n"
    yield (
        f"{_several(len(missing), 'ligne')} sans périmètre : les documents n’en donnent pas les communes. "
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
            yield f"- {md(record.title)} → {md(_title(register, around))}"


def _sources(register: Register) -> Iterator[str]:
    yield "\n## Documents\n"
    for source in register.sources.values():
        dated = f", {source.published_on}" if source.published_on else ", sans date"
        yield f"- {md(source.title)} ({md(source.publisher)}{dated})"


def _cited(register: Register, source: str | None, section: str | None) -> str:
    title = register.sources[source].title if source in register.sources else source or ""
    return f"{title}, {section}" if section else title


def _span(start: PartialDate | None, end: PartialDate | None) -> str:
    if start and end:
        return f"{_day(start)} – {_day(end)}" if start != end else _day(start)
    if start:
        return f"depuis {_day(start)}"
    return f"jusqu’à {_day(end)}" if end else ""


def _on(when: PartialDate) -> str:
    return f"le {_day(when)}" if len(when.text) > len("2019-06") else f"en {_day(when)}"


def _day(when: PartialDate) -> str:
    year, *rest = when.text.split("-")
    if not rest:
        return year
    month = f"{MONTHS[int(rest[0]) - 1]} {year}"
    if not rest[1:]:
        return month
    return f"1er {month}" if rest[1] == "01" else f"{int(rest[1])} {month}"


def _euros(value: float | None) -> str:
    return "–" if value is None else f"{number(value, 'fr')}\u00a0€"


def _table(head: list[str], rows: Iterable[list[str]], *, numeric: bool = False) -> str:
    marks = ["---", *["---:" if numeric else "---"] * (len(head) - 1)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in [head, marks, *rows])


def md(text: str) -> str:
    """Return a text that Markdown shows as it is."""
    return MARKDOWN.sub(r"\\\1", text.replace("\n", " "))


def typeset(text: str) -> str:
    """Keep French punctuation with its word."""
    return re.sub(r" ([:;!?»])(?=\s)", "\u00a0\\1", text).replace("« ", "«\u00a0")


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
