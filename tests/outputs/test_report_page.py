"""The report that is handed on: page, CSV and JSON say the same, and hold no markup of the file."""

from __future__ import annotations

import base64
import csv
import datetime as dt
import hashlib
import io
import json
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest

from geocontracts.errors import OutputError
from geocontracts.outputs.report import About, Report, build_report, format_report, write_report
from geocontracts.perimeters.perimeter import resolve_perimeters
from geocontracts.records.problems import Problem
from geocontracts.records.register import Contract, Item, Register
from geocontracts.words import Message

if TYPE_CHECKING:
    from pathlib import Path

    from geocontracts.words import Lang

HOSTILE = '<script>alert(1)</script><img src=x onerror="x">'
ABOUT = About(
    "liste <b>2019</b>.csv",
    dt.date(2026, 11, 22),
    (Message("kind-differs", {"kind": "<i>insee_com</i>"}),),
)


def reported(*written: str, problems: tuple[Problem, ...] = (), title: str = "CRTE du Ternois") -> Report:
    """Return the report of a list that has one place on each line."""
    contracts = {
        f"c{line}": Contract(
            id=f"c{line}",
            programme="crte",
            title=title,
            file="liste.csv",
            line=line,
            listed=(Item(place, line),),
        )
        for line, place in enumerate(written, start=2)
    }
    register = Register("liste", (), {}, contracts, {}, {}, {}, problems)
    return build_report(register, resolve_perimeters(register))


class Text(HTMLParser):
    """Collects the tags of a page and its text."""

    def __init__(self, page: str) -> None:
        """Read the page."""
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(page)
        self.text = " ".join(" ".join(self.words).split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep a tag."""
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        """Keep a text."""
        self.words.append(data)


def page_of(report: Report, tmp_path: Path, lang: Lang = "fr", about: About = ABOUT) -> str:
    path = tmp_path / "rapport.html"
    write_report(report, path, about=about, lang=lang)
    return path.read_text(encoding="utf-8")


def test_the_page_says_what_to_correct_and_how(tmp_path: Path) -> None:
    report = reported("Arras", "Sossons", "Saint-Pol-sur-Mer", "Sossons", "custom:PNR", "62999")
    text = Text(page_of(report, tmp_path)).text
    assert "Contrôlé le 22/11/2026." in text
    assert (
        "6 lignes ont été lues. 1 est placée sur la carte (16,7\u00a0%)\u00a0; "
        "1 est placée avec une remarque sur le lieu (16,7\u00a0%)\u00a0; 4 ne sont pas placées (66,7\u00a0%)."
    ).replace("\u00a0", " ") in text.replace("\u00a0", " ")
    assert re.search(r"3, 5 CRTE du Ternois Sossons Aucun lieu ne porte .* 02722 Soissons \(Aisne\)", text)
    assert re.search(r"7 CRTE du Ternois 62999 Le code «.62999.» n’existe ni aujourd’hui ni", text)
    assert re.search(r"4 CRTE du Ternois Saint-Pol-sur-Mer .*59183 Dunkerque \(Nord\)", text)
    assert "Lieux à corriger\u00a0: 3 lignes".replace("\u00a0", " ") in text
    assert "Voir la ligne placée" in text
    order = [text.index(f" {title} ") for title in ("Comment corriger :", "Vérifiez que", "Ces points")]
    assert order == sorted(order)


def test_what_a_file_holds_is_never_markup(tmp_path: Path) -> None:
    problem = Problem("error", Message("value-date", {"value": HOSTILE}), "liste.csv", 2, HOSTILE)
    page = page_of(reported(HOSTILE, "Arras", problems=(problem,), title=HOSTILE), tmp_path)
    parsed = Text(page)
    tags = {tag for tag, _ in parsed.tags}
    assert not tags & {"img", "b", "i", "link", "iframe", "object", "form"}
    assert [found for tag, found in parsed.tags if tag == "script"] == [{"type": "application/ld+json"}]
    assert not any(
        name.startswith("on") or name in ("src", "style") for _, found in parsed.tags for name in found
    )
    assert HOSTILE in parsed.text
    assert "liste <b>2019</b>.csv" in parsed.text
    assert "<i>insee_com</i>" in parsed.text


def test_the_policy_of_the_page_lets_its_own_style_in_and_nothing_else(tmp_path: Path) -> None:
    page = page_of(reported("Arras"), tmp_path)
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert f'content="{policy}"' in page
    shown = re.sub(r'<script type="application/ld\+json">[^<]*</script>', "", page)
    assert not re.search(r"https?:|url\(|@import", shown), "names of a vocabulary are no requests"


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_tables_have_captions_and_the_page_its_language_and_skip_link(lang: Lang, tmp_path: Path) -> None:
    report = reported("Arras", "Sossons", "Saint-Pol-sur-Mer", "custom:PNR")
    page = page_of(report, tmp_path, lang)
    tags = Text(page).tags
    count = [tag for tag, _ in tags].count
    assert count("table") == count("caption") == count("thead") == 5
    assert all(found.get("scope") in ("col", "row") for tag, found in tags if tag == "th")
    assert (tags[0][0], tags[0][1]["lang"]) == ("html", lang)
    targets = {found["id"] for _, found in tags if "id" in found}
    links = [found["href"] for tag, found in tags if tag == "a"]
    assert links[0] == "#correct"
    assert {str(link).removeprefix("#") for link in links} <= targets
    assert ("À corriger" in page) is (lang == "fr")
    assert ("To correct" in page) is (lang == "en")


def test_the_same_check_gives_the_same_bytes(tmp_path: Path) -> None:
    first, second = (page_of(reported("Arras", "Sossons"), tmp_path) for _ in range(2))
    assert first == second
    undated = page_of(reported("Arras"), tmp_path, about=About("liste.csv"))
    assert "Contrôlé le" not in undated


def test_nothing_to_correct_is_said(tmp_path: Path) -> None:
    text = Text(page_of(reported("Arras"), tmp_path)).text
    assert "Rien n’est à corriger." in text
    assert "Aucune remarque." in text
    assert "Comment corriger" not in text


def test_a_list_in_which_everything_is_wrong_stays_small_and_names_every_line(tmp_path: Path) -> None:
    same = page_of(reported(*["Sossons"] * 3000), tmp_path)
    assert len(same) < 12_000
    assert "2–3001" in same
    others = reported(*(str(999_000_000 + rank) for rank in range(2500)))
    page = page_of(others, tmp_path)
    assert len(page) < 800_000
    assert all(f">{999_000_000 + rank}" in page for rank in range(2500))
    assert "Il y a encore 500 lieux différents à corriger." in page


def test_many_lines_fold_away_after_the_first(tmp_path: Path) -> None:
    places = ["Sossons" if line % 2 else "Arras" for line in range(40)]
    page = page_of(reported(*places), tmp_path)
    assert "3, 5, 7, 9, 11, 13, 15, 17<details><summary>autres lignes</summary>19, 21, " in page


def test_the_csv_keeps_codes_and_lets_no_formula_through(tmp_path: Path) -> None:
    report = reported("02408", "=1+1", "Sossons", title="@lien")
    path = tmp_path / "rapport.csv"
    write_report(report, path, about=ABOUT)
    content = path.read_bytes()
    assert content.startswith("\ufeffFichier;Ligne;État;".encode())
    first, second, third = list(
        csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";")
    )
    assert (first["Codes"], first["Lieux"], first["État"]) == ("commune:02408", "Laon (Aisne)", "placée")
    assert (first["Contrat"], second["Ce qui est écrit"]) == ("'@lien", "'=1+1")
    assert third["Lieux possibles"].startswith("commune:02722 Soissons (Aisne); ")
    write_report(report, path, about=ABOUT, lang="en")
    assert path.read_bytes().startswith("\ufeffFile,Row,State,".encode())


def test_the_json_has_one_outcome_for_each_row(tmp_path: Path) -> None:
    report = reported("Arras", "Sossons", "custom:PNR")
    path = tmp_path / "rapport.json"
    write_report(report, path, about=ABOUT)
    told = json.loads(path.read_text(encoding="utf-8"))
    assert (told["file"], told["checked_on"]) == (ABOUT.file, "2026-11-22")
    assert (told["rows"], told["records"], told["placed"], told["remark"]) == (3, 3, 1, 0)
    assert (told["unplaced"], told["undrawn"]) == (2, 1)
    assert [outcome["state"] for outcome in told["outcomes"]] == ["placed", "unplaced", "undrawn"]
    arras = {"level": "commune", "code": "62041", "name": "Arras", "departements": ["Pas-de-Calais"]}
    assert told["outcomes"][0]["places"] == [arras]
    nearest = told["outcomes"][1]["candidates"][0]
    assert (nearest["for"], nearest["code"]) == ("Sossons", "02722")
    assert 0.7 <= nearest["score"] < 1
    assert json.loads(format_report(Report(), style="json", lang="en"))["outcomes"] == []


def test_another_suffix_is_refused_and_the_three_are_named(tmp_path: Path) -> None:
    with pytest.raises(OutputError) as caught:
        write_report(reported("Arras"), tmp_path / "rapport.pdf", about=ABOUT)
    assert "un rapport s’écrit en .csv, .json, .html" in caught.value.text("fr")
    assert not list(tmp_path.iterdir())


def test_the_terminal_tells_many_of_one_kind_together_and_errors_first() -> None:
    report = reported("Saint-Pol-sur-Mer", *["Sossons"] * 400, *["62999"] * 2)
    lines = format_report(report, style="table", lang="fr").splitlines()
    assert [line.split(" — ")[0] for line in lines[:3]] == [
        f"liste.csv, ligne {line}, colonne territories" for line in (3, 4, 5)
    ]
    assert lines[3] == "    … et 397 autres de même nature, lignes 6–402."
    assert [line.split(" — ")[0][:20] for line in lines[4:6]] == [
        "liste.csv, ligne 403",
        "liste.csv, ligne 404",
    ]
    assert "remarque" in lines[6]
    assert lines[7].startswith("À faire")
    assert lines[8].endswith("Problèmes à corriger\u00a0: 402.")
    assert len(lines) == 9
