"""A page with one byte too many fails; a time never does."""

from __future__ import annotations

from benchmarks.budgets import BUDGETS, EXACT, faults, verdict


def pages(**bytes_: float) -> dict[str, dict[str, list[float]]]:
    """Return pages of so many bytes, each at its budget unless told."""
    at = {scene: limits[EXACT] for scene, limits in BUDGETS.items()} | bytes_
    return {scene: {EXACT: [size]} for scene, size in at.items()}


def test_the_budgets_are_those_of_the_issue() -> None:
    assert {scene: limits[EXACT] for scene, limits in BUDGETS.items()} == {
        "region": 750_000,
        "france": 3_500_000,
        "france-bundled": 3_500_000,
    }


def test_a_page_at_its_budget_passes_and_one_byte_more_fails() -> None:
    assert faults(pages()) == []
    assert faults(pages(france=3_500_001)) == ["france: the page has 3,500,001 bytes, 1 over its 3,500,000."]
    assert verdict("france", EXACT, 3_500_001) == "over"
    assert len(faults(pages(region=1e6, france=4e6))) == 2


def test_a_page_that_was_not_measured_is_a_fault() -> None:
    found = pages()
    del found["france"]
    assert "not measured" in faults(found)[0]


def test_a_slow_page_is_said_to_be_over_and_fails_nothing() -> None:
    found = pages()
    found["region"] |= {"first_paint_ms": [9_000.0], "wall_s": [60.0]}
    assert verdict("region", "first_paint_ms", 9_000) == "over"
    assert faults(found) == []


def test_a_time_is_judged_as_it_is_shown() -> None:
    assert verdict("region", "frame_p95_ms", 17.3) == "ok"  # shown as 17
    assert verdict("region", "frame_p95_ms", 17.6) == "over"
    assert verdict("region", "cpu_s", 17.6) == ""
