"""A report is clean when nothing is to be mended; what it says depends on where one looks."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from geocontracts.cli import main
from geocontracts.outputs.report import Report, build_report, format_report
from geocontracts.perimeters.perimeter import resolve_perimeters
from geocontracts.records.problems import Problem
from geocontracts.records.read import read_register
from geocontracts.words import Message
from tests.conftest import CONTRACTS_HEAD

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from geocontracts.records.problems import Severity

GOOD = "a,acv,Arras,commune:62041,signed,doc,P"


def report(*severities: Severity) -> Report:
    problems = tuple(Problem(severity, Message("value-required"), "a.csv") for severity in severities)
    return Report(records=1, of_cells=problems)


def checked(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, dict[str, Any]]:
    status = main(["check", *arguments, "--format", "json"])
    return status, json.loads(capsys.readouterr().out)


@pytest.mark.parametrize(
    ("severities", "clean", "to_mend"),
    [
        ((), True, []),
        (("remark", "remark"), True, []),
        (("warning",), False, ["warning"]),
        (("error",), False, ["error"]),
        (("remark", "warning", "remark", "error"), False, ["warning", "error"]),
    ],
)
def test_warnings_and_errors_are_to_be_mended_and_remarks_are_not(
    severities: tuple[Severity, ...], *, clean: bool, to_mend: list[str]
) -> None:
    made = report(*severities)
    assert made.is_clean is clean
    assert [problem.severity for problem in made.to_mend()] == to_mend
    assert len(made.problems) == len(severities)


@pytest.mark.parametrize(
    ("row", "column", "severities", "status"),
    [
        (GOOD, "", [], 0),
        (f"{GOOD},x", ",zzz", ["warning"], 1),
        (GOOD.removesuffix(",P"), "", ["warning", "error"], 1),
        (GOOD.replace("commune:62041", "Marconne"), "", ["remark"], 0),
        (GOOD.replace("commune:62041", "Sossons"), "", ["error"], 1),
    ],
)
def test_the_status_says_whether_anything_is_to_be_mended(
    row: str, column: str, severities: list[str], status: int, request: pytest.FixtureRequest
) -> None:
    folder = request.getfixturevalue("with_contracts")(row, head=CONTRACTS_HEAD + column)
    found, said = checked(request.getfixturevalue("capsys"), str(folder))
    assert [problem["severity"] for problem in said["problems"]] == severities
    assert found == status
    assert main(["map", str(folder), "-o", f"{folder}.html", "--area", "departement:62"]) == status


def test_the_map_says_what_is_to_be_mended_and_no_remark(
    with_contracts: Callable[..., Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = with_contracts(f"{GOOD.replace('commune:62041', 'Marconne')},x", head=f"{CONTRACTS_HEAD},zzz")
    assert main(["map", str(folder), "-o", str(tmp_path / "m.html"), "--area", "departement:62"]) == 1
    said = capsys.readouterr().err
    assert "colonne zzz — attention" in said
    assert "Marconne" not in said


@pytest.mark.parametrize(
    ("area", "status", "said"),
    [
        ("departement:93", 0, []),  # Saint-Denis is commune:93066, given twice
        ("departement:974", 0, ["La source annonce 1 communes"]),  # commune:97411 too
        ("region:32", 1, ["4 lieux portent ce nom"]),
    ],
)
def test_the_area_decides_what_a_homonym_means(
    area: str, status: int, said: list[str], request: pytest.FixtureRequest
) -> None:
    row = "a,acv,T,commune:93066; Saint-Denis,signed,doc,P,1"
    folder = request.getfixturevalue("with_contracts")(row, head=f"{CONTRACTS_HEAD},stated_communes")
    found, report = checked(request.getfixturevalue("capsys"), str(folder), "--area", area)
    messages = [problem["message"] for problem in report["problems"]]
    assert (found, report["placed"]) == (status, int(not said))
    assert len(messages) == len(said)
    assert all(words in message for words, message in zip(said, messages, strict=True))


def test_the_counts_add_up_and_every_problem_is_in_both_styles(with_contracts: Callable[..., Path]) -> None:
    rows = ("Arras", "Saint-Pol-sur-Mer", "Sossons", "custom:PNR", "Arras; Valencienne")
    register = read_register(
        with_contracts(*(f"c{n},acv,T,{places},signed,doc,P" for n, places in enumerate(rows)))
    )
    made = build_report(register, resolve_perimeters(register))
    assert (made.records, made.placed, made.remark, made.unplaced) == (5, 1, 2, 2)
    lines = format_report(made, style="table", lang="fr").splitlines()
    told = json.loads(format_report(made, style="json", lang="fr"))["problems"]
    errors_first = sorted(made.problems, key=lambda problem: problem.severity)
    assert lines[:-2] == [problem.text("fr") for problem in errors_first]
    assert [problem["row"] for problem in told] == [3, 4, 5, 6]
    assert [problem["severity"] for problem in told] == ["remark", "error", "remark", "error"]
