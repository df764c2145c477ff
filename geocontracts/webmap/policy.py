"""What a page lets in: its own scripts and styles, by their hashes, and nothing else."""

from __future__ import annotations

import base64
import hashlib
import html
from typing import TYPE_CHECKING

from geocontracts.webmap.seal import SEAL

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geocontracts.words import Lang


def source_hash(text: bytes) -> str:
    """Return how a content security policy names one script or style, by its SHA-256 (CSP level 3, 2.3.1)."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text).digest()).decode('ascii')}'"


def policy_tag(rules: Iterable[str]) -> str:
    """Return the policy of a page as a line of its head; nothing that no rule names gets in."""
    every = ("default-src 'none'", *rules, "base-uri 'none'", "form-action 'none'")
    return f'<meta http-equiv="Content-Security-Policy" content="{"; ".join(every)}">\n'


def quiet_head(lang: Lang, title: str, style: str) -> str:
    """Return the beginning of a page that runs no script, up to its style; its head is not closed yet."""
    return (
        f'<!doctype html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">\n'
        f"{policy_tag([f'style-src {source_hash(style.encode())}'])}{SEAL}"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{html.escape(title)}</title>\n<style>{style}</style>\n"
    )
