"""A cell that holds several places: codes, names, or both in parallel."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geocontracts.memory import remembered
from geocontracts.places.codes import read_code
from geocontracts.places.gazetteer import load_gazetteer
from geocontracts.places.names import epci_key, normalise_name

if TYPE_CHECKING:
    from geocontracts.places.gazetteer import Gazetteer

_SURE = re.compile(r"(?<!\s)\s*[;|\n\r\t]+\s*")  # no name of a place holds one of these
_BROKEN = re.compile(r"-\s*[\n\r]+\s*")  # a name that a narrow cell breaks at its hyphen
_LIKELY = re.compile(r"(?<!\s)(?:\s*,\s*|\s+/\s+|\s+\+\s+|\s+&\s+|\s+et\s+)")
_CODES = re.compile(r"[\s;,|/+]+")
_MOST_WAYS = 50_000  # of setting names beside codes: a cell with more is not set in order by hand either
_LONGEST = 60  # pieces of a cell that are joined in every way; longer lists hold no doubt worth it


def split_codes(cell: str) -> list[str]:
    """Return the codes of a cell; spaces inside one code (`200 072 460`) part nothing."""
    text = cell.strip()
    if not text or text.isalnum():
        return [text] if text else []
    found = []
    for part in _SURE.split(text):
        if not part:
            continue
        pieces = [part] if read_code(part) else re.split(r"\s*[,/+]\s*", part)
        for piece in pieces:
            spaced = _CODES.split(piece)
            whole = not piece or read_code(piece) or not all(each and read_code(each) for each in spaced)
            found.extend([piece] if whole else spaced)
    return [code.strip() for code in found if code.strip()]


def split_names(cell: str) -> list[str]:
    """Return the names of a cell.

    Semicolons, bars and line ends part them, but for a line end inside a name that is known. Commas,
    slashes and `et` do where the pieces are names of places and the whole is none: `CC Pays d'Opale,
    Ardres et vallée de la Hem` stays one, and `Lille, Nord` is one place with its département.
    """
    text = _BROKEN.sub("-", cell.strip())
    if "\n" in text and _is_known(text, load_gazetteer()):
        return [text]
    return [name for part in _SURE.split(text) if part.strip(" ,;") for name in _pieces(part.strip(" ,"))]


@remembered(65536)
def _pieces(text: str) -> tuple[str, ...]:
    places = load_gazetteer()
    parts = _LIKELY.split(text)
    if len(parts) == 1 or len(parts) > _LONGEST or _is_known(text, places):
        return (text,) if len(parts) <= _LONGEST else tuple(parts)
    spans = _spans(text)
    joined = _best(text, spans, places)
    if not joined:
        return (text,)
    return tuple(_with_departement(joined, places))


def _spans(text: str) -> list[tuple[int, int]]:
    """Return where each piece starts and ends, so that pieces can be joined as they were written."""
    spans, start = [], 0
    for mark in _LIKELY.finditer(text):
        spans.append((start, mark.start()))
        start = mark.end()
    return [*spans, (start, len(text))]


def _best(text: str, spans: list[tuple[int, int]], places: Gazetteer) -> list[str]:
    """Join neighbouring pieces so that the fewest are unknown, then so that the fewest are joined.

    Returns nothing when no piece is known: the text is then one name.
    """
    best: list[tuple[int, int, list[str]]] = [(0, 0, [])]
    for end in range(1, len(spans) + 1):
        ways = []
        for start in range(max(0, end - 4), end):
            name = text[spans[start][0] : spans[end - 1][1]]
            unknown, joins, names = best[start]
            known = _is_known(name, places)
            ways.append((unknown + (0 if known else end - start), joins + end - start - 1, [*names, name]))
        best.append(min(ways, key=lambda way: way[:2]))
    unknown, _, names = best[-1]
    return names if unknown < len(spans) else []


def _with_departement(names: list[str], places: Gazetteer) -> list[str]:
    """Write `Lille, Nord` as one place, its département in brackets: nobody lists both as two."""
    found: list[str] = []
    for name in names:
        departements = {
            place.code for place in places.named(normalise_name(name)) if place.level == "departement"
        }
        if found and departements and _has_commune_in(found[-1], departements, places):
            found[-1] = f"{found[-1]} ({name})"
        else:
            found.append(name)
    return found


def _has_commune_in(name: str, departements: set[str], places: Gazetteer) -> bool:
    return any(
        place.level == "commune" and departements & set(place.departement)
        for place in places.named(normalise_name(name))
    )


def _is_known(name: str, places: Gazetteer) -> bool:
    if not name or read_code(name):
        return bool(name)
    bare = re.sub(r"(?<!\s)\s*\([^()]*\)\s*$", "", name)
    return any(
        key and (places.named(key) or places.formerly_named(key))
        for key in (normalise_name(bare), epci_key(bare))
    )


def labels_of(codes: list[str], cell: str) -> list[str] | None:
    """Return the name beside each code, from a cell that holds them in the same order.

    Commas may stand in names: neighbouring pieces are joined so that the most names are those of
    their codes. None when there are fewer names than codes, or too many to tell.
    """
    text = cell.strip(" ;,|\n\r\t")
    if not text:
        return [""] * len(codes)
    if len(codes) == 1:
        return [text]
    sure = _SURE.split(text)
    if len(sure) == len(codes):
        return sure
    pieces = [(match.start(), match.end()) for match in re.finditer(r"[^,;|\n]+", text)]
    if len(pieces) == len(codes):
        return [text[start:end].strip() for start, end in pieces]
    extras = len(pieces) - len(codes)
    if extras < 0 or extras > 3 * len(codes) or len(codes) * extras**2 > _MOST_WAYS:
        return None
    return _aligned(codes, text, pieces)


def _aligned(codes: list[str], text: str, pieces: list[tuple[int, int]]) -> list[str]:
    """Part the pieces among the codes, in order, so that the most agree."""
    places = load_gazetteer()
    best: list[dict[int, tuple[int, list[str]]]] = [{0: (0, [])}]
    for rank, code in enumerate(codes):
        keys = _keys_of(code, places)
        left = len(codes) - rank - 1
        step: dict[int, tuple[int, list[str]]] = {}
        for start, (score, names) in best[-1].items():
            for end in range(start + 1, len(pieces) - left + 1):
                name = text[pieces[start][0] : pieces[end - 1][1]].strip()
                agrees = int(bool({normalise_name(name), epci_key(name)} & keys))
                if end not in step or score + agrees > step[end][0]:
                    step[end] = (score + agrees, [*names, name])
        best.append(step)
    return best[-1][len(pieces)][1]


def _keys_of(code: str, places: Gazetteer) -> set[str]:
    """Return the names that a code has or had, as they are compared."""
    read = read_code(code)
    standing = [(level, each.code) for each in read.readings for level in each.levels] if read else []
    names = [place.name for key in standing if (place := places.get(*key))]
    names += [old.name for key in standing for old in places.formerly_coded(*key)]
    return {key for name in names for key in (normalise_name(name), epci_key(name)) if key}
