"""The code that embeds a page: what it holds, what it refuses, and the command that prints it."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from geocontracts.cli import main
from geocontracts.errors import UnknownOptionError
from geocontracts.webmap.embed import embed_snippet, file_address
from geocontracts.webmap.payload import MapOptions, build_content
from tests.webmap.test_page import payload_of

if TYPE_CHECKING:
    from collections.abc import Callable

SNIPPETS = json.loads(Path(__file__).with_name("snippets.json").read_text(encoding="utf-8"))
ROW = "c1,acv,Contrat de Lens,commune:62498,signed,doc,1"


def attributes(snippet: str) -> dict[str, str | None]:
    """Return the attributes of the one element of a snippet."""
    found: list[tuple[str, dict[str, str | None]]] = []
    parser = HTMLParser()
    parser.handle_starttag = lambda tag, pairs: found.append((tag, dict(pairs)))  # type: ignore[method-assign]
    parser.feed(snippet)
    ((tag, pairs),) = found
    assert tag == "iframe"
    return pairs


def test_the_frame_is_as_wide_as_there_is_room_and_closed_to_the_site() -> None:
    found = attributes(embed_snippet("carte.html#v=pileup&off=acv", "Contrats", least_height=320))
    assert found["src"] == "carte.html#v=pileup&off=acv"
    assert found["title"] == "Contrats"
    assert found["loading"] == "lazy"
    assert "width:100%;aspect-ratio:4/3;min-height:320px" in (found["style"] or "")
    sandbox = (found["sandbox"] or "").split()
    assert {"allow-scripts", "allow-downloads", "allow-popups"} <= set(sandbox)
    assert "allow-same-origin" not in sandbox, "with it the sandbox would hold nothing back"


@pytest.mark.parametrize("case", SNIPPETS, ids=lambda case: case["title"])
def test_the_code_is_the_one_that_the_page_shares(case: dict[str, str]) -> None:
    """`client/src/share/embed.test.ts` reads the same cases."""
    assert embed_snippet(case["address"], case["title"]) == case["code"]


@pytest.mark.parametrize("title", ['"><script>alert(1)</script>', 'l\'eau & le "sol"', "<b>", "Été ’26"])
def test_no_title_leaves_its_attribute(title: str) -> None:
    found = attributes(embed_snippet("carte.html?a=1&b=2", title))
    assert (found["title"], found["src"]) == (title, "carte.html?a=1&b=2")
    assert set(found) == {"src", "title", "loading", "sandbox", "style"}


@pytest.mark.parametrize(
    "address",
    [
        *("javascript:alert(1)", " JavaScript:alert(1)", "data:text/html,x", "", " "),
        *("java\tscript:alert(1)", "java\nscript:alert(1)", "\x01javascript:alert(1)", "a b.html"),
    ],
)
def test_what_is_no_page_is_refused(address: str) -> None:
    with pytest.raises(UnknownOptionError, match="not the address of a page"):
        embed_snippet(address, "Carte")


def test_a_height_of_nothing_is_refused() -> None:
    with pytest.raises(UnknownOptionError, match="“0” is no height"):
        embed_snippet("carte.html", "Carte", least_height=0)


def test_a_file_is_named_as_an_address() -> None:
    assert file_address(Path("maps/Carte d'été #2.html")) == "Carte%20d%27%C3%A9t%C3%A9%20%232.html"
    assert (
        attributes(embed_snippet(file_address(Path("javascript:x.html")), "x"))["src"]
        == "javascript%3Ax.html"
    )


def test_the_page_is_told_what_surrounds_it(with_contracts: Callable[..., Path]) -> None:
    from geocontracts.records.read import read_register

    register = read_register(with_contracts(ROW))
    for options, told in (
        (MapOptions(), ("page", False)),
        (MapOptions(embed=True), ("embed", False)),
        (MapOptions(bridge=True), ("page", True)),
    ):
        payload = build_content(register, options).payload
        assert (payload["chrome"], payload["bridge"]) == told


def test_the_command_writes_the_page_and_tells_the_code(
    with_contracts: Callable[..., Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page, code = tmp_path / "ma carte.html", tmp_path / "code.html"
    title = 'Contrats "du" Lensois'
    wanted = ["map", str(with_contracts(ROW)), "-o", str(page), "--title", title, "--snippet", str(code)]
    assert main(wanted) == 0
    said = capsys.readouterr().out
    assert "Code à coller dans la page" in said
    snippet = code.read_text(encoding="utf-8").strip()
    assert snippet in said
    assert attributes(snippet)["src"] == "ma%20carte.html"
    assert attributes(snippet)["title"] == title
    assert payload_of(page.read_text(encoding="utf-8"))["chrome"] == "embed"


def test_without_the_option_no_code_is_told(
    with_contracts: Callable[..., Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "carte.html"
    assert main(["map", str(with_contracts(ROW)), "-o", str(page)]) == 0
    assert "iframe" not in capsys.readouterr().out
    assert payload_of(page.read_text(encoding="utf-8"))["chrome"] == "page"


def test_the_code_is_never_written_over_the_page_or_the_register(
    with_contracts: Callable[..., Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, page = with_contracts(ROW), tmp_path / "carte.html"
    table = folder / "contracts.csv"
    before = table.read_bytes()
    for target in (page, table):
        assert main(["map", str(folder), "-o", str(page), "--snippet", str(target)]) == 2
        assert target.name in capsys.readouterr().err
    assert table.read_bytes() == before
    assert not page.exists()


def test_a_title_is_one_line_whatever_it_holds() -> None:
    assert (
        attributes(embed_snippet("carte.html", "Nos\n\ncontrats\x1b \udce9"))["title"]
        == "Nos contrats\ufffd \ufffd"
    )
