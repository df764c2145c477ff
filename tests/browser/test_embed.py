"""The small page in a host page, framed as `embed_snippet` says: scrolled past, read, opened large."""

from __future__ import annotations

import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import expect

from geocontracts.records.read import read_register
from geocontracts.webmap.embed import embed_snippet, file_address
from geocontracts.webmap.page import write_map
from geocontracts.webmap.payload import MapOptions
from tests.browser.conftest import keep, watched

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Frame, Page

# Where the host page is once it has stood still for a while.
REST = """() => new Promise((resolve) => {
  let last = -1, same = 0;
  const look = () => {
    same = scrollY === last ? same + 1 : 0;
    last = scrollY;
    if (same > 20) resolve(last); else requestAnimationFrame(look);
  };
  look();
})"""
SIZES = [(320, 400), (640, 400), (900, 600)]


@pytest.fixture(scope="module")
def small_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the page of the bundled register, to be embedded."""
    path = tmp_path_factory.mktemp("embedded") / "carte d'essai.html"
    write_map(read_register(), path, MapOptions(embed=True))
    return path


@pytest.fixture(scope="module")
def site(small_page: Path) -> Iterator[str]:
    """Serve the folder of the page on this machine, as a web site would; return its address."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(small_page.parent)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def write_host(small_page: Path, width: int, height: int, end: str) -> Path:
    """Write a long page that shows the map in a frame of this size, with the code that we give."""
    path = small_page.with_name("host.html")
    snippet = embed_snippet(file_address(small_page) + end, "Carte d’essai")
    path.write_text(
        '<!doctype html><html lang="fr"><meta charset="utf-8"><title>Page</title>'
        '<link rel="icon" href="data:,"><meta name="viewport" content="width=device-width">'
        f"<style>iframe {{ height: {height}px; aspect-ratio: auto !important }}</style>"
        '<body style="margin:0;height:3000px"><h1>Page du site</h1>'
        f'<div style="width:{width}px">{snippet}</div></body>',
        encoding="utf-8",
    )
    return path


@pytest.fixture
def hosted(browser: Browser, small_page: Path, site: str) -> Iterator[Callable[..., tuple[Page, Frame]]]:
    """Return a function that opens a long host page with the map in it, on a site or as a file."""
    contexts = []

    def host(
        width: int, height: int, end: str = "", *, served: bool = True, **options: Any
    ) -> tuple[Page, Frame]:
        path = write_host(small_page, width, height, end)
        context = browser.new_context(
            viewport={"width": width, "height": height + 200},
            locale="fr-FR",
            reduced_motion="reduce",
            **options,
        )
        context.route(
            lambda url: url.startswith("http") and not url.startswith(site), lambda route: route.abort()
        )
        page = context.new_page()
        contexts.append((context, watched(page)))
        page.goto(f"{site}/{path.name}" if served else path.as_uri())
        frame = page.frames[1]
        frame.wait_for_function("() => window.geocontracts")
        frame.evaluate("() => window.geocontracts.ready")
        return page, frame

    yield host
    for context, complaints in contexts:
        context.close()
        assert [each for each in complaints if not each.startswith(site)] == []


def zoom(frame: Frame) -> float:
    return float(frame.evaluate("() => window.geocontracts.map.getZoom()"))


def over_the_map(page: Page) -> None:
    """Bring the pointer over the middle of the map."""
    box = page.locator("iframe").bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] * 0.6)


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.thorough
def test_title_scale_and_sources_are_readable_whatever_is_open(
    hosted: Callable[..., tuple[Page, Frame]], width: int, height: int
) -> None:
    page, frame = hosted(width, height)
    expect(frame.get_by_role("heading", level=1)).to_be_visible()
    assert frame.evaluate("() => [document.documentElement.scrollWidth, innerHeight]") == [width, height]
    for chrome in (".gc-search", ".gc-toolbar", ".gc-drawer", ".gc-table-panel"):
        expect(frame.locator(chrome)).to_have_count(0)
    button = frame.get_by_role("button", name="Légende", exact=True)
    expect(button).to_have_attribute("aria-expanded", "false")
    for sheet in (None, ".gc-scroll", ".gc-panel"):
        if sheet == ".gc-scroll":
            button.click()
        if sheet == ".gc-panel":
            page.keyboard.press("Escape")
            frame.evaluate("() => { location.hash = '#at=commune:59172'; }")
            expect(frame.get_by_role("heading", level=2, name="Denain", exact=True)).to_be_visible()
        foot = frame.evaluate(
            """(sheet) => {
              const clear = (node) => {
                const { left, top, width, height } = node.getBoundingClientRect();
                const hit = document.elementFromPoint(left + width / 2, top + height / 2);
                return width > 20 && height > 5 && top + height <= innerHeight && node.contains(hit);
              };
              const over = sheet && document.querySelector(sheet).getBoundingClientRect();
              const inside = !over || (over.left >= 0 && over.top >= 0 && over.right <= innerWidth);
              const [scale, credits] = document.querySelectorAll(".gc-scalebar, .gc-credits");
              return [clear(scale), clear(credits), inside];
            }""",
            sheet,
        )
        assert foot == [True, True, True], sheet
        keep(page, f"embed-{width}-{(sheet or 'map').removeprefix('.gc-')}")
    assert "IGN ADMIN EXPRESS" in frame.locator(".gc-credits").inner_text()


def test_the_keyboard_opens_reads_and_leaves_each_sheet(hosted: Callable[..., tuple[Page, Frame]]) -> None:
    page, frame = hosted(320, 400)
    button = frame.get_by_role("button", name="Légende", exact=True)
    button.focus()
    page.keyboard.press("Enter")
    expect(frame.get_by_role("button", name="Fermer la légende")).to_be_focused()
    page.keyboard.press("Escape")
    expect(button).to_be_focused()
    expect(frame.locator("#gc-legend")).to_be_hidden()
    frame.locator(".gc-map").focus()
    page.keyboard.press("Enter")
    heading = frame.locator("#gc-panel h2")
    expect(heading).to_be_focused()
    page.keyboard.press("Escape")
    expect(frame.locator("#gc-panel")).to_be_hidden()
    expect(frame.locator(".gc-map")).to_be_focused()
    frame.get_by_role("button", name="Aller à la légende").focus()
    page.keyboard.press("Enter")
    expect(frame.locator("#gc-legend-title")).to_be_focused()


@pytest.mark.parametrize("end", ["", "#at=commune:59172", "#v=pileup&t=2017-2019"])
@pytest.mark.thorough
def test_axe_finds_nothing(hosted: Callable[..., tuple[Page, Frame]], end: str) -> None:
    _, frame = hosted(640, 400, end)
    if not end.startswith("#at"):
        frame.get_by_role("button", name="Légende", exact=True).click()
    frame.evaluate(AXE_SCRIPT)
    found = frame.evaluate("() => axe.run(document, { resultTypes: ['violations'] })")
    assert [(each["id"], [node["html"] for node in each["nodes"]]) for each in found["violations"]] == []


def test_the_wheel_belongs_to_the_host_page_but_with_ctrl(hosted: Callable[..., tuple[Page, Frame]]) -> None:
    page, frame = hosted(640, 400)
    before = zoom(frame)
    over_the_map(page)
    hint = frame.locator(".gc-gesture")
    expect(hint).to_have_css("opacity", "0")
    page.mouse.wheel(0, 40)
    expect(hint).to_have_text("Ctrl + molette pour changer l’échelle")
    expect(hint).to_have_css("opacity", "0.92")
    page.wait_for_function("() => scrollY === 40")
    assert zoom(frame) == before
    page.keyboard.down("Control")
    page.mouse.wheel(0, -200)
    page.keyboard.up("Control")
    frame.wait_for_function("(before) => window.geocontracts.map.getZoom() > before", arg=before)
    assert page.evaluate("() => scrollY") == 40
    expect(hint).to_have_css("opacity", "0")
    after = zoom(frame)
    page.mouse.wheel(0, 40)
    page.wait_for_function("() => scrollY === 80")
    assert zoom(frame) == after


@pytest.mark.thorough
def test_one_finger_scrolls_the_host_page_and_two_zoom_the_map(
    hosted: Callable[..., tuple[Page, Frame]],
) -> None:
    page, frame = hosted(320, 400, has_touch=True, is_mobile=True)
    devices = page.context.new_cdp_session(page)

    def touch(kind: str, *heights: float) -> None:
        points = [{"x": 160, "y": height, "id": finger} for finger, height in enumerate(heights)]
        devices.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
        frame.evaluate("() => new Promise(requestAnimationFrame)")  # a finger takes its time

    centre = "() => { const { lat, lng } = window.geocontracts.map.getCenter(); return [lat, lng]; }"
    before, scale = frame.evaluate(centre), zoom(frame)
    touch("touchStart", 330)
    for step in range(12):
        touch("touchMove", 320 - 10 * step)
    touch("touchEnd")
    page.wait_for_function("() => scrollY > 40")
    assert frame.evaluate(centre) == before
    expect(frame.locator(".gc-gesture")).to_have_text("Deux doigts pour déplacer la carte")
    still = page.evaluate(REST)
    touch("touchStart", 200, 240)
    for step in range(10):
        touch("touchMove", 198 - 6 * step, 242 + 6 * step)
    touch("touchEnd")
    frame.wait_for_function("(scale) => window.geocontracts.map.getZoom() > scale + 0.5", arg=scale)
    assert page.evaluate("() => scrollY") == still


@pytest.mark.thorough
def test_a_shared_view_is_embedded_and_opens_large_as_it_is(
    hosted: Callable[..., tuple[Page, Frame]],
) -> None:
    page, frame = hosted(640, 400, "#v=pileup&off=acv&t=2017-2019")
    expect(frame.locator(".gc-title .gc-note").first).to_have_text("Cumul · En vigueur de 2017 à 2019")
    frame.get_by_role("button", name="Légende", exact=True).click()
    expect(frame.get_by_role("radio", name="Cumul")).to_be_checked()
    frame.get_by_role("radio", name="Montants").check(force=True)
    link = frame.get_by_role("link", name="Ouvrir en grand (nouvelle fenêtre)")
    with page.context.expect_page() as opening:
        link.click()
    large = opening.value
    large.evaluate("() => window.geocontracts.ready")
    assert large.evaluate("() => window.opener") is None
    assert large.url.endswith("#v=amounts&off=acv&t=2017-2019")
    expect(large.get_by_role("combobox", name="Chercher un lieu ou un contrat")).to_be_visible()
    expect(large.locator(".gc-time-title")).to_have_text("En vigueur de 2017 à 2019")


@pytest.mark.parametrize(("end", "ground"), [("", "#fbfaf7"), ("?theme=auto", "#23282c")])
@pytest.mark.thorough
def test_it_is_light_as_the_page_around_it_unless_that_asks_otherwise(
    hosted: Callable[..., tuple[Page, Frame]], end: str, ground: str
) -> None:
    """Its reader prefers dark pages, which few sites are."""
    page, frame = hosted(640, 400, f"{end}#at=commune:59172", color_scheme="dark")
    paper = "rgb(255, 255, 255)" if ground == "#fbfaf7" else "rgb(26, 31, 34)"
    expect(frame.locator(".gc-panel")).to_have_css("background-color", paper)
    scheme = "light" if ground == "#fbfaf7" else "light dark"
    expect(frame.locator(".gc")).to_have_css("color-scheme", scheme)
    hue = """() => {
      const style = getComputedStyle(document.querySelector(".gc-card"));
      return style.getPropertyValue("--hue") === style.getPropertyValue("--hue-light");
    }"""
    assert frame.evaluate(hue) is (ground == "#fbfaf7")
    page.wait_for_timeout(300)
    keep(page, f"embed-dark-reader{'-auto' if end else ''}")


@pytest.mark.thorough
def test_a_table_is_saved_from_inside_the_sandbox(hosted: Callable[..., tuple[Page, Frame]]) -> None:
    page, frame = hosted(900, 600, "#v=pileup")
    frame.get_by_role("button", name="Légende", exact=True).click()
    with page.expect_download() as saving:
        frame.get_by_role("button", name="CSV des communes").click()
    assert saving.value.suggested_filename.endswith(".csv")
    assert saving.value.path().stat().st_size > 1000


@pytest.mark.thorough
def test_a_place_under_the_sheet_is_brought_beside_it(hosted: Callable[..., tuple[Page, Frame]]) -> None:
    page, frame = hosted(900, 600)
    where = """() => {
      const { map } = window.geocontracts;
      const frame = map.getContainer().getBoundingClientRect();
      return [map.latLngToContainerPoint([50.2783, 3.9725]).x, frame.width];
    }"""
    x, _ = frame.evaluate(where)  # Maubeuge, in the east
    frame.evaluate("() => window.geocontracts.map.panBy([-100, 0], { animate: false })")
    box = page.locator("iframe").bounding_box()
    assert box
    y = frame.evaluate("() => window.geocontracts.map.latLngToContainerPoint([50.2783, 3.9725]).y")
    page.mouse.click(box["x"] + x + 100, box["y"] + y)
    expect(frame.locator("#gc-panel h2")).to_have_text("Maubeuge")
    left = frame.evaluate("() => document.querySelector('#gc-panel').getBoundingClientRect().left")
    assert x + 100 > left, "it was where the sheet stands now"
    assert frame.evaluate(where)[0] < left - 20


@pytest.mark.thorough
def test_as_a_file_in_a_sandbox_it_works_and_offers_no_window_that_cannot_open(
    hosted: Callable[..., tuple[Page, Frame]],
) -> None:
    _, frame = hosted(640, 400, "#at=commune:59172", served=False)
    expect(frame.get_by_role("heading", level=2, name="Denain", exact=True)).to_be_visible()
    expect(frame.get_by_role("button", name="Légende", exact=True)).to_be_visible()
    expect(frame.get_by_role("link", name="Ouvrir en grand")).to_have_count(0)


@pytest.mark.thorough
def test_on_its_own_the_page_is_whole(opened: Callable[..., Page], small_page: Path) -> None:
    with opened(small_page) as page:
        expect(page.get_by_role("combobox", name="Chercher un lieu ou un contrat")).to_be_visible()
        expect(page.get_by_role("button", name="Partager", exact=True)).to_be_visible()
        expect(page.get_by_role("link", name="Ouvrir en grand")).to_have_count(0)
        before = page.evaluate("() => window.geocontracts.map.getZoom()")
        page.mouse.move(700, 400)
        page.mouse.wheel(0, -200)
        page.wait_for_function("(before) => window.geocontracts.map.getZoom() > before", arg=before)
