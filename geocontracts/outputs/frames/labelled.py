"""A frame for readers: headings and codes in their language, figures as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from geocontracts.errors import UnknownOptionError
from geocontracts.records.schema import load_schema
from geocontracts.words import LANGS, catalogue, say

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    import pandas as pd

    from geocontracts.words import Lang

_Frame = TypeVar("_Frame", bound="pd.DataFrame")

# A column has the heading that it has in the exports and in the register, where it is there too.
_EXPORTED = (
    *("kind", "outcome", "code", "name", "population", "remarks"),
    *(f"{payer}_eur" for payer in ("total", "state", "eu", "region", "department", "other", "unattributed")),
)
_DECLARED = {
    **{name: name for name in ("title", "status", "counted_in", "stated_communes", "source", "section")},
    **{name: f"{name}_on" for name in ("signed", "starts", "ends")},
    "basis": "perimeter",
    "amounts_are": "amount_period",
}
_CATALOGUED = {"kind": "export-kind", "outcome": "export-outcome", "extent": "frame-extent"}
_WORDS = {
    "kind": ("contract", "mission", "operation"),
    "outcome": ("placed", "remark", "unplaced"),
    "extent": ("whole", "part", "seat"),
}


def labelled(frame: _Frame, *, lang: Lang = "fr") -> _Frame:
    """Return a copy of a frame of this package with headings and words that people read.

    For the frames of `join`, `stack`, `coverage` and `overlaps`, or some of their columns: the
    index and the columns are renamed (`total_eur` is `Montant total (€)`), and `kind`, `status`,
    `basis`, `extent`, `outcome` and `amounts_are` hold words for codes (`Contrat`). Figures, lists,
    identifiers, what is unknown (`<NA>`) and columns of other names stay as they are, as do `attrs`.
    It is the last step: the other functions know the names that are not translated.

    Raises:
        UnknownOptionError: `lang` is not one of {"fr", "en"}.
    """
    import pandas as pd

    if lang not in LANGS:
        raise UnknownOptionError("option-unknown", option="lang", value=lang, allowed=", ".join(LANGS))
    told = frame.copy()
    if "status" in frame.columns:
        told["status"] = _statuses(frame, lang)
    for name in ("kind", "basis", "extent", "outcome", "amounts_are"):
        if name in frame.columns:
            words = _words(name, lang)
            column = [_word(words, value) for value in frame[name]]
            told[name] = pd.Series(column, index=frame.index, dtype="string")
    told = told.rename(columns={name: _heading(name, lang) for name in frame.columns})
    told.index.names = [_heading(name, lang) for name in frame.index.names]
    return told


def _heading(name: Hashable, lang: Lang) -> Hashable:
    """Return the heading of a column; one that is not ours keeps its name."""
    if not isinstance(name, str):
        return name
    if name in _EXPORTED:
        return say(f"export-col-{name}", lang)
    if name in _DECLARED:
        table = load_schema()["contracts"]
        return table.field(_DECLARED[name]).label(lang)
    key = f"frame-col-{name}"
    return say(key, lang) if key in catalogue() else name


def _words(name: str, lang: Lang) -> dict[str, str]:
    """Return what the codes of a column are called."""
    if name in _CATALOGUED:
        return {code: say(f"{_CATALOGUED[name]}-{code}", lang) for code in _WORDS[name]}
    choices = load_schema()["contracts"].field(_DECLARED[name]).choices
    return {code: labels[lang] for code, labels in choices.items()}


def _statuses(frame: pd.DataFrame, lang: Lang) -> pd.Series[str]:
    """Return the statuses in words: a contract is in force, an operation under way."""
    import pandas as pd

    by_kind = {
        kind: {
            code: labels[lang] for code, labels in load_schema()[f"{kind}s"].field("status").choices.items()
        }
        for kind in _WORDS["kind"]
    }
    either = by_kind["contract"] | {"in_force": say("stats-in-force", lang)}
    kinds = frame["kind"] if "kind" in frame.columns else [None] * len(frame)
    words = [
        _word(by_kind.get(kind, either) if isinstance(kind, str) else either, status)
        for kind, status in zip(kinds, frame["status"], strict=True)
    ]
    return pd.Series(words, index=frame.index, dtype="string")


def _word(words: Mapping[str, str], code: object) -> object:
    return words.get(code, code) if isinstance(code, str) else code
