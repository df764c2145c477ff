"""Whose wish counts, without a browser: Python's, a reader's in one view or in another, in any order."""

from __future__ import annotations

from typing import Any

from geocontracts.webmap.wish import Wish


def news(view: str, knows: int, state: str, *, answer: bool = False) -> dict[str, Any]:
    return {"view": view, "knows": knows, "answer": answer, "shown": {"state": state, "layers": []}}


def after(wish: Wish, *told: dict[str, Any]) -> Wish:
    for each in told:
        heard = wish.hearing(each)
        assert heard is not None
        wish = heard
    return wish


def test_a_part_counts_on_top_of_the_link_that_was_seen_before() -> None:
    """A view shown later is asked both; the link alone would undo what was set."""
    used = after(Wish(), news("a", 0, "off=acv"))
    wish = used.setting("layers", ("acv", "pat")).setting("date", (2017, 2019))
    assert wish.shown == {"state": "off=acv", "layers": ("acv", "pat"), "date": (2017, 2019)}
    assert (used.version, wish.version, wish.by, wish.exact) == (1, 3, "", False)


def test_a_link_counts_before_what_was_set_earlier() -> None:
    wish = Wish().setting("layers", ()).setting("state", "m=9/50/3")
    assert (wish.shown, wish.exact) == ({"state": "m=9/50/3"}, True)
    on_top = wish.setting("date", None)
    assert (on_top.shown, on_top.exact) == ({"state": "m=9/50/3", "date": None}, True)


def test_the_first_answer_says_what_became_of_it_and_is_no_new_wish() -> None:
    asked = Wish().setting("layers", ("acv",))
    answered = after(asked, news("a", 1, "only=acv", answer=True))
    assert answered.version == asked.version, "no view is asked again"
    assert (answered.shown, answered.by) == ({"state": "only=acv"}, "a")
    assert answered.hearing(news("b", 1, "m=9/50/3&only=acv", answer=True)) is None


def test_an_answer_to_what_no_longer_counts_is_not_heard() -> None:
    asked = Wish().setting("layers", ()).setting("date", (2019, 2019))
    assert asked.hearing(news("a", 1, "none", answer=True)) is None


def test_what_a_reader_did_before_python_set_something_does_not_undo_it() -> None:
    """As three clicks during a long cell that ends by setting a trait."""
    wish = Wish().setting("layers", ("acv",))
    for state in ("t=2017", "t=2018", "t=2019"):
        assert wish.hearing(news("a", 0, state)) is None


def test_several_things_done_in_one_view_all_count_though_it_hears_of_them_later() -> None:
    wish = after(Wish(), news("a", 0, "t=2017"), news("a", 0, "t=2018"), news("a", 0, "t=2019"))
    assert (wish.version, wish.by, wish.shown) == (3, "a", {"state": "t=2019"})


def test_one_of_two_views_gives_way_and_neither_answers_the_other() -> None:
    first = after(Wish(), news("a", 0, "t=2017"))
    assert first.hearing(news("b", 0, "t=2018")) is None, "done before b knew what was done in a"
    assert first.hearing(news("b", 1, "t=2017-2017", answer=True)) is None, "b was asked to follow a"
    assert after(first, news("b", 1, "t=2018")).by == "b"
    assert after(first, news("b", 1, "t=2018")).hearing(news("a", 1, "t=2019")) is None
