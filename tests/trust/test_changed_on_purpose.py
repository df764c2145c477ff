"""A page that somebody changed on purpose: it opens like any other; only the hash of the file tells.

The documents say so.
"""

from __future__ import annotations

import copy
import dataclasses
import hashlib
import re
from pathlib import Path

from geocontracts.records.read import read_register
from geocontracts.webmap.page import render_page
from geocontracts.webmap.payload import MapOptions, build_content

ROOT = Path(__file__).parents[2]


def test_neither_policy_nor_checksum_tell_what_the_hash_of_the_file_tells() -> None:
    content = build_content(read_register(), MapOptions())
    payload = copy.deepcopy(content.payload)
    changed = next(record for record in payload["records"] if record["total"])
    changed["total"] = 10 * (changed["total"] or 0)
    true, false = render_page(content), render_page(dataclasses.replace(content, payload=payload))
    policies = {re.search(rb'Content-Security-Policy" content="([^"]*)"', page)[1] for page in (true, false)}  # type: ignore[index]
    assert len(policies) == 1, "the policy vouches for the data now: say so in SECURITY.md"
    assert hashlib.sha256(true).digest() != hashlib.sha256(false).digest()


def test_the_documents_promise_no_more() -> None:
    promised, _, rest = (
        (ROOT / "SECURITY.md").read_text(encoding="utf-8").partition("## What is not promised")
    )
    assert "damaged by accident" in promised
    assert "altered" not in promised
    assert "changed on purpose" in rest
    for name in ("securite.md", "confiance.md"):
        text = " ".join((ROOT / "docs" / name).read_text(encoding="utf-8").split())
        assert "par accident" in text, name
        assert "odifiée exprès" in text, name
