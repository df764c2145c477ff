"""The catalogue: both languages, the same facts, the typography of each."""

import json
import re

from geocontracts.words import Message, catalogue, number, say
from tests.conftest import ROOT


def test_both_languages_use_the_same_facts() -> None:
    facts = {
        key: [set(re.findall(r"\{(\w+)", texts[lang])) for lang in ("fr", "en")]
        for key, texts in catalogue().items()
    }
    assert len(facts) > 1000
    assert [key for key, (french, english) in facts.items() if french != english] == []


def test_french_typography() -> None:
    texts = {key: re.sub(r"https?:", "", text["fr"]) for key, text in catalogue().items()}
    assert [key for key, text in texts.items() if "'" in text] == [], "a French apostrophe is ’"
    bare = r"[^\s\u00a0\u202f][;:?!»](\s|$)"
    assert [key for key, text in texts.items() if re.search(bare, text)] == [], "a space stands before"
    breaking = r" [;:?!»]|« "
    assert [key for key, text in texts.items() if re.search(breaking, text)] == [], "it does not break"


def test_the_page_gives_each_of_its_words_the_facts_that_it_asks_for() -> None:
    words = json.loads((ROOT / "geocontracts" / "webmap" / "static" / "words.json").read_text("utf-8"))
    call = re.compile(r'words\.\w+\(\s*"([^"]+)",\s*\{([^{}]*)\}')
    sources = [path for path in (ROOT / "client" / "src").rglob("*.ts") if ".test." not in path.name]
    calls = [(path.name, *found) for path in sources for found in call.findall(path.read_text("utf-8"))]
    assert len(calls) > 50
    for file, key, given in calls:
        names = set(re.findall(r"(?:^|,)\s*(\w+)", given))
        for lang, text in words[key].items():
            missing = set(re.findall(r"\{(\w+)", text)) - names
            assert not missing, f"{file}: {key} in {lang} shows its braces"


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
