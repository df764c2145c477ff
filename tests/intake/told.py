"""What a list gives, from the file to the report, told line by line so that it can be read and compared."""

from __future__ import annotations

import difflib
import json
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geocontracts.outputs.report import About, build_report
from geocontracts.outputs.report_tables import report_json
from geocontracts.perimeters.perimeter import resolve_perimeters
from geocontracts.records.amounts import stated_funding
from geocontracts.records.read import read_register

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geocontracts.outputs.report import Report
    from geocontracts.records.lists.mapping import ListMapping
    from geocontracts.records.register import Contract, Register


def told(path: Path, mapping: ListMapping | None = None) -> str:
    """Read a list, place it, and tell all that its owner is told, in French."""
    register, report = checked(path, mapping)
    assert register.reading is not None
    said = json.loads(report_json(report, About(path.name, None, register.reading.notes), "fr"))
    return "\n".join(_lines(register, said)).replace("\u00a0", " ").replace("\u202f", " ") + "\n"


def checked(path: Path, mapping: ListMapping | None = None) -> tuple[Register, Report]:
    """Read a list and report on it; nothing that was read may be missing from the report."""
    register = read_register(path, mapping)
    report = build_report(register, resolve_perimeters(register))
    assert register.reading is not None
    lines = Counter(row.line for row in report.rows)
    assert lines == Counter(line for line, _ in register.reading.sheet.rows)
    assert report.placed + report.remark + report.unplaced == report.row_count == len(lines)
    return register, report


def differences(expected: str, found: str, name: str) -> str:
    """Return the lines in which a report is not what is expected."""
    lines = difflib.unified_diff(
        expected.splitlines(), found.splitlines(), f"{name} expected", f"{name} found", lineterm="", n=1
    )
    return "\n".join(lines)


def _lines(register: Register, said: dict[str, Any]) -> Iterator[str]:
    yield "NOTES"
    yield from (f"  {note}" for note in said["notes"])
    yield "CONTRATS"
    yield from (f"  {_contract(contract)}" for contract in register.contracts.values())
    yield f"LIGNES {said['rows']} : {said['placed']} + {said['remark']} + {said['unplaced']}"
    for row in said["outcomes"]:
        yield f"  {row['row']} {row['state']} [{'; '.join(row['written'])}] {_places(row['places'])}".rstrip()
        yield from (f"      {reason}" for reason in row["reasons"])
        if row["candidates"]:
            yield f"      ? {_places(row['candidates'])}"
    yield "PROBLÈMES"
    for problem in said["problems"]:
        where = f"l. {problem['row']}" if problem["row"] else "fichier"
        column = f" « {problem['column']} »" if problem["column"] else ""
        yield f"  {problem['severity']} {where}{column} : {problem['message']}"


def _contract(contract: Contract) -> str:
    funding = stated_funding(contract)
    parts = [("total", funding.total), *funding.payers.items()]
    euros = ", ".join(f"{name} {value:.2f}" for name, value in parts if value is not None)
    facts = [contract.id, contract.programme, contract.title, contract.signed_on, euros]
    return " | ".join(str(fact) for fact in facts if fact)


def _places(places: list[dict[str, Any]]) -> str:
    return "; ".join(f"{place['level']}:{place['code']} {place['name']}" for place in places)


if __name__ == "__main__":
    for name in sys.argv[1:]:
        print(told(Path(name)), end="")  # noqa: T201 - to be read, and copied by hand where it is right
