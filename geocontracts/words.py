"""What people are told, in French and in English, from one catalogue (`words.json`)."""

from __future__ import annotations

import json
import string
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

Lang: TypeAlias = Literal["fr", "en"]

# Between thousands: a narrow no-break space in French, a comma in English.
_GROUPING = {"fr": "\u202f", "en": ","}
_POINT = {"fr": ",", "en": "."}


@dataclass(frozen=True)
class Message:
    """Something to say: a key of the catalogue and the facts that fill it."""

    key: str
    facts: Mapping[str, object] = field(default_factory=dict)

    def text(self, lang: Lang = "fr") -> str:
        """Say it in `lang`."""
        return say(self.key, lang, **self.facts)


def say(key: str, lang: Lang, **facts: object) -> str:
    """Return the sentence `key` of the catalogue with its facts filled in.

    In a sentence, `{n:n}` is a number written in the habit of the language and
    `{value:q}` a quoted value, shortened when it is long.

    Raises:
        KeyError: the catalogue has no such sentence, or a fact is missing.
    """
    return _Writer(lang).vformat(catalogue()[key][lang], (), facts)


def number(value: float, lang: Lang) -> str:
    """Write a number with the thousands and the decimal mark of the language."""
    text = f"{value:,.2f}".rstrip("0").rstrip(".") if value % 1 else f"{value:,.0f}"
    return text.translate({ord(","): _GROUPING[lang], ord("."): _POINT[lang]})


@cache
def catalogue() -> dict[str, dict[str, str]]:
    """Return all sentences: key -> language -> text."""
    text = Path(__file__).with_name("words.json").read_text(encoding="utf-8")
    sentences: dict[str, dict[str, str]] = json.loads(text)
    return sentences


class _Writer(string.Formatter):
    """Fills a sentence: `:n` numbers, `:q` quoted values, messages in the same language."""

    def __init__(self, lang: Lang) -> None:
        self.lang: Lang = lang

    def format_field(self, value: object, format_spec: str) -> str:
        if isinstance(value, Message):
            return value.text(self.lang)
        if format_spec == "n" and isinstance(value, (int, float)):
            return number(value, self.lang)
        if format_spec == "q":
            return _quoted(str(value), self.lang)
        return str(value)


_LONGEST_QUOTE = 80


def _quoted(text: str, lang: Lang) -> str:
    shown = "".join(letter if letter.isprintable() or letter == "\u00a0" else "\ufffd" for letter in text)
    if len(shown) > _LONGEST_QUOTE:
        shown = shown[: _LONGEST_QUOTE - 1] + "…"
    return f"«\u00a0{shown}\u00a0»" if lang == "fr" else f"“{shown}”"
