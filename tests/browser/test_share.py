"""A link opens the map as it was seen; hostile or foreign links do nothing; paper says what was narrowed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from geocontracts.records.read import read_register
from geocontracts.webmap.page import write_map
from geocontracts.webmap.payload import MapOptions
from tests.browser.conftest import keep, watched

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

RICH = "m=9.5/50.36/3.36&off=acv,pat&t=2017-2019&at=commune:59172&q=contrat"


class Linked:
    """A page with the end of an address, for `opened`, which asks for a path."""

    def __init__(self, path: Path, fragment: str) -> None:
        """Remember both."""
        self.path, self.fragment = path, fragment

    def as_uri(self) -> str:
        """Return the address with its end."""
        return f"{self.path.as_uri()}#{self.fragment}"


def fragment(page: Page) -> str:
    """Return the end of the address once it has been written."""
    page.wait_for_timeout(1000)
    return page.evaluate("() => location.hash")


def share(page: Page) -> str:
    """Open the dialogue and return its link."""
    page.get_by_role("button", name="Partager", exact=True).click()
    return page.get_by_role("textbox", name="Lien vers cette vue").input_value()


def layers_off(page: Page) -> list[str]:
    return page.locator(".gc-off .gc-line-name").all_inner_texts()


def see(page: Page) -> dict[str, object]:
    """Return what a reader sees of the state."""
    return page.evaluate(
        """() => {
          const map = window.geocontracts.map;
          const at = map.getCenter();
          return {
            off: [...document.querySelectorAll(".gc-off .gc-line-name")].map((node) => node.textContent),
            place: document.querySelector(".gc-panel:not([hidden]) h2")?.textContent ?? null,
            needle: document.querySelector(".gc-narrow").value,
            view: [map.getZoom(), at.lat.toFixed(2), at.lng.toFixed(2)],
          };
        }"""
    )


def test_a_link_opens_the_map_as_it_was_seen(opened: Callable[..., Page], region_page: Path) -> None:
    with opened(Linked(region_page, RICH)) as page:
        expect(page.get_by_role("heading", level=2, name="Denain", exact=True)).to_be_visible()
        assert layers_off(page) == ["Action cœur de ville", "Projets alimentaires territoriaux"]
        assert page.evaluate("() => window.geocontracts.map.getZoom()") == 9.5
        expect(page.get_by_role("searchbox", name="Chercher dans la légende")).to_have_value("contrat")
        said = dict(part.split("=", 1) for part in page.evaluate("() => location.hash")[1:].split("&"))
        sent = dict(part.split("=", 1) for part in RICH.split("&"))
        seen, view = (map(float, each.pop("m").split("/")) for each in (said, sent))
        assert list(seen) == pytest.approx(list(view), abs=0.001), "half a pixel of a late layout is no move"
        assert said == sent
        expect(page.get_by_role("button", name="Fermer ce message")).to_be_hidden()
        link, seen = share(page), see(page)
        keep(page, "share")
    with opened(Linked(region_page, link.split("#")[1])) as page:
        expect(page.get_by_role("heading", level=2, name="Denain", exact=True)).to_be_visible()
        assert see(page) == seen


@pytest.mark.thorough
def test_the_state_is_there_before_the_first_layers(browser: Browser, region_page: Path) -> None:
    """What a link switches off is never painted: the first picture of the layers is the last."""
    context = browser.new_context(
        viewport={"width": 900, "height": 700}, offline=True, reduced_motion="reduce"
    )
    page = context.new_page()
    page.add_init_script(
        """
        const mark = performance.mark.bind(performance);
        const ink = (name) => {
          const canvas = document.querySelector(`.gc-canvas-${name}`);
          const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
          return data.some((value) => value > 0);
        };
        performance.mark = (name, ...more) => {
          if (name === "geocontracts:layers") window.painted = [ink("layers"), ink("symbols")];
          return mark(name, ...more);
        };"""
    )
    for end, inked in (("", True), ("#none", False), ("#only=acv", True)):
        page.goto("about:blank")
        page.goto(region_page.as_uri() + end)
        page.evaluate("() => window.geocontracts.ready")
        layers, symbols = page.evaluate("() => window.painted")
        assert (layers or symbols) is inked, end
    assert layers is False, "Action cœur de ville is symbols alone"
    context.close()


@pytest.mark.thorough
def test_what_one_does_is_written_in_the_address(opened: Callable[..., Page], region_page: Path) -> None:
    with opened(region_page) as page:
        assert fragment(page) == ""
        before = page.evaluate("() => history.length")
        page.get_by_role("checkbox", name=re.compile("^Territoires d’industrie")).uncheck()
        assert fragment(page) == "#off=territoires-industrie"
        page.get_by_role("button", name="Aucun\u00a0: toutes les couches").click()
        assert fragment(page) == "#none"
        page.get_by_role("checkbox", name=re.compile("^Action cœur de ville ,")).check()
        assert fragment(page) == "#none&on=acv"
        page.get_by_role("button", name="Tout\u00a0: toutes les couches").click()
        page.get_by_role("combobox", name="Chercher un lieu ou un contrat").fill("02168")
        expect(page.get_by_role("option").first).to_be_visible()
        page.keyboard.press("Enter")
        assert re.fullmatch(r"#m=[\d.]+/49\.\d+/3\.\d+&at=commune:02168", fragment(page))
        page.get_by_role("button", name="Tout le territoire").click()
        page.get_by_role("button", name="Fermer la fiche").click()
        assert fragment(page) == ""
        page.get_by_role("application").focus()
        page.keyboard.press("ArrowRight")
        assert fragment(page).startswith("#m=")
        assert page.evaluate("() => history.length") == before, "the history is full of small steps"


@pytest.mark.thorough
def test_an_address_changed_by_hand_is_followed(opened: Callable[..., Page], region_page: Path) -> None:
    with opened(region_page) as page:
        page.evaluate("() => { location.hash = '#at=epci:200033579&only=acv'; }")
        expect(page.locator(".gc-panel h2")).to_have_text("CU d'Arras")
        expect(page.get_by_role("checkbox", checked=True)).to_have_count(1)
        page.evaluate("() => { location.hash = '#gc-map'; }")
        page.wait_for_timeout(300)
        expect(page.get_by_role("checkbox", checked=True)).to_have_count(1)
        page.evaluate("() => { location.hash = ''; }")
        expect(page.locator(".gc-panel")).to_be_hidden()
        assert layers_off(page) == []


@pytest.mark.thorough
def test_what_does_not_exist_here_is_said_once(opened: Callable[..., Page], region_page: Path) -> None:
    with opened(Linked(region_page, "off=acv,parti&at=commune:99999")) as page:
        said = page.get_by_role("status").filter(has_text="Une partie de ce lien")
        expect(said).to_have_text(
            "Une partie de ce lien n’existe pas dans cette carte\u00a0: parti, commune:99999."
        )
        assert layers_off(page) == ["Action cœur de ville"]
        page.get_by_role("button", name="Fermer ce message").click()
        expect(said).to_have_count(0)
        page.get_by_role("checkbox", name=re.compile("^Territoires d’industrie")).uncheck()
        assert fragment(page) == "#off=territoires-industrie,acv"
        expect(page.get_by_role("button", name="Fermer ce message")).to_be_hidden()


@pytest.mark.parametrize(
    "hostile",
    [
        "at=commune:%3Cimg%20src%3Dx%20onerror%3Dwindow.hit%3D1%3E",
        "off=__proto__,constructor&sort=constructor&v=__proto__.toString",
        "q=%3Cscript%3Ewindow.hit%3D1%3C%2Fscript%3E&f.theme=%3Csvg%20onload%3Dwindow.hit%3D1%3E",
        *(
            pytest.param(each, marks=pytest.mark.thorough)
            for each in (
                "m=1e99/NaN/Infinity&t=99999-0&f.amount=-1e400",
                "m=9/-89/179",
                "off=" + "a," * 20_000,
                "%E0%A4%A=%&&&==",
                "javascript:window.hit=1",
            )
        ),
    ],
)
def test_a_hostile_link_does_nothing(opened: Callable[..., Page], region_page: Path, hostile: str) -> None:
    with opened(Linked(region_page, hostile)) as page:
        assert page.evaluate("() => window.hit === undefined && {}.hit === undefined")
        assert layers_off(page) == []
        expect(page.locator(".gc-panel")).to_be_hidden()
        centre = page.evaluate("() => window.geocontracts.map.getCenter()")
        assert 48 < centre["lat"] < 52
        assert 0 < centre["lng"] < 5


def test_the_dialogue_copies_the_link_and_the_code(browser: Browser, region_page: Path) -> None:
    context = browser.new_context(locale="fr-FR", offline=True, permissions=["clipboard-read"])
    page = context.new_page()
    page.goto(f"{region_page.as_uri()}#at=commune:59172&off=acv,pat")
    page.evaluate("() => window.geocontracts.ready")
    button = page.get_by_role("button", name="Partager", exact=True)
    button.click()
    link = page.get_by_role("textbox", name="Lien vers cette vue")
    expect(link).to_be_focused()
    assert link.get_attribute("readonly") is not None
    selected = link.evaluate("(field) => field.value.slice(field.selectionStart, field.selectionEnd)")
    assert selected == link.input_value()
    view = r"m=[0-9.]+/50\.\d+/3\.\d+"  # a link that chooses a place shows it
    assert re.fullmatch(rf"{re.escape(region_page.as_uri())}#{view}&off=acv,pat&at=commune:59172", selected)
    page.get_by_role("button", name="Copier le lien").click()
    expect(page.locator(".gc-share-said")).to_have_text("Lien copié.")
    assert page.evaluate("() => navigator.clipboard.readText()") == link.input_value()
    expect(page.get_by_role("dialog")).to_contain_text("n’est envoyé nulle part")
    expect(page.get_by_role("dialog")).to_contain_text("le lien ne s’ouvre que chez qui a le même fichier")
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('refused')); }")
    page.get_by_role("button", name="Copier le code").click()
    expect(page.locator(".gc-share-said")).to_have_text("Code copié.")
    code = page.evaluate("() => navigator.clipboard.readText()")
    assert code == page.get_by_role("textbox", name="Code pour l’intégrer").input_value()
    frame = page.evaluate(
        """(code) => {
          const frame = new DOMParser().parseFromString(code, "text/html").querySelector("iframe");
          return { src: frame.src, title: frame.title, loading: frame.loading,
                   closed: frame.sandbox.length > 0 && !frame.sandbox.contains("allow-same-origin"),
                   responsive: frame.getAttribute("style").startsWith("width:100%;aspect-ratio:4/3") };
        }""",
        code,
    )
    title = "Contrats territoriaux — Hauts-de-France"
    shown = {"src": link.input_value(), "title": title, "loading": "lazy"}
    assert frame == shown | {"closed": True, "responsive": True}
    page.evaluate("() => { document.execCommand = () => false; }")
    page.get_by_role("button", name="Copier le lien").click()
    expect(page.locator(".gc-share-said")).to_contain_text("Ctrl")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(button).to_be_focused()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Fermer", exact=True).click()
    expect(button).to_be_focused()
    context.close()


@pytest.fixture
def hosted(browser: Browser, tmp_path: Path) -> Iterator[Callable[..., Page]]:
    """Return a function that opens a host page of 600 x 400 around a map."""
    contexts = []

    def host(target: str, sandbox: str) -> Page:
        path = tmp_path / "host.html"
        path.write_text(
            "<!doctype html><title>Host</title>"
            f'<iframe title="Map" width="600" height="400" {sandbox} src="{target}"></iframe>',
            encoding="utf-8",
        )
        context = browser.new_context(
            viewport={"width": 700, "height": 500}, offline=True, reduced_motion="reduce"
        )
        contexts.append(context)
        page = context.new_page()
        page.complaints = watched(page)  # type: ignore[attr-defined]
        page.goto(path.as_uri())
        return page

    yield host
    for context in contexts:
        context.close()


@pytest.mark.parametrize("sandbox", ["", 'sandbox="allow-scripts"'])
@pytest.mark.thorough
def test_in_a_frame_of_another_page_it_works(
    hosted: Callable[..., Page], region_page: Path, sandbox: str
) -> None:
    page = hosted(f"{region_page.as_uri()}#off=acv,pat", sandbox)
    frame = page.frame_locator("iframe")
    inner = page.frames[1]
    expect(frame.get_by_role("button", name="Tout le territoire")).to_be_visible()
    inner.evaluate("() => window.geocontracts.ready")
    assert frame.locator(".gc-off .gc-line-name").all_inner_texts() == [
        "Action cœur de ville",
        "Projets alimentaires territoriaux",
    ]
    assert inner.evaluate("() => document.documentElement.scrollWidth") <= 600
    frame.get_by_role("combobox", name="Chercher un lieu ou un contrat").fill("59172")
    expect(frame.get_by_role("option").first).to_be_visible()
    frame.get_by_role("combobox", name="Chercher un lieu ou un contrat").press("Enter")
    expect(frame.get_by_role("heading", level=2, name="Denain", exact=True)).to_be_visible()
    page.wait_for_timeout(600)
    keep(page, "framed-sandbox" if sandbox else "framed")
    frame.locator(".gc-tool", has_text="Partager").evaluate("(tool) => tool.click()")
    link = frame.get_by_role("textbox", name="Lien vers cette vue").input_value()
    assert link.startswith(f"{region_page.as_uri()}#m=")
    assert link.endswith("&off=acv,pat&at=commune:59172")
    frame.get_by_role("button", name="Copier le lien").click()
    expect(frame.locator(".gc-share-said")).not_to_be_empty()
    assert page.complaints == []  # type: ignore[attr-defined]


def placed(path: Path) -> list[tuple[str, float, float]]:
    """Return the pieces of text of a PDF with where they begin, in points from the lower left."""
    found: list[tuple[str, float, float]] = []

    def visit(text: str, outer: list[float], inner: list[float], *_: object) -> None:
        x, y = inner[4], inner[5]
        found.append((text, x * outer[0] + y * outer[2] + outer[4], x * outer[1] + y * outer[3] + outer[5]))

    for sheet in PdfReader(path).pages:
        sheet.extract_text(visitor_text=visit)
    return found


def paper(page: Page, folder: Path, name: str = "map") -> list[str]:
    """Print, and return the text of each page of paper."""
    path = folder / f"{name}.pdf"
    page.pdf(path=path, prefer_css_page_size=True, print_background=True)
    sheets = [sheet.extract_text() for sheet in PdfReader(path).pages]
    return [" ".join(sheet.split()) for sheet in sheets if sheet.strip()]


@pytest.mark.thorough
def test_paper_names_what_was_chosen(opened: Callable[..., Page], region_page: Path, tmp_path: Path) -> None:
    with opened(Linked(region_page, "at=commune:59172")) as page:
        expect(page.get_by_role("heading", level=2, name="Denain", exact=True)).to_be_visible()
        assert "Mis en évidence : Denain ·" in paper(page, tmp_path)[0].replace("\u00a0", " ")


@pytest.mark.thorough
def test_paper_says_what_narrows_the_map(
    opened: Callable[..., Page], region_page: Path, tmp_path: Path
) -> None:
    end = "f.kind=contract,operation&f.dep=59&t=2017-2019&off=territoires-industrie&q=zzzz"
    with opened(Linked(region_page, end)) as page:
        assert page.locator(".gc-print-state").is_hidden()
        first, *rest = paper(page, tmp_path)
        assert "Filtres : contrats, opérations ; Nord" in first
        assert "En vigueur de 2017 à 2019" in first
        assert "Emplois francs" in first, "a search in the legend does not take it off the paper"
        assert "Couches masquées : Territoires d’industrie · Imprimé le" in first
        assert first.count("Territoires d’industrie") == 1, "that layer is off: it is not in the legend"
        assert "Missions d’ingénierie" not in first, "no mission passes"
        assert "Comment lire la carte" in first
        assert "20 km" in first
        assert "↑" in first
        assert "Documents :" in first
        for gone in ("Imprimer", "Partager", "Tableau", "Chercher", "Replier", "Aucun dispositif"):
            assert gone not in first
        assert rest == [], "nothing in the Nord is left without a drawing"
    with opened(region_page) as page:
        first, rest = paper(page, tmp_path)
        assert "Non dessinés sur la carte" in rest, "the list of what is not drawn has a page of its own"
        assert "Sambre canalisée" in rest
        assert "Filtres" not in first
        assert "En vigueur de" not in first


@pytest.mark.thorough
def test_on_paper_a_thematic_map_has_its_own_key(
    opened: Callable[..., Page], region_page: Path, tmp_path: Path
) -> None:
    with opened(region_page) as page:
        page.get_by_role("radio", name="Cumul").check(force=True)
        first = paper(page, tmp_path)[0]
        assert "Nombre de contrats par commune" in first
        assert "Comment lire la carte" not in first
        assert "Action cœur de ville" not in first


@pytest.mark.thorough
@pytest.mark.parametrize("count", [59, 30, 40, 140])
def test_the_legend_is_never_cut_on_paper(opened: Callable[..., Page], tmp_path: Path, count: int) -> None:
    table = tmp_path / "list.csv"
    towns = ["Denain (59)", "Creil (60)", "Laon (02)", "Arras (62)", "Abbeville (80)"]
    rows = "\n".join(
        f"Contrat {n};Dispositif territorial numéro {n:03d} d’accompagnement;{towns[n % 5]}"
        for n in range(1, count + 1)
    )
    table.write_text(f"Intitulé;Dispositif;Territoires\n{rows}\n", encoding="utf-8")
    path = tmp_path / "map.html"
    write_map(read_register(table), path, MapOptions())
    with opened(path) as page:
        sheets = paper(page, tmp_path)
        density = page.evaluate("() => document.querySelector('.gc').dataset.density")
        assert len(sheets) <= (3 if density == "apart" else 1)
        assert "Légende" in sheets[0]
        assert "↑" in sheets[-1]
        found = placed(tmp_path / "map.pdf")
        assert [n for n in range(1, count + 1) if f"numéro {n:03d}" not in " ".join(sheets)] == []
        beside = 842 if density == "apart" else 8 / 25.4 * 72 + 121 / 25.4 * 72
        names = [(x, y) for text, x, y in found if "Dispositif territorial" in text]
        assert len(names) >= count
        assert [(x, y) for x, y in names if not (0 < x < beside and 0 < y < 595)] == []
