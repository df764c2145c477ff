"""How QGIS draws a programme: the colour, hatch, line and sign that the page gives it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geocontracts.outputs.exports.geopackage.qml import Symbol, SymbolLayer, colour

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geocontracts.webmap.contract import Glyph, Programme

PAPER, TEXT = "#fbfaf7", "#26221c"
_MM = 0.2646  # a CSS pixel
_FOREMOST = "developpement-territorial"  # the family that the page draws above the others
_VAST = 0.25  # of the communes of the area: a perimeter of more than that gets a thin line alone
_ANGLES = {"slash": (45,), "backslash": (135,), "vertical": (90,), "horizontal": (0,), "grid": (0, 90)}
_SPACING = (12, 16, 20, 14)
_MARKERS: dict[Glyph, str] = {
    "lozenge": "diamond",
    "square": "square",
    "triangle": "triangle",
    "circle": "circle",
    "cross": "cross_fill",
    "hexagon": "hexagon",
    "star": "star",
}
_SIZES: dict[Glyph, float] = {"star": 1.2, "lozenge": 1.12, "triangle": 1.1, "square": 0.84}  # as on the page


def area_symbol(programme: Programme, hue: str, family: str, variant: int, communes: int) -> Symbol:
    """Return how the perimeters of a programme are drawn: hatch, soft band, line.

    What the page shows as signs in towns gets a hairline; what covers much of the area's `communes` a thin
    line. An inferred perimeter is dashed, one that lacks places has dashes and dots. `variant` is the rank
    among programmes with the same hatch.
    """
    is_area = "\"drawn\" = 'area'"
    is_sparse = f'{is_area} AND coalesce("found_communes", 0) <= {int(_VAST * communes)}'
    strength = 1.45 if family == _FOREMOST else 1.0
    line, band = 1.2 * strength * _MM, (11 if family == _FOREMOST else 3.5) * _MM
    width = (
        f"CASE WHEN NOT ({is_area}) THEN 0.2 WHEN {is_sparse} THEN {2 * line:.3f} ELSE {1.2 * line:.3f} END"
    )
    layers = list(_hatch(programme, hue, variant, is_sparse))
    layers.append(
        _stroke(hue, 2 * (line + band), {"enabled": is_sparse}, alpha=0.17 if family == _FOREMOST else 0.13)
    )
    if programme["line"] in ("long", "short"):
        gap = 12 if programme["line"] == "long" else 4.5
        ticks = {
            "use_custom_dash": "1",
            "customdash": f"{1.3 * _MM:.3f};{gap * _MM:.3f}",
            "customdash_unit": "MM",
        }
        layers.append(_stroke(hue, 2 * (line + 2.2 * _MM), {"enabled": is_sparse}, more=ticks))
    if programme["line"] == "double":
        layers.append(_stroke(hue, 2 * (line + 2.4 * _MM), {"enabled": is_sparse}))
        layers.append(_stroke(PAPER, 2 * (line + 1.4 * _MM), {"enabled": is_sparse}))
    dashed = (
        "CASE WHEN \"outcome\" = 'placed_partly' THEN 'dash dot' "
        "WHEN \"perimeter\" = 'inferred' THEN 'dash' ELSE 'solid' END"
    )
    layers.append(_stroke(hue, 2 * line, {"outlineWidth": width, "outlineStyle": dashed}))
    return Symbol("fill", layers)


def _hatch(programme: Programme, hue: str, variant: int, enabled: str) -> Iterator[SymbolLayer]:
    hatch = programme["hatch"]
    spacing = _SPACING[variant % len(_SPACING)] * 1.9 * _MM
    shown = {"enabled": enabled}
    if hatch == "dots":
        dot = {
            "name": "circle",
            "color": colour(hue, 0.5),
            "outline_style": "no",
            "size": "0.6",
            "size_unit": "MM",
        }
        steps = {f"distance_{axis}": f"{spacing:.3f}" for axis in "xy"} | {
            "displacement_x": f"{spacing / 2:.3f}"
        }
        yield SymbolLayer(
            "PointPatternFill", steps, shown, Symbol("marker", [SymbolLayer("SimpleMarker", dot)])
        )
    for angle in _ANGLES.get(hatch, ()):
        ink = {
            "line_color": colour(hue, 0.36),
            "line_width": "0.2",
            "line_width_unit": "MM",
            "capstyle": "flat",
        }
        lines = {
            "angle": str(angle),
            "distance": f"{spacing:.3f}",
            "distance_unit": "MM",
            "offset": f"{variant * 4.3 * _MM:.3f}",
            "offset_unit": "MM",
        }
        yield SymbolLayer("LinePatternFill", lines, shown, Symbol("line", [SymbolLayer("SimpleLine", ink)]))


def _stroke(
    hue: str,
    width: float,
    expressions: dict[str, str],
    *,
    alpha: float = 1,
    more: dict[str, str] | None = None,
) -> SymbolLayer:
    """Return a line inside the border: neighbours do not draw over each other."""
    properties = {
        "line_color": colour(hue, alpha),
        "line_width": f"{width:.3f}",
        "line_width_unit": "MM",
        "line_style": "solid",
        "joinstyle": "round",
        "capstyle": "flat",
        "draw_inside_polygon": "1",
    }
    return SymbolLayer("SimpleLine", properties | (more or {}), expressions)


def sign_symbol(programme: Programme, hue: str, largest: float) -> Symbol:
    """Return the sign of a programme: missions full, contracts on paper, operations by the root of euros."""
    glyph = programme["glyph"]
    size = 10.8 * _MM * _SIZES.get(glyph, 1.0)
    by_amount = f'{_MM} * 2 * if("total_eur" IS NULL, 4, max(4, 15 * sqrt("total_eur" / {largest:.2f})))'
    fill = (
        f"CASE WHEN \"kind\" = 'mission' AND \"perimeter\" IS NOT 'unknown' THEN '{colour(hue)}' "
        f"WHEN \"kind\" = 'operation' AND \"total_eur\" IS NOT NULL THEN '{colour(hue, 0.3)}' "
        f"ELSE '{colour(PAPER)}' END"
    )
    body = {
        "name": _MARKERS[glyph],
        "color": colour(PAPER),
        "outline_color": colour(hue),
        "outline_width": "0.45",
        "outline_width_unit": "MM",
        "size": f"{size:.3f}",
        "size_unit": "MM",
        "joinstyle": "miter",
    }
    depends = {
        "name": f"if(\"kind\" = 'operation', 'circle', '{_MARKERS[glyph]}')",
        "size": f"if(\"kind\" = 'operation', {by_amount}, {size:.3f})",
        "fillColor": fill,
        "outlineStyle": "if(\"perimeter\" = 'inferred', 'dash', 'solid')",
    }
    asked = {
        "chr": "?",
        "color": colour(hue),
        "font": "Sans Serif",
        "font_style": "Bold",
        "size": "2.6",
        "size_unit": "MM",
    }
    # A list may say nothing of its perimeters; QGIS would draw what depends on NULL.
    unknown = {"enabled": "coalesce(\"perimeter\", '') = 'unknown'"}
    return Symbol(
        "marker", [SymbolLayer("SimpleMarker", body, depends), SymbolLayer("FontMarker", asked, unknown)]
    )


def nothing_symbol() -> Symbol:
    """Return a sign that is not seen."""
    hidden = {"name": "circle", "size": "0.1", "size_unit": "MM", "color": "0,0,0,0", "outline_style": "no"}
    return Symbol("marker", [SymbolLayer("SimpleMarker", hidden)])


def ground_symbol(line: str, width: float, *, is_filled: bool) -> Symbol:
    """Return how a level of the ground is drawn: paper, or a border alone."""
    fill = {
        "color": colour(PAPER),
        "style": "solid" if is_filled else "no",
        "outline_color": colour(line),
        "outline_style": "solid",
        "outline_width": f"{width:.3f}",
        "outline_width_unit": "MM",
        "joinstyle": "round",
    }
    return Symbol("fill", [SymbolLayer("SimpleFill", fill)])
