"""The map as a live widget: what is chosen on it comes back to Python, and can be set from there."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from geocontracts.errors import GeocontractsError, MissingDataError
from geocontracts.extras import need
from geocontracts.records.read import read_register
from geocontracts.webmap.choices import Choices
from geocontracts.webmap.page import render_page
from geocontracts.webmap.payload import MapOptions, build_content

need("anywidget", "notebook")  # says what to install, before the class below needs it

import anywidget  # noqa: E402
import traitlets  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable

    from geocontracts.perimeters.perimeter import Perimeter
    from geocontracts.records.register import Register

T = TypeVar("T")

_HEIGHT = 640  # CSS pixels, as ContractMap's
_CODE = Path(__file__).parent / "static" / "widget.js"


def _code() -> str:
    try:
        return _CODE.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise MissingDataError("code-missing", file=str(_CODE)) from error


class ContractWidget(anywidget.AnyWidget):
    """The page of a register in a notebook, whose traits are what it shows.

    Read them after a click on the map, set them to change it, or follow them with
    `observe`. Setting a value that the map does not have raises
    `traitlets.TraitError`, which names what it has. The page is the one that
    `geocontracts map` writes; it asks the network for nothing.
    """

    _esm = _code()

    _page = traitlets.Unicode().tag(sync=True)
    _title = traitlets.Unicode().tag(sync=True)

    selection: Any = traitlets.Any(None, help="The chosen place or record").tag(sync=True)
    """`commune:59172`, `epci:…`, `arrondissement:…`, `departement:…`, `record:ID`, or None."""
    layers: Any = traitlets.Any((), help="The programmes that are on").tag(sync=True)
    """The identifiers of the programmes whose layer is on, in the order of the legend."""
    date: Any = traitlets.Any(None, help="The years in view").tag(sync=True)
    """The first and the last year in view, or None for all dates; one year may be set alone."""
    state = traitlets.Unicode("", help="The end of a link to what is seen").tag(sync=True)
    """All that a link to this view holds, after its `#`: view, layers, filters, dates, place."""
    height = traitlets.Int(_HEIGHT, min=100, help="In CSS pixels").tag(sync=True)
    """The height of the map in CSS pixels."""

    def __init__(
        self,
        register: Register | None = None,
        options: MapOptions | None = None,
        *,
        height: int = _HEIGHT,
        **shown: Any,
    ) -> None:
        """Make the widget of `register`, the bundled one when there is none.

        `shown` is what the map shows first: `selection`, `layers`, `date`, `state`.

        Raises:
            MissingExtraError: anywidget is not installed.
            UnknownPlaceError: `options.area` is no place, or more than one.
            TypeError: `shown` holds anything else.
            traitlets.TraitError: a value is not one that this map has.
        """
        unknown = sorted(set(shown) - {"selection", "layers", "date", "state"})
        if unknown:
            msg = f"ContractWidget has no {unknown[0]!r}: give selection, layers, date, state or height"
            raise TypeError(msg)
        chosen = replace(MapOptions() if options is None else options, bridge=True)
        content = build_content(read_register() if register is None else register, chosen)
        self._choices = Choices(content.payload)
        self._perimeters = content.perimeters
        first = {"layers": self._choices.programmes, **shown}
        page = render_page(content).decode("utf-8")
        super().__init__(_page=page, _title=content.payload["title"], height=height, **first)

    @property
    def programmes(self) -> tuple[str, ...]:
        """Return the identifiers that `layers` may hold, in the order of the legend."""
        return self._choices.programmes

    @property
    def perimeters(self) -> list[Perimeter]:
        """Return where each record is, and how that was found."""
        return self._perimeters

    @traitlets.validate("selection")
    def _valid_selection(self, proposal: dict[str, Any]) -> str | None:
        return _admitted(self._choices.selection, proposal["value"])

    @traitlets.validate("layers")
    def _valid_layers(self, proposal: dict[str, Any]) -> tuple[str, ...]:
        return _admitted(self._choices.layers, proposal["value"])

    @traitlets.validate("date")
    def _valid_date(self, proposal: dict[str, Any]) -> tuple[int, int] | None:
        return _admitted(self._choices.date, proposal["value"])

    @traitlets.validate("state")
    def _valid_state(self, proposal: dict[str, Any]) -> str:
        """Take the end of a whole link too."""
        return str(proposal["value"]).rpartition("#")[2]


def _admitted(choose: Callable[[object], T], value: object) -> T:
    try:
        return choose(value)
    except GeocontractsError as error:
        raise traitlets.TraitError(str(error)) from error
