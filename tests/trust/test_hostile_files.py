"""Hostile names of files, sheets, headings and programmes; cells that only some kinds of files hold."""

from __future__ import annotations

import csv
import json
import os
import re
from typing import TYPE_CHECKING

import openpyxl
import pytest

from geocontracts.cli import main
from geocontracts.outputs.report import About, build_report, write_report
from geocontracts.perimeters.perimeter import resolve_perimeters
from geocontracts.records.read import read_register
from geocontracts.webmap.page import write_map
from geocontracts.webmap.payload import MapOptions, build_content
from tests.trust.hostile import CELLS, FORMULAS, HALF, HUGE, TEXTS

if TYPE_CHECKING:
    from pathlib import Path

# A terminal obeys these; a line of ours ends with the only one that is meant.
OBEYED = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
NAME = "<img src=x onerror=window.hit=1>\x1b[2J\u202e\n=cmd"


def list_of(path: Path, headings: list[str], rows: list[list[str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_ALL)
        writer.writerows([headings, *rows])
    return path


@pytest.mark.parametrize("command", [["check"], ["stats"], ["map"]], ids=" ".join)
def test_names_are_safe_in_a_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: list[str]
) -> None:
    folder = tmp_path / NAME.replace("/", "")
    folder.mkdir()
    rows = [["Contrat", NAME, "Arras", NAME], ["Autre", "acv", NAME, "5"]]
    path = list_of(folder / f"{NAME}.csv", ["Intitulé", "Dispositif", "Commune", NAME], rows)
    out = ["-o", str(folder / f"{NAME}.html")] if command == ["map"] else []
    reports = [] if command == ["stats"] else ["--report", str(folder / f"{NAME}.json")]
    assert main([*command, str(path), *out, *reports]) == 1
    said = capsys.readouterr()
    assert "<img src=x" in said.err + said.out
    assert not OBEYED.search(said.out + said.err)
    assert not [line for line in (said.out + said.err).splitlines() if line.startswith("=cmd")], (
        "one line a fact"
    )


@pytest.mark.parametrize(
    "arguments",
    [
        ["check", f"/nowhere/{NAME}"],
        ["territory", NAME, "-o", "x.html"],
        ["map", "--area", NAME],
        ["resolve", NAME, "Arras"],
    ],
    ids=["file", "territory", "area", "resolve"],
)
def test_what_is_refused_is_told_safely(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) != 0
    said = capsys.readouterr()
    assert "<img src=x" in said.err + said.out
    assert not OBEYED.search(said.out + said.err)


def test_a_list_of_hostile_programmes_and_headings_is_read_whole(tmp_path: Path) -> None:
    headings = ["Intitulé", "Dispositif", "Commune", *TEXTS]
    rows = [[f"{cell.text} {rank}", cell.text, "Arras", *TEXTS] for rank, cell in enumerate(CELLS)]
    register = read_register(list_of(tmp_path / "liste.csv", headings, rows))
    assert len(register) == len(CELLS)
    drawn = build_content(register, MapOptions(area="Pas-de-Calais")).payload
    assert len(drawn["records"]) == len(CELLS)
    assert all(record["draw"] == "towns" for record in drawn["records"])


def test_a_workbook_with_hostile_sheets_formulas_and_escapes_is_read_as_text(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "<img src=x onerror=a>"
    sheet.append(["Intitulé", "Dispositif", "Commune"])
    texts = [f"{cell.text} {rank}" for rank, cell in enumerate(FORMULAS)]
    for text in texts:
        sheet.append(["", "acv", "Arras"])
        sheet.cell(sheet.max_row, 1).value = text.replace("\r", "")
        sheet.cell(sheet.max_row, 1).data_type = "s"
    book.create_sheet("=cmd'!A0").append(["a"])
    path = tmp_path / "liste.xlsx"
    book.save(path)
    register = read_register(path)
    titles = [contract.title for contract in register.contracts.values()]
    assert titles == [text.strip(" \t\r\n\u00a0") for text in texts]
    assert register.reading is not None
    assert register.reading.sheet.origin.sheet == "<img src=x onerror=a>"


def test_halves_of_signs_are_replaced_and_told(tmp_path: Path) -> None:
    features = [
        {
            "type": "Feature",
            "geometry": None,
            "properties": {"Intitulé": HALF.text, "Dispositif": HALF.text, "Commune": "Arras"},
        }
    ]
    path = tmp_path / "liste.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="ascii")
    register = read_register(path)
    assert [contract.title for contract in register.contracts.values()] == ["coupé \ufffd ici \ufffd"]
    assert register.reading is not None
    assert "signs-replaced" in {note.key for note in register.reading.notes}
    write_map(register, tmp_path / "map.html", MapOptions(title=HALF.text))
    assert "<title>coupé \ufffd ici \ufffd</title>" in (tmp_path / "map.html").read_text(encoding="utf-8")


def test_a_file_name_that_is_no_text_is_no_obstacle(tmp_path: Path) -> None:
    path = os.fsdecode(os.fsencode(tmp_path) + b"/l\xefste.csv")
    with open(path, "w", encoding="utf-8") as file:  # noqa: PTH123 - a name that is no UTF-8
        file.write("Intitulé,Dispositif,Commune\nA,acv,Nulle part\n")
    register = read_register(path)
    report = build_report(register, resolve_perimeters(register))
    for suffix in (".html", ".json", ".csv"):
        write_report(report, tmp_path / f"r{suffix}", about=About(report.rows[0].file))
        assert "Nulle part" in (tmp_path / f"r{suffix}").read_text(encoding="utf-8")


def test_a_cell_of_a_megabyte_is_whole_on_the_page_and_short_in_the_report(tmp_path: Path) -> None:
    rows = [[HUGE.text, "acv", "Arras"], ["B", "acv", HUGE.text]]
    register = read_register(list_of(tmp_path / "liste.csv", ["Intitulé", "Dispositif", "Commune"], rows))
    content = build_content(register, MapOptions(area="Pas-de-Calais"))
    assert content.payload["records"][0]["title"] == HUGE.text.strip()
    report = build_report(register, content.perimeters)
    write_report(report, tmp_path / "r.html", about=About("liste.csv"))
    assert (tmp_path / "r.html").stat().st_size < 100_000
    assert max(map(len, (problem.text() for problem in report.problems))) < 1000
