"""Cells that seem to hold a telephone number or an e-mail address, which nobody means to publish.

What is asked for is the shape, so that codes, SIREN and SIRET numbers, amounts and dates are let through;
a number that a spreadsheet took the zero off has the shape of a SIREN, and is not found.
"""

from __future__ import annotations

import re
from functools import lru_cache
from unicodedata import normalize

from geocontracts.places.gazetteer import load_gazetteer
from geocontracts.words import Message

# Blanks, dashes and line breaks are written as one of each; signs that nobody sees are left out.
_TIDY = str.maketrans(
    dict.fromkeys(
        "\t\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u3000", " "
    )
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-")
    | dict.fromkeys("\r\u0085\u2028\u2029", "\n")
    | dict.fromkeys("\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202c\u202d\u2060\ufeff")
)
# Ten figures, in pairs or together; abroad and overseas, with the code of the country.
_MARK = r"(?: {1,3}|[.\-/])"
_SIGN = r"(?: {0,3}[.\-/] {0,3}|\n{1,2})"
# Not in the middle of a number, nor of a list of pairs.
_BEFORE = r"(?<!\d)(?<!\d[.,/\-])(?<!\b\d\d )(?<!\b\d\d {2})"
# One more number may be joined, or its end alone: `06 12 34 56 78/79`.
_NEXT = rf"[.,/\-]0{_MARK}?\d(?:{_MARK}?\d){{8,11}}(?!\d)|/\d{{1,2}}(?![\d/])"
_AFTER = rf"(?!\d)(?:(?={_NEXT})|(?![.,/\-]\d))"
_PHONE = re.compile(
    rf"{_BEFORE}(?:"
    r"(?P<pairs>0[1-9](?:(?: {1,3}\d{2}){4}"
    rf"|(?P<mark>{_SIGN})\d{{2}}(?:(?P=mark)\d{{2}}){{3}}(?!(?P=mark)\d)))"
    r"|(?P<plain>0[1-9]\d{8})"
    r"|0[1-9]\d{2}(?:(?: {1,3}\d{2}){3}|(?P<other>[.\-/])\d{2}(?:(?P=other)\d{2}){2})"
    rf"|0[1-9](?:\d{{2}}{_MARK}\d{{3}}{_MARK}\d{{3}}|{_MARK}\d{{3}}{_MARK}\d{{3}}{_MARK}\d{{2}})"
    r"|0[1-9] (?!(?:19|20)\d\d)\d{4} \d{4}"  # and no month before two years
    rf"|\(0\){_MARK}?[1-9](?:{_MARK}?\d{{2}}){{4}}"
    rf"|(?:(?:\+|00)(?:33|262|59[046]|508|68[179])|00{_MARK}33)\)?"
    rf"{_MARK}?(?:\(?0\)?{_MARK}?)?[1-9](?:{_MARK}?\d){{8}}"
    rf"|(?:\+|00)(?:32|352|41|44|49)\)?{_MARK}?(?:\(?0\)?{_MARK}?)?[1-9](?:{_MARK}?\d){{7,9}}"
    rf"){_AFTER}"
)
# Right before a number: what it is, whatever its shape.
_LOOKED_AT = 40  # signs before a number
_CALLED = re.compile(
    r"(?:\b(?:t[ée]l(?:[ée]phone)?|portable|mobile|gsm|fax|phone|contact|joindre|appeler)|☎"
    r"|(?<![\w./\-])(?:mob|port) ?[.:/])"  # no harbour, no part of an address
    r"\W{0,4}(?:(?:n[°º]|num[ée]ro)\W{0,4})?$",
    re.IGNORECASE,
)
_WORDS = (
    r"isbn(?:-1[03])?|issn|ean|siren|siret|rna|chorus|dossiers?|factures?|parcelles?|cadastre|section|lots?"
    r"|code|id|identifiant|r[ée]f(?:[ée]rences?)?|comptes?|contrat|convention|march[ée]|commande|bon|engagement"
    r"|arr[êe]t[ée]|d[ée]cision|d[ée]lib[ée]ration|tiers|axes?|fiches?|file|invoice|order"
)
_LETTERS = r"(?-i:[A-Z]{1,2}\s+)?$"
_REFERENCE = re.compile(rf"\b(?:{_WORDS}|(?P<bare>n[°º]))[\s:.#=n°º]*{_LETTERS}", re.IGNORECASE)
# Before pairs, most of these words end what a person does: `chef de file`, `chargée du dossier`.
_PAIRS_REFERENCE = re.compile(
    rf"\b(?:(?:lots?|axes?|fiches?|parcelles?) {{0,3}}|(?:{_WORDS})[\s.]*n[°º]\s*){_LETTERS}", re.IGNORECASE
)
_JOINED = re.compile(r"\w[./\-]$")  # a part of a code, of an address: `doc-0612345678.pdf`
_CODE = re.compile(r"(?=\D*\d)[0-9A-Z]+")
_MOST_REGIONS = 3  # of départements that are told together; a number of a person seldom has them in order
_WIDEST = 12  # between the first and the last of lots, of axes, of years: no person has five so in order
_DIALLED = ("+", "(0)", "00 ")  # no reference begins so
_MOBILE = ("06", "07")
_SHORTEST = 10  # signs of a telephone number
# From the sign on, so that a long cell is read once; bounded as the names of hosts are.
_MAIL = re.compile(r"(?<=[\w.+-])@(?:[\w-]{1,63}\.){1,8}[^\W\d_]{2,24}")


def personal_data(text: str) -> Message | None:
    """Return what a text seems to hold of a person: a number, an address, or both; None for nothing."""
    has_mail = "@" in text and _MAIL.search(text) is not None
    has_phone = False
    if len(text) >= _SHORTEST and ("0" in text or "+" in text):  # few cells are
        has_phone = any(map(_is_phone, _PHONE.finditer(text.translate(_TIDY))))
    if has_mail and has_phone:
        return Message("personal-both")
    return Message("personal-mail") if has_mail else Message("personal-phone") if has_phone else None


def _is_phone(found: re.Match[str]) -> bool:
    """Say whether what has the shape of a number is one, by what stands around it."""
    before = normalize("NFC", found.string[max(0, found.start() - _LOOKED_AT) : found.start()])
    if _CALLED.search(before):
        return True
    if found["pairs"]:
        is_listed = _is_listed(found["mark"], before) or _lists_ranks(found["pairs"])
        return not (is_listed or _PAIRS_REFERENCE.search(before))
    reference = _REFERENCE.search(before)
    if found["plain"]:
        return not (reference or _JOINED.search(before) or _lists_codes(found.string))
    if reference is None or found[0].startswith(_DIALLED):
        return True
    # `Contact du dossier : 0612 34 56 78` and `Luc, n° 0612 34 56 78` are no references.
    return ":" in reference[0] or reference["bare"] is not None


@lru_cache(maxsize=1)  # for all numbers of a cell
def _lists_codes(text: str) -> bool:
    """Say whether a cell is a list of codes, and not of numbers alone: `02691;0123456789`."""
    listed = [each.strip() for each in re.split("[,;|]", text)]
    are_codes = all(map(_CODE.fullmatch, listed))
    return len(listed) > 1 and are_codes and not all(map(_PHONE.fullmatch, listed))


def _is_listed(mark: str | None, before: str) -> bool:
    """Say whether pairs go on before the number, with the same mark: `62 - 06 - 31 - 44 - 75 - 13`."""
    return mark is not None and re.search(rf"\d{re.escape(mark)}$", before) is not None


def _lists_ranks(pairs: str) -> bool:
    """Say whether five pairs are years, lots or départements."""
    ranks = [int(pair) for pair in re.findall(r"\d\d", pairs)]
    is_narrow = ranks == sorted(set(ranks)) and ranks[-1] - ranks[0] <= _WIDEST
    return is_narrow or _lists_departements(pairs)


def _lists_departements(pairs: str) -> bool:
    """Say whether five pairs are départements: of one région, or in order of a few: `03 18 36 41 58`.

    A number of a person has them seldom so; one that is called a telephone is not asked.
    """
    places = load_gazetteer()
    codes = re.findall(r"\d\d", pairs)
    found = [place for code in codes if (place := places.get("departement", code))]
    if len(found) < len(codes) or len(set(codes)) < len(codes):
        return False
    regions = {place.region for place in found}
    in_order = codes == sorted(codes) and codes[0] not in _MOBILE
    return len(regions) == 1 or (in_order and len(regions) <= _MOST_REGIONS)
