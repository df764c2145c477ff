"""Make the pictures of `maps/` and the page that shows them, `maps/README.md`.

Needs Chromium, QGIS's Python (Debian: python3-qgis) and the extra `test`. Fonts and releases of libraries
draw a picture a little otherwise, so `--check` makes all of them again and fails where one shows
something else, not where a letter is a pixel wider. Look at the pictures before committing them.

Usage: python scripts/build_gallery.py [--check] [NAME...]
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from gallery.likeness import compare_pictures
from gallery.pictures import PICTURES
from PIL import Image

if TYPE_CHECKING:
    from collections.abc import Sequence

FOLDER = Path(__file__).parents[1] / "maps"
INDEX = FOLDER / "README.md"
COLOURS = 256  # of a picture, rare ones too: a third of the weight, and no difference to the eye


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the pictures, or with --check say which of them show something else; 1 if any does."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("names", nargs="*", metavar="NAME", help="of these pictures only")
    parser.add_argument("--check", action="store_true", help="write nothing, compare")
    options = parser.parse_args(arguments)
    wanted = [picture for picture in PICTURES if not options.names or picture.name in options.names]
    different = 0
    with tempfile.TemporaryDirectory() as folder:
        for picture in wanted:
            made = Path(folder) / f"{picture.name}.png"
            picture.take(made)
            _lighten(made)
            if options.check:
                different += _is_other(made, FOLDER / made.name)
            else:
                shutil.copyfile(made, FOLDER / made.name)
                print(f"{picture.name}: {made.stat().st_size / 1000:.0f} KB")
    if options.check:
        different += INDEX.read_text(encoding="utf-8") != index_page()
    else:
        INDEX.write_text(index_page(), encoding="utf-8")
    return int(different > 0)


def index_page() -> str:
    """Return the page that shows all pictures, each with the command that makes it."""
    parts = [
        "# Ce que l’outil produit",
        "Tout vient du registre, sans réseau ; `scripts/build_gallery.py` refait et compare les images.",
    ]
    parts += [
        f"## {picture.caption}\n\n```sh\n{picture.command}\n```\n\n![{picture.caption}]({picture.name}.png)"
        for picture in PICTURES
    ]
    return "\n\n".join(parts) + "\n"


def _lighten(path: Path) -> None:
    with Image.open(path) as picture:
        picture.convert("RGB").quantize(COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(
            path, optimize=True
        )


def _is_other(made: Path, kept: Path) -> bool:
    if not kept.exists():
        print(f"{kept.name}: missing; run scripts/build_gallery.py and look at it")
        return True
    likeness = compare_pictures(made, kept)
    print(f"{kept.name}: {'same' if likeness.is_same else 'DIFFERENT'} ({likeness.share:.1%} of it differs)")
    return not likeness.is_same


if __name__ == "__main__":
    sys.exit(main())
