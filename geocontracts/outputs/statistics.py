"""Statistics of a register: rows, places and euros by group, each euro counted once."""

from __future__ import annotations

import csv
import io
import json
import textwrap
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

from geocontracts.outputs.answers import formula_safe
from geocontracts.outputs.millions import in_millions, is_rounded
from geocontracts.outputs.over import over_note, over_total
from geocontracts.outputs.provenance import origin_text, provenance_json, read_text, told_of_register
from geocontracts.records.amounts import Payer, add_up, overshoots, stated_funding
from geocontracts.records.schema import load_schema
from geocontracts.words import number, plain, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from geocontracts.perimeters.perimeter import Perimeter
    from geocontracts.places.area import Area
    from geocontracts.records.amounts import Funding
    from geocontracts.records.register import Contract, Mission, Operation, Register
    from geocontracts.words import Lang

Grouping: TypeAlias = Literal["programme", "family", "status"]

_ROWS = ("contracts", "missions", "operations", "placed", "inferred", "unplaced", "communes")
_PAYERS: tuple[Payer, ...] = get_args(Payer)
_EUROS = ("total", *_PAYERS, "over", "yearly")
COLUMNS = (*_ROWS, "without_amount", *(f"{name}_eur" for name in _EUROS))
_ALWAYS = frozenset(f"{name}_eur" for name in _EUROS if name != "over")
_FIRST_EUROS = COLUMNS.index("total_eur")
_WIDTH = 110
_LONGEST_LINE = 400  # a name of a file may have 255 signs
_LONGEST_NAME = 120
_FEW = 5  # groups that are named in a sentence
_ALL = "*"  # the id of the line of all in CSV: no id of a register has that sign


@dataclass(frozen=True)
class Line:
    """What one group of records comes to; `group` is None for the records that name none.

    `placed` and `unplaced` add up to the records; `inferred` is a part of
    `placed`. `communes` are those that contracts and missions cover, once each:
    an operation may stand outside the perimeter of its contract; `outside` of them lie
    beyond the territory looked at, where contracts reach out of it. `funding` is for
    the whole duration, `yearly` for each year; `without_amount` contracts and
    operations state neither, and it is None where there are only missions. `over` are
    the records whose payers give more than their total, and by how many euros: what the
    payers of `funding` come to more than its total.
    """

    group: str | None
    contracts: int
    missions: int
    operations: int
    placed: int
    inferred: int
    unplaced: int
    communes: int
    outside: int
    without_amount: int | None
    funding: Funding
    yearly: Funding
    over: Mapping[str, float]

    def values(self) -> dict[str, float | int | None]:
        """Return the figures by column, in the order of `COLUMNS`; None is unknown."""
        rows = {name: getattr(self, name) for name in (*_ROWS, "without_amount")}
        euros = {f"{payer}_eur": self.funding.payers.get(payer) for payer in _PAYERS}
        beyond = None if self.funding.total is None else over_total(self.over)
        euros |= {"total_eur": self.funding.total, "over_eur": beyond, "yearly_eur": self.yearly.total}
        return {column: (rows | euros)[column] for column in COLUMNS}


@dataclass(frozen=True)
class Statistics:
    """A line for each group that has records, programmes in the order of families, and one for all.

    The euros of the lines need not add up to those of all: an amount of one group
    may lie inside that of another, and is counted once in all. `area` is the territory
    looked at, beyond which communes are counted too; None where none was told.
    """

    register: Register
    by: Grouping
    lines: tuple[Line, ...]
    total: Line
    area: Area | None = None

    def name(self, group: str | None, lang: Lang) -> str:
        """Return the name of a group as people see it."""
        if group is None:
            return say("stats-none", lang)
        if group == "in_force":
            return say("stats-in-force", lang)  # a contract is in force, an operation under way
        if self.by == "programme":
            programme = self.register.programmes[group]
            return programme.short_name or programme.name
        table = "programmes" if self.by == "family" else "contracts"
        return load_schema()[table].field(self.by).choices[group][lang]


def build_statistics(
    register: Register,
    perimeters: Iterable[Perimeter],
    *,
    by: Grouping = "programme",
    area: Area | None = None,
) -> Statistics:
    """Return the statistics of a register, by programme, by family or by status.

    Perimeters are counted whole, also where they reach out of `area`: how many of
    their communes lie there is told beside (`Line.outside`; 0 without an area).
    """
    groups: dict[str | None, list[Perimeter]] = {group: [] for group in _groups(register, by)}
    found = list(perimeters)
    for perimeter in found:
        groups.setdefault(_group(register, perimeter.record, by), []).append(perimeter)
    lines = [_line(register, group, members, area) for group, members in groups.items() if members]
    return Statistics(register, by, tuple(lines), _line(register, None, found, area), area)


def _groups(register: Register, by: Grouping) -> list[str]:
    if by == "programme":
        families = list(load_schema()["programmes"].field("family").choices)
        ranked = sorted(register.programmes.values(), key=lambda each: _rank(families, each.family))
        return [programme.id for programme in ranked]
    table = "programmes" if by == "family" else "contracts"
    return list(load_schema()[table].field(by).choices)


def _rank(families: list[str], family: str | None) -> int:
    return families.index(family) if family in families else len(families)


def _group(register: Register, record: Contract | Mission | Operation, by: Grouping) -> str | None:
    if by == "status":
        return record.status
    return record.programme if by == "programme" else register.programmes[record.programme].family


def _line(register: Register, group: str | None, perimeters: Sequence[Perimeter], area: Area | None) -> Line:
    records = [perimeter.record for perimeter in perimeters]
    kinds = Counter(record.kind for record in records)
    placed = [perimeter for perimeter in perimeters if perimeter.communes]
    wide = [perimeter for perimeter in placed if perimeter.record.kind != "operation"]
    communes = {commune for perimeter in wide for commune in perimeter.communes}
    paid = [record for record in records if record.kind != "mission"]
    return Line(
        group,
        kinds["contract"],
        kinds["mission"],
        kinds["operation"],
        len(placed),
        sum(perimeter.basis == "inferred" for perimeter in placed),
        len(perimeters) - len(placed),
        len(communes),
        len(communes - area.numbers) if area else 0,
        sum(not stated_funding(record) for record in paid) if paid else None,
        add_up(register, records),
        add_up(register, records, "yearly"),
        overshoots(register, records),
    )


def format_statistics(statistics: Statistics, *, style: str, lang: Lang) -> str:
    """Return the statistics in one of the styles {"table", "csv", "json"}."""
    named = [(statistics.name(line.group, lang), line) for line in statistics.lines]
    told = told_of_register(statistics.register, lang)
    if style == "json":
        groups = [{"group": line.group, "name": name, **line.values()} for name, line in named]
        data: dict[str, object] = {"by": statistics.by, "groups": groups, "all": statistics.total.values()}
        data["over"] = dict(statistics.total.over)
        if statistics.area:
            data["area"] = f"{statistics.area.level}:{statistics.area.code}"
            data["communes_outside_area"] = statistics.total.outside
        data["provenance"] = provenance_json(told)
        return json.dumps(data, ensure_ascii=False, indent=1) + "\n"
    everything = say("stats-all", lang)
    if style == "csv":
        lines = [(line.group or "", name, line) for name, line in named]
        return _csv([*lines, (_ALL, everything, statistics.total)], origin_text(told, lang), lang)
    rows = [*named, (everything, statistics.total)]
    paid = [(name, line) for name, line in rows if line.funding or line.yearly]
    blocks = [
        _table(say("stats-rows", lang), rows, COLUMNS[:_FIRST_EUROS], lang),
        _table(say("stats-euros", lang), paid, COLUMNS[_FIRST_EUROS:], lang),
        "\n".join(textwrap.fill(note, _WIDTH) for note in _notes(statistics, lang)),
        plain(read_text(told, lang), _LONGEST_LINE),
    ]
    return "\n\n".join(block for block in blocks if block) + "\n"


def _notes(statistics: Statistics, lang: Lang) -> Iterator[str]:
    """Yield what the tables do not say themselves."""
    told = outside_note(statistics, lang)
    if told:
        yield told
    silent = len(statistics.register.programmes) - len(statistics.lines)
    if silent and statistics.by == "programme":
        yield say("stats-silent", lang, n=silent)
    moneyless = sum(not (line.funding or line.yearly) for line in statistics.lines)
    if moneyless:
        yield say("stats-moneyless", lang, n=moneyless)
    over = over_note(statistics.total.over, lang)
    if over:
        yield over
    figures = [line.values() for line in (*statistics.lines, statistics.total)]
    if any(is_rounded(line[column] for line in figures) for column in COLUMNS[_FIRST_EUROS:]):
        yield say("stats-rounded", lang)
    yield say("stats-note", lang)


def outside_note(statistics: Statistics, lang: Lang) -> str | None:
    """Return how many of the communes lie outside the territory, and in which groups; None if none does."""
    total = statistics.total
    if not statistics.area or not total.outside:
        return None
    reaching = sorted((line for line in statistics.lines if line.outside), key=lambda each: -each.outside)
    groups = ", ".join(
        f"{statistics.name(line.group, lang)} ({number(line.outside, lang)})" for line in reaching[:_FEW]
    )
    if len(reaching) > _FEW:
        groups = say("crossing-others", lang, names=groups, n=len(reaching) - _FEW)
    return say(
        "stats-outside",
        lang,
        communes=total.communes,
        n=total.outside,
        area=statistics.area.name,
        groups=groups,
    )


def label(column: str, lang: Lang) -> str:
    """Return the heading of a column as people see it, without its unit."""
    return say(f"stats-{column.removesuffix('_eur').replace('_', '-')}", lang)


def _csv(rows: list[tuple[str, str, Line]], credit: str, lang: Lang) -> str:
    """Return a line a group; the first says what was read, as in the other exports."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    units = {column: " (€)" if column.endswith("_eur") else "" for column in COLUMNS}
    heads = [f"{label(column, lang)}{units[column]}" for column in COLUMNS]
    writer.writerow(
        [
            "id",
            say("stats-group", lang),
            *heads,
            say("stats-over-rows", lang),
            say("export-credit-line", lang),
        ]
    )
    for rank, (group, name, line) in enumerate(rows):
        values = line.values()
        cells = [_plain(values[column]) for column in COLUMNS]
        told = "" if rank else formula_safe(credit)
        over = formula_safe("; ".join(line.over))
        writer.writerow([formula_safe(group), formula_safe(name), *cells, over, told])
    return out.getvalue()


def _plain(value: float | None) -> str:
    """Write a figure for a program: a point, no spaces, nothing for unknown."""
    if value is None:
        return ""
    return f"{value:.2f}".rstrip("0").rstrip(".") if value % 1 else f"{value:.0f}"


def _table(title: str, rows: list[tuple[str, Line]], columns: Sequence[str], lang: Lang) -> str:
    """Return aligned columns; one that holds nothing in any line is left out."""
    figures = [line.values() for _, line in rows]
    told = [column for column in columns if any(_is_told(line[column], column) for line in figures)]
    if not told:
        return ""
    names = [title, *(_on_one_line(name) for name, _ in rows)]
    shown = [
        [label(column, lang), *_shown([line[column] for line in figures], column, lang)] for column in told
    ]
    cells = list(zip(names, *shown, strict=True))
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    lines = ["  ".join([row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:])]) for row in cells]
    return "\n".join(lines)


def _on_one_line(name: str) -> str:
    """Return a name that stays in its row, and leaves room for the figures beside it."""
    return plain(name.replace("\n", " "), _LONGEST_NAME)


def _is_told(value: float | None, column: str) -> bool:
    """Say whether a figure keeps its column: euros that are known to be 0 do, 0 rows do not."""
    return value is not None if column in _ALWAYS else bool(value)


def _shown(values: Sequence[float | None], column: str, lang: Lang) -> list[str]:
    if column.endswith("_eur"):
        return in_millions(values, lang)
    return ["–" if value is None else number(value, lang) for value in values]
