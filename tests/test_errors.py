"""What the machine refuses is one line and a status; what a person wrote is never destroyed."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from geocontracts.cli import main
from geocontracts.errors import OutputError, why
from geocontracts.records.read import read_register
from geocontracts.webmap.folium_map import ContractMap
from geocontracts.webmap.page import write_map
from geocontracts.webmap.payload import MapOptions
from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable

GOOD = "a,acv,Arras,commune:62041,signed,doc,P"
LONE = "Territoires;Intitulé\nDenain;Cœur de ville\n"
MANY = [f"commune:{code}" for code in range(59001, 59400)]


def run(*arguments: str, **settings: Any) -> subprocess.CompletedProcess[bytes]:
    """Run the command in a process whose output waits in a buffer, as in a shell."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    environment |= settings.pop("env", {})
    command = [sys.executable, "-m", "geocontracts", *arguments]
    settings = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | settings
    return subprocess.run(command, cwd=ROOT, env=environment, check=False, **settings)


@pytest.mark.parametrize("arguments", [["resolve", "Denain"], ["resolve", *MANY], ["check"]])
def test_a_reader_who_has_had_enough_is_no_error(arguments: list[str]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = run(*arguments, stdout=writing)
    finally:
        os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the device that is always full is Linux’s")
@pytest.mark.parametrize("arguments", [["resolve", "Denain"], ["resolve", *MANY], ["check"]])
def test_an_answer_that_cannot_be_written_is_one_line_and_status_2(arguments: list[str]) -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = run(*arguments, stdout=full)
    assert done.returncode == 2
    said = "geocontracts: la réponse n’a pas pu être écrite, il n’y a plus de place."
    assert done.stderr.decode().splitlines() == [said]


@pytest.mark.parametrize("arguments", [["check"], ["resolve", "Bermeries"]])
@pytest.mark.parametrize("encoding", ["cp1252", "ascii", "utf-8"])
def test_answers_are_utf_8_whatever_the_terminal_says(arguments: list[str], encoding: str) -> None:
    done = run(*arguments, env={"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"})
    assert (done.returncode, done.stderr) == (0, b"")
    said = done.stdout.decode("utf-8")
    assert "Bermeries" in said
    assert "→" in said


def refused(path: Path, output: Path, capsys: pytest.CaptureFixture[str]) -> str:
    assert main(["map", str(path), "-o", str(output), "--area", "departement:62"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    return said.err


def test_a_map_is_not_written_over_the_list_it_shows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "liste.csv"
    path.write_text(LONE, encoding="utf-8")
    (tmp_path / "lien.html").symlink_to(path)
    monkeypatch.chdir(tmp_path)
    for output in (path, Path("liste.csv"), tmp_path / "x" / ".." / "liste.csv", tmp_path / "lien.html"):
        assert "ce fichier est la liste qui est lue ; il n’a pas été touché" in refused(
            path, output, capsys
        ).replace("\u00a0", " ")
        assert path.read_text(encoding="utf-8") == LONE
    assert (tmp_path / "lien.html").is_symlink()


@pytest.mark.parametrize("name", ["contracts", "programmes", "sources"])
def test_a_map_is_not_written_over_a_table_of_its_folder(
    with_contracts: Callable[..., Path], tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = with_contracts(GOOD)
    table, link = folder / f"{name}.csv", tmp_path / "lien.html"
    link.symlink_to(table)
    before = table.read_bytes()
    for output in (table, link):
        assert "ce fichier est une table du registre" in refused(folder, output, capsys)
    assert table.read_bytes() == before
    assert link.is_symlink()


def test_a_list_that_is_a_link_is_not_written_over_either(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, link = tmp_path / "liste.csv", tmp_path / "lien.csv"
    path.write_text(LONE, encoding="utf-8")
    link.symlink_to(path)
    assert "ce fichier est la liste qui est lue" in refused(link, path, capsys)
    assert path.read_text(encoding="utf-8") == LONE


def test_python_is_refused_what_the_command_is(with_contracts: Callable[..., Path]) -> None:
    folder = with_contracts(GOOD)
    register, table = read_register(folder), folder / "contracts.csv"
    before = table.read_bytes()
    options = MapOptions(area="departement:62")
    for save in (
        lambda: write_map(register, table, options),
        lambda: ContractMap(register, options).save(table),
    ):
        with pytest.raises(OutputError, match="is a table of the register"):
            save()
    assert table.read_bytes() == before
    write_map(register, folder / "carte.html", options)
    assert (folder / "carte.html").exists(), "another file of the same folder is fine"


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.EACCES, "vos droits ne le permettent pas"),
        (errno.EROFS, "le support est en lecture seule"),
        (errno.ENOSPC, "il n’y a plus de place"),
        (errno.EISDIR, "c’est un dossier"),
        (errno.ENAMETOOLONG, "le nom est trop long"),
        (errno.EIO, "le support ou le réseau ne répond plus"),
        (errno.EXDEV, f"«\u00a0{os.strerror(errno.EXDEV)}\u00a0»"),
    ],
)
def test_what_the_system_says_is_put_in_words(number: int, said: str) -> None:
    assert why(OSError(number, os.strerror(number))).text("fr") == said
