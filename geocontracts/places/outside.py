"""Perimeters that people name but that are not in the COG: PETR, pays, PNR, SCoT, pôles, syndicats.

Their names are told apart from those of communes and EPCI that begin alike
(`Le Syndicat`, `Pays-de-Clerval`, `CC du Pays de ...`) by asking only when no
place bears the name.
"""

from __future__ import annotations

from geocontracts.places.names import words_of

_FIRST_WORDS = (
    ("petr",),
    ("pnr",),
    ("scot",),
    ("parc",),
    ("pays",),
    ("bassin",),
    ("vallee",),
    ("pole", "d", "equilibre"),
    ("pole", "territorial"),
    ("pole", "metropolitain"),
    ("syndicat",),
    ("sivom",),
    ("sivu",),
    ("smix",),
    ("schema", "de", "coherence"),
    ("territoire", "de", "projet"),
)
_ANYWHERE = frozenset({"petr", "pnr", "scot", "parc", "bassin", "pays"})
_NO_NAME = frozenset({"le", "la", "l", "les"})
# A pays may have the name of an intercommunalité, and be larger than it.
_SHARED_WITH_EPCI = frozenset({"pays", "bassin", "vallee", "vallees"})


_PERIMETER_WORDS = frozenset(
    {"petr", "pnr", "scot", "parc", "naturel", "regional", "national", "pole", "equilibre", "territorial"}
    | {"rural", "metropolitain", "syndicat", "mixte", "sivom", "sivu", "smix", "schema", "coherence"}
    | {"territoire", "projet", "de", "du", "des", "d", "la", "le", "les", "l", "et"}
)


def is_outside_cog(name: str) -> bool:
    """Say whether a name that no place bears is that of a perimeter without a code.

    >>> is_outside_cog("PETR du Cambrésis"), is_outside_cog("le Pays de Thiérache")
    (True, True)
    >>> is_outside_cog("Cambray"), is_outside_cog("Parcy-et-Tygny")
    (False, False)
    """
    words = words_of(name)
    if words and words[0] in _NO_NAME:
        words = words[1:]
    return not _ANYWHERE.isdisjoint(words) or any(tuple(words[: len(kind)]) == kind for kind in _FIRST_WORDS)


def may_be_wider(key: str) -> bool:
    """Say whether a name that an EPCI bears may as well be that of a pays or a bassin."""
    return key.partition(" ")[0] in _SHARED_WITH_EPCI


def bare_name(key: str) -> str:
    """Return a perimeter's name without the words that say its kind: `petr du cambresis`, `cambresis`."""
    words = key.split()
    while len(words) > 1 and words[0] in _PERIMETER_WORDS:
        words = words[1:]
    return " ".join(words)
