"""Turn names of places, as people write them, into keys that can be compared.

Two spellings of one name give one key: accents, case, hyphens, apostrophes,
line breaks, the place of the article and `St` for `Saint` do not count. Two
different communes of one département keep two keys (a test holds this over
the whole country). A key is for comparing, never for showing.
"""

import re
import unicodedata
from typing import Final

_ARTICLES: Final = frozenset({"le", "la", "les", "l"})
_KEEPS_ARTICLE: Final = frozenset({"la vergne"})  # 17465: Vergné is 17464
_WORDS: Final = {
    "st": "saint",
    "ste": "sainte",
    "sts": "saints",
    "stes": "saintes",
    "lez": "les",
}
_LIGATURES: Final = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "\u00ad": ""})
_INVISIBLE: Final = re.compile("[\u200b-\u200d\u2060\ufeff]")
_TRAILING_ARTICLE: Final = re.compile(
    r"^(?P<name>.*\S)\s*(?:\(\s*|,\s*)(?P<article>les?|la|l)\s*['’]?\s*\)?\s*$",
    re.DOTALL,
)
_SUR: Final = re.compile(r"(?<=[^a-z0-9])s\s?/(?=\s*[a-z])")
_NOT_WORD: Final = re.compile(r"[^a-z0-9]+")
_CEDEX: Final = re.compile(r" cedex(?: \d+)?(?= |$)")

_KINDS: Final = (
    ("communaute", "de", "communes"),
    ("communaute", "d", "agglomeration"),
    ("communaute", "d", "agglo"),
    ("communaute", "urbaine"),
    ("c", "c"),
    ("c", "a"),
    ("c", "u"),
    ("cc",),
    ("ca",),
    ("cu",),
    ("metropole",),
)
_LINKS: Final = frozenset({"du", "de", "des", "d"}) | _ARTICLES


def normalise_name(name: str) -> str:
    r"""Return the key under which a name of a place is compared.

    Lower case without accents, words parted by one space. A leading article
    (`Le`, `La`, `Les`, `L'`), or one set behind the name in brackets or after
    a comma, is dropped; so is a trailing `Cedex`. `St`, `Ste`, `Sts` are
    spelled out, `s/` becomes `sur`, `lez` and `lès` become `les`.

    The article stays where it alone tells two communes of one département
    apart (`La Vergne`, `Vergné`), and where the name is nothing else: the key
    is empty only for a text without any letter or digit.

    >>> normalise_name("Le Portel"), normalise_name("PORTEL (LE)")
    ('portel', 'portel')
    >>> normalise_name("L’Isle-Adam") == normalise_name("Isle-Adam (L')")
    True
    >>> normalise_name("Saint-\nQuentin"), normalise_name("St Quentin Cedex 2")
    ('saint quentin', 'saint quentin')
    >>> normalise_name("Neuilly s/Seine"), normalise_name("Œuf-en-Ternois")
    ('neuilly sur seine', 'oeuf en ternois')
    """
    text = _plain(name)
    moved = _TRAILING_ARTICLE.match(text)
    words = _words(f"{moved['article']} {moved['name']}" if moved else text)
    key = " ".join(words)
    if len(words) > 1 and words[0] in _ARTICLES and key not in _KEEPS_ARTICLE:
        key = " ".join(words[1:])
    return key


def epci_key(name: str) -> str:
    """Return the key under which the name of an intercommunalité is compared.

    As `normalise_name`, without the kind that leads the name (`CC`, `CA`,
    `CU`, `Communauté de communes`, `d'agglomération`, `urbaine`, `Métropole`)
    and the link words that follow it (`du`, `de la`, `des`, `d'`, `l'`...).
    A name made of such words alone keeps them.

    >>> epci_key("CC du Pays Noyonnais"), epci_key("Pays noyonnais")
    ('pays noyonnais', 'pays noyonnais')
    >>> epci_key("Communauté de communes du Pays Noyonnais")
    'pays noyonnais'
    >>> epci_key("CA de l'Espace Sud de la Martinique")
    'espace sud de la martinique'
    """
    key = normalise_name(name)
    words = key.split()
    rest = _without_kind(words)
    if len(rest) < len(words):
        while rest and rest[0] in _LINKS:
            rest = rest[1:]
    return " ".join(rest) or key


def _plain(name: str) -> str:
    """Return the text in lower case, without accents, ligatures or unseen signs."""
    text = _INVISIBLE.sub("", name).lower().translate(_LIGATURES)
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def _words(text: str) -> list[str]:
    """Return the words of a plain text, abbreviations spelled out."""
    spaced = _NOT_WORD.sub(" ", _SUR.sub(" sur ", text)).strip()
    return [_WORDS.get(word, word) for word in _CEDEX.sub("", spaced).split()]


def _without_kind(words: list[str]) -> list[str]:
    """Return the words that follow the kind of intercommunalité, if one leads."""
    for kind in _KINDS:
        if tuple(words[: len(kind)]) == kind:
            return words[len(kind) :]
    return words
