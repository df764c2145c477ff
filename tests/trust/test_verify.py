"""`verify`: what was changed since it was written is told, what was not is fine, and no file is believed."""

from __future__ import annotations

import hashlib
import json
import os
import re
import socket
import sys
import zlib
from base64 import b64decode, b64encode
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from geocontracts.cli import main
from geocontracts.errors import AuditError
from geocontracts.files import mark_of
from geocontracts.outputs.verify import page as pages
from geocontracts.outputs.verify.folder import Folder
from geocontracts.outputs.verify.page import damaged_blocks, lets_in_its_own, read_page
from geocontracts.outputs.verify.skeleton import MOST, foreign_parts
from geocontracts.outputs.verify.verify import verify
from geocontracts.records.given import Giver
from geocontracts.records.read import read_register
from geocontracts.records.told import ToldFile, read_linked
from geocontracts.webmap.page import write_map
from geocontracts.webmap.payload import MapOptions
from geocontracts.webmap.policy import source_hash
from geocontracts.webmap.seal import SEAL, seal_holds, sealed
from geocontracts.webmap.statement import page_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from geocontracts.outputs.verify.verify import Verdict

GIVER = ("--source", "DDT 59", "--source-date", "2026-03", "--source-licence", "ODbL 1.0")
NAME = "suivi 2026.csv"
START = (
    b'<!doctype html>\n<html lang="fr">\n<head>\n<meta charset="utf-8">\n<meta http-equiv='
    b"\"Content-Security-Policy\" content=\"default-src 'none'; style-src; base-uri 'none'; "
    b"form-action 'none'\">\n"
)
LIST = "Intitulé;Territoires\nUn;Denain\nDeux;Douai\n"
CONFORM = "Tout ce qui pouvait être comparé est conforme."
EVIL = b"<script>evil()</script>"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, bytes]:
    """Return a page, and the list that it was made from."""
    folder = tmp_path_factory.mktemp("whole")
    (folder / NAME).write_text(LIST, encoding="utf-8")
    given = Giver("DDT 59", "2026-03", "ODbL 1.0")
    write_map(
        read_register(folder / NAME, giver=given), folder / "carte.html", MapOptions(area="departement:59")
    )
    return (folder / "carte.html").read_bytes(), (folder / NAME).read_bytes()


@pytest.fixture
def page(whole: tuple[bytes, bytes], tmp_path: Path) -> Path:
    """Return a page in a folder, with its list beside it."""
    (tmp_path / NAME).write_bytes(whole[1])
    (tmp_path / "carte.html").write_bytes(whole[0])
    return tmp_path / "carte.html"


def told(verdict: Verdict) -> set[str]:
    return {finding.message.key for finding in verdict.findings if finding.sign == "bad"}


def only(path: Path, inputs: Path | None = None) -> Verdict:
    (verdict,), _ = verify(path, inputs)
    return verdict


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


# What was not changed


def test_an_untouched_page_is_fine_and_says_all_of_it(
    page: Path, whole: tuple[bytes, bytes], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["verify", str(page)]) == 0
    said = capsys.readouterr().out
    assert "✗" not in said
    assert f"✓ {NAME}\u00a0: identique, SHA-256 {sha256(whole[1])}" in said
    assert f"{NAME}, DDT 59, mars 2026, ODbL 1.0" in said
    assert "Licence des données\u00a0: ODbL 1.0" in said
    assert "octet pour octet" in said
    assert "celui de geocontracts" in said
    assert "ne dit pas qui a écrit" in said, "a hash is no signature, and nobody shall take it for one"


def test_it_speaks_english(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", str(page), "--lang", "en"]) == 0
    assert "byte for byte" in capsys.readouterr().out


@pytest.mark.parametrize(
    "command",
    [
        ["check", NAME, "--report", "r.html"],
        ["check", NAME, "--report", "r.json"],
        ["territory", "Denain", NAME, "-o", "r.html"],
        pytest.param(["map", NAME, "--embed", "-o", "r.html"], marks=pytest.mark.thorough),
        pytest.param(["programme", "suivi 2026", NAME, "-o", "r.html"], marks=pytest.mark.thorough),
        pytest.param(["export", NAME, "-o", "r.geojson"], marks=pytest.mark.thorough),
        pytest.param(["export", NAME, "-o", "r.parquet"], marks=pytest.mark.thorough),
    ],
    ids=lambda command: " ".join(command[::-1][:2]),
)
def test_every_output_that_tells_programs_can_be_verified(
    command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path(NAME).write_text(LIST, encoding="utf-8")
    assert main([*command, *GIVER]) == 0
    output = command[-1]
    capsys.readouterr()
    assert main(["verify", output]) == 0
    said = capsys.readouterr().out
    for each in ("DDT 59", "mars 2026", "ODbL 1.0", sha256(LIST.encode()), "IGN, Insee, DGCL"):
        assert each in said, each
    Path(NAME).write_text(LIST.replace("Un", "Une"), encoding="utf-8")
    assert main(["verify", output]) == 1, "the list is another one now"


def test_the_totals_of_grants_are_verified_with_their_list(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    rows = "Code INSEE;Commune;Dispositif;Année;Coût total\n62041;Arras;DETR;2021;1234,5\n"
    Path("aides.csv").write_text(rows, encoding="utf-8")
    assert main(["grants", "aides.csv", "-o", "out", "--parquet", *GIVER]) == 0
    capsys.readouterr()
    assert main(["verify", "out", "--inputs", "."]) == 0
    said = capsys.readouterr().out
    for each in ("totaux.csv", "carte.csv", "lignes-sans-lieu.csv", "a-revoir.csv", "totaux.parquet"):
        assert f"✓ {each}\u00a0: identique" in said
    assert "totaux.parquet — Totaux de aides.csv" in said
    assert "celles des fichiers écrits avec lui" in said
    assert said.count(f"✓ aides.csv\u00a0: identique, SHA-256 {sha256(rows.encode())}") == 2
    totals = Path("out/totaux.csv")
    totals.write_bytes(totals.read_bytes().replace(b"1234,50", b"1334,50"))
    assert main(["verify", "out", "--inputs", "."]) == 1
    assert "✗ totaux.csv\u00a0: différent" in capsys.readouterr().out


# What was changed


def other(content: bytes, place: int) -> bytes:
    """Return a page with another letter at a place."""
    return content[:place] + (b"A" if content[place : place + 1] != b"A" else b"B") + content[place + 1 :]


def middle(content: bytes, pattern: bytes) -> int:
    found = re.search(pattern, content, re.DOTALL)
    assert found
    return sum(found.span(1)) // 2


CHANGES: dict[str, tuple[bytes, set[str]]] = {
    "payload": (rb'id="geocontracts-payload">([^<]*)<', {"audit-page-changed", "audit-data-damaged"}),
    "arcs": (rb'id="geocontracts-arcs">([^<]*)<', {"audit-page-changed", "audit-data-damaged"}),
    "script": (
        rb"</script>\n<script>(.*?)</script>",
        {"audit-page-changed", "audit-code-foreign", "audit-code-differs"},
    ),
    "style": (
        rb"<style>(.*?)</style>",
        {"audit-page-changed", "audit-code-foreign", "audit-code-differs"},
    ),
    "policy": (rb"script-src ('sha256-[^']*')", {"audit-page-changed", "audit-code-foreign"}),
    "title": (rb"<title>([^<]*)</title>", {"audit-page-changed"}),
    "own hash": (rb'geocontracts-sha256" content="([^"]*)"', {"audit-page-unsealed"}),
}


@pytest.mark.parametrize("where", CHANGES)
def test_one_letter_that_changed_is_told(
    where: str, page: Path, whole: tuple[bytes, bytes], capsys: pytest.CaptureFixture[str]
) -> None:
    pattern, expected = CHANGES[where]
    page.write_bytes(other(whole[0], middle(whole[0], pattern)))
    assert told(only(page)) == expected
    assert main(["verify", str(page)]) == 1
    assert "✗" in capsys.readouterr().out


def test_one_letter_of_a_sheet_or_a_report_that_changed_is_told(tmp_path: Path) -> None:
    path = tmp_path / NAME
    path.write_text(LIST, encoding="utf-8")
    assert main(["check", str(path), "--report", str(tmp_path / "r.html")]) == 0
    page = tmp_path / "r.html"
    page.write_bytes(
        page.read_bytes().replace("2 lignes ont été lues".encode(), "3 lignes ont été lues".encode())
    )
    assert told(only(page)) == {"audit-page-changed"}


def test_line_ends_that_a_mailer_changed_are_told(page: Path, whole: tuple[bytes, bytes]) -> None:
    page.write_bytes(whole[0].replace(b"\n", b"\r\n"))
    verdict = only(page)
    assert told(verdict) == set(), "a browser reads the same"
    assert verdict.findings[0].sign == "open"
    assert verdict.findings[0].message.key == "audit-page-ends"
    page.write_bytes(whole[0].replace(b"\n", b"\r\n").replace(b"</title>", b".</title>"))
    assert "audit-page-changed" in told(only(page)), "more than the line ends changed"


def test_what_a_changed_page_says_is_not_vouched_for(
    page: Path, whole: tuple[bytes, bytes], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["verify", str(page)]) == 0
    assert "rien ne le garantit" not in capsys.readouterr().out
    page.write_bytes(whole[0].replace(b"DDT 59", b"DDT 62"))
    assert main(["verify", str(page)]) == 1
    said = capsys.readouterr().out
    assert said.index("rien ne le garantit") < said.index("Documents cités") < said.index("DDT 62")


def test_a_file_that_is_not_there_is_not_a_folder_that_is_not_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["verify", str(tmp_path / "absente.html")]) == 2
    assert "absente.html\u00a0: ce fichier n’existe pas" in capsys.readouterr().err
    assert main(["verify", str(tmp_path / "v" / "absente.html")]) == 2
    assert f"le dossier {tmp_path / 'v'} n’existe pas" in capsys.readouterr().err


def test_a_file_that_several_outputs_miss_is_one_point(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path(NAME).write_text(LIST, encoding="utf-8")
    assert main(["check", NAME, "--report", "r.html", "--report", "r.json"]) == 0
    Path(NAME).unlink()
    capsys.readouterr()
    assert main(["verify", "."]) == 1
    said = capsys.readouterr().out
    assert said.count(f"✗ {NAME}\u00a0: absent") == 2
    assert "Un point est à revoir." in said


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_our_accessibility_statement_is_known_and_so_is_what_a_person_wrote_in_it(
    lang: str, page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    statement = page.with_name("accessibilite.html")
    command = ["map", str(page.with_name(NAME)), "--area", "Denain", "-o", str(page), "--lang", lang]
    assert main([*command, "--accessibility", str(statement)]) == 0
    capsys.readouterr()
    assert main(["verify", str(statement)]) == 0
    said = capsys.readouterr().out
    assert "La page a la forme d’une déclaration d’accessibilité de geocontracts" in said
    assert "octet pour octet" in said
    assert "Documents cités" not in said, "it names none"
    assert CONFORM in said
    whole = statement.read_bytes()
    statement.write_bytes(whole.replace(b"<mark>[", b'Ville d"Arras > [', 1).replace(b"\n", b"\r\n"))
    assert told(only(statement)) == {"audit-statement-changed"}, "other text is all that was found"
    assert main(["verify", str(statement)]) == 1, "it is made to be completed, and nobody vouches for that"
    said = capsys.readouterr().out
    assert "elle a été complétée, ou modifiée" in said
    assert CONFORM not in said
    statement.write_bytes(whole.replace(b"\n", b"\r\n"))
    assert told(only(statement)) == set(), "a browser reads the same"


STATEMENT = "Déclaration d’accessibilité — ".encode()


@pytest.fixture(scope="module")
def statement(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Return the statement of a page."""
    folder = tmp_path_factory.mktemp("statement")
    (folder / NAME).write_text(LIST, encoding="utf-8")
    command = ["map", str(folder / NAME), "--area", "Denain", "-o", str(folder / "c.html")]
    assert main([*command, "--accessibility", str(folder / "d.html")]) == 0
    return (folder / "d.html").read_bytes()


ACTING = {
    "a refresh": b'<meta http-equiv="refresh" content="0;url=https://exemple.fr/">',
    "a script": EVIL,
    "a link": b'<link rel="stylesheet" href="https://exemple.fr/x.css">',
    "a frame": b'<iframe src="https://exemple.fr/"></iframe>',
    "an object": b'<object data="x"></object>',
    "a form": b'<form action="https://exemple.fr"></form>',
    "a handler": b'<p onclick="x()">x</p>',
    "a style of its own": b'<p style="display:none">x</p>',
    "a picture": b'<img src="x">',
    "a comment": b"<!-- -->",
    "an address that is code": b'<a href="javascript:x()">x</a>',
}


@pytest.mark.parametrize("end", [b"</head>", b"</body>"])
def test_a_statement_has_nothing_that_acts(end: bytes, statement: bytes, tmp_path: Path) -> None:
    page = tmp_path / "d.html"
    for name, markup in ACTING.items():
        changed = statement.replace(end, markup + end)
        page.write_bytes(changed)
        assert {"audit-shape-foreign", "audit-statement-changed"} <= told(only(page)), name
        assert main(["verify", str(page)]) == 1, name
        page.write_bytes(resealed(changed))
        verdict = only(page)
        assert "audit-shape-foreign" in told(verdict), name
        assert not verdict.is_vouched, name
        good = {each.message.key for each in verdict.findings if each.sign == "good"}
        assert not good & {"audit-shape-own", "audit-code-own"}, name


def test_another_style_or_policy_of_a_statement_is_told(statement: bytes, tmp_path: Path) -> None:
    """It may hide text, or write some."""
    let_in = statement.replace(b"style-src ", b"script-src 'unsafe-inline'; style-src ", 1)
    (tmp_path / "d.html").write_bytes(resealed(let_in))
    assert told(only(tmp_path / "d.html")) == {"audit-shape-start", "audit-code-foreign"}
    second = statement.replace(b"</head>", b"<style>p{display:none}</style></head>")
    (tmp_path / "d.html").write_bytes(resealed(second))
    assert told(only(tmp_path / "d.html")) == {"audit-code-foreign", "audit-style-differs"}
    style = middle(statement, rb"<style>(.*?)</style>")
    (tmp_path / "d.html").write_bytes(resealed(other(statement, style)))
    assert told(only(tmp_path / "d.html")) == {"audit-code-foreign", "audit-style-differs"}
    old, new = (
        re.findall(rb"<style>(.*?)</style>", each, re.DOTALL)[0]
        for each in (statement, other(statement, style))
    )
    hashed = other(statement, style).replace(source_hash(old).encode(), source_hash(new).encode())
    (tmp_path / "d.html").write_bytes(resealed(hashed))
    assert told(only(tmp_path / "d.html")) == {"audit-style-differs"}


@pytest.mark.parametrize("is_resealed", [False, True])
@pytest.mark.parametrize(
    "title",
    [
        b"<!--<title>%bx</title>--><title>" % STATEMENT,
        b"<!--\n<title>%bx</title>\n-->\n<title>" % STATEMENT,
        b"<title>%bx</title>\n<title>" % STATEMENT,
        b"<title>%b" % STATEMENT,
    ],
    ids=["in a comment", "on a line in a comment", "first of two", "as it is seen"],
)
def test_no_title_makes_a_sheet_a_statement(title: bytes, is_resealed: bool, page: Path) -> None:  # noqa: FBT001
    content = sheet(page.parent / NAME).replace(b"<title>", title, 1).replace(b"Denain", b"Lille")
    path = page.with_name("fiche.html")
    path.write_bytes(resealed(content) if is_resealed else content)
    verdict = only(path)
    assert not verdict.is_statement
    assert verdict.told.documents, "its block is read"
    if not is_resealed:
        assert "audit-page-changed" in told(verdict)
        assert main(["verify", str(path)]) == 1
        assert main(["verify", str(path.parent)]) == 1, "no word in a title switches anything off"


def test_a_page_that_names_sources_is_no_statement(page: Path, statement: bytes) -> None:
    block = re.findall(rb'<script type="application/ld.*?</script>\n', page.read_bytes())[0]
    page.write_bytes(statement.replace(b"</head>", block + b"</head>"))
    verdict = only(page)
    assert not verdict.is_statement
    assert verdict.told.documents
    assert "audit-page-changed" in told(verdict)


def test_a_map_is_no_statement_of_a_page(whole: tuple[bytes, bytes], statement: bytes) -> None:
    """A map is sealed as well: what a statement says of its page is not read in it."""
    bare = b'<a href="carte.html">x</a>'
    assert page_of(whole[0].replace(b"</body>", bare + b"</body>")) == ""
    assert page_of(statement) == "c.html"


def test_a_page_of_ours_that_lost_what_it_says_is_no_page_of_somebody_else(
    page: Path, statement: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    sheets = re.sub(rb'<script type="application/ld.*?</script>\n', b"", sheet(page.parent / NAME))
    (page.parent / "fiche.html").unlink()
    titles = sheets.replace(b"<title>", b"<title>" + STATEMENT)
    heading = sheets.replace(b"<title>", b"<title>" + STATEMENT).replace(b"<article>\n<header>", b"<header>")
    untitled = statement.replace(STATEMENT, b"x")
    unheaded = statement.replace(b"<h1>", b"<h1>x")
    renamed = statement.replace("Déclaration d’accessibilité".encode(), b"x")
    unpolicied = re.sub(rb"<meta http.*\n", b"", sheets)
    unsealed = re.sub(rb"<meta name=.geocontracts-sha256.*\n", b"", sheets)
    elsewhere = b"<!--\n<title>%bx</title>\n-->\n<title>" % STATEMENT
    moved = statement.replace(b"<title>" + STATEMENT, elsewhere)
    assert moved != statement
    for content in (sheets, titles, heading, untitled, unheaded, renamed, unpolicied, unsealed, moved):
        path = page.with_name("lost.html")
        path.write_bytes(resealed(content))
        capsys.readouterr()
        assert main(["verify", str(path)]) == 2
        assert "Elle a été modifiée" in capsys.readouterr().err
        assert main(["verify", str(page.parent)]) == 1, "beside good ones it is not passed over"
        assert CONFORM not in capsys.readouterr().out


def test_code_that_was_added_with_all_hashes_made_again_is_told(
    page: Path, whole: tuple[bytes, bytes]
) -> None:
    """A hash is no signature; that the code is not ours is told all the same."""
    script = b"window.hit=1"
    rule = f"script-src 'sha256-{b64encode(hashlib.sha256(script).digest()).decode()}' ".encode()
    forged = (
        whole[0]
        .replace(b"script-src ", rule, 1)
        .replace(b"</body>", b"<script>%b</script>\n</body>" % script)
    )
    page.write_bytes(resealed(forged))
    assert told(only(page)) == {"audit-code-differs"}


def resealed(content: bytes) -> bytes:
    bare = re.sub(rb'(geocontracts-sha256" content=")[0-9a-f]{64}', rb"\g<1>" + b"0" * 64, content)
    return sealed(bare)


@pytest.mark.parametrize(
    "markup",
    [
        b'<script src="https://exemple.fr/x.js"></script>',
        b"<script type=module>x()</script>",
        b"<STYLE >b{}</style >",
    ],
)
def test_any_other_code_is_told(page: Path, whole: tuple[bytes, bytes], markup: bytes) -> None:
    page.write_bytes(resealed(whole[0].replace(b"</body>", markup + b"</body>")))
    assert "audit-code-foreign" in told(only(page))


FOREIGN = {
    "an attribute of another name": b'<script data.type="text/plain">evil()</script>',
    "a script after a comment": b"<!-- <script type=text/plain> -->" + EVIL,
    "a comment": b"<!-- -->",
    "a comment in a script": b"<script><!--<script></script>" + EVIL,
    "a section of characters": b"<![CDATA[x]]>",
    "a handler": b"<img src=x onerror=evil()>",
    "a handler of ours": b'<p class="gc-unstarted" onclick="evil()">x</p>',
    "a frame": b'<iframe srcdoc="x"></iframe>',
    "an object": b'<object data="x"></object>',
    "a form": b'<form action="https://exemple.fr"></form>',
    "a refresh": b'<meta http-equiv="refresh" content="0;url=https://exemple.fr">',
    "a second policy": b'<meta http-equiv="Content-Security-Policy" content="default-src *">',
    "a base": b'<base href="https://exemple.fr/">',
    "a link": b'<link rel=stylesheet href="https://exemple.fr/x.css">',
    "a drawing with code": b"<svg><style><img src=x onerror=evil()></style></svg>",
    "a title with a style": b"<title><style></title>" + EVIL + b"</style>",
    "a noscript that ends early": b'<noscript><p title="</noscript><img onerror=evil()>"></p></noscript>',
    "an address that is code": b'<a class="gc-statement" href="javascript:evil()" target="_blank" '
    b'rel="noopener noreferrer">x</a>',
    "an address that hides code": b'<a class="gc-statement" href="javascript&colon;evil()" target="_blank" '
    b'rel="noopener noreferrer">x</a>',
    "a slash for a space": b"<svg/onload=evil()>",
}


@pytest.mark.parametrize("end", [b"</head>", b"</body>"])
@pytest.mark.parametrize("where", ["carte.html", "fiche.html"])
def test_whatever_else_a_page_holds_is_told_with_its_line(
    where: str, end: bytes, page: Path, whole: tuple[bytes, bytes]
) -> None:
    """None of it is judged by what a browser would do: it is not what geocontracts writes."""
    content = whole[0] if where == "carte.html" else sheet(page.parent / NAME)
    line = content[: content.index(end)].count(b"\n") + 1
    for name, markup in FOREIGN.items():
        page.write_bytes(resealed(content.replace(end, markup + end)))
        verdict = only(page)
        assert "audit-shape-foreign" in told(verdict), name
        told_first = next(each for each in verdict.findings if each.message.key == "audit-shape-foreign")
        assert told_first.message.facts["line"] == line, name
        good = {each.message.key for each in verdict.findings if each.sign == "good"}
        assert not good & {"audit-shape-own", "audit-code-own", "audit-code-ours"}, name


def test_nothing_of_a_map_can_stand_for_its_data(page: Path, whole: tuple[bytes, bytes]) -> None:
    markup = b'<div id="geocontracts-payload">x</div>'
    page.write_bytes(resealed(whole[0].replace(b"<noscript>", markup + b"<noscript>", 1)))
    assert told(only(page)) == {"audit-shape-foreign"}


def sheet(path: Path) -> bytes:
    assert main(["territory", "Denain", str(path), "-o", str(path.with_name("fiche.html")), *GIVER]) == 0
    return path.with_name("fiche.html").read_bytes()


def test_what_else_a_page_holds_is_shown(
    page: Path, whole: tuple[bytes, bytes], capsys: pytest.CaptureFixture[str]
) -> None:
    page.write_bytes(resealed(whole[0].replace(b"</body>", b"<iframe srcdoc=x>" * 9 + b"</body>")))
    assert main(["verify", str(page)]) == 1
    said = capsys.readouterr().out
    assert said.count("autre chose que ce que geocontracts écrit\u00a0: <iframe srcdoc=x>, ligne") == MOST
    assert "✓ Ce code" not in said
    assert "✓ Scripts" not in said


def test_of_another_version_code_and_shape_are_told_all_the_same(
    page: Path, whole: tuple[bytes, bytes], capsys: pytest.CaptureFixture[str]
) -> None:
    """The version is what the page says: it switches no comparison off."""
    other_version = re.sub(rb'"version":"[^"]*"', b'"version":"0.0.9"', whole[0])
    assert other_version != whole[0]
    page.write_bytes(resealed(other_version))
    assert told(only(page)) == set()
    assert "audit-code-ours" in {each.message.key for each in only(page).findings}, "its code is compared"
    page.write_bytes(resealed(other_version.replace(b"</body>", b"<!-- --></body>")))
    assert told(only(page)) == {"audit-shape-foreign"}
    client = re.findall(rb"<script>(.*?)</script>", other_version, re.DOTALL)[1]
    forged = other_version.replace(client, b"alert(1)" + client)
    forged = forged.replace(source_hash(client).encode(), source_hash(b"alert(1)" + client).encode())
    page.write_bytes(resealed(forged))
    assert told(only(page)) == {"audit-code-other"}
    capsys.readouterr()
    assert main(["verify", str(page)]) == 1, "what could not be compared is not confirmed"
    said = capsys.readouterr().out
    assert "✗ La page dit venir de geocontracts 0.0.9" in said
    assert said.index("rien ne le garantit") < said.index("Documents cités")
    assert CONFORM not in said


def test_a_map_without_its_code_and_data_is_damaged(page: Path, whole: tuple[bytes, bytes]) -> None:
    scripts = re.findall(rb"<script>.*?</script>\n", whole[0], re.DOTALL)
    blocks = re.findall(rb'<script type="text/plain".*?</script>\n', whole[0])
    assert (len(scripts), len(blocks)) == (2, 3)
    lost = {"code": scripts, "data": blocks, "both": scripts + blocks}
    for name, parts in lost.items():
        content = re.sub(rb"script-src[^;]*;", b"script-src;", whole[0]) if parts != blocks else whole[0]
        for part in parts:
            content = content.replace(part, b"")
        page.write_bytes(resealed(content))
        expected = {"code": {"audit-code-differs"}, "data": {"audit-data-damaged"}}
        assert told(only(page)) == expected.get(name, {"audit-code-differs", "audit-data-damaged"}), name
        assert not only(page).is_vouched, name


def test_code_and_data_in_a_sheet_are_compared_as_well(page: Path) -> None:
    content = sheet(page.parent / NAME)
    path = page.with_name("fiche.html")
    path.write_bytes(resealed(content.replace(b"</body>", EVIL + b"</body>")))
    assert "audit-code-differs" in told(only(path))
    path.write_bytes(resealed(content.replace(b"</body>", with_blocks(b"x") + b"</body>")))
    assert "audit-data-damaged" in told(only(path))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b'<p class="gc-unstarted">', b'TOTAL 12 M EUR<p class="gc-unstarted">'),
        (b'<p class="gc-unstarted">', b'<p class="gc-unstarted">TOTAL 12 M EUR. '),
        (b"<noscript><p>", b"<noscript><p>TOTAL 12 M EUR. "),
        (b'data-loading="', b'data-loading="TOTAL 12 M EUR. '),
        (b"</body>", b"TOTAL 12 M EUR</body>"),
        (b"</html>\n", b"</html>\nTOTAL 12 M EUR<b>x</html>\n"),
        (b"<title>", b"TOTAL 12 M EUR\n<title>"),
    ],
)
def test_a_map_has_no_text_but_the_sentences_of_ours(
    before: bytes, after: bytes, page: Path, whole: tuple[bytes, bytes]
) -> None:
    page.write_bytes(resealed(whole[0].replace(before, after, 1)))
    verdict = only(page)
    assert told(verdict) == {"audit-shape-foreign"}
    shown = next(each.message.facts for each in verdict.findings if each.sign == "bad")
    assert shown["line"] == whole[0][: whole[0].index(before)].count(b"\n") + 1 + (before == b"</html>\n")


ROWS = "Intitulé;Territoires;Montant;Lien\nUn <b>;Denin;abc;javascript:x\nUn;Saint-Denis;1;https://a.fr/\n"


@pytest.mark.parametrize(
    "command",
    [
        ["check", "l.csv", "--report", "r.html"],
        ["check", "l.csv", "--report", "r.html", "--lang", "en"],
        [
            "map",
            "l.csv",
            "-o",
            "r.html",
            "--basemap",
            "osm",
            "--accessibility",
            "d.html",
        ],
        pytest.param(["territory", "commune:93066", "l.csv", "-o", "r.html"], marks=pytest.mark.thorough),
    ],
    ids=["report", "report in English", "map with tiles and a statement", "sheet"],
)
def test_all_that_is_written_is_known(
    command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("l.csv").write_text(ROWS + "".join(f"L {n};Denin{n % 3};x;\n" for n in range(30)), encoding="utf-8")
    assert main(command) in (0, 1)
    assert told(only(Path("r.html"))) == set()


POLICY = re.compile(rb"<meta http-equiv[^>]*>\n")


@pytest.mark.parametrize(
    "moved",
    [
        lambda page: POLICY.sub(lambda found: b"<!-- %b -->\n" % found[0].strip(), page, count=1),
        lambda page: POLICY.sub(b"", page).replace(b"</head>", POLICY.findall(page)[0] + b"</head>"),
        lambda page: page.replace(b"<head>", EVIL + b"<head>", 1),
        lambda page: page.replace(b"script-src ", b"script-src-attr 'unsafe-inline'; script-src ", 1),
        lambda page: page.replace(b"default-src ", b"script-src 'unsafe-inline'; default-src ", 1),
        lambda page: page.replace(b"img-src data:", b"img-src data: https://exemple.fr", 1),
        lambda page: b"\xef\xbb\xbf" + page,
    ],
    ids=["in a comment", "last", "after a script", "for handlers", "twice", "for a picture", "after a mark"],
)
def test_a_policy_that_is_not_ours_at_its_place_is_told(
    moved: Callable[[bytes], bytes], page: Path, whole: tuple[bytes, bytes]
) -> None:
    page.write_bytes(resealed(moved(whole[0])))
    verdict = only(page)
    assert "audit-shape-start" in told(verdict)
    assert not {each.message.key for each in verdict.findings if each.sign == "good"} & {
        "audit-shape-own", "audit-code-own", "audit-code-ours",
    }  # fmt: skip


def test_no_title_makes_a_page_that_runs_scripts_a_statement(page: Path, whole: tuple[bytes, bytes]) -> None:
    """A statement may be completed by hand: less of it is compared."""
    titled = re.sub(rb"<title>", b"<title>" + "Déclaration d’accessibilité — ".encode(), whole[0], count=1)
    page.write_bytes(resealed(titled.replace(b"</body>", EVIL + b"</body>")))
    assert told(only(page)) == {"audit-code-foreign", "audit-code-differs"}


def test_the_first_of_two_rules_of_a_policy_counts() -> None:
    """A browser drops the second one."""
    policy = "script-src 'unsafe-inline'; default-src 'none'; script-src; style-src"
    page = f'<meta http-equiv=Content-Security-Policy content="{policy}"></html>'
    assert not lets_in_its_own(read_page(page.encode()))


def test_a_policy_lets_nothing_in_that_it_does_not_name() -> None:
    page = b'<meta http-equiv=Content-Security-Policy content="%bscript-src; style-src"></html>'
    assert lets_in_its_own(read_page(page % b"default-src 'none'; "))
    assert not lets_in_its_own(read_page(page % b""))


def test_the_first_of_two_attributes_counts() -> None:
    page = b'<script type="text/javascript" type="text/plain">x</script></html>'
    assert read_page(page).scripts == [b"x"]


def test_the_first_of_two_blocks_counts() -> None:
    """A browser finds the first one, by its id."""
    block = b'<script type="text/plain" id="geocontracts-arcs">%b</script>'
    assert read_page(block % b"one" + block % b"two").blocks == {"arcs": b"one"}


def test_a_page_with_two_hashes_of_itself_is_not_whole() -> None:
    two = SEAL.encode() + b'<meta name="geocontracts-sha256" content="' + b"1" * 64 + b'">'
    assert seal_holds(sealed(two)) is False
    assert seal_holds(sealed(SEAL.encode())) is True


def with_blocks(packed: bytes) -> bytes:
    block = b'<script type="text/plain" id="geocontracts-%b">%b</script>'
    return b"".join(block % (name.encode(), b64encode(packed)) for name in pages.BLOCKS)


def test_what_follows_the_data_of_a_block_is_told() -> None:
    assert damaged_blocks(read_page(with_blocks(zlib.compress(b"x")))) == []
    assert damaged_blocks(read_page(with_blocks(zlib.compress(b"x") + b"more"))) == list(pages.BLOCKS)


def test_the_blocks_of_a_page_are_bounded_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "_MOST_UNPACKED", 250)
    assert damaged_blocks(read_page(with_blocks(zlib.compress(b"x" * 100)))) == ["arcs"]


def test_a_second_block_is_told(page: Path, whole: tuple[bytes, bytes]) -> None:
    block = b'<script type="application/ld+json">{}</script>'
    page.write_bytes(resealed(whole[0].replace(b"</body>", block + b"</body>")))
    assert told(only(page)) == {"audit-block-several"}


@pytest.mark.parametrize("share", [0.5, 0.9, 0.9999])
def test_a_page_that_was_cut_is_told(page: Path, whole: tuple[bytes, bytes], share: float) -> None:
    page.write_bytes(whole[0][: int(len(whole[0]) * share)])
    assert "audit-page-cut" in told(only(page))


def test_a_page_that_was_cut_before_its_block_is_told(page: Path, whole: tuple[bytes, bytes]) -> None:
    page.write_bytes(whole[0][:3000])
    with pytest.raises(AuditError, match="incomplete page"):
        verify(page)


# The files that a page names


def test_an_input_that_changed_is_told_with_both_hashes(
    page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (page.parent / NAME).write_text(LIST.replace("Un", "En"), encoding="utf-8")
    assert main(["verify", str(page)]) == 1
    said = capsys.readouterr().out
    changed = sha256(LIST.replace("Un", "En").encode())
    assert f"différent\u00a0; attendu SHA-256 {sha256(LIST.encode())}, trouvé SHA-256 {changed}" in said
    assert "Un point est à revoir." in said


def test_an_input_of_another_size_is_told_without_reading_it(page: Path) -> None:
    (page.parent / NAME).write_text(LIST + "\n", encoding="utf-8")
    (found,) = only(page).inputs
    assert (found.likeness, found.sha256, found.bytes) == ("different", "", len(LIST.encode()) + 1)


def test_an_input_that_is_missing_is_told_with_what_to_do(
    page: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (page.parent / NAME).unlink()
    assert main(["verify", str(page)]) == 1, "what could not be compared is not confirmed"
    said = capsys.readouterr().out
    assert f"{NAME}\u00a0: absent\u00a0; attendu SHA-256 {sha256(LIST.encode())}" in said
    assert "--inputs" in said
    (tmp_path / "ailleurs").mkdir()
    (tmp_path / "ailleurs" / NAME).write_text(LIST, encoding="utf-8")
    assert main(["verify", str(page), "--inputs", str(tmp_path / "ailleurs")]) == 0


def test_an_input_that_has_another_name_now_is_found(page: Path) -> None:
    (page.parent / NAME).rename(page.parent / "suivi (copie).csv")
    (found,) = only(page).inputs
    assert (found.likeness, found.name) == ("renamed", "suivi (copie).csv")


SECRET = b"secret\n"


@pytest.mark.parametrize(
    "name",
    [
        "../secret.csv", "..\\secret.csv", "/etc/passwd", "C:\\Windows\\win.ini", "C:secret.csv",
        "secret.csv:flux", "CON", "nul.csv", "..", ".", "",
        "\\\\serveur\\part\\secret.csv", "a\0b", "x" * 5000, "\ud800.csv",
        "file:///etc/passwd", "https://exemple.fr/secret.csv",
    ],
)  # fmt: skip
def test_no_path_that_a_page_names_is_followed(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "secret.csv").write_bytes(SECRET)
    folder = tmp_path / "entrées"
    folder.mkdir()
    (folder / "liste.csv").write_bytes(b"autre")
    opened: list[Path] = []
    monkeypatch.setattr("geocontracts.outputs.verify.folder.mark_of", opened.append)
    found = Folder(folder).find(ToldFile(name, len(SECRET), sha256(SECRET)))
    assert found.likeness == "missing"
    assert opened == []


@pytest.mark.parametrize(
    "name",
    ["D:\\suivi\\Liste été.csv", "/home/moi/Liste été.csv", "liste ÉTÉ.CSV", "Liste e\u0301te\u0301.csv"],
)
def test_a_name_of_another_system_is_found(name: str, tmp_path: Path) -> None:
    (tmp_path / "Liste été.csv").write_bytes(SECRET)
    assert Folder(tmp_path).find(ToldFile(name, -1, sha256(SECRET))).likeness == "equal"


@pytest.mark.skipif(sys.platform == "win32", reason="a link needs rights there")
def test_a_link_that_leads_round_is_told_only_where_it_is_meant(
    page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (page.parent / "loop.html").symlink_to("loop.html")
    (page.parent / "loop.csv").symlink_to("loop.csv")
    assert main(["verify", str(page)]) == 0
    assert main(["verify", str(page.parent)]) == 0
    folder = Folder(page.parent)
    assert folder.find(ToldFile("absent.csv", -1, "0" * 64)).likeness == "missing"
    found = folder.find(ToldFile("loop.csv", 5, "0" * 64))
    assert (found.likeness, found.name) == ("unreadable", "loop.csv")
    (page.parent / NAME).unlink()
    (page.parent / NAME).symlink_to(NAME)
    capsys.readouterr()
    assert main(["verify", str(page)]) == 1
    assert f"✗ {NAME}\u00a0: illisible ({NAME}\u00a0: des liens y mènent en rond)" in capsys.readouterr().out


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="no disk there holds two such names")
def test_of_two_names_that_differ_in_case_none_is_taken(tmp_path: Path) -> None:
    (tmp_path / "Liste.csv").write_bytes(b"a")
    (tmp_path / "LISTE.csv").write_bytes(b"b")
    assert Folder(tmp_path).find(ToldFile("liste.csv", 5, "0" * 64)).likeness == "missing"


# What is none of ours, and what means harm


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<!doctype html><title>Une page</title></html>",
        b'<html><script type="application/ld+json">{"name":"geocontracts"}</script></html>',
        b'<html><script type="application/ld+json">[]</script></html>',
        b'<html><script type="application/ld+json">"geocontracts"</script></html>',
        b"\xff\xfe<\x00h\x00t\x00m\x00l\x00>\x00",
        b"<script " * 1000,
    ],
)
def test_a_page_without_a_block_is_not_verified(
    content: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(content)
    assert main(["verify", str(path)]) == 2
    said = capsys.readouterr()
    assert "bloc de provenance" in said.err
    assert said.out == ""


BROKEN = {
    "no JSON": b"{",
    "not UTF-8": b'{"title":"\xff"}',
    "deep": b"[" * 200_000 + b"]" * 200_000,
    "deep objects": b'{"a":' * 200_000 + b"1" + b"}" * 200_000,
    "a long number": b'{"a":' + b"9" * 10_000 + b"}",
    "huge": b'"' + b" " * (1 << 24) + b'"',
}


@pytest.mark.parametrize("kind", BROKEN)
def test_a_hostile_block_is_refused(kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(b'<html><script type="application/ld+json">' + BROKEN[kind] + b"</script></html>")
    assert main(["verify", str(path)]) == 2
    assert "illisible" in capsys.readouterr().err


def test_values_of_other_kinds_are_taken_for_nothing() -> None:
    program = {"prov:wasAssociatedWith": {"name": "geocontracts", "version": ["x"]}}
    odd: list[Any] = [None, 1, "x", [], {"identifier": {"a": 1}, "size": -5, "sum": {"value": "A" * 64}}]
    block = {"prov:wasGeneratedBy": program, "source": odd, "prov:wasDerivedFrom": odd, "title": {"x": 1}}
    found = read_linked(json.dumps(block).encode())
    assert found
    assert (found.title, found.program) == ("", "geocontracts")
    assert set(found.inputs) == {ToldFile("", -1, "")}


def test_what_a_hostile_block_says_is_printed_as_text(
    page: Path, whole: tuple[bytes, bytes], capsys: pytest.CaptureFixture[str]
) -> None:
    evil = json.dumps("\x1b]0;x\x07\x1b[2J\u202e" + NAME)[1:-1].encode()
    page.write_bytes(whole[0].replace(NAME.encode(), evil))
    assert main(["verify", str(page)]) == 1
    said = capsys.readouterr().out
    assert not re.search("[\x00-\x09\x0b-\x1f\u202e]", said)


def test_a_huge_page_is_refused_before_it_is_read_whole(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "page.html"
    with path.open("wb") as stream:
        stream.truncate(1 << 40)  # a hole: a terabyte that takes no room
    try:
        assert main(["verify", str(path)]) == 2
    finally:
        path.unlink()
    assert "plus de 200 Mo" in capsys.readouterr().err


def test_a_bomb_in_a_block_does_not_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "_MOST_UNPACKED", 1 << 22)
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(bytes(1 << 20)) for _ in range(64)) + packer.flush()
    block = b64encode(packed)
    made = b"".join(
        b'<script type="text/plain" id="geocontracts-%b">%b</script>' % (name.encode(), block)
        for name in pages.BLOCKS
    )
    assert damaged_blocks(read_page(made)) == list(pages.BLOCKS)
    assert len(b64decode(block)) < 1 << 20


@pytest.mark.parametrize(
    "piece",
    [
        b"<script",
        b"<script ",
        b"<meta a=",
        b"<meta " + b"a" * 30_000,
        b"<style><",
        b"<meta x='",
        b"</script",
        b"<!--",
        b"<script>",
        b"<title>",
        b'<td class="x"',
        b"<p ",
    ],
)
def test_no_page_takes_long(piece: bytes) -> None:
    """A scan that goes back would take hours for these; pytest's limit of the run would end it."""
    read_page(piece * (1_000_000 // len(piece)))
    read_page((piece + b">") * (1_000_000 // len(piece)))
    for body in (b"", b"<body>", b'<body>\n<div id="geocontracts"></div>\n'):
        foreign_parts(START + body + piece * (1_000_000 // len(piece)))
        foreign_parts(START + body + (piece + b">") * (1_000_000 // len(piece)))


def test_nothing_is_fetched_and_nothing_is_run(
    page: Path, whole: tuple[bytes, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        pytest.fail("something was asked of the network, or run")

    markup = b'<img src="https://exemple.fr/x"><iframe src="file:///etc/passwd"></iframe><script>x()</script>'
    page.write_bytes(whole[0].replace(b"<body>", b"<body>" + markup))
    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(os, "system", refuse)
    monkeypatch.setattr("subprocess.Popen", refuse)
    assert main(["verify", str(page)]) == 1


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no pipes in folders")
def test_a_pipe_is_no_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    os.mkfifo(tmp_path / "page.html")
    assert main(["verify", str(tmp_path / "page.html")]) == 2
    assert "ce n’est pas un fichier" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "said"),
    [("absente.html", "n’existe pas"), ("export.gpkg", "GeoPackage"), ("export.csv", "dernière colonne")],
)
def test_what_cannot_be_verified_is_told(
    name: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if not name.startswith("absente"):
        (tmp_path / name).write_bytes(b"x")
    assert main(["verify", str(tmp_path / name)]) == 2
    assert said in capsys.readouterr().err


# A folder


def test_a_folder_tells_what_of_it_says_nothing(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (page.parent / "autre.html").write_text("<html></html>", encoding="utf-8")
    assert main(["verify", str(page.parent)]) == 0
    assert "autre.html\u00a0: aucun bloc" in capsys.readouterr().out
    (page.parent / "autre.html").write_bytes(page.read_bytes()[:3000])
    assert main(["verify", str(page.parent)]) == 1, "that may have been one of ours"


def test_an_input_that_is_no_json_any_more_is_listed(tmp_path: Path) -> None:
    """It is no page of ours, but nothing that lies there is passed over in silence."""
    point = {"type": "Point", "coordinates": [3.39, 50.33]}
    row = {"type": "Feature", "properties": {"Intitulé": "Un", "Territoires": "Denain"}, "geometry": point}
    table = tmp_path / "liste.geojson"
    table.write_text(json.dumps({"type": "FeatureCollection", "features": [row]}), encoding="utf-8")
    write_map(read_register(table), tmp_path / "carte.html", MapOptions(area="departement:59"))
    assert verify(tmp_path)[1] == [], "it is told of as an input of the page"
    table.write_text("{", encoding="utf-8")
    (verdict,), unread = verify(tmp_path)
    assert [each.file.name for each in unread] == ["liste.geojson"]
    assert [found.likeness for found in verdict.inputs] == ["different"]


def test_the_inputs_of_many_files_are_hashed_once(
    page: Path, whole: tuple[bytes, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    (page.parent / "copie.html").write_bytes(whole[0])
    hashed: list[str] = []

    def counted(file: Path) -> object:
        hashed.append(file.name)
        return mark_of(file)

    monkeypatch.setattr("geocontracts.outputs.verify.folder.mark_of", counted)
    assert len(verify(page.parent)[0]) == 2
    assert hashed == [NAME]


def test_a_folder_with_nothing_to_verify_is_not_done(tmp_path: Path) -> None:
    assert main(["verify", str(tmp_path)]) == 2


# The hash of the page itself


def test_no_text_of_a_register_can_stand_for_the_hash(tmp_path: Path, whole: tuple[bytes, bytes]) -> None:
    path = tmp_path / NAME
    path.write_text(f"Intitulé;Territoires\n'{SEAL.strip()}';Denain\n", encoding="utf-8")
    options = MapOptions(area="departement:59", title=f"{SEAL}{'0' * 64}")
    write_map(read_register(path, giver=Giver(SEAL)), tmp_path / "carte.html", options)
    assert main(["verify", str(tmp_path / "carte.html")]) == 0
    assert whole[0].count(b"geocontracts-sha256") == 1
