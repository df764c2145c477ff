"""What the page says of one record: the cells of its row, and its details."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geocontracts.records.amounts import stated_funding
from geocontracts.records.register import Contract, Mission
from geocontracts.records.schema import load_schema
from register_page.writing import euros, from_, md, on, several, span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geocontracts.perimeters.perimeter import Perimeter
    from geocontracts.records.amounts import Payer
    from geocontracts.records.register import Operation, Register

KINDS = {"contract": "contrat", "mission": "mission", "operation": "opération"}
_BASES = {"stated": "énoncé", "inferred": "**déduit**", "unknown": "**inconnu**", None: "non dit"}
_LISTS = ("signatories", "axes", "partners", "tools", "deliverables")
_PAYERS: dict[Payer, str] = {
    "state": "État",
    "eu": "Union européenne",
    "region": "Région",
    "department": "Département",
    "other": "autres",
    "unattributed": "sans payeur nommé",
}


def row(register: Register, perimeter: Perimeter) -> list[str]:
    """Return the cells of a record in the table of its programme."""
    record = perimeter.record
    kind = "" if record.kind == "contract" else f" ({KINDS[record.kind]})"
    return [
        f"{md(record.title)}{kind}",
        _territory(register, perimeter),
        _BASES[perimeter.basis],
        _state(record) or "–",
        md(_amounts(register, record)),
    ]


def _territory(register: Register, perimeter: Perimeter) -> str:
    through = dict.fromkeys(item.via for item in perimeter.placements if item.via)
    names = [f"même périmètre que « {register.contracts[contract].title} »" for contract in through]
    names += [item.label or item.written for item in perimeter.placements if not item.via]
    count = len(perimeter.communes)
    return md(", ".join(names)) + (f" ({several(count, 'commune')})" if count > 1 else "")


def _state(record: Contract | Mission | Operation) -> str:
    labels = load_schema()[f"{record.kind}s"].field("status").choices
    status = labels[record.status]["fr"] if record.status else ""
    if isinstance(record, Contract) and record.signed_on:
        status = f"Signé {on(record.signed_on)}"
    return ", ".join(part for part in (status, _when(record)) if part)


def _when(record: Contract | Mission | Operation) -> str:
    start, end = record.starts_on, record.ends_on
    if record.status == "planned" and start and not end:
        return f"à partir {from_(start)}"
    if end and not start:
        return on(end) if record.status == "ended" else f"fin prévue {on(end)}"
    return span(start, end)


def _amounts(register: Register, record: Contract | Mission | Operation) -> str:
    if isinstance(record, Mission):
        return several(record.days, "jour") if record.days else "–"
    funding = stated_funding(record)
    said = [f"total {euros(funding.total)}"] if funding.total is not None else []
    said += [f"{_PAYERS[payer]} {euros(value)}" for payer, value in funding.payers.items()]
    if record.amount_period == "yearly":
        said.append("par an")
    around = register.counted_in(record.id)
    if around and said:
        said.append(f"compté dans « {title(register, around)} »")
    return ", ".join(said) or "–"


def title(register: Register, name: str) -> str:
    """Return the title of a contract or an operation."""
    return (register.contracts.get(name) or register.operations[name]).title


def details(perimeter: Perimeter) -> Iterator[str]:
    """Say what the columns of the table have no room for: our summary, lists, the remark, what differs."""
    record = perimeter.record
    if record.summary:
        yield record.summary
    fields = {field.name: field for field in load_schema()[f"{record.kind}s"].fields}
    for name in _LISTS:
        values = getattr(record, name, ())
        if values:
            yield f"{fields[name].label('fr')} : {', '.join(values)}."
    if record.remark:
        yield record.remark
    for message in perimeter.remarks:
        yield message.text("fr")
