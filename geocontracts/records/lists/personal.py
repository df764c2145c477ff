"""Cells that seem to hold a telephone number or an e-mail address, which nobody means to publish.

What is asked for is the shape, so that codes, SIREN and SIRET numbers, amounts and dates are let through;
a number that a spreadsheet took the zero off has the shape of a SIREN, and is not found.
"""

from __future__ import annotations

import re

from geocontracts.places.gazetteer import load_gazetteer
from geocontracts.words import Message

# Ten figures, in pairs or together; abroad and overseas, with the code of the country.
_MARK = r"[ .\-/\u00a0\u202f\u2009]"
# Not in the middle of a number, nor of a list of pairs.
_BEFORE, _AFTER = rf"(?<![\d.,/-])(?<!\b\d\d{_MARK})", r"(?![.,/\-]?\d)"
_PHONE = re.compile(
    rf"{_BEFORE}(?:"
    rf"(?P<pairs>0[1-9](?P<mark>{_MARK})\d{{2}}(?:(?P=mark)\d{{2}}){{3}})"
    r"|0[1-9]\d{8}"
    rf"|0[1-9]\d{{2}}(?P<other>{_MARK})\d{{2}}(?:(?P=other)\d{{2}}){{2}}"
    rf"|(?:\+|00)(?:33|262|59[046]|508|68[179]){_MARK}?(?:\(0\){_MARK}?)?[1-9](?:{_MARK}?\d{{2}}){{4}}"
    rf"|(?:\+|00)(?:32|352|41|44|49){_MARK}?(?:\(0\){_MARK}?)?[1-9](?:{_MARK}?\d){{7,9}}"
    rf"){_AFTER}"
)
_SHORTEST = 10  # signs of a telephone number
# From the sign on, so that a long cell is read once; bounded as the names of hosts are.
_MAIL = re.compile(r"(?<=[\w.+-])@(?:[\w-]{1,63}\.){1,8}[^\W\d_]{2,24}")


def personal_data(text: str) -> Message | None:
    """Return what a text seems to hold of a person: a number, an address, or both; None for nothing."""
    has_mail = "@" in text and _MAIL.search(text) is not None
    has_phone = False
    if len(text) >= _SHORTEST and ("0" in text or "+" in text):  # few cells are
        phones = (found["pairs"] or "" for found in _PHONE.finditer(text))
        has_phone = not all(map(_lists_departements, phones))
    if has_mail and has_phone:
        return Message("personal-both")
    return Message("personal-mail") if has_mail else Message("personal-phone") if has_phone else None


def _lists_departements(pairs: str) -> bool:
    """Say whether five pairs are five départements of one région: `02 59 60 62 80`."""
    places = load_gazetteer()
    codes = re.findall(r"\d\d", pairs)
    regions = {place.region for code in codes if (place := places.get("departement", code))}
    are_all = all(places.get("departement", code) for code in codes)
    return are_all and len(set(codes)) == len(codes) and len(regions) == 1
