"""The command that draws a figure for a report."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from geocontracts.cli.shared import add_area, add_lang, add_register
from geocontracts.cli.status import DONE, PROBLEMS
from geocontracts.cli.telling import tell
from geocontracts.words import say

if TYPE_CHECKING:
    import argparse

_STYLES = ("overview", "programmes", "small-multiples", "pileup", "operations", "timeline", "crossing")


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command `figure`."""
    parser = commands.add_parser(
        "figure",
        help="draw a plate for a report: SVG, PDF or PNG",
        conflict_handler="resolve",  # here --programme chooses what is drawn
    )
    add_register(parser)
    parser.add_argument(
        "--programme",
        dest="programmes",
        action="append",
        default=[],
        metavar="ID",
        help="draw this programme only: an id or a name (may be given more than once)",
    )
    parser.add_argument(
        "--list-programme", dest="programme", metavar="NAME", help="of a list: the programme of every row"
    )
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="FILE", help=".svg, .pdf or .png")
    parser.add_argument("--style", choices=_STYLES, help="default: overview; programmes with --programme")
    parser.add_argument(
        "--size", default="a4", metavar="SIZE", help="a4, a3, or width x height in cm: 16x10 (default: a4)"
    )
    parser.add_argument("--portrait", action="store_true", help="a4 and a3 stand upright")
    parser.add_argument("--dpi", type=int, default=300, metavar="N", help="of a PNG (default: 300)")
    add_area(parser)
    parser.add_argument("--title", help="title of the figure")
    add_lang(parser)
    parser.set_defaults(run=draw_figure)


def draw_figure(options: argparse.Namespace) -> int:
    """Draw a figure of a register, and tell what is to be mended in it."""
    from geocontracts.cli.reading import read_told
    from geocontracts.outputs.figures.drawing import need_matplotlib
    from geocontracts.outputs.figures.figure import draw_figure as draw
    from geocontracts.outputs.figures.options import FigureOptions
    from geocontracts.outputs.figures.write import check_suffix
    from geocontracts.outputs.report import build_report
    from geocontracts.webmap.payload import MapOptions, build_content

    path: Path = options.output
    check_suffix(path)
    need_matplotlib()  # said before anything is read
    is_folder = options.register is None or Path(options.register).is_dir()
    # Of a list it is its source, and so in the foot as well; of a folder of tables, words for the foot.
    foot = options.source if is_folder else None
    options.source = None if is_folder else options.source
    chosen = FigureOptions(
        source=foot,
        style=options.style or ("programmes" if options.programmes else "overview"),
        programmes=tuple(options.programmes),
        area=options.area,
        within=options.within,
        title=options.title,
        lang=options.lang,
        size=options.size,
        portrait=options.portrait,
        dpi=options.dpi,
    )
    register = read_told(options, path)
    content = build_content(register, MapOptions(area=options.area, within=options.within, lang=options.lang))
    draw(content, chosen).save(path)
    report = build_report(register, content.perimeters)
    tell(report, options)
    print(say("figure-written", options.lang, file=path, size=path.stat().st_size / 1000))
    return DONE if report.is_clean else PROBLEMS
