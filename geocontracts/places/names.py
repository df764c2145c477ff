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
# Zero-width signs, byte order marks, marks of direction and soft hyphens, which copying brings along.
_UNSEEN: Final = (0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF)
_INVISIBLE: Final = re.compile(f"[{''.join(map(chr, _UNSEEN))}]")
LONGEST: Final = 300
"""Signs that are looked at; the longest name of a place has far fewer."""
_TRAILING_ARTICLE: Final = re.compile(
    r"^(?P<name>.*\S)\s*(?:\(\s*|,\s*)(?P<article>les?|la|l)\s*['’]?\s*\)?\s*$",
    re.DOTALL,
)
_SUR: Final = re.compile(r"(?<=[^a-z0-9])s\s?/(?=\s*[a-z])")
_NOT_WORD: Final = re.compile(r"[^a-z0-9]+")

_KINDS: Final = {
    ("communaute", "de", "communes"): "CC",
    ("communaute", "d", "agglomeration"): "CA",
    ("communaute", "d", "agglo"): "CA",
    ("communaute", "urbaine"): "CU",
    ("c", "c"): "CC",
    ("c", "a"): "CA",
    ("c", "u"): "CU",
    ("c", "d", "c"): "CC",
    ("cc",): "CC",
    ("ca",): "CA",
    ("cu",): "CU",
    ("cdc",): "CC",
    ("codecom",): "CC",
    ("comcom",): "CC",
    ("com", "com"): "CC",
    ("agglo",): "CA",
    ("agglomeration",): "CA",
    ("metropole",): "METRO",
}
KIND_WORDS: Final = frozenset(kind[0] for kind in _KINDS)
LINKS: Final = frozenset({"du", "de", "des", "d"}) | _ARTICLES


_IN_BRACKETS: Final = re.compile(r"[(\[][^()\[\]]*[)\]]")
KIND_NOISE: Final = frozenset(
    {"cc", "ca", "cu", "cdc", "c", "a", "u", "et", "communaute", "communautes", "commune", "communes"}
    | {
        "agglomeration",
        "agglo",
        "urbaine",
        "metropole",
        "eurometropole",
        "intercom",
        "codecom",
        "comcom",
        "com",
    }
)


def without_invisible(text: str) -> str:
    """Return a text without the signs that do not show."""
    return text if text.isascii() else _INVISIBLE.sub("", text)


def visible(text: str) -> str:
    r"""Return a text with single spaces, without those around it and the signs that do not show.

    >>> visible("\ufeff 62\u200b041 ")
    '62041'
    """
    return " ".join(without_invisible(text).split())


def shortened(text: str) -> str:
    """Return a text as a sentence can quote it: one that is too long for a name is cut, and shows it."""
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


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
    return key_of(words_of(name))


def words_of(name: str) -> list[str]:
    """Return the plain words of a name, its article in front, before `key_of` drops that.

    >>> words_of("St-Omer Cedex"), words_of("Portel (Le)")
    (['saint', 'omer'], ['le', 'portel'])
    """
    text = name.translate(_FOLDED)
    if not text.isascii() or "(" in text or "," in text or "/" in text:
        text = _unfolded(name)
    words = text.split()
    if not _RARE.isdisjoint(words):
        words = _without_cedex(words)
        first = words[:1] if words[:1] == ["lez"] else []  # Lez-Fontaine: "near", and no article
        words = first + [_WORDS.get(word, word) for word in words[len(first) :]]
    return words


def key_of(words: list[str]) -> str:
    """Return the key that these words make: all of them, but for a leading article."""
    if len(words) > 1 and words[0] in _ARTICLES:
        key = " ".join(words)
        return key if key in _KEEPS_ARTICLE else key.partition(" ")[2]
    return " ".join(words)


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
    return epci_key_of(words_of(name))[0]


def epci_key_of(words: list[str]) -> tuple[str, str]:
    """Return the key of an intercommunalité of these words, and the kind that leads them.

    The kind is {"CC", "CA", "CU", "METRO"}, empty where the words say none.
    """
    key = key_of(words)
    plain = key.split()
    if not plain or plain[0] not in KIND_WORDS:
        return key, ""
    for kind, name in _KINDS.items():
        if tuple(plain[: len(kind)]) == kind:
            rest = plain[len(kind) :]
            while rest and rest[0] in LINKS:
                rest = rest[1:]
            return " ".join(rest) or key, name
    return key, ""


def without_brackets(name: str) -> str:
    """Return a name without what stands in brackets, which is an acronym in the names of EPCI."""
    return _IN_BRACKETS.sub(" ", name).strip()


def loose_epci_key(name: str) -> str:
    """Return the words that tell an EPCI, without any that say its kind, and in no link.

    `CC Pays de Blain communauté` and `Communauté de communes du Pays de Blain`
    have one such key. What is in brackets does not count.
    """
    words = normalise_name(without_brackets(name)).split()
    kept = [word for word in words if word not in KIND_NOISE and word not in LINKS]
    return " ".join(kept)


def _unfolded(name: str) -> str:
    """Return the plain words of a text that has signs which say something, or rare letters."""
    text = without_invisible(name).lower().translate(_LIGATURES)
    decomposed = unicodedata.normalize("NFKD", text)
    plain = "".join(c for c in decomposed if not unicodedata.combining(c))
    moved = _TRAILING_ARTICLE.match(plain)
    whole = f"{moved['article']} {moved['name']}" if moved else plain
    return _NOT_WORD.sub(" ", _SUR.sub(" sur ", whole))


def _without_cedex(words: list[str]) -> list[str]:
    """Drop `Cedex` and its number, unless the name begins with it."""
    kept: list[str] = []
    for position, word in enumerate(words):
        is_number = position > 1 and word.isdigit() and words[position - 1] == "cedex"
        if position == 0 or (word != "cedex" and not is_number):
            kept.append(word)
    return kept


def _folded(letter: str) -> str:
    """Return a sign as it counts: a plain letter or digit, nothing, one of `(,/`, or a space."""
    if letter in "(,/":
        return letter
    if letter == "\u00ad" or unicodedata.combining(letter):
        return ""
    plain = unicodedata.normalize("NFKD", letter.lower().translate(_LIGATURES))
    return _NOT_WORD.sub(" ", "".join(c for c in plain if not unicodedata.combining(c)))


# The letters of all European languages and the usual quotes and dashes, looked up at once.
_FOLDED: Final = {
    code: _folded(chr(code)) for code in (*range(0x180), *range(0x300, 0x370), *range(0x2010, 0x2030))
} | dict.fromkeys(_UNSEEN, "")
_RARE: Final = frozenset({*_WORDS, "cedex"})
