"""What an organisation tells of the accessibility of its page, kept in a table of two columns.

The passages of the statement that only the organisation knows are given there once and filled in at every
run. Nothing is taken on trust that can be checked: a state of compliance follows from the rate of an
audit (decree 2019-768, and the obligations of RGAA 4: all, half or fewer of the criteria).
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from geocontracts.errors import RegisterError
from geocontracts.records.dates import date_of_serial, read_date
from geocontracts.records.formats.headings import folded
from geocontracts.records.formats.read import read_sheet
from geocontracts.webmap.absence import says_none
from geocontracts.webmap.contact import read_email, read_telephone
from geocontracts.webmap.links import safe_link
from geocontracts.words import Lines, Message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date
    from pathlib import Path

    from geocontracts.records.formats.sheet import Sheet

State: TypeAlias = Literal["full", "part", "none"]
"""All criteria that apply are met; half of them or more; fewer, or nobody knows."""

_HALF = 50
_ALL = 100
_HOLDS = 3
_YEARS = range(1950, 2101)  # as those that a spreadsheet counts in days (see `date_of_serial`)
_Lines: TypeAlias = "Mapping[str, Mapping[str, object]]"


@dataclass(frozen=True)
class Declared:
    """What is told; what is empty or None is not. Texts are on one line; links are plain `https:` ones."""

    organisation: str = ""
    published: str = ""
    """The address at which the page is published."""
    plan: str = ""
    actions: str = ""
    prepared: date | None = None
    updated: date | None = None
    state: State | None = None
    rate: float | None = None
    """Percent of the criteria that apply, from 0 to 100."""
    audited: date | None = None
    auditor: str = ""
    pages: str = ""
    failures: str = ""
    burdens: str = ""
    assistive: str = ""
    checked: bool | None = None
    """Whether the organisation checked the page with the data that it publishes."""
    email: str = ""
    form: str = ""
    telephone: str = ""
    address: str = ""
    site: str = ""
    """The statement that the site has already: the page links to it, and no other is written."""

    @property
    def conformity(self) -> State:
        """What the law lets be said: without the rate of an audit, not compliant, unless it is told."""
        if self.rate is not None:
            return state_of(self.rate)
        return self.state or "none"


def state_of(rate: float) -> State:
    """Return the state that a rate of compliance, in percent, means."""
    return "full" if rate >= _ALL else "part" if rate >= _HALF else "none"


def shown_rate(rate: float) -> float:
    """Return a rate to the two decimals that are shown, cut: 99.999 % is not 100 %, nor is 49.999 % half."""
    return float(Decimal(str(rate)).quantize(Decimal("0.01"), ROUND_DOWN))


def read_declared(path: Path) -> Declared:
    """Read the facts: a table (CSV, XLSX, ODS...) with a column of names and a column of values.

    Raises:
        RegisterError: the file cannot be read, has no such columns, or says what cannot be: every
            line that is wrong is told, with what was expected.
    """
    sheet = read_sheet(path, known=frozenset((*_NAME, *_VALUE)))
    name, value = (_column(sheet, path, wanted) for wanted in (_NAME, _VALUE))
    told: dict[str, Any] = {}
    lines: dict[str, Mapping[str, object]] = {}
    wrong: list[Message] = []
    for row, cells in sheet.rows:
        written = " ".join(cells[value].split())
        label = " ".join(cells[name].split())
        if not written and not label:
            continue
        facts = {"row": row, "name": label, "value": written}
        field = _BY_NAME.get(folded(label))
        found = _READERS[_FIELDS[field][0]](written) if field and written else None
        if not field:
            wrong.append(Message("facts-unknown", {**facts, "near": _near(label)}))
        elif field in lines:
            wrong.append(Message("facts-twice", facts))
        elif found is None:
            expected = Message(f"facts-expected-{_FIELDS[field][0]}")
            wrong.append(
                Message("facts-wrong" if written else "facts-empty", {**facts, "expected": expected})
            )
        else:
            told[field] = found
        if field:  # what is there and wrong is not missing besides
            lines.setdefault(field, facts)
    wrong += _inconsistent(Declared(**told), lines)
    if wrong:
        raise RegisterError("facts-refused", file=str(path), rows=Lines(tuple(wrong)))
    return Declared(**told)


def _column(sheet: Sheet, path: Path, wanted: tuple[str, ...]) -> int:
    """Return the rank of a column.

    Raises:
        RegisterError: there is none, or there are two.
    """
    found = [rank for rank, heading in enumerate(sheet.header) if folded(heading) in wanted]
    if len(found) != 1:
        raise RegisterError("facts-columns", file=str(path), found=", ".join(filter(None, sheet.header)))
    return found[0]


def _inconsistent(told: Declared, lines: _Lines) -> Iterator[Message]:
    """Say what contradicts itself, and an audit of which a part is missing."""
    audit = ("rate", "audited", "auditor")
    missing = [label_of(name) for name in audit if name not in lines]
    stated = next((name for name in audit if name in lines), None)
    if stated and missing:
        yield Message("facts-audit-part", {"line": _line(lines, stated), "missing": ", ".join(missing)})
    if told.rate is not None:
        yield from _against_rate(told, told.rate, lines)
    # An audit is told by the statement that followed it, or by the one that was brought up to date.
    last = "updated" if told.updated else "prepared"
    for early, late in dict.fromkeys((("audited", last), ("prepared", "updated"))):
        first, then = getattr(told, early), getattr(told, late)
        if first and then and then < first:
            yield Message("facts-order", {"line": _line(lines, late), "other": _inside(lines, early)})


def _against_rate(told: Declared, rate: float, lines: _Lines) -> Iterator[Message]:
    """Say what cannot be, given the rate of the audit: a state, failures, or none of them."""
    state = state_of(rate)
    facts: dict[str, object] = {"rate": _inside(lines, "rate")}
    if told.state not in (None, state):
        means = Message(f"statement-state-{state}")
        yield Message("facts-state", {**facts, "line": _line(lines, "state"), "means": means})
    is_none = says_none(told.failures)
    if state == "full" and told.failures and not is_none:
        yield Message("facts-full-failures", {**facts, "line": _line(lines, "failures")})
    if state != "full" and is_none and (not told.burdens or says_none(told.burdens)):
        yield Message("facts-no-failures", {**facts, "line": _line(lines, "failures")})


def names_criterion(text: str, number: str) -> bool:
    """Say whether a text names a criterion of RGAA, or a test of it: « 3.1 », « 3.1.2 »; not « 13.1 »."""
    return re.search(rf"(?<![\d.]){re.escape(number)}(?!\d)", text) is not None


def _line(lines: _Lines, field: str) -> Message:
    """Return a line of the table, to begin a sentence with."""
    return Message("facts-line", lines[field])


def _inside(lines: _Lines, field: str) -> Message:
    """Return a line of the table, inside a sentence."""
    return Message("facts-line-inside", lines[field])


def remark_on(told: Declared) -> Message | None:
    """Return what is to be said of an audit that was too old when the statement was made, or None.

    A statement holds for three years (order of 20 September 2019, as RGAA 4 tells it under its obligations).
    """
    made = max(filter(None, (told.prepared, told.updated)), default=None)
    if told.audited is None or made is None:
        return None
    last = (told.audited.year + _HOLDS, told.audited.month, told.audited.day)
    if (made.year, made.month, made.day) <= last:
        return None
    dates = {"audited": f"{told.audited:%d/%m/%Y}", "made": f"{made:%d/%m/%Y}", "years": _HOLDS}
    return Message("facts-audit-old", dates)


def label_of(field: str) -> str:
    """Return the name under which a fact stands in the table, in French."""
    return _FIELDS[field][1]


def labels() -> list[str]:
    """Return the names of all facts, in French, in their order."""
    return [names[1] for names in _FIELDS.values()]


def _near(label: str) -> str:
    close = difflib.get_close_matches(folded(label), _BY_NAME, n=1, cutoff=0.6)
    return label_of(_BY_NAME[close[0]]) if close else ", ".join(labels())


def _text(written: str) -> str | None:
    return written if any(map(str.isalnum, written)) else None


def _gaps(written: str) -> str | None:
    """Return failures or exemptions: a dash, which tells nothing else, tells that there are none."""
    return written if says_none(written) else _text(written)


def _day(written: str) -> date | None:
    found = read_date(written) or date_of_serial(written)
    day = found.first() if found and found.first() == found.last() else None
    return day if day and day.year in _YEARS else None


def _rate(written: str) -> float | None:
    """Return a rate in percent; 0,72 without its sign may be a cell that shows 72 %, so it is asked for.

    It has the decimals that are shown: a third one could make another state of what is read.
    """
    told = re.fullmatch(r"(\d{1,3}(?:[.,]\d{1,2})?)\s*(%?)", written)
    rate = float(told[1].replace(",", ".")) if told else -1.0
    if rate < 0 or rate > _ALL or (told and not told[2] and 0 < rate <= 1):
        return None
    return rate


def _state(written: str) -> State | None:
    return _STATES.get(folded(written))


def _yes(written: str) -> bool | None:
    return {"oui": True, "yes": True, "non": False, "no": False}.get(folded(written))


_NAME = ("rubrique", "key", "cle")
_VALUE = ("valeur", "value")
_STATE_NAMES: Mapping[State, tuple[str, ...]] = {
    "full": ("totalement conforme", "conformité totale", "fully compliant"),
    "part": ("partiellement conforme", "conformité partielle", "partially compliant"),
    "none": ("non conforme", "not compliant"),
}
_STATES = {folded(name): state for state, names in _STATE_NAMES.items() for name in names}
_READERS: Mapping[str, Callable[[str], object]] = {
    "text": _text,
    "gaps": _gaps,
    "link": safe_link,
    "day": _day,
    "rate": _rate,
    "state": _state,
    "yes": _yes,
    "email": read_email,
    "telephone": read_telephone,
}
_FIELDS: Mapping[str, tuple[str, ...]] = {  # what it holds, then its names: French first
    "organisation": ("text", "organisme", "organisation", "nom de l'organisme"),
    "published": ("link", "adresse de la page", "page address"),
    "plan": ("link", "schéma pluriannuel", "accessibility plan"),
    "actions": ("link", "plan d’actions", "plan d'action", "action plan"),
    "prepared": ("day", "établie le", "prepared on"),
    "updated": ("day", "mise à jour le", "updated on"),
    "state": ("state", "état", "état de conformité", "state"),
    "rate": ("rate", "taux", "taux de conformité", "rate"),
    "audited": ("day", "date d’audit", "date de l'audit", "audit date"),
    "auditor": ("text", "auditeur", "auditor"),
    "pages": ("text", "pages auditées", "audited pages"),
    "failures": ("gaps", "non-conformités", "failures"),
    "burdens": ("gaps", "dérogations", "exemptions"),
    "assistive": ("text", "aides techniques essayées", "assistive technology tried"),
    "checked": ("yes", "données vérifiées", "data checked"),
    "email": ("email", "courriel", "e-mail", "adresse électronique"),
    "form": ("link", "formulaire", "form"),
    "telephone": ("telephone", "téléphone", "telephone"),
    "address": ("text", "adresse", "adresse postale", "address"),
    "site": ("link", "déclaration du site", "site statement"),
}
_BY_NAME = {folded(name): field for field, (_, *names) in _FIELDS.items() for name in names}
