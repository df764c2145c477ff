"""The table, the figures and the plot of a run, from given numbers."""

from __future__ import annotations

import csv
import re
import sys
from pathlib import Path

import pytest

from benchmarks.__main__ import keep, main
from benchmarks.growth import MEASURES, Series
from benchmarks.machine import facts
from benchmarks.processes import python, timed
from benchmarks.results import Outcome, as_csv
from benchmarks.scenes import depths, scenes
from benchmarks.table import as_markdown


@pytest.fixture
def outcome() -> Outcome:
    """Return a run in which France is too large and everything grows in proportion."""
    grown = tuple((size, {key: [float(size)] for key in MEASURES}) for size in (50, 500, 5_000))
    return Outcome(
        "2026-03-01",
        {"cores": "2"},
        scenes(Path("national")),
        {
            "region": {"page_bytes": [700_000], "wall_s": [0.8, 0.9, 1.3], "jank_s": [0.0]},
            "france": {"page_bytes": [3_600_000], "wall_s": [2.0]},
            "france-bundled": {"page_bytes": [3_000_000]},
        },
        {"region": {"page_bytes": [35_000_000], "wall_s": [9.0], "jank_s": [11.0]}},
        [Series("contracts", "contracts", grown)],
    )


def test_the_table_sets_each_figure_beside_its_budget_and_the_peer(outcome: Outcome) -> None:
    page = as_markdown(outcome)
    assert "| page, everything inside, MB | 0.700 | 0.750 | ok | 35.000 | 1 : 50.0 |" in page
    assert "| whole command, s | 0.90 (0.80-1.30) | 1.00 | ok | 9.00 | 1 : 10.0 |" in page
    assert "| page, everything inside, MB | 3.600 | 3.500 | over |" in page
    assert "| jank of 20 moves, s | 0.00 | 0.10 | ok | 11.00 |  |" in page  # no ratio to nothing
    assert "france: the page has 3,600,000 bytes, 100,000 over its 3,500,000." in page


def test_a_busy_machine_is_told(outcome: Outcome) -> None:
    assert "busy" not in as_markdown(outcome)
    outcome.machine["load before"] = "3.2"
    assert "The machine was busy" in as_markdown(outcome)


def test_the_table_says_how_each_cost_grows(outcome: Outcome) -> None:
    last = next(line for line in as_markdown(outcome).splitlines() if "to the power of" in line)
    assert last.split("|")[2:-1] == [" 1.00, 1.00 "] * len(MEASURES)


def test_the_figures_of_a_program_are_those_of_the_table(outcome: Outcome) -> None:
    rows = list(csv.DictReader(as_csv(outcome).splitlines()))
    first = rows[0]
    assert (first["map"], first["median"], first["unit"]) == ("region", "700000", "bytes")
    wall = next(row for row in rows if row["measure"] == "whole command")
    assert (wall["median"], wall["lowest"], wall["highest"], wall["runs"]) == ("0.90", "0.80", "1.30", "3")
    assert [row["verdict"] for row in rows if row["map"] == "france"] == ["over", "ok"]
    assert {row["budget"] for row in rows if row["program"] == "plain folium"} == {""}
    assert sum(row["map"].endswith(" contracts") for row in rows) == 3 * len(MEASURES)


def test_a_run_is_kept_whole_and_the_same_figures_give_the_same_bytes(
    outcome: Outcome, tmp_path: Path
) -> None:
    for folder in ("one", "two"):
        keep(outcome, tmp_path / folder)
    names = {f"2026-03-01.{kind}" for kind in ("md", "csv", "svg")}
    assert {path.name for path in (tmp_path / "one").iterdir()} == names
    for name in names:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()
    picture = (tmp_path / "one" / "2026-03-01.svg").read_text(encoding="utf-8")
    assert "3.6" in re.findall(r"<!-- (.*?) -->", picture)  # France's page, in MB
    assert "(2026-03-01.svg)" in (tmp_path / "one" / "2026-03-01.md").read_text(encoding="utf-8")


def test_the_command_fails_on_bytes_and_on_nothing_else(
    outcome: Outcome, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes = {scene: found["page_bytes"] for scene, found in outcome.ours.items()}
    monkeypatch.setattr("benchmarks.__main__.made_up", lambda folder, _: folder)
    monkeypatch.setattr(
        "benchmarks.__main__.ours", lambda scene, *_: {"page_bytes": sizes[scene.key], "wall_s": [99.0]}
    )
    small = ["--small", "--no-peer", "--chromium", ""]
    assert main(small) == 1
    sizes["france"] = [3_500_000]
    assert main(small) == 0


def test_what_could_not_be_measured_is_told(
    outcome: Outcome, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def crash(*_: object) -> None:
        msg = "the browser gave up\nand more"
        raise RuntimeError(msg)

    monkeypatch.setattr("benchmarks.__main__.made_up", lambda folder, _: folder)
    monkeypatch.setattr("benchmarks.__main__.ours", lambda scene, *_: outcome.ours[scene.key])
    monkeypatch.setattr("benchmarks.__main__.peer", crash)
    main(["--small", "--chromium", ""])
    told = "Hauts-de-France, bundled register, plain folium: not measured (the browser gave up)."
    assert told in capsys.readouterr().out


def test_the_small_form_takes_one_look_at_france_and_no_peer_there() -> None:
    region, france, bundled = scenes(Path("national"))
    assert [each and each.part for each in depths(region, 5, is_small=True)] == ["all", "all"]
    assert [each and each.part for each in depths(france, 5, is_small=True)] == ["paint", None]
    assert [each and each.part for each in depths(bundled, 5, is_small=True)] == ["bytes", None]
    assert [each and each.runs for each in depths(france, 5, is_small=False)] == [5, 1]


def test_a_process_is_measured_and_its_failure_is_told() -> None:
    found = timed([sys.executable, "-c", "x = bytearray(60_000_000)"], 2, warm=False)
    assert all(value > 60 for value in found["peak_mb"])
    assert len(found["wall_s"]) == 2
    with pytest.raises(RuntimeError, match="status"):
        timed(python("benchmarks.no_such_module"), 1, warm=False)


def test_the_machine_is_told_without_a_path() -> None:
    told = facts(None)
    assert told["cores"].isdigit()
    assert told["Chromium"] == "none"
    assert not any("/" in value for value in told.values())
