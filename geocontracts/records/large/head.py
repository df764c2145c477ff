"""The first rows of a long list: what its columns are is told from these, as for a short one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geocontracts.errors import RegisterError, why
from geocontracts.records.formats.address import is_address
from geocontracts.records.formats.columns import cells_of, geometry_columns, geometry_notes
from geocontracts.records.formats.header import with_header
from geocontracts.records.formats.headings import folded
from geocontracts.records.formats.kinds import tell_kind
from geocontracts.records.formats.marks import marks_of
from geocontracts.records.formats.read import read_sheet
from geocontracts.records.formats.sheet import Origin, Sheet
from geocontracts.records.formats.signs import without_unfit
from geocontracts.records.formats.stamp import stamp_of
from geocontracts.records.formats.text import read_text
from geocontracts.records.large.survey import survey_text
from geocontracts.records.lists.headings import known_headings
from geocontracts.records.lists.recognise import recognise

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geocontracts.files import FileMark
    from geocontracts.records.formats.stamp import Stamp
    from geocontracts.records.large.survey import Survey
    from geocontracts.records.lists.mapping import ListMapping
    from geocontracts.records.lists.recognise import Plan

_SAMPLE = 20_000  # rows of a Parquet file
_NESTED = ("counted_in", "amount_period")  # with these, amounts cannot be added up row by row
_YEARS = (
    "annee",
    "exercice",
    "millesime",
    "anneebudgetaire",
    "anneedattribution",
    "anneedenotification",
    "exercicebudgetaire",
    "year",
)


@dataclass(frozen=True)
class Head:
    """How a long list is read: its first rows, its plan, and where the year of a row stands.

    `survey` is that of a text; where it is None, the file is a Parquet, or `sheet` holds all of it. `stamp`
    is that of the file before a byte of it was read; `inputs` are the files, as they are known again.
    """

    sheet: Sheet
    plan: Plan
    year: int | None
    survey: Survey | None = None
    stamp: Stamp | None = None
    inputs: tuple[FileMark, ...] = ()


def read_head(
    source: Path | str, told: ListMapping, programmes: Mapping[str, str], year: str | None = None
) -> Head:
    """Read the first rows of a list and say what its columns are; a row is a grant.

    `year` is the heading of the column that tells the year or the date of a row, if that is told.

    Raises:
        RegisterError: the file is no table, no column says where the rows are, a column that was told is not
            there, or the list ticks columns for programmes, which has no row for a grant.
    """
    told = replace(told, shape="contracts")
    known = {*known_headings(), *(folded(heading) for heading in told.columns)}
    survey, stamp = None, None if is_address(source) else stamp_of(Path(source))
    kind = "" if is_address(source) else tell_kind(Path(source))
    if kind == "csv":
        survey = survey_text(Path(source))
        sheet = _text(Path(source), survey, told, known)
    elif kind == "parquet":
        sheet = _parquet(Path(source))
    else:
        sheet = read_sheet(source, sheet=told.sheet, header=told.header, known=known)
    plan = recognise(sheet, told, programmes, year=year)
    if plan.members:
        columns = ", ".join(column.heading for column in plan.members)
        raise RegisterError("large-ticks", file=sheet.origin.name, columns=columns)
    nested = [column.heading for column in plan.columns if column.role in _NESTED]
    if nested:
        raise RegisterError("large-nested", file=sheet.origin.name, columns=", ".join(nested))
    rank = _year(sheet, plan, year)
    shown = tuple(
        replace(column, why="told") if column.rank == rank and column.role is None else column
        for column in plan.columns  # so that it is not said to be left aside
    )
    return Head(sheet, replace(plan, columns=shown), rank, survey, stamp, _inputs(sheet, survey))


def _inputs(sheet: Sheet, survey: Survey | None) -> tuple[FileMark, ...]:
    """Return the files that are read: a text was hashed by its survey, a Parquet is here, by blocks."""
    if survey and survey.mark:
        return (survey.mark,)
    path = sheet.origin.path
    if path is None or sheet.inputs:
        return sheet.inputs
    try:
        return marks_of(path)
    except OSError as error:
        raise RegisterError("file-unreadable", file=str(path), why=why(error)) from error


def _text(path: Path, survey: Survey, told: ListMapping, known: set[str]) -> Sheet:
    """Read the first rows of a text, in its encoding."""
    if told.sheet is not None:
        raise RegisterError("sheets-none", file=str(path), sheet=told.sheet)
    try:
        with path.open("rb") as file:
            content = file.read(survey.head or (1 << 22))
    except OSError as error:
        raise RegisterError("file-unreadable", file=str(path), why=why(error)) from error
    errors = "replace" if survey.is_mixed or survey.encoding.startswith("utf-") else "strict"
    text = content.decode(survey.encoding, errors).removeprefix("\ufeff").replace("\0", "")
    grid = read_text(path, text.encode("utf-8", "replace"), known)
    sheet = without_unfit(with_header(grid, header=told.header, known=known))
    return replace(sheet, notes=(*survey.notes, *sheet.notes))


def _parquet(path: Path) -> Sheet:
    """Read the first rows of a Parquet file; what it declares as geometry is left aside."""
    import pyarrow as pa
    from pyarrow import parquet

    try:
        with parquet.ParquetFile(path) as file:
            aside = geometry_columns(file.schema_arrow.metadata)
            kept = [name for name in file.schema_arrow.names if name not in aside]
            batches = file.iter_batches(batch_size=_SAMPLE, columns=kept, use_threads=False)
            columns: list[Any] = next((batch.columns for batch in batches), [pa.array([]) for _ in kept])
    except (pa.ArrowException, OSError) as error:
        raise RegisterError("file-broken", file=str(path), said=str(error)) from error
    cells = [cells_of(column, name, path, first=2) for name, column in zip(kept, columns, strict=True)]
    rows = [(line, list(row)) for line, row in enumerate(zip(*cells, strict=True), 2)]
    origin = Origin("parquet", path.name, path)
    return without_unfit(Sheet(origin, tuple(kept), 1, rows, geometry_notes(aside)))


def _year(sheet: Sheet, plan: Plan, told: str | None) -> int | None:
    """Return the column of the year: the one that was told, a heading that says so, or that of a date."""
    headings = [folded(heading) for heading in sheet.header]
    if told is not None:
        if folded(told) not in headings:
            found = ", ".join(islice((text for text in sheet.header if text), 50)) or "—"
            raise RegisterError(
                "map-column", file=sheet.origin.name, row=sheet.header_line, value=told, found=found
            )
        return headings.index(folded(told))
    named = next((headings.index(name) for name in _YEARS if name in headings), None)
    dates = (plan.rank(role) for role in ("signed_on", "starts_on"))
    return named if named is not None else next((rank for rank in dates if rank is not None), None)
