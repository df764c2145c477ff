"""One list is read in one way by every command; `--within` says where names are looked for first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from geocontracts.cli import main

if TYPE_CHECKING:
    from pathlib import Path

COMMANDS = {
    "map": ["map", "{list}", "-o", "{folder}/x.html"],
    "check": ["check", "{list}"],
    "stats": ["stats", "{list}"],
    "figure": ["figure", "{list}", "-o", "{folder}/x.svg", "--style", "timeline"],
    "territory": ["territory", "Lille", "{list}", "-o", "{folder}/x.md"],
    "export": ["export", "{list}", "-o", "{folder}/x.csv"],
    "compare": ["compare", "{list}", "{list}", "-o", "{folder}/x.md"],
}


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize(("within", "placed"), [((), False), (("--within", "departement:59"), True)])
def test_bailleul_is_asked_unless_it_is_told_where_to_look(
    name: str, within: tuple[str, ...], *, placed: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "liste.csv"
    path.write_text("N°;Intitulé;Dispositif;Territoires\nA7;Centre;PVD;Bailleul\n", encoding="utf-8")
    command = [part.format(list=path, folder=tmp_path) for part in COMMANDS[name]]
    status = main([*command, "--area", "departement:59", *within])
    answer = capsys.readouterr()
    told = answer.out + answer.err
    assert ("2 lieux portent ce nom" in told or "est connu pour Nord" in told) != placed
    assert (status == 0) == placed
