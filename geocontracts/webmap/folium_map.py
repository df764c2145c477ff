"""The same page as a `folium.Map`, for notebooks and for those who add folium layers.

All that this package knows of folium stands here.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, cast

import folium
from branca.element import CssLink, Figure, JavascriptLink

from geocontracts.files import write_whole
from geocontracts.records.read import read_register
from geocontracts.webmap.framing import frame
from geocontracts.webmap.page import Additions, refuse_inputs, render_page
from geocontracts.webmap.payload import MapOptions, build_content
from geocontracts.words import say

if TYPE_CHECKING:
    from geocontracts.perimeters.perimeter import Perimeter
    from geocontracts.records.register import Register


class ContractMap(folium.Map):
    """A map of a register: show it in a notebook, save it, add folium's layers to it.

    Without additions, `save` writes the same bytes as `geocontracts map`: one
    file that asks the network for nothing. What added layers load is theirs.
    In a notebook it stands in a frame that is cut off from what is around it.
    """

    def __init__(
        self, register: Register | None = None, options: MapOptions | None = None, *, height: int = 640
    ) -> None:
        """Make the map of `register`, the bundled one when there is none.

        In a notebook it is as wide as its cell and `height` pixels high.

        Raises:
            UnknownPlaceError: `options.area` is no place, or more than one.
        """
        self._register = read_register() if register is None else register
        self._content = build_content(self._register, MapOptions() if options is None else options)
        grid = self._content.payload["grid"]
        left, bottom, right, top = (value / 2 ** grid["bits"] for value in grid["bounds"])
        super().__init__(location=((bottom + top) / 2, (left + right) / 2), tiles=None)
        _PageFigure(height=f"{height:d}px").add_child(self, name="map")

    @property
    def perimeters(self) -> list[Perimeter]:
        """Return where each record is, and how that was found."""
        return self._content.perimeters

    def __repr__(self) -> str:
        """Say which map this is, where only text can be shown: the same words each time."""
        payload = self._content.payload
        return say("frame-text", payload["lang"], title=payload["title"], subtitle=payload["subtitle"])

    def page(self) -> str:
        """Return the HTML of the page, with the layers that were added."""
        added = self._additions()
        name = self.get_name() if added else ""
        return render_page(self._content, map_name=name, additions=added).decode("utf-8")

    def save(
        self,
        outfile: str | bytes | Path | BinaryIO,
        close_file: bool = True,  # noqa: FBT001, FBT002 - folium's signature
        **unused: Any,
    ) -> None:
        """Write the page to a file, whole or not at all, or to an open stream.

        Raises:
            TypeError: an option is given that folium passes to its template; ours has none.
            OutputError: the file cannot be written, or is a table of the register; it
                is left as it was.
        """
        if unused:
            msg = f"save() takes no option {min(unused)!r}: choose with MapOptions"
            raise TypeError(msg)
        content = self.page().encode("utf-8")
        if isinstance(outfile, (str, bytes, Path)):
            refuse_inputs(Path(os.fsdecode(outfile)), self._register)
            write_whole(Path(os.fsdecode(outfile)), content)
            return
        outfile.write(content)
        if close_file:
            outfile.close()

    def in_frame(self, *, width: str, height: str) -> str:
        """Return markup that shows the page in another document; `width` and `height` are CSS lengths."""
        payload = self._content.payload
        return frame(self.page(), title=payload["title"], lang=payload["lang"], width=width, height=height)

    def _additions(self) -> Additions:
        """Let the added layers write their parts, as folium would on its own page."""
        layers = list(self._children.values())
        if not layers:
            return Additions()
        scratch = Figure()
        kept = self._parent
        self._parent = scratch
        try:
            for name, address in self.default_js:
                if name != "leaflet":
                    scratch.header.add_child(JavascriptLink(address), name=name)
            for name, address in self.default_css:
                if not name.startswith("leaflet"):
                    scratch.header.add_child(CssLink(address), name=name)
            for layer in layers:
                layer.render()
            return Additions(*(str(part.render()) for part in (scratch.header, scratch.html, scratch.script)))
        finally:
            self._parent = kept


class _PageFigure(Figure):
    """The root of the map's tree: its text is our page, not folium's."""

    def render(self, **_: Any) -> str:
        """Return the HTML of the map's page."""
        return self._map.page()

    def _repr_html_(self, **_: Any) -> str:
        """Return what a notebook shows."""
        return self._map.in_frame(width=self.width, height=self.height or "640px")

    @property
    def _map(self) -> ContractMap:
        return cast("ContractMap", next(iter(self._children.values())))
