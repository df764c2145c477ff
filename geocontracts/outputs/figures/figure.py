"""The figure of a register: options, content, and the style that draws it."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING

from geocontracts.errors import UnknownOptionError
from geocontracts.outputs.figures.crowded import SIZES, CrowdedError, FittingError
from geocontracts.outputs.figures.drawing import need_matplotlib
from geocontracts.outputs.figures.options import FigureOptions
from geocontracts.outputs.figures.plate import Plate
from geocontracts.outputs.figures.write import house_style
from geocontracts.records.read import read_register
from geocontracts.records.register import Register
from geocontracts.webmap.payload import MapOptions, build_content

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType
    from typing import Any

    from geocontracts.webmap.contract import Programme
    from geocontracts.webmap.payload import MapContent

_STYLES = {
    "overview": "overview",
    "programmes": "programmes",
    "small-multiples": "multiples",
    "pileup": "pileup",
    "operations": "circles",
    "timeline": "timeline",
    "crossing": "crossing",
}
_NEAR_ENOUGH = 60  # of 100, from which a name is proposed
_PROPOSED = 3


def figure(
    register: Register | Path | str | None = None, options: FigureOptions | None = None, **chosen: Any
) -> Plate:
    """Return a plate of a register: a map or a chart with legend, scale and sources.

    `register` is one that was read, or what `read_register` takes; the bundled one by default.
    `chosen` are single options by name, over those of `options`:
    `figure(style="pileup", size="16x10")`.

    Raises:
        UnknownOptionError: an option or a programme that does not exist.
        UnknownPlaceError: `area` is no place, or more than one.
        RegisterError: the register cannot be read.
        MissingExtraError: matplotlib or the typeface is not installed.
    """
    if isinstance(chosen.get("programmes"), str):
        chosen["programmes"] = (chosen["programmes"],)
    options = FigureOptions(**chosen) if options is None else replace(options, **chosen)
    if not isinstance(register, Register):
        register = read_register(register)
    return draw_figure(
        build_content(register, MapOptions(area=options.area, within=options.within, lang=options.lang)),
        options,
    )


def draw_figure(content: MapContent, options: FigureOptions) -> Plate:
    """Return the plate of what a page would show.

    Raises:
        UnknownOptionError: a programme that does not exist, or nothing to draw in that style.
        MissingExtraError: matplotlib or the typeface is not installed.
    """
    need_matplotlib()
    plate = Plate(content, options, _chosen(content.payload["programmes"], options.programmes))
    style = import_module(f"geocontracts.outputs.figures.styles.{_STYLES[options.style]}")
    with house_style():
        try:
            style.draw(plate)
        except CrowdedError as error:
            fits = _fitting(plate, style)
            if fits:
                raise CrowdedError("figure-smallest", size=options.size, fits=fits) from error
            raise
    return plate


def _fitting(plate: Plate, style: ModuleType) -> str:
    """Return the smallest of the usual papers that a figure fits, empty when it is none."""
    width, height = plate.options.paper
    for size in SIZES:
        options = replace(plate.options, size=size, portrait=False)
        wide, high = options.paper
        if wide * high <= width * height:
            continue
        trial = Plate(plate.content, options, plate.chosen)
        trial.is_trial = True
        try:
            style.draw(trial)
        except FittingError:
            return size
        except CrowdedError:
            continue
        return size
    return ""


def _chosen(programmes: list[Programme], wanted: tuple[str, ...]) -> list[int]:
    """Return the ranks of the programmes that are asked for, all when none is."""
    if not wanted:
        return list(range(len(programmes)))
    ranks: list[int] = []
    for name in wanted:
        rank = _rank(programmes, name)
        if rank not in ranks:
            ranks.append(rank)
    return ranks


def _rank(programmes: list[Programme], name: str) -> int:
    asked = name.strip().casefold()
    for key in ("id", "short", "name"):
        for rank, programme in enumerate(programmes):
            if programme[key].casefold() == asked:
                return rank
    if not programmes:
        raise UnknownOptionError("figure-programme-none", value=name)
    raise UnknownOptionError("figure-programme", value=name, near=", ".join(_near(programmes, asked)))


def _near(programmes: list[Programme], asked: str) -> list[str]:
    from rapidfuzz import fuzz

    scores = [
        (
            max(fuzz.WRatio(asked, programme[key].casefold()) for key in ("id", "short", "name")),
            programme["id"],
        )
        for programme in programmes
    ]
    best = sorted(scores, key=lambda pair: (-pair[0], pair[1]))[:_PROPOSED]
    return [name for score, name in best if score >= _NEAR_ENOUGH] or [name for _, name in best]
