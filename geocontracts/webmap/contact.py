"""The e-mail address and the telephone number of an organisation, kept as they are written."""

from __future__ import annotations

import re

_LEAST_DIGITS = 2  # 15, 17, 18
_LABEL = r"[^\W_]+(?:-+[^\W_]+)*"  # of a host: letters of any language, digits, hyphens within
_NUMBER = r"\(?\+?[\d .()-]{2,30}"


def read_email(written: str) -> str | None:
    """Return an address without anything that a link would read otherwise."""
    found = re.fullmatch(rf"([\w.+'-]+)@((?:{_LABEL}\.)+[a-zA-Z][a-zA-Z\d-]*[a-zA-Z\d])", written)
    return written if found and found[1].isascii() and re.search("[^\\W_]", found[1]) else None


def read_telephone(written: str) -> str | None:
    """Return a number, or two: the second may be the end alone, « 03 22 97 80 80 / 81 »."""
    is_number = re.fullmatch(rf"{_NUMBER}(?:/ ?{_NUMBER})?", written, re.ASCII)
    return written if is_number and sum(map(str.isdigit, written)) >= _LEAST_DIGITS else None
