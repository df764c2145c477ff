"""Take outputs, counters and chance out of the notebooks: a difference in git is one of words or code.

Run it after working in Jupyter. With `--check` it changes nothing, and fails where something would.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[1] / "notebooks"
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def stripped(text: str) -> str:
    """Return the text of a notebook without what running it, or Jupyter itself, put into it."""
    cells = [_cell(rank, cell) for rank, cell in enumerate(json.loads(text)["cells"], start=1)]
    notebook = {"cells": cells, "metadata": METADATA, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(notebook, ensure_ascii=False, indent=1) + "\n"


def _cell(rank: int, cell: dict[str, Any]) -> dict[str, Any]:
    kept = {
        "cell_type": cell["cell_type"],
        "id": f"cellule-{rank:02}",
        "metadata": {},
        "source": "".join(cell["source"]).strip("\n").splitlines(keepends=True),
    }
    return kept | ({"execution_count": None, "outputs": []} if cell["cell_type"] == "code" else {})


def main() -> int:
    """Rewrite the notebooks, or say which ones would change."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing; fail when something would")
    is_check = parser.parse_args().check
    changed = []
    for path in sorted(FOLDER.glob("*.ipynb")):
        text = path.read_text(encoding="utf-8")
        if (wanted := stripped(text)) != text:
            changed.append(path.name)
            if not is_check:
                path.write_text(wanted, encoding="utf-8", newline="\n")
    if is_check and changed:
        print(f"not stripped: {', '.join(changed)}; run python scripts/strip_notebooks.py", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
