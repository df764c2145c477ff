"""The accessibility statement: the parts that the law wants, nothing claimed, nothing of a register run."""

from __future__ import annotations

import errno
import os
import re
from typing import TYPE_CHECKING

import pytest

from geocontracts.cli import main
from geocontracts.cli.status import DONE, NOT_DONE
from geocontracts.records.read import read_register
from geocontracts.webmap.accessibility import load_grid
from geocontracts.webmap.page import render_page
from geocontracts.webmap.payload import MapOptions, build_content
from geocontracts.webmap.statement import blanks, render_statement, statement_address

if TYPE_CHECKING:
    from pathlib import Path

    from geocontracts.webmap.payload import MapContent
    from geocontracts.words import Lang

HOSTILE = 'Carte </title><script>x()</script> "&" [pas un blanc] \ue0000\ue001'
PARTS = [
    "État de conformité",
    "Résultats des tests",
    "Points qui restent à vérifier",
    "Contenus non accessibles",
    "Non-conformités",
    "Dérogations pour charge disproportionnée",
    "Contenus non soumis à l’obligation d’accessibilité",
    "Établissement de cette déclaration d’accessibilité",
    "Technologies utilisées pour la réalisation de la page",
    "Environnement de test",
    "Outils pour évaluer l’accessibilité",
    "Pages ayant fait l’objet de la vérification de conformité",
    "Retour d’information et contact",
    "Voies de recours",
]


@pytest.fixture(scope="module")
def content() -> MapContent:
    return build_content(read_register(), MapOptions(area="Aisne", title=HOSTILE))


@pytest.fixture(scope="module")
def statement(content: MapContent) -> str:
    return render_statement(content.payload, "carte.html").decode()


def test_it_has_the_parts_that_the_law_wants_in_order(statement: str) -> None:
    assert re.findall(r"<h[23]>(.*?)</h[23]>", statement) == PARTS
    for needed in (
        "article 47 de la loi n°\u00a02005-102 du 11 février 2005",
        "schéma pluriannuel",
        "le bilan des actions de l’année précédente",
        "énumérées ci-dessous",
        "Cette procédure est à utiliser dans le cas suivant",
        "https://www.defenseurdesdroits.fr/",
        "(gratuit, ne pas mettre de timbre)",
        "Défenseur des droits<br>Libre réponse 71120<br>75342 Paris CEDEX 07",
    ):
        assert needed in statement, needed


def test_it_claims_no_audit(statement: str) -> None:
    text = re.sub(r"<style>.*?</style>|<[^>]+>", "", statement, flags=re.DOTALL)
    assert "est non conforme avec" in text
    assert "n’a pas été auditée" in text
    assert "Aucun audit de conformité n’a été réalisé" in text
    assert "Les tests du logiciel n’essaient aucun lecteur d’écran" in text
    assert "partiellement conforme" not in text
    assert "totalement conforme" not in text
    assert not re.search(r"\d\s*%\s+des critères", text)


def part(statement: str, heading: str) -> str:
    """Return what stands under a heading, to the next one."""
    return re.split("<h[23]>", statement.partition(f">{heading}</h")[2])[0]


def numbers(text: str) -> list[str]:
    """Return the criteria that the items of a list are about."""
    items = re.findall(r"<li>([\d., ]+) — ", text)
    return [number for item in items for number in item.split(", ")]


def test_what_is_not_met_is_kept_apart_from_what_nobody_verified(statement: str) -> None:
    """That no screen reader was tried is no failure; nor is one what only the English page lacks."""
    assert numbers(part(statement, "Non-conformités")) == []
    assert "L’autocontrôle n’en connaît aucune sur cette page." in part(statement, "Non-conformités")
    assert numbers(part(statement, "Points qui restent à vérifier")) == ["4.13", "7.1", "7.5", "8.2"]
    assert numbers(part(statement, "Contenus non soumis à l’obligation d’accessibilité")) == ["3.1"]
    assert statement.count('<th scope="row"') == len(load_grid().criteria) == 106


def test_the_english_page_says_what_it_lacks_itself() -> None:
    payload = build_content(read_register(), MapOptions(area="Aisne", lang="en")).payload
    told = render_statement(payload, "map.html").decode()
    assert numbers(part(told, "Failures")) == ["8.7", "8.8"]
    assert numbers(part(told, "Points that remain to be verified")) == ["4.13", "7.1", "7.5", "8.2"]


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_criterion_that_is_not_held_is_told_somewhere(lang: Lang) -> None:
    payload = build_content(read_register(), MapOptions(area="Aisne", lang=lang)).payload
    told = set(numbers(render_statement(payload, "map.html").decode()))
    grid = load_grid().on(lang).criteria
    assert told == {each.number for each in grid if each.state not in {"held", "none"}}


def test_the_exemption_is_that_of_the_text_and_with_its_condition(statement: str) -> None:
    exempt = part(statement, "Contenus non soumis à l’obligation d’accessibilité")
    for needed in (
        "L’article 3 du décret n°\u00a02019-768 du 24 juillet 2019",
        "sous réserve que, s’agissant des cartes destinées à fournir une localisation ou un itinéraire",
        "les informations essentielles soient fournies sous une forme numérique accessible",
        "les commandes de la carte, ne sont pas exemptés",
    ):
        assert needed in exempt, needed


def test_a_map_of_another_list_says_that_the_tests_did_not_run_on_it(content: MapContent) -> None:
    own = part(render_statement(content.payload, "carte.html").decode(), "Résultats des tests")
    ours = render_statement(content.payload, "carte.html", is_bundled=True).decode()
    ours = part(ours, "Résultats des tests")
    assert "<li>contrôlés par des tests, sur le registre de l’outil et non sur cette page\u00a0: 66" in own
    assert "la contrôle lui-même" not in own, "nobody checked this page"
    assert "Cela reste à vérifier." in own
    assert own.index("n’ont pas été passés sur cette page-ci") < own.index("<li>contrôlés par des tests")
    assert "<caption>Autocontrôle, critère par critère, sur la page du registre de l’outil" in own
    assert "<li>contrôlés par des tests\u00a0: 66" in ours
    assert "n’ont pas été passés" not in ours


def test_only_what_the_organisation_knows_is_left_blank(statement: str) -> None:
    left = re.findall(r"<mark>(.*?)</mark>", statement)
    assert len(left) == blanks(statement.encode()) == 11
    assert all(re.fullmatch(r"\[[^\[\]]+\]", text) for text in left)
    assert "[Nom de l’organisme]" in left
    assert "[pas un blanc]" not in left


def test_a_title_is_text_and_nothing_else_is_let_in(statement: str) -> None:
    assert "<script" not in statement
    assert "&lt;script&gt;x()" in statement
    assert "default-src 'none'; style-src 'sha256-" in statement
    assert not re.search(
        r"\sstyle=|\son\w+=|javascript:", re.sub(r"<style>.*?</style>", "", statement, flags=re.DOTALL)
    )
    assert re.findall(r'(?:src|href)="(?!https://)([^"]*)"', statement) == ["carte.html"]


def test_the_same_map_gives_the_same_bytes_and_no_date_of_today(content: MapContent, statement: str) -> None:
    assert render_statement(content.payload, "carte.html").decode() == statement
    years = set(
        re.findall(
            r"\b(?:19|20)\d\d\b", re.sub(r"<style>.*?</style>|https://\S+", "", statement, flags=re.DOTALL)
        )
    )
    assert years <= {"2005", "2019", content.payload["edition"][:4]}


def test_the_page_links_to_it_before_any_script_and_only_when_there_is_one(content: MapContent) -> None:
    page = render_page(content, statement="d%C3%A9claration.html").decode()
    link = re.search(r'<a class="gc-statement" href="([^"]+)"[^>]*>([^<]+)</a>', page)
    assert link
    assert link.groups() == ("d%C3%A9claration.html", "Accessibilité\u00a0: non conforme")
    assert link.start() < page.index("<script>"), "what is no code may stand before it"
    assert 'gc-statement" href' not in render_page(content).decode()


def test_what_leads_away_tells_the_other_side_nothing(content: MapContent, statement: str) -> None:
    """A page that a link opens can neither reach the page behind it nor learn its address."""
    away = [link for link in re.findall("<a [^>]*>", statement) if "https://" in link]
    assert len(away) == 4
    assert all('rel="noopener noreferrer"' in link for link in away)
    page = render_page(content, statement="d.html").decode()
    assert 'href="d.html" target="_blank" rel="noopener noreferrer"' in page


def test_the_policy_moves_no_address_and_sends_no_form(statement: str) -> None:
    policy = re.findall('Content-Security-Policy" content="([^"]+)"', statement)
    assert len(policy) == 1
    rules = [rule.strip().split(" ", 1) for rule in policy[0].split(";")]
    assert [name for name, _ in rules] == ["default-src", "style-src", "base-uri", "form-action"]
    assert {told for name, told in rules if name != "style-src"} == {"'none'"}


def test_the_address_of_the_page_stays_in_its_attribute(content: MapContent) -> None:
    told = render_statement(content.payload, '"><b>&.html').decode()
    assert '<a href="&quot;&gt;&lt;b&gt;&amp;.html">' in told
    assert "<b>" not in told


def test_the_address_is_relative_so_that_both_can_move(tmp_path: Path) -> None:
    page = tmp_path / "cartes" / "carte.html"
    assert statement_address(page.with_name("ma déclaration.html"), page) == "ma%20d%C3%A9claration.html"
    assert statement_address(tmp_path / "accessibilite.html", page) == "../accessibilite.html"
    assert statement_address(page.with_name("a:b&c#d.html"), page) == "a%3Ab%26c%23d.html"


def test_the_command_writes_both_and_says_what_is_left(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page, statement = tmp_path / "carte.html", tmp_path / "accessibilite.html"
    assert main(["map", "--area", "Aisne", "-o", str(page), "--accessibility", str(statement)]) == DONE
    said = capsys.readouterr().out
    assert "passages entre crochets\u00a0: 10" in said, "its data are those that the tests ran on"
    assert "Accessibilité\u00a0: non conforme" in said
    assert 'href="accessibilite.html"' in page.read_text(encoding="utf-8")
    assert 'href="carte.html"' in statement.read_text(encoding="utf-8")


def test_it_speaks_english_where_the_map_does(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page, statement = tmp_path / "map.html", tmp_path / "statement.html"
    command = ["map", "--area", "Aisne", "--lang", "en", "-o", str(page), "--accessibility", str(statement)]
    assert main(command) == DONE
    assert "passages in brackets: 10" in capsys.readouterr().out
    told = statement.read_text(encoding="utf-8")
    assert '<html lang="en">' in told
    assert "is not compliant with" in told
    assert blanks(told.encode()) == 10
    assert "Accessibility: not compliant</a>" in page.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "told"), [("declaration.docx", "finit par .html"), ("carte.html", "carte.html")]
)
def test_what_cannot_be_is_refused_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, told: str
) -> None:
    page = tmp_path / "carte.html"
    command = ["map", "--area", "Aisne", "-o", str(page), "--accessibility", str(tmp_path / name)]
    assert main(command) == NOT_DONE
    assert told in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def _map(page: Path, statement: Path) -> int:
    return main(["map", "--area", "Aisne", "-o", str(page), "--accessibility", str(statement)])


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no pipes in folders")
def test_a_pipe_in_the_place_of_a_statement_is_not_waited_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    os.mkfifo(tmp_path / "tube.html")
    assert _map(tmp_path / "carte.html", tmp_path / "tube.html") == NOT_DONE
    assert "ce n’est pas un fichier ordinaire" in capsys.readouterr().err
    assert [each.name for each in tmp_path.iterdir()] == ["tube.html"]


@pytest.mark.parametrize("name", ["carte.html", "declaration.html"])
def test_a_link_to_itself_is_told_in_a_sentence(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / name).symlink_to(name)
    assert _map(tmp_path / "carte.html", tmp_path / "declaration.html") == NOT_DONE
    said = capsys.readouterr().err
    assert f"{name}\u00a0: écriture impossible" in said
    assert [each.name for each in tmp_path.iterdir()] == [name]


def test_what_a_person_wrote_is_kept_however_long(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    statement = tmp_path / "declaration.html"
    with statement.open("wb") as long:
        long.truncate(5_000_000)
    assert _map(tmp_path / "carte.html", statement) == NOT_DONE
    assert "complété à la main" in capsys.readouterr().err
    assert statement.stat().st_size == 5_000_000


def test_a_statement_that_cannot_be_read_is_not_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refused(path: Path) -> bytes:
        raise PermissionError(errno.EACCES, "Access is denied", str(path))

    statement = tmp_path / "declaration.html"
    statement.write_bytes(b"of somebody")
    monkeypatch.setattr("geocontracts.cli.statement.read_small", refused)
    assert _map(tmp_path / "carte.html", statement) == NOT_DONE
    assert "declaration.html\u00a0: écriture impossible" in capsys.readouterr().err
    assert statement.read_bytes() == b"of somebody"
