"""Statistics of a register: rows, places and euros by group, each euro counted once."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

from geocontracts.outputs.answers import formula_safe
from geocontracts.records.amounts import Payer, add_up, stated_funding
from geocontracts.records.schema import load_schema
from geocontracts.words import number, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geocontracts.perimeters.perimeter import Perimeter
    from geocontracts.records.amounts import Funding
    from geocontracts.records.register import Contract, Mission, Operation, Register
    from geocontracts.words import Lang

Grouping: TypeAlias = Literal["programme", "family", "status"]

_ROWS = ("contracts", "missions", "operations", "placed", "inferred", "unplaced", "communes")
_PAYERS: tuple[Payer, ...] = get_args(Payer)
_EUROS = ("total", *_PAYERS, "yearly")
COLUMNS = (*_ROWS, "without_amount", *(f"{name}_eur" for name in _EUROS))


@dataclass(frozen=True)
class Line:
    """What one group of records comes to; `group` is None for the records that name none.

    `placed` and `unplaced` add up to the records; `inferred` is a part of
    `placed`. `communes` are counted once each. `funding` is for the whole
    duration, `yearly` for each year; `without_amount` records state neither.
    """

    group: str | None
    contracts: int
    missions: int
    operations: int
    placed: int
    inferred: int
    unplaced: int
    communes: int
    without_amount: int
    funding: Funding
    yearly: Funding

    def values(self) -> dict[str, float | int | None]:
        """Return the figures by column, in the order of `COLUMNS`; None is unknown."""
        rows = {name: getattr(self, name) for name in (*_ROWS, "without_amount")}
        euros = {f"{payer}_eur": self.funding.payers.get(payer) for payer in _PAYERS}
        return rows | {"total_eur": self.funding.total} | euros | {"yearly_eur": self.yearly.total}


@dataclass(frozen=True)
class Statistics:
    """A line for each group that has records, in the order of the register, and one for all.

    The euros of the lines need not add up to those of all: an amount of one group
    may lie inside that of another, and is counted once in all.
    """

    register: Register
    by: Grouping
    lines: tuple[Line, ...]
    total: Line

    def name(self, group: str | None, lang: Lang) -> str:
        """Return the name of a group as people see it."""
        if group is None:
            return say("stats-none", lang)
        if self.by == "programme":
            programme = self.register.programmes[group]
            return programme.short_name or programme.name
        table = "programmes" if self.by == "family" else "contracts"
        return load_schema()[table].field(self.by).choices[group][lang]


def build_statistics(
    register: Register, perimeters: Iterable[Perimeter], *, by: Grouping = "programme"
) -> Statistics:
    """Return the statistics of a register, by programme, by family or by status."""
    groups: dict[str | None, list[Perimeter]] = {group: [] for group in _groups(register, by)}
    found = list(perimeters)
    for perimeter in found:
        groups.setdefault(_group(register, perimeter.record, by), []).append(perimeter)
    lines = [_line(register, group, members) for group, members in groups.items() if members]
    return Statistics(register, by, tuple(lines), _line(register, None, found))


def _groups(register: Register, by: Grouping) -> list[str]:
    if by == "programme":
        return list(register.programmes)
    table = "programmes" if by == "family" else "contracts"
    return list(load_schema()[table].field(by).choices)


def _group(register: Register, record: Contract | Mission | Operation, by: Grouping) -> str | None:
    if by == "status":
        return record.status
    return record.programme if by == "programme" else register.programmes[record.programme].family


def _line(register: Register, group: str | None, perimeters: Sequence[Perimeter]) -> Line:
    records = [perimeter.record for perimeter in perimeters]
    kinds = Counter(record.kind for record in records)
    placed = [perimeter for perimeter in perimeters if perimeter.communes]
    return Line(
        group,
        kinds["contract"],
        kinds["mission"],
        kinds["operation"],
        len(placed),
        sum(perimeter.basis == "inferred" for perimeter in placed),
        len(perimeters) - len(placed),
        len({commune for perimeter in placed for commune in perimeter.communes}),
        sum(record.kind != "mission" and not stated_funding(record) for record in records),
        add_up(register, records),
        add_up(register, records, "yearly"),
    )


def format_statistics(statistics: Statistics, *, style: str, lang: Lang) -> str:
    """Return the statistics in one of the styles {"table", "csv", "json"}."""
    named = [(statistics.name(line.group, lang), line) for line in statistics.lines]
    if style == "json":
        groups = [{"group": line.group, "name": name, **line.values()} for name, line in named]
        data = {"by": statistics.by, "groups": groups, "all": statistics.total.values()}
        return json.dumps(data, ensure_ascii=False, indent=1) + "\n"
    rows = [*named, (say("stats-all", lang), statistics.total)]
    return _csv(rows, lang) if style == "csv" else _table(rows, lang)


def label(column: str, lang: Lang) -> str:
    """Return the heading of a column as people see it."""
    return say(f"stats-{column.removesuffix('_eur').replace('_', '-')}", lang)


def _csv(rows: list[tuple[str, Line]], lang: Lang) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["id", say("stats-group", lang), *(label(column, lang) for column in COLUMNS)])
    for name, line in rows:
        values = line.values()
        cells = [_plain(values[column]) for column in COLUMNS]
        writer.writerow([formula_safe(line.group or ""), formula_safe(name), *cells])
    return out.getvalue()


def _plain(value: float | None) -> str:
    """Write a figure for a program: a point, no spaces, nothing for unknown."""
    if value is None:
        return ""
    return f"{value:.2f}".rstrip("0").rstrip(".") if value % 1 else f"{value:.0f}"


def _table(rows: list[tuple[str, Line]], lang: Lang) -> str:
    """Return aligned columns; one that holds nothing in any line is left out."""
    columns = [column for column in COLUMNS if any(line.values()[column] for _, line in rows)]
    cells = [["", *(label(column, lang) for column in columns)]]
    cells += [[name, *(_shown(line.values()[column], lang) for column in columns)] for name, line in rows]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    lines = ["  ".join([row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:])]) for row in cells]
    return "\n".join([*lines, "", say("stats-note", lang)]) + "\n"


def _shown(value: float | None, lang: Lang) -> str:
    return "–" if value is None else number(value, lang)
