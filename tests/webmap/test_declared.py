"""What an organisation tells of its accessibility is read once, checked, and told wherever it belongs."""

from __future__ import annotations

import argparse
import datetime as dt
import os
import re
import sys
from typing import TYPE_CHECKING

import openpyxl
import pytest

from geocontracts.cli import main
from geocontracts.cli.statement import statement_of
from geocontracts.cli.status import DONE, NOT_DONE
from geocontracts.errors import RegisterError
from geocontracts.records.read import read_register
from geocontracts.webmap.declared import Declared, labels, read_declared, remark_on
from geocontracts.webmap.payload import MapOptions, build_content
from geocontracts.webmap.statement import mention_of, render_statement

if TYPE_CHECKING:
    from pathlib import Path

    from geocontracts.webmap.contract import Payload

LIST = "Intitulé,Dispositif,Commune\nContrat,acv,Laon\n"
AUDIT = "Taux;72,5 %\nDate d’audit;3 mars 2026\nAuditeur;Cabinet <b>X</b>\n"
WHOLE = f"""Organisme;Préfecture du Nord
Adresse de la page;https://www.nord.gouv.fr/carte
Schéma pluriannuel;https://www.nord.gouv.fr/schema
Plan d’actions;https://www.nord.gouv.fr/plan
Établie le;05/03/2026
État;partiellement conforme
{AUDIT}Pages auditées;toutes
Non-conformités;8.2 identifiants
Dérogations;aucune
Aides techniques essayées;NVDA et Firefox
Données vérifiées;oui
Courriel;contact@nord.gouv.fr
Adresse;12 rue Jean sans Peur, Lille
"""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Return a folder with a list."""
    (tmp_path / "l.csv").write_text(LIST, encoding="utf-8")
    return tmp_path


def facts(place: Path, lines: str) -> Path:
    path = place / "faits.csv"
    path.write_text(f"Rubrique;Valeur\n{lines}", encoding="utf-8")
    return path


def run(place: Path, *more: str) -> int:
    return main(["map", str(place / "l.csv"), "--area", "Aisne", "-o", str(place / "q.html"), *more])


@pytest.fixture(scope="module")
def payload(tmp_path_factory: pytest.TempPathFactory) -> Payload:
    """Return what a page shows of a list."""
    path = tmp_path_factory.mktemp("list") / "l.csv"
    path.write_text(LIST, encoding="utf-8")
    return build_content(read_register(path), MapOptions(area="Aisne")).payload


def mention(place: Path) -> tuple[str, ...]:
    page = (place / "q.html").read_text(encoding="utf-8")
    found = re.findall(r'<a class="gc-statement" href="([^"]+)"[^>]*>([^<]+)</a>', page)
    assert len(found) == 1
    return tuple(found[0])


# A statement that was completed by hand


def test_what_was_completed_by_hand_is_never_lost(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    statement = place / "q_d.html"
    assert run(place, "--accessibility", str(statement)) == DONE
    page = (place / "q.html").read_bytes()
    text = statement.read_text(encoding="utf-8").replace("[Nom de l’organisme]", "Préfecture du Nord")
    statement.write_text(text, encoding="utf-8")
    capsys.readouterr()
    others = ["--save-mapping", str(place / "m.json"), "--report", str(place / "r.csv")]
    assert run(place, "--title", "Avril", "--accessibility", str(statement), *others) == NOT_DONE
    assert not (place / "m.json").exists()
    assert not (place / "r.csv").exists()
    assert statement.read_text(encoding="utf-8") == text
    assert (place / "q.html").read_bytes() == page, "nothing at all was written"
    said = capsys.readouterr().err
    for needed in (str(statement), "complété à la main", "autre nom", "--accessibility-facts", "organisme"):
        assert needed in said, needed
    assert f"ni la carte {place / 'q.html'}" in said
    assert "--accessibility https://…" in said, "what was completed is published, and kept"
    address = "https://www.nord.gouv.fr/q_d.html"
    assert run(place, "--title", "Avril", "--accessibility", address) == DONE
    assert mention(place)[0] == address
    assert statement.read_text(encoding="utf-8") == text


def test_what_nobody_touched_is_renewed(place: Path) -> None:
    statement = place / "q_d.html"
    assert run(place, "--accessibility", str(statement)) == DONE
    assert run(place, "--title", "Avril", "--accessibility", str(statement)) == DONE
    assert "Avril" in statement.read_text(encoding="utf-8")


def test_two_pages_never_share_a_statement(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    statement, other = place / "q d.html", place / "b.html"
    assert run(place, "--accessibility", str(statement)) == DONE
    kept = statement.read_bytes()
    command = ["map", str(place / "l.csv"), "--area", "Aisne", "-o", str(other)]
    assert main([*command, "--accessibility", str(statement)]) == NOT_DONE
    said = capsys.readouterr().err
    assert statement.read_bytes() == kept
    assert not other.exists()
    for needed in (str(statement), "«\u00a0q.html\u00a0»", str(other), "donnez un autre nom"):
        assert needed in said, needed
    assert main([*command, "--accessibility", str(place / "b_d.html")]) == DONE


def test_a_map_is_no_statement_to_renew(place: Path) -> None:
    """It is sealed as well: what tells it from a statement is what it is."""
    other = place / "b.html"
    assert main(["map", str(place / "l.csv"), "--area", "Aisne", "-o", str(other)]) == DONE
    kept = other.read_bytes()
    assert run(place, "--accessibility", str(other)) == NOT_DONE
    assert other.read_bytes() == kept


def test_a_page_of_somebody_else_is_no_statement_to_renew(place: Path) -> None:
    other = place / "site.html"
    other.write_text("<!doctype html><p>Le site", encoding="utf-8")
    assert run(place, "--accessibility", str(other)) == NOT_DONE
    assert other.read_text(encoding="utf-8") == "<!doctype html><p>Le site"


def test_one_that_is_completed_while_the_map_is_made_is_kept_too(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from geocontracts.webmap import payload

    statement, build = place / "q_d.html", payload.build_content
    assert run(place, "--accessibility", str(statement)) == DONE

    def meanwhile(*given: object) -> object:
        statement.write_text("Préfecture", encoding="utf-8")
        return build(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(payload, "build_content", meanwhile)
    assert run(place, "--accessibility", str(statement)) == NOT_DONE
    assert statement.read_text(encoding="utf-8") == "Préfecture"


# The facts


def test_all_facts_fill_all_passages(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given = ["--accessibility", str(place / "d.html"), "--accessibility-facts", str(facts(place, WHOLE))]
    assert run(place, *given) == DONE
    statement = (place / "d.html").read_text(encoding="utf-8")
    assert "<mark>" not in statement
    assert "À compléter" not in statement
    assert "aucun passage à compléter" in capsys.readouterr().out
    for told in (
        "<p>Organisme\u00a0: Préfecture du Nord. Cet organisme s’engage à rendre ses sites",
        '<a href="https://www.nord.gouv.fr/schema" rel="noopener noreferrer">schéma pluriannuel',
        '<a href="https://www.nord.gouv.fr/plan" rel="noopener noreferrer">plan d’actions',
        "publiée à l’adresse <a",
        "établie le 05/03/2026.</p>",
        "est en conformité partielle avec",
        "réalisé par Cabinet &lt;b&gt;X&lt;/b&gt;, daté du 03/03/2026, révèle que 72,5\u00a0% des critères",
        "<li>Par l’audit\u00a0: toutes</li>",
        "Relevées par l’audit\u00a0: 8.2 identifiants",
        "navigateurs essayés par l’organisme\u00a0: NVDA et Firefox",
        "et, par l’organisme, avec les données publiées ici",
        '<a href="mailto:contact@nord.gouv.fr" class="bare" rel="noopener noreferrer">',
        "Contacter\u00a0: Préfecture du Nord, 12 rue Jean sans Peur, Lille.",
    ):
        assert told in statement, told
    for denied in ("n’a pas été auditée", "n’a été essayé", "personne n’a vérifié", "reste à vérifier"):
        assert denied not in statement, denied
    assert "restent à vérifier" not in statement
    assert "L’organisme a vérifié la page avec les données publiées ici." in statement
    assert "la stratégie et les actions suivantes sont mises en œuvre" in statement
    assert mention(place) == (
        "d.html",
        "Accessibilité\u00a0: partiellement conforme (72,5\u00a0% des critères, audit du 03/03/2026)",
    )
    first = (place / "d.html").read_bytes()
    assert run(place, *given) == DONE
    assert (place / "d.html").read_bytes() == first


@pytest.mark.parametrize(
    ("rate", "state", "told"),
    [
        ("100", "totalement conforme", "en conformité totale"),
        pytest.param(
            "99,99%", "partiellement conforme", "en conformité partielle", marks=pytest.mark.thorough
        ),
        ("50 %", "partiellement conforme", "en conformité partielle"),
        ("49.9", "non conforme", "non conforme avec"),
        pytest.param("0 %", "non conforme", "non conforme avec", marks=pytest.mark.thorough),
    ],
)
def test_the_state_follows_from_the_rate(place: Path, rate: str, state: str, told: str) -> None:
    given = facts(place, AUDIT.replace("72,5 %", rate))
    assert run(place, "--accessibility", str(place / "d.html"), "--accessibility-facts", str(given)) == DONE
    assert re.match(
        rf"Accessibilité\u00a0: {state} \([\d,]+\u00a0% des critères, audit du", mention(place)[1]
    )
    statement = (place / "d.html").read_text(encoding="utf-8")
    assert f"est {told}" in statement
    assert ("Aucune, d’après l’audit." in statement) == (rate == "100")
    assert ("les contenus énumérés ci-dessous" in statement.lower()) == (rate != "100")
    compare = statement.partition("<h3>Points connus du logiciel, à confronter à l’audit</h3>")[2]
    assert ("7.1, 7.5 — " in compare) == (rate != "100"), "what the tool knows is told beside an audit"
    failures = re.search("<h3>Non-conformités</h3>(.*?)<h3>", statement, re.DOTALL)
    assert failures
    assert " — " not in failures[1], "the list of the audit stands alone"


@pytest.mark.parametrize("none", ["Aucune", "néant.", "None", "Pas d’anomalie", "-"])
def test_none_at_all_is_what_a_full_audit_finds(place: Path, payload: Payload, none: str) -> None:
    lines = f"{AUDIT.replace('72,5', '100')}Non-conformités;{none}\n"
    statement = render_statement(payload, "q.html", read_declared(facts(place, lines))).decode()
    assert "<h3>Non-conformités</h3>\n<p>Aucune, d’après l’audit.</p>" in statement


def test_none_at_all_without_an_audit_takes_nothing_back(place: Path) -> None:
    ours = build_content(read_register(), MapOptions(area="Aisne", lang="en")).payload
    declared = read_declared(facts(place, "Non-conformités;Aucune\n"))
    failures = render_statement(ours, "q.html", declared).decode().partition("<h3>Failures</h3>")[2]
    told = failures.partition("<h3>")[0]
    assert "8.7, 8.8 — " in told
    assert told.rstrip().endswith("<p>The organisation reports no other.</p>")


def test_beside_an_audit_what_the_tool_knows_is_no_failure(place: Path) -> None:
    ours = build_content(read_register(), MapOptions(area="Aisne", lang="en")).payload
    declared = read_declared(facts(place, f"{AUDIT}Non-conformités;8.2 identifiants\n"))
    statement = render_statement(ours, "q.html", declared).decode()
    failures = re.search("<h3>Failures</h3>(.*?)<h3>", statement, re.DOTALL)
    compare = re.search(
        "<h3>Points that the tool knows of, to be compared.*?</h3>(.*?)<h2>", statement, re.DOTALL
    )
    assert failures
    assert compare
    assert "8.2 identifiants" in failures[1]
    assert "8.7" not in failures[1]
    assert "8.7, 8.8 — " in compare[1]
    total = read_declared(facts(place, AUDIT.replace("72,5", "100")))
    assert "8.7" not in render_statement(ours, "q.html", total).decode()


def told_of(payload: Payload, place: Path, lines: str) -> tuple[str, str, str]:
    """Return the state, the burdens and the exempt contents of a statement."""
    statement = render_statement(payload, "q.html", read_declared(facts(place, lines))).decode()
    heads = (
        "État de conformité",
        "Dérogations pour charge disproportionnée",
        "Contenus non soumis à l’obligation",
    )
    state, burdens, exempt = (
        re.split("<h[23]>", statement.partition(f"<{tag}>{head}")[2])[0]
        for tag, head in zip(("h2", "h3", "h3"), heads, strict=True)
    )
    return state, burdens, exempt


@pytest.mark.parametrize("none", ["aucune", "Néant.", "none", "Aucune dérogation"])
def test_no_exemption_is_a_sentence_and_is_not_announced(place: Path, payload: Payload, none: str) -> None:
    lines = f"{AUDIT}Non-conformités;8.2 identifiants\nDérogations;{none}\n"
    state, burdens, _ = told_of(payload, place, lines)
    assert "en raison des non-conformités énumérées ci-dessous." in state
    assert "dérogation" not in state
    assert "<p>L’organisme n’invoque aucune dérogation.</p>" in burdens
    assert f"<p>{none}</p>" not in burdens


def test_what_is_given_is_announced(place: Path, payload: Payload) -> None:
    both = f"{AUDIT}Non-conformités;8.2\nDérogations;1.1 plans anciens\n"
    assert "des non-conformités et des dérogations énumérées" in told_of(payload, place, both)[0]
    alone = both.replace("8.2", "aucune")
    assert "en raison des dérogations énumérées" in told_of(payload, place, alone)[0]
    assert "1.1 plans anciens" in told_of(payload, place, alone)[1]
    assert (
        "Les non-conformités connues sont énumérées ci-dessous."
        in told_of(payload, place, "Dérogations;non\n")[0]
    )


@pytest.mark.parametrize(
    ("failures", "is_counted"),
    [("3.1 : couleur seule", True), ("8.2, 3.1.2", True), ("13.1 ; 3.10 ; 13.3.1", False)],
)
def test_what_an_audit_counts_is_not_called_exempt(
    place: Path, payload: Payload, failures: str, *, is_counted: bool
) -> None:
    exempt = told_of(payload, place, f"{AUDIT}Non-conformités;{failures}\n")[2]
    assert ("<li>3.1 — " in exempt) is not is_counted
    assert ("n’est donc pas compté parmi les non-conformités" in exempt) is not is_counted
    assert ("Le critère 3.1 est compté plus haut parmi les non-conformités" in exempt) is is_counted


OLD = "Taux;72,5 %\nDate d’audit;03/03/2021\nAuditeur;X\n"


@pytest.mark.parametrize(
    ("lines", "is_old"),
    [
        (f"{OLD}Établie le;05/03/2026\n", True),
        (f"{OLD}Établie le;03/03/2024\n", False),
        (f"{OLD}Établie le;04/03/2024\n", True),
        (f"{OLD}Établie le;05/03/2021\nMise à jour le;05/03/2026\n", True),
        (OLD, False),
        (f"{OLD.replace('03/03/2021', '29/02/2024')}Établie le;28/02/2027\n", False),
        (f"{OLD.replace('03/03/2021', '29/02/2024')}Établie le;01/03/2027\n", True),
    ],
)
def test_an_audit_that_holds_no_more_is_known_by_its_dates(place: Path, lines: str, *, is_old: bool) -> None:
    assert (remark_on(read_declared(facts(place, lines))) is not None) == is_old


@pytest.mark.parametrize(
    "target", ["d.html", pytest.param("https://www.nord.gouv.fr/a", marks=pytest.mark.thorough)]
)
def test_an_audit_that_holds_no_more_is_said(
    place: Path, capsys: pytest.CaptureFixture[str], target: str
) -> None:
    given = str(facts(place, f"{OLD}Établie le;05/03/2026\n"))
    asked = target if "://" in target else str(place / target)
    assert run(place, "--accessibility", asked, "--accessibility-facts", given) == DONE
    assert "l’audit date du 03/03/2021, plus de 3 ans avant le 05/03/2026" in capsys.readouterr().out


def test_a_workbook_of_facts_is_read_and_english_names_too(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    rows = (
        ("Key", "Value"),
        ("Organisation", "Préfecture"),
        ("audit date", dt.date(2026, 3, 3)),
        ("rate", "72.5 %"),
        ("auditor", "X"),
        ("telephone", "03 20 30 59 59"),
    )
    for row in rows:
        book.active.append(row)  # type: ignore[union-attr]
    book.save(tmp_path / "f.xlsx")
    told = read_declared(tmp_path / "f.xlsx")
    assert (told.organisation, told.audited, told.rate) == ("Préfecture", dt.date(2026, 3, 3), 72.5)
    assert told.conformity == "part"
    assert told.telephone == "03 20 30 59 59"


DAY, RATE, LINK_TOLD = (
    "un jour entier, comme 31/03/2026",
    "un pourcentage de 0 à 100",
    "commence par https://",
)
WRONG = [  # lines of the table, and what is said of them; spaces of any kind are told as spaces
    (
        "Organism;X",
        "Ligne 2 : la rubrique « Organism » (valeur « X ») n’est pas connue. Attendu : organisme.",
    ),
    ("Couleur;bleu", "n’est pas connue. Attendu : organisme, adresse de la page"),
    ("Organisme;", "Ligne 2 : la rubrique « Organisme » est vide. Attendu : un texte"),
    ("Organisme;a\nOrganisation;b", "Ligne 3 : la rubrique « Organisation » (« b ») est donnée deux fois"),
    ("Établie le;31/02/2026", f"Ligne 2, « Établie le » : « 31/02/2026 » ne convient pas. Attendu : {DAY}"),
    ("Établie le;mars 2026", DAY),
    ("Taux;100,1 %", RATE),
    ("Taux;-3", RATE),
    ("Taux;0,72", RATE),
    ("Taux;1", RATE),
    ("Taux;beaucoup", RATE),
    ("État;presque conforme", "totalement conforme, partiellement conforme ou non conforme"),
    ("Taux;99,999 %", "un pourcentage de 0 à 100 avec son signe et deux décimales au plus"),
    ("Taux;49,9999 %", "deux décimales au plus"),
    ("Établie le;31/12/1949", "(de 1950 à 2100)"),
    ("Établie le;01/01/2101", "(de 1950 à 2100)"),
    ("Courriel;nous", "une adresse électronique"),
    ("Courriel;a@-.-", "une adresse électronique"),
    ("Courriel;a@nord-.fr", "une adresse électronique"),
    ("Courriel;a@192.0.2.1", "une adresse électronique"),
    ("Courriel;a@nord.f", "une adresse électronique"),
    ("Courriel;a@nord", "une adresse électronique"),
    ("Courriel;+@nord.fr", "une adresse électronique"),
    ("Téléphone;--", "un numéro de téléphone"),
    ("Téléphone;+ 1", "un numéro de téléphone"),
    ("Courriel;a@b.fr?cc=c@d.fr", "une adresse électronique"),
    ("Téléphone;appelez-nous", "un numéro de téléphone"),
    ("Données vérifiées;peut-être", "oui ou non"),
    ("Schéma pluriannuel;http://nord.gouv.fr", LINK_TOLD),
    ("Schéma pluriannuel;javascript:alert(1)", LINK_TOLD),
    ("Déclaration du site;https://nord.gouv.fr@evil.example/", LINK_TOLD),
    ("Taux;72 %", "est donné en entier ou pas du tout. Il manque : date d’audit, auditeur"),
    (
        "Auditeur;X",
        "Ligne 2, « Auditeur » : « X » : un audit est donné en entier ou pas",
    ),
    (
        f"{AUDIT.replace('72,5', '100')}Non-conformités;6.1 liens",
        "Ligne 5, « Non-conformités » : « 6.1 liens », mais ligne 2, « Taux » : « 100 % » : à 100 %",
    ),
    (
        f"{AUDIT}Non-conformités;Aucune\nDérogations;Aucune",
        "Ligne 5, « Non-conformités » : « Aucune », mais ligne 2, « Taux » : « 72,5 % » : un taux sous 100 %",
    ),
    (f"{AUDIT}Non-conformités;Pas de non-conformité", "Donnez celles que l’audit a relevées"),
    (f"{AUDIT.replace('72,5', '100')}Non-conformités;Pas de sous-titres", "à 100 %, l’audit n’a relevé"),
    ("Non-conformités;--", "Attendu : un texte (ou « Aucune »)"),
    ("Organisme;-", "Attendu : un texte."),
    ("Courriel;é@nord.fr", "une adresse électronique"),
    ("Téléphone;12/03/2026", "un numéro de téléphone"),
    (f"{AUDIT}Non-conformités;aucune.", "Donnez celles que l’audit a relevées, ou corrigez le taux."),
    (
        f"{AUDIT}État;totalement conforme",
        "mais ligne 2, « Taux » : « 72,5 % » : ce taux veut dire « partiellement conforme »",
    ),
    (f"{AUDIT}Établie le;02/03/2026", "Ligne 5, « Établie le » : « 02/03/2026 », avant ligne 3"),
    ("Établie le;02/03/2026\nMise à jour le;01/03/2026", "l’ordre des dates ne se peut pas"),
    (
        f"{AUDIT}Mise à jour le;01/01/2025",
        "Ligne 5, « Mise à jour le » : « 01/01/2025 », avant ligne 3, « Date d’audit » : « 3 mars 2026 »",
    ),
    (AUDIT.replace("2026", "2126"), "« 3 mars 2126 » ne convient pas. Attendu : un jour entier"),
]


@pytest.mark.parametrize(("lines", "said"), WRONG, ids=range(len(WRONG)))
def test_what_cannot_be_is_said_by_file_line_name_value_and_what_is_expected(
    place: Path, lines: str, said: str
) -> None:
    path = facts(place, lines)
    with pytest.raises(RegisterError) as caught:
        read_declared(path)
    told = caught.value.text("fr").replace("\u00a0", " ")
    assert str(path) in told
    assert said in told


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ("Courriel;jean-paul.o+carte@pref-59.nord.gouv.fr", "email"),
        ("Courriel;1@2a.xn--p1ai", "email"),
        ("Courriel;o'brien@x.fr", "email"),
        ("Courriel;contact@préfecture.fr", "email"),
        ("Téléphone;17", "telephone"),
        ("Téléphone;(+33) 3 22 97 80 80", "telephone"),
        ("Téléphone;03 22 97 80 80 / 81", "telephone"),
        ("Téléphone;+33 (0)3.20-30 59 59", "telephone"),
    ],
)
def test_an_address_and_a_number_are_kept_as_they_are_written(place: Path, line: str, field: str) -> None:
    assert getattr(read_declared(facts(place, line)), field) == line.partition(";")[2]


def test_all_that_is_dated_may_be_of_one_day(place: Path) -> None:
    lines = f"{AUDIT}Établie le;03/03/2026\nMise à jour le;03/03/2026\n"
    told = read_declared(facts(place, lines))
    assert told.audited == told.prepared == told.updated == dt.date(2026, 3, 3)


def test_a_statement_may_be_older_than_the_audit_that_brought_it_up_to_date(place: Path) -> None:
    lines = f"{AUDIT}Établie le;01/02/2024\nMise à jour le;05/03/2026\n"
    told = read_declared(facts(place, lines))
    assert (told.prepared, told.audited) == (dt.date(2024, 2, 1), dt.date(2026, 3, 3))


@pytest.mark.parametrize(
    ("rate", "shown"),
    [(99.999999, "99,99"), (49.9999, "49,99"), (72.57, "72,57"), (100.0, "100"), (0.29, "0,29")],
)
def test_a_rate_is_shown_as_no_more_than_it_is(payload: Payload, rate: float, shown: str) -> None:
    declared = Declared(rate=rate, audited=dt.date(2026, 3, 3), auditor="X")
    assert f"({shown}\u00a0% des critères" in mention_of(declared, "fr")
    assert f"révèle que {shown}\u00a0% des critères" in render_statement(payload, "q.html", declared).decode()


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="names there are Unicode")
def test_a_name_that_is_no_utf_8_is_linked_to_by_its_bytes(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page, statement = (place / os.fsdecode(name) for name in (b"cart\xe9.html", b"d\xe9.html"))
    command = ["map", str(place / "l.csv"), "--area", "Aisne", "-o", str(page)]
    command += ["--accessibility", str(statement), "--snippet", str(place / "s.html")]
    for _ in range(2):  # its own statement may be renewed
        assert main(command) == DONE, capsys.readouterr().err
    assert b'href="d%E9.html"' in page.read_bytes()
    assert b'href="cart%E9.html"' in statement.read_bytes()
    assert b'src="cart%E9.html"' in (place / "s.html").read_bytes()
    command[command.index(str(page))] = str(place / "b.html")
    assert main(command) == NOT_DONE
    assert "«\u00a0cart\ufffd.html\u00a0»" in capsys.readouterr().err


def test_all_that_is_wrong_is_said_at_once_and_nothing_is_written(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = facts(place, "Couleur;bleu\nTaux;120\nCourriel;x\n")
    command = ["--accessibility", str(place / "d.html"), "--accessibility-facts", str(given)]
    assert run(place, *command) == NOT_DONE
    said = capsys.readouterr().err
    assert [f"Ligne {n}" in said for n in (2, 3, 4)] == [True] * 3
    assert not (place / "d.html").exists()
    assert not (place / "q.html").exists()


@pytest.mark.parametrize("wrong", ["0,725", ""])
def test_what_is_there_and_wrong_is_not_missing_besides(place: Path, wrong: str) -> None:
    with pytest.raises(RegisterError) as caught:
        read_declared(facts(place, AUDIT.replace("72,5 %", wrong)))
    told = caught.value.text("fr")
    assert "Il manque" not in told
    assert len(told.splitlines()) == 2, "the file, and the one line that is wrong"


def test_a_percentage_of_a_workbook_is_asked_for_as_text(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (("Rubrique", "Valeur"), ("Taux", 0.725)):
        sheet.append(row)
    sheet["B2"].number_format = "0.0%"
    book.save(tmp_path / "f.xlsx")
    with pytest.raises(RegisterError) as caught:
        read_declared(tmp_path / "f.xlsx")
    told = caught.value.text("fr")
    assert "«\u00a00.725\u00a0» ne convient pas" in told
    assert "une cellule au format Texte" in told


def test_a_table_without_the_two_columns_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "f.csv"
    path.write_text("Organisme;Préfecture\nTaux;72 %\n", encoding="utf-8")
    with pytest.raises(RegisterError, match="Organisme, Préfecture"):
        read_declared(path)


def test_no_state_is_written_that_no_audit_found(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given = facts(place, "État;totalement conforme\n")
    command = ["--accessibility", str(place / "d.html"), "--accessibility-facts", str(given)]
    assert run(place, *command) == NOT_DONE
    assert "sans l’audit qui l’établit" in capsys.readouterr().err
    declared = read_declared(facts(place, "État;non conforme\n"))
    assert mention_of(declared, "fr") == "Accessibilité\u00a0: non conforme"


def test_a_fact_is_text_in_the_statement_and_no_blank(place: Path, payload: Payload) -> None:
    declared = read_declared(facts(place, 'Organisme;"<script>x()</script> [pas un blanc]"\n'))
    statement = render_statement(payload, "q.html", declared).decode()
    assert "&lt;script&gt;x()&lt;/script&gt; [pas un blanc]. Cet organisme s’engage" in statement
    assert "<script" not in statement


@pytest.mark.parametrize("option", ["-o", "--report", "--snippet", "--save-mapping"])
def test_the_facts_are_never_written_over(
    place: Path, capsys: pytest.CaptureFixture[str], option: str
) -> None:
    path = facts(place, f"Déclaration du site;{LINK}\n")
    before = path.read_bytes()
    assert run(place, "--accessibility-facts", str(path), option, str(path)) == NOT_DONE
    said = capsys.readouterr().err
    assert str(path) in said
    assert "ce fichier est le tableau qui remplit la déclaration" in said
    assert path.read_bytes() == before


# The statement of a site


LINK = "https://www.nord.gouv.fr/accessibilite?a=1&b=2"


def test_a_site_that_has_its_statement_is_linked_to(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(place, "--accessibility", LINK) == DONE
    assert mention(place) == (LINK.replace("&", "&amp;"), "Accessibilité\u00a0: déclaration du site")
    page = (place / "q.html").read_text(encoding="utf-8")
    assert 'b=2" target="_blank" rel="noopener noreferrer">' in page
    assert LINK in capsys.readouterr().out
    assert {path.name for path in place.iterdir()} == {"l.csv", "q.html"}


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ("", "déclaration du site"),
        ("État;partiellement conforme\n", "partiellement conforme"),
        ("État;non conforme\n", "non conforme"),
        (AUDIT, "partiellement conforme (72,5\u00a0% des critères, audit du 03/03/2026)"),
    ],
)
def test_its_state_is_told_only_where_it_is_known(place: Path, lines: str, told: str) -> None:
    given = facts(place, f"Déclaration du site;{LINK}\n{lines}")
    asked = argparse.Namespace(accessibility=None, accessibility_facts=given, lang="fr")
    statement = statement_of(place / "q.html", asked)
    assert statement is not None
    assert (statement.file, statement.address) == (None, LINK)
    assert statement.mention == f"Accessibilité\u00a0: {told}"


@pytest.mark.parametrize(
    "address",
    [
        "http://www.nord.gouv.fr/a.html",
        "https://gouv.fr@evil.example/a.html",
        "https://",
        'https://a.fr/"><b>.html',
        "ftp://a.fr/a.html",
        "https://a.fr/\u202e.html",
    ],
)
def test_an_address_that_is_none_is_refused(
    place: Path, capsys: pytest.CaptureFixture[str], address: str
) -> None:
    assert run(place, "--accessibility", address) == NOT_DONE
    assert "Une adresse commence par https://" in capsys.readouterr().err
    assert not (place / "q.html").exists()


@pytest.mark.parametrize(
    "address", ["nord.gouv.fr/accessibilite", "www.nord.gouv.fr", "nord.gouv.fr", "www.nord.fr/a/d.html"]
)
def test_an_address_without_its_scheme_is_guessed_by_nobody(
    place: Path, capsys: pytest.CaptureFixture[str], address: str
) -> None:
    assert run(place, "--accessibility", address) == NOT_DONE
    assert f"--accessibility https://{address}" in capsys.readouterr().err
    assert not (place / "q.html").exists()


def test_two_statements_or_none_are_not_guessed(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    site = facts(place, f"Déclaration du site;{LINK}\n")
    command = ["--accessibility", str(place / "d.html"), "--accessibility-facts", str(site)]
    assert run(place, *command) == NOT_DONE
    assert "une seule déclaration" in capsys.readouterr().err
    assert run(place, "--accessibility-facts", str(facts(place, "Organisme;X\n"))) == NOT_DONE
    assert "Ajoutez --accessibility" in capsys.readouterr().err
    assert not (place / "q.html").exists()


def test_every_fact_has_a_name_of_its_own() -> None:
    assert len(set(labels())) == len(labels()) == 20
