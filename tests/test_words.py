"""The catalogue: both languages, the same facts, the typography of each."""

import re

import pytest

from geocontracts.words import Message, catalogue, number, say

KEYS = sorted(catalogue())


@pytest.mark.parametrize("key", KEYS)
def test_both_languages_use_the_same_facts(key: str) -> None:
    facts = {lang: set(re.findall(r"\{(\w+)", catalogue()[key][lang])) for lang in ("fr", "en")}
    assert facts["fr"] == facts["en"]


@pytest.mark.parametrize("key", KEYS)
def test_french_typography(key: str) -> None:
    text = catalogue()[key]["fr"]
    assert "'" not in text, "a French apostrophe is ’"
    assert not re.search(r"[^\s\u00a0\u202f][;:?!»](\s|$)", re.sub(r"https?:", "", text)), (
        "a space stands before"
    )
    assert not re.search(r" [;:?!»]|« ", text), "that space does not break"


def test_numbers_follow_the_language() -> None:
    assert number(1234567, "fr") == "1\u202f234\u202f567"
    assert number(3186368.61, "fr") == "3\u202f186\u202f368,61"
    assert number(1234567, "en") == "1,234,567"
    assert number(12, "fr") == "12"


def test_values_are_quoted_short_and_printable() -> None:
    said = say("value-date", "fr", value="x" * 500 + "\x00")
    assert "«\u00a0xxx" in said
    assert len(said) < 200
    assert "\x00" not in say("value-date", "en", value="a\x00b")


def test_a_message_inside_a_message_speaks_the_same_language() -> None:
    inner = Message("exact-code")
    outer = say("place-without-candidates", "en", written="59172", reason=inner, candidates="")
    assert outer == "“59172”: Exact code."
