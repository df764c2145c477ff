"""What a comparison writes: terminal, Markdown, CSV, JSON, and the page of its map."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pytest

import geocontracts
from geocontracts.cli import main
from geocontracts.errors import OutputError
from geocontracts.outputs.comparison.page import build_changes
from geocontracts.outputs.comparison.report import sections
from geocontracts.outputs.comparison.write import format_comparison, write_comparison
from geocontracts.webmap.payload import MapOptions, build_content, page_words
from geocontracts.words import catalogue

if TYPE_CHECKING:
    from pathlib import Path

    from geocontracts.outputs.comparison.comparison import Comparison

HEAD = "id,programme,title,territories,status,amount_total_eur,counted_in,stated_communes,source,section\n"
OLD = (
    "a,acv,Un *contrat*,commune:62041,planned,100,,,doc,p. 1\n"
    "b,acv,=Deux,epci:200033579,signed,1000,,99,doc,p. 1\n"
    "c,acv,Trois,commune:59172,signed,,,,doc,p. 1\n"
    "d,acv,Quatre,commune:02691,signed,40,b,,doc,p. 1\n"
)
NEW = (
    "a,acv,Un *contrat*,commune:62041,signed,100,,,doc,p. 1\n"
    "b,acv,=Deux,commune:62041; commune:60175,signed,900.5,,99,doc,p. 1\n"
    "d,acv,Quatre,commune:02691,signed,50,b,,doc,p. 1\n"
    "e,acv,Cinq | <b>,commune:02722,signed,7,,,doc,p. 1\n"
)


@pytest.fixture
def editions(tmp_path: Path) -> tuple[Path, Path]:
    folders = []
    for name, rows in (("ancien", OLD), ("nouveau", NEW)):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "contracts.csv").write_text(HEAD + rows, encoding="utf-8")
        (folder / "programmes.csv").write_text(
            "id,name,source,section\nacv,Action,doc,p. 1\n", encoding="utf-8"
        )
        (folder / "sources.csv").write_text("id,title,publisher\ndoc,Document,X\n", encoding="utf-8")
        folders.append(folder)
    return folders[0], folders[1]


@pytest.fixture
def comparison(editions: tuple[Path, Path]) -> Comparison:
    return geocontracts.compare(*editions)


def test_the_terminal_tells_counts_euros_and_each_change(comparison: Comparison) -> None:
    told = format_comparison(comparison, style="table").replace("\u00a0", " ").replace("\u202f", " ")
    counts = next(line.split() for line in told.splitlines() if line.strip().startswith("Contrats"))
    assert counts == ["Contrats", "4", "1", "1", "4", "1", "0", "2", "0"]
    euros = next(line for line in told.splitlines() if line.strip().startswith("Durée entière"))
    assert "1 100 €" in euros  # the 40 of d lie in the 1 000 of b
    assert "1 007,50 €" in euros
    assert "−92,50 €" in euros
    assert "Montant total (€) : 1 000 → 900,50 (−99,50)." in told
    assert "A commencé : statut « Prévu », maintenant « Signé »." in told
    assert max(map(len, told.splitlines())) <= 110


def test_markdown_shows_what_was_read_as_it_is(comparison: Comparison) -> None:
    told = format_comparison(comparison, style="md")
    assert r"Un \*contrat\*" in told
    assert r"Cinq \| \<b\>" in told
    assert "| Contrats | 4 | 1 | 1 | 4 | 1 | 0 | 2 | 0 |" in told


def test_csv_is_safe_and_for_a_french_spreadsheet(comparison: Comparison) -> None:
    told = format_comparison(comparison, style="csv")
    assert told.startswith("\ufeffTable;Identifiant;")
    rows = list(csv.DictReader(io.StringIO(told[1:]), delimiter=";"))
    deux = next(row for row in rows if row["Identifiant"] == "b" and row["Changement"] == "montant")
    assert deux["Intitulé"] == "'=Deux"
    assert deux["Différence (€)"] == "-99,5"
    assert (deux["Avant"], deux["Après"]) == ("1000", "900,5")
    assert deux["Montant des nouveaux et retirés (€)"] == ""  # it would stand in each row of the record
    began = next(row for row in rows if row["Changement"] == "commencé")
    assert (began["Avant"], began["Après"]) == ("Prévu", "Signé")
    new = next(row for row in rows if row["Changement"] == "nouveau")
    assert new["Montant des nouveaux et retirés (€)"] == "7"
    assert new["Territoires"] == "commune:02722"
    assert "montant total 7" in new["En clair"]
    moved = next(row for row in rows if row["Changement"] == "périmètre")
    assert moved["Communes entrées"] == "commune:60175"
    assert moved["Champ"] == "Territoires"


def test_json_is_whole(comparison: Comparison) -> None:
    told = json.loads(format_comparison(comparison, style="json"))
    assert told["counts"]["contracts"] == {
        "old": 4, "new": 4, "added": 1, "gone": 1, "began": 1, "ended": 0, "changed": 2, "same": 0,
    }  # fmt: skip
    assert told["funding"]["whole"] == {"old": 1100, "new": 1007.5}
    assert {change["kind"] for change in told["changes"]} == {"began", "moved", "amount", "gone", "added"}


def test_the_map_has_a_family_for_each_kind_and_counts_no_euro_twice(comparison: Comparison) -> None:
    payload = build_changes(comparison).payload
    families = {each["id"]: each["label"] for each in payload["families"]}
    assert list(families) == ["added", "gone", "began", "moved", "amount"]
    assert len({each["light"] for each in payload["families"]}) == len(families)
    cards = {record["id"]: record for record in payload["records"]}
    assert set(cards) == {"added:e", "gone:c", "began:a", "moved:b", "amount:d"}
    # Creil that entered and the CU d’Arras without Arras that left, not Arras, which stays.
    names = [payload["places"]["communes"]["name"][rank] for rank in _ranks(cards["moved:b"]["communes"])]
    assert "Creil" in names
    assert "Arras" not in names
    assert len(names) > 40
    assert [cards[name]["total"] for name in ("moved:b", "began:a", "amount:d")] == [900.5, 100, 50]
    assert "Communes sorties" in cards["moved:b"]["summary"]
    assert "900,50" in cards["moved:b"]["summary"]
    assert payload["records"][cards["amount:d"]["counted"]]["id"] == "moved:b"
    assert not any("99" in remark for remark in cards["moved:b"]["remarks"])
    hatches = {(each["hatch"], each["line"]) for each in payload["programmes"]}
    assert len(hatches) == len(payload["programmes"])


def _ranks(runs: list[int]) -> list[int]:
    return [first + step for first, many in zip(runs[::2], runs[1::2], strict=True) for step in range(many)]


def test_the_map_offers_no_view_that_would_mix_what_came_and_what_went(comparison: Comparison) -> None:
    payload = build_changes(comparison).payload
    assert payload["views"] == ["contracts", "pileup", "white"]
    assert payload["timeline"] is False
    assert payload["words"]["mode.white"] == "Sans changement"
    one = payload["words"]["white.commune.one"].format(n=1, all=2, population=3)
    assert one.startswith("1 commune sans changement sur 2")
    ours = {key.removeprefix("cmp-page-") for key in catalogue() if key.startswith("cmp-page-")}
    assert ours <= page_words("fr").keys()  # each is a word of the page
    whole = build_content(comparison.new, MapOptions()).payload
    assert whole["timeline"] is True
    assert {"amounts", "cross"} <= set(whole["views"])
    assert whole["words"]["mode.white"] == "Sans contrat"


def test_the_map_and_the_text_call_a_change_the_same(comparison: Comparison) -> None:
    headings = {section.heading.rpartition(" (")[0] for section in sections(comparison, "fr")}
    assert {each["label"] for each in build_changes(comparison).payload["families"]} <= headings


def test_the_same_comparison_gives_the_same_bytes(comparison: Comparison, tmp_path: Path) -> None:
    for suffix in (".html", ".md", ".csv", ".json"):
        one, two = tmp_path / f"un{suffix}", tmp_path / f"deux{suffix}"
        write_comparison(comparison, one)
        write_comparison(comparison, two)
        assert one.read_bytes() == two.read_bytes()


def test_no_edition_is_written_over_and_suffixes_are_known(comparison: Comparison, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"contracts\.csv"):
        write_comparison(comparison, comparison.old.files[0].with_name("contracts.csv"))
    with pytest.raises(OutputError, match=r"\.md, \.csv, \.json, \.html \(\.csv opens in a spreadsheet"):
        write_comparison(comparison, tmp_path / "x.docx")


def test_the_command_writes_prints_and_ends_well(
    editions: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old, new = map(str, editions)
    page = tmp_path / "carte.html"
    assert main(["compare", old, new, "-o", str(page), "--format", "json"]) == 0
    said = capsys.readouterr()
    assert json.loads(said.out)["old"] == {"name": "ancien", "edition": None}
    assert "Nouvelle édition" in said.err
    assert page.read_bytes().startswith(b"<!doctype html>")
    assert main(["compare", old, new, "-o", str(editions[0] / "contracts.csv")]) == 2
    assert (editions[0] / "contracts.csv").read_text(encoding="utf-8") == HEAD + OLD


def test_the_command_says_what_is_to_be_mended_in_either(
    editions: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    path = editions[1] / "contracts.csv"
    path.write_text(HEAD + NEW.replace("commune:02722", "Soisons"), encoding="utf-8")
    assert main(["compare", *map(str, editions), "--lang", "en"]) == 1
    said = capsys.readouterr()
    assert "Soisons" in said.err
    assert "What changed, from ancien (undated) to nouveau (undated)" in said.out


def test_an_old_list_may_have_a_mapping_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("truc;lieu\nHalle;Arras\n", encoding="utf-8")
    (tmp_path / "b.csv").write_text("nom;commune\nHalle;Arras\n", encoding="utf-8")
    mapping = tmp_path / "a.json"
    mapping.write_text('{"columns": {"truc": "title", "lieu": "commune_name"}}', encoding="utf-8")
    out = tmp_path / "c.json"
    status = main(
        [
            "compare", str(tmp_path / "a.csv"), str(tmp_path / "b.csv"), "--old-mapping", str(mapping),
            "--map", "nom=title", "--map", "commune=commune_name", "--programme", "acv", "-o", str(out),
        ]
    )  # fmt: skip
    told = json.loads(out.read_text(encoding="utf-8"))
    assert status in (0, 1)
    assert told["counts"]["contracts"]["old"] == told["counts"]["contracts"]["new"] == 1
