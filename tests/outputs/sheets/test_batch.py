"""A sheet for each part of a territory, and the commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from geocontracts.cli import main
from geocontracts.errors import OutputError, UnknownPlaceError
from geocontracts.outputs.sheets.batch import plan_batch, write_batch
from geocontracts.outputs.sheets.place import collated

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from geocontracts.outputs.sheets.write import SheetMaker


def test_a_sheet_for_each_epci_and_an_index_that_leads_to_them(maker: SheetMaker, tmp_path: Path) -> None:
    batch = plan_batch("Oise", "epci", tmp_path / "fiches", "html", maker.ledger)
    told = []
    write_batch(batch, maker, lambda done, total: told.append((done, total)))
    files = sorted(path.name for path in batch.folder.iterdir())
    assert len(files) == 22
    assert told[-1] == (21, 21)
    index = batch.index.read_text(encoding="utf-8")
    assert "21 fiches" in index
    for name in files:
        assert name == "index.html" or f'<a href="{name}"' in index
    assert "200067965-ca-de-la-region-de-compiegne-et-de-la-basse-automne.html" in files
    sheet = maker.territory("epci:200067965")
    assert (
        sheet.title.encode() in (batch.folder / files[[f[:9] for f in files].index("200067965")]).read_bytes()
    )


def test_the_index_counts_what_the_sheets_show(maker: SheetMaker, tmp_path: Path) -> None:
    batch = plan_batch("epci:200044618", "commune", tmp_path, "md", maker.ledger)
    write_batch(batch, maker)
    lines = batch.index.read_text(encoding="utf-8").split("\n")
    row = next(line for line in lines if "59178-douai.md" in line)
    # in force, to come, past, unsaid, of the commune alone, missions, operations
    assert [cell.strip() for cell in row.split("|")[5:-1]] == ["7", "3", "0", "0", "1", "0", "10"]
    assert len([line for line in lines if ".md>)" in line]) == 35


def test_every_commune_of_a_departement_has_a_name_of_its_own(maker: SheetMaker, tmp_path: Path) -> None:
    batch = plan_batch("Oise", "commune", tmp_path, "pdf", maker.ledger)
    assert len(batch.parts) == 680
    assert len(set(batch.files())) == 681
    assert batch.index.name == "index.html"


def test_a_level_that_the_territory_has_not_is_refused(maker: SheetMaker, tmp_path: Path) -> None:
    with pytest.raises(UnknownPlaceError, match="no territory of the level"):
        plan_batch("contract:cahors-hauts-de-france", "commune", tmp_path, "html", maker.ledger)
    (tmp_path / "fiche").write_text("x")
    with pytest.raises(OutputError, match="is a file"):
        plan_batch("Oise", "epci", tmp_path / "fiche", "html", maker.ledger)


def test_the_commands_write_and_tell(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "denain.md"
    assert main(["territory", "Denain", "-o", str(path)]) == 0
    assert path.read_text(encoding="utf-8").startswith("Fiche de commune\n\n# Denain\n")
    assert "Fiche écrite" in capsys.readouterr().out
    folder = tmp_path / "fiches"
    assert (
        main(["territory", "arrondissement:025", "--each", "epci", "--format", "md", "-o", str(folder)]) == 0
    )
    assert sorted(path.suffix for path in folder.iterdir()) == [".md"] * 5
    said = capsys.readouterr()
    assert "fiches écrites dans" in said.out
    assert "\r" not in said.err, "no bar where there is no terminal"
    assert main(["programme", "acv", "-o", str(tmp_path / "acv.html"), "--lang", "en"]) == 0
    assert "Sheet written" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["territory", "Abancourt"], "[commune:60001]"),
        (["territory", "Xyzzy"], "n’a pas été trouvé"),
        (["programme", "xyzzy"], "Aucun dispositif du registre n’a l’identifiant ou le nom"),
    ],
)
def test_what_is_not_found_is_told_and_nothing_is_written(
    arguments: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "x.html"
    assert main([*arguments, "-o", str(path)]) == 2
    assert said in capsys.readouterr().err
    assert not path.exists()


def test_a_sheet_is_never_written_over_the_register(
    with_contracts: Callable[..., Path], tmp_path: Path
) -> None:
    folder = with_contracts("a,acv,A,commune:59172,signed,doc,p. 1")
    link = tmp_path / "fiche.html"
    link.symlink_to(folder / "contracts.csv")
    before = (folder / "contracts.csv").read_bytes()
    assert main(["territory", "Denain", str(folder), "-o", str(link)]) == 2
    assert (folder / "contracts.csv").read_bytes() == before


def test_the_index_is_in_french_order_and_leads_to_the_epci(maker: SheetMaker, tmp_path: Path) -> None:
    assert sorted(["Le Quesnoy", "Étrœungt", "Rousies", "Eth", "L'Orée de Mormal"], key=collated) == [
        "Eth",
        "Étrœungt",
        "L'Orée de Mormal",
        "Le Quesnoy",
        "Rousies",
    ]
    parts = plan_batch("Nord", "epci", tmp_path, "md", maker.ledger).parts
    names = [place.name for place in parts]
    assert names.index("CA Maubeuge Val de Sambre") < names.index("CA de la Porte du Hainaut")
    sheet = tmp_path / "200044618-ca-douaisis-agglo.md"
    batch = plan_batch("epci:200044618", "commune", tmp_path, "md", maker.ledger)
    write_batch(batch, maker)
    assert "| CA Douaisis Agglo |" in batch.index.read_text(encoding="utf-8")
    sheet.write_text("x")
    write_batch(batch, maker)
    assert "[CA Douaisis Agglo](<200044618-ca-douaisis-agglo.md>)" in batch.index.read_text(encoding="utf-8")


def test_a_code_in_the_index_is_never_broken(maker: SheetMaker, tmp_path: Path) -> None:
    batch = plan_batch("arrondissement:025", "epci", tmp_path, "html", maker.ledger)
    write_batch(batch, maker)
    assert '<td class="whole" data-label="Code">' in batch.index.read_text(encoding="utf-8")
