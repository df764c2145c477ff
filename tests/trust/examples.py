"""The examples of the documents: fenced blocks with what a comment above them says, and how they are run.

Marks, in the language of the page; several may stand above one block:

    <!-- file: list.csv -->             the block is the content of this file
    <!-- add to: data/contracts.csv --> the block is rows for this table; other columns stay empty
    <!-- apply -->                      the block is a change that a test of its own carries out
    <!-- exit status: 1 -->             of the last command of the block (0 unless it is said)
    <!-- not run: why -->               the block is not run here, for this reason

A `text` block that comes next after a `sh` or `python` block is what that prints. A line `…` in it stands for
any number of lines, and `…` at the end of a line for its rest.
"""

from __future__ import annotations

import contextlib
import csv
import io
import re
import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from openpyxl import Workbook

from geocontracts.cli import main
from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PAGES = [
    *("README.md", "README.fr.md", "CONTRIBUTING.md", "SECURITY.md"),
    *sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "docs").glob("*.md")),
]
MARKS = {
    "fichier": "file",
    "ajouter à": "add to",
    "code de retour": "exit status",
    "non lancé": "not run",
}
RUN = ("sh", "python")
_MARK = re.compile(r"<!--\s*([\w ]+?)(?:[ \u00a0]?:\s*(.*?))?\s*-->")


@dataclass
class Block:
    """One fenced block; `line` is that of its fence."""

    page: str
    line: int
    language: str
    text: str
    marks: dict[str, str] = field(default_factory=dict)
    is_output: bool = False

    def __str__(self) -> str:
        """Say where it stands."""
        return f"{self.page}:{self.line}"


def blocks(page: str) -> list[Block]:
    """Return the fenced blocks of a page, in order."""
    return list(_blocks(page, (ROOT / page).read_text(encoding="utf-8").splitlines()))


def _blocks(page: str, lines: list[str]) -> Iterator[Block]:
    marks: dict[str, str] = {}
    before: Block | None = None
    at = 0
    while at < len(lines):
        line = lines[at]
        if fence := re.match(r"( *)```(\S*)", line):
            end = next(n for n in range(at + 1, len(lines)) if lines[n].strip() == "```")
            indent = len(fence[1])
            text = "\n".join(each[indent:] for each in lines[at + 1 : end])
            found = Block(page, at + 1, fence[2], text, marks)
            found.is_output = fence[2] == "text" and before is not None and before.language in RUN
            yield found
            before, marks, at = found, {}, end + 1
            continue
        if mark := _MARK.fullmatch(line.strip()):
            marks[MARKS.get(mark[1], mark[1])] = mark[2] or ""
        elif line.strip():
            marks, before = {}, None
        at += 1


class Scratch:
    """A folder in which the blocks of one page are run, one after the other."""

    def __init__(self, folder: Path) -> None:
        """Begin with the files that are in `folder`."""
        self._folder = folder
        self._names: dict[str, object] = {}
        self._said = ""

    def take(self, block: Block) -> None:
        """Run a block, write its file, or compare what it shows with what was said."""
        if "not run" in block.marks:
            self._said = ""
        elif "file" in block.marks:
            self._path(block.marks["file"]).write_text(block.text + "\n", encoding="utf-8")
        elif "add to" in block.marks:
            self._add(block)
        elif block.language == "sh":
            self._said = self._commands(block)
        elif block.language == "python":
            with said() as out:
                exec(compile(block.text, str(block), "exec"), self._names)  # noqa: S102
            self._said = out.getvalue()
        elif block.is_output:
            assert agree(block.text, self._said), f"{block} shows\n{block.text}\n\nand it is\n{self._said}"

    def _path(self, name: str) -> Path:
        path = self._folder / name
        assert path.is_relative_to(self._folder)
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def _add(self, block: Block) -> None:
        path = self._path(block.marks["add to"])
        kept = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))
        added = list(csv.DictReader(io.StringIO(block.text)))
        assert set(added[0]) <= set(kept[0]), f"{block}: no such column: {set(added[0]) - set(kept[0])}"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(kept[0]), restval="", lineterminator="\n")
            writer.writeheader()
            writer.writerows([*kept, *added])

    def _commands(self, block: Block) -> str:
        status = 0
        with said() as out:
            for line in block.text.replace("\\\n", " ").splitlines():
                assert status == 0, f"{block}: {status} before {line!r}\n{out.getvalue()}"
                if words := shlex.split(line, comments=True):
                    status = self._command(words, block)
        assert status == int(block.marks.get("exit status", 0)), f"{block}: {status}\n{out.getvalue()}"
        return out.getvalue()

    def _command(self, words: list[str], block: Block) -> int:
        if words[0] == "geocontracts":
            status = main(words[1:])
            for name in (words[rank + 1] for rank, word in enumerate(words) if word == "-o"):
                path = self._folder / name
                assert any(path.iterdir()) if path.is_dir() else path.stat().st_size > 0, f"{block}: {name}"
            return status
        assert words[0] == "python", f"{block}: say how {words[0]!r} is run, or why it is not"
        told = words[words.index(">") + 1] if ">" in words else None
        kept = words[1 : words.index(">")] if told else words[1:]
        done = subprocess.run(
            [sys.executable, *kept], cwd=self._folder, capture_output=True, text=True, check=False
        )
        if told:
            self._path(told).write_text(done.stdout, encoding="utf-8")
        else:
            sys.stdout.write(done.stdout)
        return done.returncode


@contextlib.contextmanager
def said() -> Iterator[io.StringIO]:
    """Give what is printed on either stream, in its order."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
        yield out


def agree(shown: str, printed: str) -> bool:
    """Say whether what a page shows is what was printed; spaces of any width are equal."""
    return _agree(_lines(shown), _lines(printed))


def _lines(text: str) -> list[str]:
    return [re.sub(r"\s", " ", line.rstrip()) for line in text.strip("\n").split("\n")]


def _agree(shown: list[str], printed: list[str]) -> bool:
    if not shown:
        return not printed
    first, rest = shown[0], shown[1:]
    if first == "…":
        return any(_agree(rest, printed[at:]) for at in range(len(printed) + 1))
    if not printed:
        return False
    same = printed[0].startswith(first[:-1]) if first.endswith("…") else printed[0] == first
    return same and _agree(rest, printed[1:])


HEAD = ("Intitulé", "Dispositif", "Territoires", "Date de signature", "Part État (€)")
ROWS = (
    ("Cœur de ville de Denain", "Action cœur de ville", "Denain (59)", "2018-09-12", 15000),
    ("Cœur de ville d’Arras", "Action cœur de ville", "Arras", "2018-09-28", 250000),
    ("Contrat de ruralité", "Contrats de ruralité", "CC de Flandre Intérieure", "2017-03-01", 90000),
)
TOWNS = "commune;Ville;Intitulé\nDenain;59172;Denain\nArras;62041;Arras\n"
GRANTS = "Dispositif;Commune;Année;Montant\nDETR;Denain;2023;1000\nDSIL;Arras;2024;2500\n"


def furnish(folder: Path) -> None:
    """Write the files that the examples name and do not write themselves: lists, two editions, a register."""
    for name in ("ma-liste", "nouvelle", "liste-2025"):
        _write_list(folder / f"{name}.xlsx", ROWS)
    for name in ("ancienne", "liste-2024"):
        _write_list(folder / f"{name}.xlsx", ROWS[:2])
    for name in ("liste", "liste-2027"):
        (folder / f"{name}.csv").write_text(TOWNS, encoding="utf-8")
    lines = [";".join(map(str, row)) for row in (HEAD, *ROWS)]
    (folder / "ma-liste.csv").write_text("\n".join(lines), encoding="utf-8")
    (folder / "subventions.csv").write_text(GRANTS, encoding="utf-8")
    for name in ("data", "ancien", "nouveau"):
        (folder / name).mkdir()
        for path in (*(ROOT / "data").glob("*.csv"), ROOT / "data" / "datapackage.json"):
            shutil.copy(path, folder / name)


def _write_list(path: Path, rows: tuple[tuple[object, ...], ...]) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (HEAD, *rows):
        sheet.append(row)
    book.save(path)
