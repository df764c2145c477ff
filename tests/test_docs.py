"""What `docs/rapports.md` and the READMEs show is there; `trust/test_examples_run.py` runs what they type."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING

from geocontracts.cli import main
from geocontracts.webmap.embed import embed_snippet
from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

GUIDE = ROOT / "docs" / "rapports.md"


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


def test_there_are_commands_of_every_kind() -> None:
    assert {command.split()[0] for command in commands()} == {
        *("figure", "territory", "programme", "export", "compare", "map")
    }


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
