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
from geocontracts.webmap.wish import NAMES, Wish

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

    What counts is what the traits hold: each view is asked to show it, also one that is
    shown later, and no view asks anything of another. What is set last counts: a link
    before all parts set earlier, a part on top of the link. While no view is shown, a
    part that is set does not change `state` yet, nor a link the parts.
    """

    _esm = _code()

    _page = traitlets.Unicode().tag(sync=True)
    _title = traitlets.Unicode().tag(sync=True)
    _wish = traitlets.Dict(Wish().as_told()).tag(sync=True)

    selection: Any = traitlets.Any(None, help="The chosen place or record")
    """`commune:59172`, `epci:…`, `arrondissement:…`, `departement:…`, `record:ID`, or None."""
    layers: Any = traitlets.Any((), help="The programmes that are on")
    """The identifiers of the programmes whose layer is on, in the order of the legend."""
    date: Any = traitlets.Any(None, help="The years in view")
    """The first and the last year in view, or None for all dates; one year may be set alone."""
    state = traitlets.Unicode("", help="The end of a link to what is seen")
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
        unknown = sorted(set(shown) - set(NAMES))
        if unknown:
            msg = f"ContractWidget has no {unknown[0]!r}: give selection, layers, date, state or height"
            raise TypeError(msg)
        chosen = replace(MapOptions() if options is None else options, bridge=True)
        content = build_content(read_register() if register is None else register, chosen)
        self._choices = Choices(content.payload)
        self._perimeters = content.perimeters
        self._wished = Wish()
        self._shown: dict[str, object] = {
            "state": "",
            "selection": None,
            "layers": self._choices.programmes,
            "date": None,
        }
        page = render_page(content).decode("utf-8")
        # In their order: the parts are set on top of the link.
        first = {name: shown[name] for name in NAMES if name in shown}
        super().__init__(_page=page, _title=content.payload["title"], height=height, **first)
        self.on_msg(self._hear)

    @property
    def programmes(self) -> tuple[str, ...]:
        """Return the identifiers that `layers` may hold, in the order of the legend."""
        return self._choices.programmes

    @property
    def perimeters(self) -> list[Perimeter]:
        """Return where each record is, and how that was found."""
        return self._perimeters

    @traitlets.default("layers")
    def _all_layers(self) -> tuple[str, ...]:
        return self._choices.programmes

    def notify_change(self, change: Any) -> None:
        """Ask of all views what was set, unless it is a view that told it; then tell who observes.

        No observer of its own: `unobserve_all` would take that away with the user's.
        """
        name, value = change["name"], change["new"]
        if name in NAMES and self._shown[name] != value:
            self._shown[name] = value
            self._count(self._wished.setting(name, value))
        super().notify_change(change)

    def _hear(self, _: object, content: dict[str, Any], __: object) -> None:
        """Take what a view tells, where it counts."""
        told = content.get("told")
        wish = self._wished.hearing(told) if told else None
        if told is None or wish is None:
            return
        # Known before the traits change: what an observer then sets is a wish of its own.
        self._shown = {name: _hashable(told["shown"][name]) for name in NAMES}
        self._count(wish)
        with self.hold_trait_notifications():
            for name, value in list(self._shown.items()):
                setattr(self, name, value)

    def _count(self, wish: Wish) -> None:
        self._wished = wish
        self._wish = wish.as_told()

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


def _hashable(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value


def _admitted(choose: Callable[[object], T], value: object) -> T:
    try:
        return choose(value)
    except GeocontractsError as error:
        raise traitlets.TraitError(str(error)) from error
