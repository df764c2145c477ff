"""What `docs/rapports.md` and the READMEs tell people to type for a report works as it is written."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook

from geocontracts.cli import main
from geocontracts.webmap.embed import embed_snippet
from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

GUIDE = ROOT / "docs" / "rapports.md"
HEAD = ("Intitulé", "Dispositif", "Territoires", "Date de signature", "Part État (€)")
ROWS = (
    ("Cœur de ville de Denain", "Action cœur de ville", "Denain (59)", "2018-09-12", 15000),
    ("Cœur de ville d’Arras", "Action cœur de ville", "Arras", "2018-09-28", 250000),
    ("Contrat de ruralité", "Contrats de ruralité", "CC de Flandre Intérieure", "2017-03-01", 90000),
)


def commands() -> list[str]:
    """Return the commands of ours in the guide, and in the part of each README on reports; each once."""
    texts = [GUIDE.read_text(encoding="utf-8")]
    for name, title in (("README.fr.md", "Pour un rapport"), ("README.md", "For a report")):
        _, found, rest = (ROOT / name).read_text(encoding="utf-8").partition(f"\n## {title}\n")
        assert found, f"{name} has no part {title!r}"
        texts.append(rest.partition("\n## ")[0])
    blocks = [
        block for text in texts for block in re.findall(r"^```sh\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
    ]
    lines = [shlex.split(line, comments=True) for block in blocks for line in block.splitlines()]
    return list(dict.fromkeys(shlex.join(line[1:]) for line in lines if line and line[0] == "geocontracts"))


def write_list(path: Path, rows: tuple[tuple[object, ...], ...]) -> None:
    """Write a workbook as a préfecture keeps it."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (HEAD, *rows):
        sheet.append(row)
    book.save(path)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the lists that the examples name, in two editions."""
    place = tmp_path_factory.mktemp("rapport")
    for name in ("ma-liste", "nouvelle", "liste-2025"):
        write_list(place / f"{name}.xlsx", ROWS)
    for name in ("ancienne", "liste-2024"):
        write_list(place / f"{name}.xlsx", ROWS[:2])
    return place


def test_there_are_commands_of_every_kind() -> None:
    assert {command.split()[0] for command in commands()} == {
        *("figure", "territory", "programme", "export", "compare", "map")
    }


def marked(command: str) -> object:
    """Return a command as a case; those that take seconds are for the thorough run."""
    is_slow = command.startswith(("figure -o", "export"))
    return pytest.param(command, marks=pytest.mark.thorough) if is_slow else command


@pytest.mark.parametrize("command", list(map(marked, commands())))
def test_a_command_works_as_it_is_written(
    command: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    words = shlex.split(command)
    assert main(words) == 0
    written = [folder / words[rank + 1] for rank, word in enumerate(words) if word == "-o"]
    assert written
    for path in written:
        assert any(path.iterdir()) if path.is_dir() else path.stat().st_size > 0


def test_the_guide_shows_the_code_that_the_command_prints(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (shown,) = re.findall(
        r"^```html\n(.*?)\n```$", GUIDE.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE
    )
    assert shown == embed_snippet("carte.html", "Contrats territoriaux — Hauts-de-France")
    monkeypatch.chdir(tmp_path)
    assert main(["map", "--embed", "-o", "carte.html"]) == 0
    assert f"\n{shown}\n" in capsys.readouterr().out


def test_no_document_installs_by_a_name_that_no_index_knows() -> None:
    for path in [
        ROOT / "README.md",
        ROOT / "README.fr.md",
        *(path for path in (ROOT / "docs").glob("*.md") if path.name != "messages.md"),  # says both ways
        *ROOT.glob("notebooks/*.ipynb"),
    ]:
        assert 'install "geocontracts' not in path.read_text(encoding="utf-8").replace("\\", ""), path.name
