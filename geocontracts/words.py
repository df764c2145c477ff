"""What people are told, in French and in English, from one catalogue (`words.json`)."""

from __future__ import annotations

import json
import re
import string
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

Lang: TypeAlias = Literal["fr", "en"]
LANGS: tuple[Lang, ...] = ("fr", "en")

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


@dataclass(frozen=True)
class Lines:
    """Several messages, a line each."""

    messages: tuple[Message, ...]

    def text(self, lang: Lang) -> str:
        """Say them one under the other."""
        return "\n".join(message.text(lang) for message in self.messages)


@dataclass(frozen=True)
class Labels:
    """The labels of values, as people see them in either language."""

    of: tuple[Mapping[str, str], ...]

    def text(self, lang: Lang) -> str:
        """Say them one after the other."""
        return ", ".join(label[lang] for label in self.of)


def say(key: str, lang: Lang, **facts: object) -> str:
    """Return the sentence `key` of the catalogue with its facts filled in.

    In a sentence, `{n:n}` is a number written in the habit of the language and
    `{value:q}` a quoted value and `{value:p}` a plain one, both shortened when
    they are long and without anything that is not printable. Of a tuple, each
    is written so.

    Raises:
        KeyError: the catalogue has no such sentence, or a fact is missing.
    """
    return _Writer(lang).vformat(catalogue()[key][lang], (), facts)


def number(value: float, lang: Lang, digits: int = 2) -> str:
    """Write a number with the thousands and the decimal mark of the language, to so many decimals."""
    text = f"{value:,.{digits}f}".rstrip("0").rstrip(".") if value % 1 else f"{value:,.0f}"
    return text.translate({ord(","): _GROUPING[lang], ord("."): _POINT[lang]})


@cache
def catalogue() -> dict[str, dict[str, str]]:
    """Return all sentences: key -> language -> text."""
    text = Path(__file__).with_name("words.json").read_text(encoding="utf-8")
    sentences: dict[str, dict[str, str]] = json.loads(text)
    return sentences


class _Writer(string.Formatter):
    """Fills a sentence: `:n` numbers, `:q` and `:p` values, messages in the same language."""

    def __init__(self, lang: Lang) -> None:
        self.lang: Lang = lang

    def format_field(self, value: object, format_spec: str) -> str:
        if isinstance(value, (Message, Lines, Labels)):
            return value.text(self.lang)
        if isinstance(value, tuple):
            return ", ".join(self.format_field(each, format_spec) for each in value)
        if format_spec == "n" and isinstance(value, (int, float)):
            return number(value, self.lang)
        if format_spec == "q":
            return f"«\u00a0{plain(str(value))}\u00a0»" if self.lang == "fr" else f"“{plain(str(value))}”"
        if format_spec == "p":
            return plain(str(value), _LONGEST_PLAIN)
        return _tame(value)


# What a terminal obeys, and what turns the direction of a line.
_OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def _tame(value: object) -> str:
    """Return a fact as text that is safe to print; the name of a file stays on its line."""
    text = str(value)
    if text.isprintable():
        return text
    return _OBEYED.sub("\ufffd", text.replace("\n", "\ufffd") if isinstance(value, Path) else text)


_SPACES = "\u00a0\u202f"  # French typography writes them, in our figures and in what is read
_LONGEST_QUOTE = 80
_LONGEST_PLAIN = 300


def plain(text: str, longest: int = _LONGEST_QUOTE) -> str:
    """Return a text that was read on one line, printable, and not too long to be read."""
    shown = "".join(letter if letter.isprintable() or letter in _SPACES else "\ufffd" for letter in text)
    return shown if len(shown) <= longest else shown[: longest - 1] + "…"
