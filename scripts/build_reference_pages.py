"""Write the pages of reference in `docs/`: commands, Python names, messages.

python scripts/build_reference_pages.py            # write
python scripts/build_reference_pages.py --check    # fail when a page is not what the program says
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from reference import api, commands, messages
from register_page.writing import typeset

DOCS = Path(__file__).parents[1] / "docs"


def pages() -> dict[Path, str]:
    """Return each page and its text."""
    return {
        DOCS / "commandes.md": typeset(commands.page()),
        DOCS / "messages.md": typeset(messages.page()),
        DOCS / "api.md": api.page(),
    }


def main() -> int:
    """Write the pages, or compare them with `--check`."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--check", action="store_true", help="compare, and fail when a page differs")
    options = parser.parse_args()
    status = 0
    for path, text in pages().items():
        if not options.check:
            path.write_text(text, encoding="utf-8", newline="\n")
        elif not path.exists() or path.read_text(encoding="utf-8") != text:
            print(f"{path} is not what the program says: run {Path(__file__).name}", file=sys.stderr)
            status = 1
    return status


if __name__ == "__main__":
    sys.exit(main())
