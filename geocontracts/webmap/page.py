"""The one HTML file: code, styles and data inside, and a policy that lets nothing else in."""

from __future__ import annotations

import html
import importlib.util
import json
import re
import zlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from geocontracts.errors import MissingDataError
from geocontracts.files import refuse_overwriting, write_whole
from geocontracts.memory import collector_paused
from geocontracts.webmap.encode import packed
from geocontracts.webmap.linked import linked_data, linked_script
from geocontracts.webmap.payload import TILE_HOSTS, MapOptions, build_content
from geocontracts.webmap.policy import policy_tag, source_hash
from geocontracts.webmap.seal import SEAL, sealed
from geocontracts.webmap.statement import statement_link
from geocontracts.webmap.wire import wired
from geocontracts.words import say

if TYPE_CHECKING:
    from geocontracts.records.register import Register
    from geocontracts.webmap.payload import Basemap, MapContent
    from geocontracts.words import Lang

_STATIC = Path(__file__).parent / "static"
_LEAFLET = "js_lib_leaflet"  # the package that holds Leaflet's files


@dataclass(frozen=True)
class Additions:
    """What folium layers add to a page: they bring scripts of their own, from elsewhere."""

    head: str = ""
    body: str = ""
    script: str = ""

    def __bool__(self) -> bool:
        """Say whether anything is added."""
        return bool(self.head or self.body or self.script)


def write_map(register: Register, path: Path | str, options: MapOptions | None = None) -> MapContent:
    """Write the page of a register to `path`, whole or not at all.

    The same register and options give the same bytes.

    Raises:
        UnknownPlaceError: `options.area` is no place, or more than one.
        OutputError: the file cannot be written, or is a table of the register; it
            is left as it was.
    """
    refuse_inputs(Path(path), register)
    content = build_content(register, MapOptions() if options is None else options)
    write_whole(Path(path), render_page(content))
    return content


def refuse_inputs(path: Path, register: Register) -> None:
    """Keep a map from being written over a table of the register.

    Raises:
        OutputError: `path` is one of its files.
    """
    refuse_overwriting([path], register.files)


def render_page(
    content: MapContent,
    *,
    map_name: str = "",
    additions: Additions | None = None,
    statement: str = "",
    mention: str = "",
) -> bytes:
    """Return the HTML of a page, in UTF-8.

    `map_name` is the global variable that holds the Leaflet map, for the scripts
    of `additions`. A page with additions has no content security policy: what
    folium's layers load is theirs. `statement` is the address of its accessibility
    statement, which its foot then links to with the words of `mention`: the state of compliance.
    """
    link = statement_link(statement, mention, content.payload["lang"]) if statement else ""
    with collector_paused():
        return _rendered(content, map_name, additions or Additions(), link)


def _rendered(content: MapContent, map_name: str, added: Additions, link: str) -> bytes:
    payload = content.payload
    scripts, styles = list(own_code()[:2]), list(own_code()[2:])
    bits = payload["grid"]["bits"]
    sides = zip(("left", "bottom", "right", "top"), payload["grid"]["bounds"], strict=True)
    frame = "".join(f' data-{side}="{value / 2**bits:.4f}"' for side, value in sides)
    named = f' data-map-name="{html.escape(map_name)}"' if map_name else ""
    early = _early_words(payload["lang"])
    told, numbers = wired(payload)
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    policy = "" if added else _policy(scripts, styles, payload["basemap"])
    parts = [
        f'<!doctype html>\n<html lang="{payload["lang"]}">\n<head>\n<meta charset="utf-8">\n',
        policy,
        SEAL,
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n',
        '<meta name="referrer" content="no-referrer">\n',
        f'<meta name="generator" content="{html.escape(payload["generator"])}">\n',
        f'<meta name="description" content="{html.escape(payload["subtitle"])}">\n',
        f"<title>{html.escape(payload['title'])}</title>\n",
        *(f"<style>{style}</style>\n" for style in styles),
        linked_script(linked_data(payload)),
        added.head,
        f'</head>\n<body>\n<div id="geocontracts"{frame}{named}{early}></div>\n',
        f'<p class="gc-unstarted">{html.escape(say("page-not-started", payload["lang"]))}</p>\n',
        f"<noscript><p>{html.escape(say('page-needs-script', payload['lang']))}</p></noscript>\n",
        link,
        _block("payload", packed(_utf8(text))),
        _block("numbers", packed(numbers, level=6, strategy=zlib.Z_FILTERED)),
        _block("arcs", packed(content.arcs, strategy=zlib.Z_HUFFMAN_ONLY)),
        added.body,
        *(f"<script>{script}</script>\n" for script in scripts),
        f"<script>{added.script}</script>\n" if added.script else "",
        "</body>\n</html>\n",
    ]
    return sealed(_utf8("".join(parts)))


def _early_words(lang: Lang) -> str:
    """Return what the page says before it has read its words, as attributes of its root."""
    told = {"loading": "page-loading", "old": "page-too-old", "broken": "page-broken"}
    return "".join(f' data-{name}="{html.escape(say(key, lang))}"' for name, key in told.items())


def _block(name: str, text: str) -> str:
    return f'<script type="text/plain" id="geocontracts-{name}">{text}</script>\n'


def _utf8(text: str) -> bytes:
    """Return the bytes of a text; half a character (a lone surrogate) becomes a mark."""
    return text.encode("utf-8", "replace")


def _policy(scripts: list[str], styles: list[str], basemap: Basemap) -> str:
    tiles = f" https://{TILE_HOSTS[basemap]}" if basemap in TILE_HOSTS else ""
    own = {"script-src": scripts, "style-src": styles}
    rules = (" ".join([rule, *(source_hash(text.encode()) for text in texts)]) for rule, texts in own.items())
    return policy_tag([*rules, f"img-src data:{tiles}"])


def own_code() -> tuple[str, str, str, str]:
    """Return what every page of a map runs, two scripts and two styles.

    Raises:
        MissingDataError: one is not installed, or has not been built.
    """
    return _code("leaflet.js"), _code("client.js"), _code("leaflet.css"), _code("client.css")


@cache
def _code(name: str) -> str:
    """Return a script or a style that stands in the page.

    Raises:
        MissingDataError: it is not installed, or has not been built.
    """
    path = (_leaflet_folder() if name.startswith("leaflet") else _STATIC) / name
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise MissingDataError("code-missing", file=str(path)) from error
    if name == "leaflet.css":
        # The pictures that it names lie beside it, not in the page, and are not used;
        # nor is a rule for the first Internet Explorers.
        text = re.sub(r"url\(\s*['\"]?images/[^)]*\)", "none", text)
        text = re.sub(r"behavior:\s*url\([^)]*\);?", "", text)
    if name == "leaflet.js":
        text = re.sub(r"\n?//# sourceMappingURL=.*\s*$", "", text)
    return text.strip().replace("\r\n", "\n")


def _leaflet_folder() -> Path:
    found = importlib.util.find_spec(_LEAFLET)
    if found is None or not found.submodule_search_locations:
        raise MissingDataError("code-missing", file=_LEAFLET)
    return Path(found.submodule_search_locations[0]) / "static" / _LEAFLET
