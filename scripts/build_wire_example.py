"""Renew `client/test/wired.json`: a small payload, and how Python writes it into a page.

The payload in it is written by hand and stays; the tests of both sides hold to the file.

Usage: python scripts/build_wire_example.py
"""

from __future__ import annotations

import base64
import json
from pathlib import Path

from geocontracts.webmap.wire import wired

TARGET = Path(__file__).parents[1] / "client" / "test" / "wired.json"


def main() -> None:
    """Write what the payload of the file becomes today beside it."""
    payload = json.loads(TARGET.read_text(encoding="utf-8"))["payload"]
    told, block = wired(payload)
    example = {"payload": payload, "wired": told, "block": base64.b64encode(block).decode("ascii")}
    TARGET.write_text(json.dumps(example, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
