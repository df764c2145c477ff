"""Whether what an organisation writes of its failures or exemptions tells that there is none.

What is taken for none is left out of the statement, so that a failure must never be: « Pas de sous-titres »
and « Aucune non-conformité majeure » are some. Every word has to be known.
"""

from __future__ import annotations

import re

from geocontracts.records.formats.headings import folded

_DASHES = frozenset("-\N{NON-BREAKING HYPHEN}\N{EN DASH}\N{EM DASH}\N{MINUS SIGN}")
_LONGEST = 100
_WORDS = re.compile(r"[^\w\u0300-\u036f]+")  # an accent may be a letter of its own
_SUCH = (
    r"(?:non ?conformites?|anomalies?|defauts?|ecarts?|manquements?|problemes?|erreurs?|derogations?"
    r"|charges? disproportionnees?|non ?conformity|non ?conformities|non ?compliances?|failures?|issues?"
    r"|defects?|problems?|errors?|exemptions?|disproportionate burdens?)"
)
_SEEN = (
    r"(?:(?:relev|constat|signal|detect|identifi|trouv|declar|demand|invoqu)ee?s?|connue?s?"
    r"|found|reported|known|detected|identified|noted|claimed)"
)
_THEN = rf"(?:{_SEEN}|a signaler|a declarer|to report|a ce jour|to date|par l audit|by the audit)"
_NONE = re.compile(
    rf"(?:aucune?|neant|sans|rien|none|nothing|no|zero|0)(?: {_SEEN})?(?: {_SUCH})?(?: {_THEN}){{0,3}}"
    rf"|pas de? {_SUCH}(?: {_THEN}){{0,3}}|non|ras|r a s|sans objet"
)


def says_none(text: str) -> bool:
    """Say whether a text only tells that there is nothing: « Aucune », « Pas d’anomalie relevée », « - »."""
    if len(text) > _LONGEST:
        return False
    plain = " ".join(filter(None, map(folded, _WORDS.split(text))))
    return text.strip() in _DASHES or _NONE.fullmatch(plain) is not None
