"""What is exported and read again is what it was, to the cent; unknown is unknown, and 0 is 0."""

from __future__ import annotations

import csv
import dataclasses
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given

from geocontracts.outputs.answers import formula_safe
from geocontracts.outputs.exports.content import prepare
from geocontracts.outputs.exports.write import write_content
from geocontracts.records.amounts import PAYERS, TOTALS, add_up
from geocontracts.records.lists.mapping import ListMapping
from geocontracts.records.read import read_register
from geocontracts.records.register import Contract
from geocontracts.records.schema import load_schema
from tests.budget import examples
from tests.trust.strategies import registers

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geocontracts.outputs.exports.content import ExportContent
    from geocontracts.records.amounts import Period
    from geocontracts.records.register import Record, Register

SHEETS = {".gpkg": "contracts", ".xlsx": "Contrats", ".csv": "", ".parquet": "", ".geojson": "", ".fgb": ""}
_OF_READING = {"file", "line", "column", "listed"}  # where a fact stood, which another file tells otherwise
PERIODS: tuple[Period, ...] = ("whole", "yearly")
_COMMON = ("title", "programme", "territories", "perimeter", "status", "starts_on", "ends_on", "remark")
_FACTS = [field.name for field in dataclasses.fields(Contract) if field.name not in _OF_READING]


def written(tables: dict[str, list[dict[str, str]]], folder: Path) -> Register:
    """Write tables as a folder, and read it."""
    for name, rows in tables.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as out:
            table = csv.DictWriter(out, [field.name for field in load_schema()[name].fields])
            table.writeheader()
            table.writerows(rows)
    return read_register(folder)


def facts(record: Record, names: Iterable[str] = _FACTS) -> dict[str, Any]:
    """Return what a record says, whatever file it is read from."""
    told = {name: getattr(record, name) for name in names}
    # An empty cell of places is, in a list, a place that is not told: there its row says so.
    return told | {"territories": tuple(filter(None, record.territories))}


def guarded(told: dict[str, Any]) -> dict[str, Any]:
    """Return facts as a CSV keeps them: a cell that a spreadsheet would run has an apostrophe before it."""
    return {name: _guarded(value) for name, value in told.items()}


def _guarded(value: Any) -> Any:
    if isinstance(value, tuple) and value:
        return (formula_safe(value[0]), *value[1:])
    return formula_safe(value) if isinstance(value, str) else value


def euros(record: Record) -> dict[str, float | None]:
    """Return the amounts of a record by payer, those apart that a list has no column for."""
    named = {payer: getattr(record, column) for column, payer in PAYERS[record.kind] if payer != "other"}
    total = TOTALS.get(record.kind)
    known = {"total": getattr(record, total) if total else None, **named}
    return {payer: amount for payer, amount in known.items() if amount is not None}


def again(content: ExportContent, folder: Path, suffix: str, lang: str) -> Register:
    """Export the contracts, and read them as a list of one's own."""
    sheet = SHEETS[suffix]
    path = folder / f"export{suffix}"
    write_content(content, path, table=None if sheet else "contracts")
    if suffix == ".xlsx" and lang == "en":
        sheet = "Contracts"
    return read_register(path, ListMapping(sheet=sheet) if sheet else None)


def check_contracts(register: Register, found: Register, suffix: str) -> None:
    """Say that two registers hold the same contracts: in the same order, but where a file has its own."""
    ids = list(register.contracts)
    assert (sorted(found.contracts) == sorted(ids)) if suffix == ".fgb" else (list(found.contracts) == ids)
    for name, contract in register.contracts.items():
        told = facts(contract)
        assert facts(found.contracts[name]) == (guarded(told) if suffix == ".csv" else told)
    for period in PERIODS:
        before = add_up(register, register.contracts.values(), period)
        after = add_up(found, found.contracts.values(), period)
        assert (after.total, dict(after.payers)) == (before.total, dict(before.payers))


def check_records(register: Register, content: ExportContent, folder: Path) -> None:
    """Say that all records in one CSV come back as contracts, with their titles, places, dates and euros."""
    path = folder / "tout.csv"
    write_content(content, path)
    found = read_register(path)
    records = {record.id: record for record in register.records()}
    assert list(found.contracts) == list(records)
    for name, record in records.items():
        assert facts(found.contracts[name], _COMMON) == guarded(facts(record, _COMMON))
        assert euros(found.contracts[name]) == euros(record)


def trip(tables: dict[str, list[dict[str, str]]], suffixes: list[str], lang: Any = "fr") -> None:
    """Take a register through these formats and back."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "données").mkdir()
        register = written(tables, folder / "données")
        content = prepare(register, area="62041", lang=lang)
        for suffix in suffixes:
            check_contracts(register, again(content, folder, suffix, lang), suffix)
            if suffix == ".csv":
                check_records(register, content, folder)


def test_a_contract_comes_back_as_it_was_exported() -> None:
    row = {
        "id": "c0",
        "programme": "pvd",
        "title": "=Œuvre « a » ; 'b'",
        "territories": "Creil (60); commune:62041; Nullepart",
        "status": "signed",
        "signed_on": "2019-06",
        "amount_total_eur": "1234567.89",
        "amount_state_eur": "0",
        "signatories": "État; @SUM(A1)",
        "source": "doc",
    }
    sources = [{"id": "doc", "title": "Une liste", "publisher": "DDT"}]
    trip({"contracts": [row], "sources": sources}, [".csv", ".xlsx", ".geojson"])


@pytest.mark.thorough
@examples(3)
@given(registers())
def test_what_is_exported_is_read_again_as_it_was(tables: dict[str, list[dict[str, str]]]) -> None:
    trip(tables, list(SHEETS))


@pytest.mark.thorough
@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("suffix", SHEETS)
def test_each_format_brings_back_what_it_was_given(suffix: str, lang: str) -> None:
    @examples(12)
    @given(registers())
    def holds(tables: dict[str, list[dict[str, str]]]) -> None:
        trip(tables, [suffix], lang)

    holds()


def test_a_date_that_excel_has_not_stays_a_date(tmp_path: Path) -> None:
    row = {
        "id": "a",
        "programme": "acv",
        "title": "T",
        "territories": "Arras",
        "source": "doc",
        "section": "1",
    }
    row |= {"signed_on": "1582-10-10", "starts_on": "1899-12-31", "ends_on": "1900-02-28"}
    sources = [{"id": "doc", "title": "Une liste", "publisher": "DDT"}]
    (tmp_path / "données").mkdir()
    register = written({"contracts": [row], "sources": sources}, tmp_path / "données")
    found = again(prepare(register, area="62041", lang="fr"), tmp_path, ".xlsx", "fr")
    assert found.problems == ()
    contract = found.contracts["a"]
    dates = [contract.signed_on, contract.starts_on, contract.ends_on]
    assert [str(each.text) for each in dates if each] == ["1582-10-10", "1899-12-31", "1900-02-28"]
