"""The file: whole, closed to everything else, the same bytes each time, safe as text."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import subprocess
import sys
import zlib
from typing import TYPE_CHECKING, Any

import folium
import pytest

from geocontracts.records.read import read_register
from geocontracts.webmap.folium_map import ContractMap
from geocontracts.webmap.page import render_page, write_map
from geocontracts.webmap.payload import MapOptions, build_content
from tests.webmap.unwired import unwired

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SIZE_BUDGET = 750_000  # bytes, with Leaflet inside


@pytest.fixture(scope="module")
def page() -> str:
    return render_page(build_content(read_register(), MapOptions())).decode()


def unpacked(page: str, name: str) -> bytes:
    block = re.search(rf'<script type="text/plain" id="{name}">([^<]*)</script>', page)
    assert block is not None
    return zlib.decompress(base64.b64decode(block[1]))


def payload_of(page: str) -> dict[str, Any]:
    return unwired(json.loads(unpacked(page, "geocontracts-payload")), unpacked(page, "geocontracts-numbers"))


def test_the_page_is_small(page: str) -> None:
    assert len(page.encode()) <= SIZE_BUDGET


def test_nothing_in_it_names_a_file_elsewhere(page: str) -> None:
    markup = re.sub(r"<(script|style)\b.*?</\1>", "", page, flags=re.DOTALL)
    assert not re.search(r"\b(src|href)\s*=", markup)
    styles = "".join(re.findall(r"<style>(.*?)</style>", page, flags=re.DOTALL))
    assert "@import" not in styles
    assert not re.search(r"url\((?!['\"]?data:)", styles)
    assert "sourceMappingURL" not in page


def test_the_policy_lets_in_the_page_s_own_scripts_and_styles_alone(page: str) -> None:
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    assert policy is not None
    rules = dict(rule.split(" ", 1) for rule in policy[1].split("; "))
    assert rules["default-src"] == "'none'"
    assert rules["img-src"] == "data:"
    assert "unsafe" not in policy[1]
    for tag, rule in (("script", "script-src"), ("style", "style-src")):
        texts = re.findall(rf"<{tag}>(.*?)</{tag}>", page, flags=re.DOTALL)
        hashes = {f"'sha256-{base64.b64encode(hashlib.sha256(t.encode()).digest()).decode()}'" for t in texts}
        assert set(rules[rule].split()) == hashes


def test_a_basemap_opens_its_host_alone() -> None:
    page = render_page(build_content(read_register(), MapOptions(basemap="plan"))).decode()
    assert "img-src data: https://data.geopf.fr;" in page


def test_language_title_and_text_without_script(page: str) -> None:
    assert '<html lang="fr">' in page
    assert "<title>Contrats territoriaux — Hauts-de-France</title>" in page
    assert "<noscript><p>Cette carte a besoin de JavaScript." in page
    english = render_page(build_content(read_register(), MapOptions(lang="en", title='A <b> & "c"'))).decode()
    assert '<html lang="en">' in english
    assert "<title>A &lt;b&gt; &amp; &quot;c&quot;</title>" in english
    assert payload_of(english)["title"] == 'A <b> & "c"'


def test_a_cell_never_becomes_markup(with_contracts: Callable[..., Path]) -> None:
    attack = "</script><img src=x onerror=alert(1)><!-- \ud800"
    folder = with_contracts(f'"a","acv","{attack[:-1]}","Arras",signed,doc,"<svg/onload=alert(2)>"')
    page = render_page(build_content(read_register(folder), MapOptions(title=attack))).decode()
    assert "<img" not in page
    assert "<svg/onload" not in page
    record = payload_of(page)["records"][0]
    assert record["title"] == attack[:-2]
    assert record["section"] == "<svg/onload=alert(2)>"


def test_the_same_input_gives_the_same_bytes_anywhere(page: str, tmp_path: Path) -> None:
    path = tmp_path / "carte.html"
    surroundings = {
        "PYTHONHASHSEED": "7",
        "TZ": "Asia/Tokyo",
        "LC_ALL": "C",
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    command = [sys.executable, "-m", "geocontracts", "map", "-o", str(path)]
    subprocess.run(command, check=True, cwd=tmp_path, env=os.environ | surroundings, capture_output=True)
    assert path.read_bytes() == page.encode()


def test_write_map_writes_that_page(page: str, tmp_path: Path) -> None:
    content = write_map(read_register(), tmp_path / "sous" / "carte.html")
    assert (tmp_path / "sous" / "carte.html").read_text(encoding="utf-8") == page
    assert len(content.perimeters) == len(read_register())


def test_contract_map_is_a_folium_map_with_the_same_bytes(page: str, tmp_path: Path) -> None:
    made = ContractMap()
    assert isinstance(made, folium.Map)
    made.save(tmp_path / "folium.html")
    assert (tmp_path / "folium.html").read_text(encoding="utf-8") == page
    assert made.get_root().render() == page
    assert "<iframe" in made._repr_html_()
    assert {perimeter.record.id for perimeter in made.perimeters} >= {"erbm", "pacte-sat"}


def test_folium_layers_can_be_added(page: str) -> None:
    made = ContractMap()
    folium.Marker([50.33, 3.39], tooltip="Denain").add_to(made)
    with_marker = made.page()
    assert f'data-map-name="{made.get_name()}"' in with_marker
    assert re.search(
        rf"L\.marker\(\s*\[50\.33, 3\.39\].*?\.addTo\({made.get_name()}\)", with_marker, flags=re.DOTALL
    )
    assert "Content-Security-Policy" not in with_marker, "what added layers load is theirs"
    assert payload_of(with_marker) == payload_of(page)
