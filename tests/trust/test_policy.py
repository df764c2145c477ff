"""What the pages let in: their own scripts and styles by hash, tiles where they were asked for, no more."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest

from geocontracts.cli import main
from geocontracts.outputs.comparison.compare import compare
from geocontracts.outputs.comparison.page import render_changes
from geocontracts.outputs.report import About, build_report, write_report
from geocontracts.outputs.sheets.write import SheetMaker, render_sheet
from geocontracts.perimeters.perimeter import resolve_perimeters
from geocontracts.records.read import read_register
from geocontracts.webmap.page import render_page
from geocontracts.webmap.payload import BASEMAPS, MapOptions, build_content
from geocontracts.webmap.statement import render_statement
from tests.browser.test_hostile import LINKS, go, trapped
from tests.webmap.test_page import payload_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Browser

    from geocontracts.records.register import Register

pytestmark = pytest.mark.thorough  # with every check in CI: the default run is kept short

HOSTS = {"none": "", "plan": " https://data.geopf.fr", "osm": " https://tile.openstreetmap.org"}
CODE = {"", "text/javascript", "module"}


class Parts(HTMLParser):
    """The scripts and styles of a page, its policy and links, and what would run outside of scripts."""

    def __init__(self, page: str) -> None:
        """Read a page."""
        super().__init__()
        self.code: dict[str, list[str]] = {"script": [], "style": []}
        self.metas: dict[str, str] = {}
        self.links: list[dict[str, str]] = []
        self.inline: list[str] = []
        self.addresses: list[str] = []
        self._open: list[str] | None = None
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep what matters of an element."""
        told = {name: value or "" for name, value in attrs}
        self._open = None
        if tag == "style" or (tag == "script" and told.get("type", "") in CODE):
            self._open = self.code[tag]
            self._open.append("")
        if tag == "meta":
            self.metas[(told.get("http-equiv") or told.get("name") or "charset").lower()] = told.get(
                "content", ""
            )
        if tag == "a":
            self.links.append(told)
        self.inline += [name for name in told if name.startswith("on") or name == "style"]
        self.addresses += [
            told[name] for name in ("src", "srcdoc", "data", "action", "formaction") if name in told
        ]

    def handle_data(self, data: str) -> None:
        """Keep the text of a script or a style."""
        if self._open is not None:
            self._open[-1] += data

    def handle_endtag(self, _: str) -> None:
        """End a script or a style."""
        self._open = None

    @property
    def policy(self) -> dict[str, str]:
        """The rules of the policy by name."""
        rules = (rule.strip().partition(" ") for rule in self.metas["content-security-policy"].split(";"))
        return {name: told for name, _, told in rules}


def hashes(texts: list[str]) -> set[str]:
    digests = (hashlib.sha256(text.encode()).digest() for text in texts)
    return {f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests}


GOOD = {"source": "https://www.nord.gouv.fr/bilan?a=1&b=2", "mission": "https://www.cerema.fr/mission"}
BAD = (
    "javascript:alert(1)",
    "http://www.nord.gouv.fr/x",
    "https://gouv.fr@evil.example/",
    "https://a.fr/\u202e",
)
OURS = "https://www.etalab.gouv.fr/licence-ouverte-open-licence/"
TABLES = {
    "programmes": "id,name,family,source,section\nacv,Action cœur de ville,nouvelle-generation,doc,1\n",
    "sources": "id,title,publisher,published_on,url\n"
    f"doc,Bilan,Préfecture,2019,{GOOD['source']}\n"
    + "".join(f"bad{n},Bilan {n},Préfecture,2019,{address}\n" for n, address in enumerate(BAD)),
    "contracts": "id,programme,title,territories,status,source,section\n"
    "un,acv,Contrat,Arras,signed,doc,1\nperdu,acv,Perdu,Nulle part,signed,doc,1\n"
    + "".join(f"c{n},acv,Contrat {n},Arras,signed,bad{n},1\n" for n in range(len(BAD))),
    "missions": "id,programme,title,operator,territories,links,source,section\n"
    f"m,acv,Mission,Cerema,Arras,{';'.join((GOOD['mission'], *BAD))},doc,1\n",
}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Register:
    """Return a register of few contracts, with a good address of a source and of a mission, and bad ones."""
    folder = tmp_path_factory.mktemp("register")
    for name, text in TABLES.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return read_register(folder)


def report_page(register: Register, folder: Path) -> bytes:
    report = build_report(register, resolve_perimeters(register))
    write_report(report, folder / "report.html", about=About("liste.csv"))
    return (folder / "report.html").read_bytes()


def page_of(register: Register, basemap: str) -> bytes:
    return render_page(build_content(register, MapOptions(area="Pas-de-Calais", basemap=basemap)))  # type: ignore[arg-type]


MAKERS: dict[str, Callable[[Register, Path], bytes]] = {
    **{
        f"map-{basemap}": lambda register, _, basemap=basemap: page_of(register, basemap)
        for basemap in BASEMAPS
    },
    "embed": lambda register, _: render_page(
        build_content(register, MapOptions(area="Pas-de-Calais", embed=True))
    ),
    "comparison": lambda register, _: render_changes(compare(register, register, area="Pas-de-Calais")),
    "report": report_page,
    "territory": lambda register, _: render_sheet(SheetMaker(register).territory("Arras"), "html"),
    "programme": lambda register, _: render_sheet(SheetMaker(register).programme("acv"), "html"),
    "statement": lambda register, _: render_statement(
        build_content(register, MapOptions(area="Pas-de-Calais")).payload, "carte.html"
    ),
}
LEAVING = {  # where the links of a page lead that stand in its text; those of a map are made by its client
    "territory": {GOOD["source"]},
    "programme": {GOOD["source"]},
    "statement": {
        "carte.html",
        "https://www.defenseurdesdroits.fr/nous-contacter-355",
        "https://www.defenseurdesdroits.fr/carte-des-delegues",
        "https://www.legifrance.gouv.fr/jorf/id/JORFTEXT000038811937",
        "https://accessibilite.numerique.gouv.fr/",
    },
}


@pytest.mark.parametrize("name", MAKERS)
def test_only_what_the_page_brings_is_let_in(small: Register, tmp_path: Path, name: str) -> None:
    parts = Parts(MAKERS[name](small, tmp_path).decode("utf-8"))
    policy = parts.policy
    is_map = name in ("embed", "comparison") or name.startswith("map-")
    assert policy["default-src"] == policy["base-uri"] == policy["form-action"] == "'none'"
    assert set(policy["style-src"].split()) == hashes(parts.code["style"])
    assert set(policy.get("script-src", "").split()) == hashes(parts.code["script"])
    assert bool(parts.code["script"]) is is_map
    expected = f"data:{HOSTS[name.removeprefix('map-')] if name.startswith('map-') else ''}"
    assert policy.get("img-src") == (expected if is_map else None)
    assert set(policy) <= {"default-src", "script-src", "style-src", "img-src", "base-uri", "form-action"}
    assert "unsafe" not in parts.metas["content-security-policy"]
    assert parts.metas["referrer"] == "no-referrer"
    assert parts.inline == [], "no handler and no style that the policy would have to let in"
    assert parts.addresses == []
    leaving = [link for link in parts.links if not link["href"].startswith("#")]
    assert {link["href"] for link in leaving} == LEAVING.get(name, set())
    away = [link for link in leaving if "://" in link["href"]]
    assert all("noreferrer" in link.get("rel", "").split() for link in away)


def hrefs(held: object) -> set[str]:
    """Return all addresses that what a page holds would make links of."""
    if isinstance(held, dict):
        mine = {held["href"]} if held.get("href") else set()
        return mine.union(*map(hrefs, held.values()))
    return set().union(*map(hrefs, held)) if isinstance(held, list) else set()


@pytest.mark.parametrize("chosen", [MapOptions(area="Pas-de-Calais"), MapOptions(area="Arras", embed=True)])
def test_a_map_holds_the_good_addresses_alone(small: Register, chosen: MapOptions) -> None:
    page = render_page(build_content(small, chosen)).decode("utf-8")
    assert hrefs(payload_of(page)) == {*GOOD.values(), OURS}
    block = re.findall('<script type="application/ld[+]json">(.*?)</script>', page, flags=re.DOTALL)
    assert len(block) == 1
    assert "nord.gouv.fr/bilan" in block[0]
    assert not [address for address in BAD if address in block[0]]


def test_the_client_makes_links_of_the_good_addresses_alone(
    browser: Browser, small: Register, tmp_path: Path
) -> None:
    path = tmp_path / "carte.html"
    path.write_bytes(page_of(small, "none"))
    events: list[str] = []
    leaving: dict[str, str] = {}
    with trapped(browser, path, events) as page:
        for fragment in ("at=record:m", "at=record:un", "at=record:c0", "at=commune:62041"):
            go(page, fragment)
            page.locator(".gc-card h4").first.wait_for()
            page.evaluate(
                "() => document.querySelectorAll('details').forEach((each) => { each.open = true; })"
            )
            leaving |= {href: rel for href, rel, _ in page.evaluate(LINKS) if not href.startswith("#")}
        page.get_by_role("button", name="À propos", exact=True).click()
        leaving |= {href: rel for href, rel, _ in page.evaluate(LINKS) if not href.startswith("#")}
    assert events == []
    assert set(leaving) == {*GOOD.values(), OURS}
    assert all("noopener noreferrer" in rel for rel in leaving.values())


def test_a_page_names_no_host_of_tiles_but_in_its_own_code(small: Register) -> None:
    """The addresses of tiles stand in the client's code; the policy lets none of them in, unless asked."""
    page = page_of(small, "none").decode("utf-8")
    outside = re.sub(r"<script>.*?</script>", "", page, flags=re.DOTALL)
    assert not re.search("geopf|openstreetmap", outside)


@pytest.mark.parametrize(
    ("basemap", "host"), [("plan", "data.geopf.fr"), ("osm", "tile.openstreetmap.org"), (None, None)]
)
def test_whom_a_basemap_asks_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], small: Register, basemap: str | None, host: str | None
) -> None:
    chosen = ["--basemap", basemap] if basemap else []
    path = tmp_path / "liste.csv"
    path.write_text("Intitulé,Dispositif,Commune\nContrat,acv,Arras\n", encoding="utf-8")
    main(["map", str(path), "-o", str(tmp_path / "m.html"), *chosen])
    said = capsys.readouterr()
    about = build_content(small, MapOptions(area="Pas-de-Calais", basemap=basemap or "none")).payload[
        "words"
    ]["about.text"]  # type: ignore[arg-type]
    for told in (said.err + said.out, about):
        assert ("adresse IP du lecteur" in told) is bool(host)
        assert host is None or host in told
