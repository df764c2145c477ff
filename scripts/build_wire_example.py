"""Renew `client/test/wired.json`: a small payload, and how Python writes it into a page.

The payload in it is written by hand and stays; the tests of both sides hold to the file.

Usage: python scripts/build_wire_example.py [--check]
"""

from __future__ import annotations

import argparse
import base64
import json
import sys
from pathlib import Path

from geocontracts.webmap.wire import wired

TARGET = Path(__file__).parents[1] / "client" / "test" / "wired.json"


def example() -> str:
    """Return the file: its payload, and what that becomes today."""
    payload = json.loads(TARGET.read_text(encoding="utf-8"))["payload"]
    told, block = wired(payload)
    both = {"payload": payload, "wired": told, "block": base64.b64encode(block).decode("ascii")}
    return json.dumps(both, ensure_ascii=False, indent=1) + "\n"


def main() -> int:
    """Write the file, or compare it with what it would be."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    wanted = example()
    if parser.parse_args().check:
        if TARGET.read_text(encoding="utf-8") == wanted:
            return 0
        print(f"{TARGET.name} is not how a page is written: run this script without --check", file=sys.stderr)
        return 1
    TARGET.write_text(wanted, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
