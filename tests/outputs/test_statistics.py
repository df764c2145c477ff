"""Statistics: rows that add up, communes and euros counted once, unknown shown as unknown."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pytest

from geocontracts.cli import main
from geocontracts.outputs.frames.overlaps import overlaps
from geocontracts.outputs.millions import in_millions, is_rounded, millions
from geocontracts.outputs.statistics import COLUMNS, build_statistics
from geocontracts.perimeters.perimeter import resolve_perimeters
from geocontracts.places.area import find_area
from geocontracts.records.read import read_register

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from geocontracts.outputs.statistics import Grouping, Statistics


def of(by: Grouping) -> Statistics:
    register = read_register()
    return build_statistics(register, resolve_perimeters(register), by=by)


@pytest.mark.parametrize("by", ["programme", "family", "status"])
def test_rows_are_in_one_line_each(by: Grouping) -> None:
    statistics = of(by)
    total = statistics.total
    for column in ("contracts", "missions", "operations", "placed", "inferred", "unplaced", "without_amount"):
        assert sum(getattr(line, column) or 0 for line in statistics.lines) == getattr(total, column), column
    for line in (*statistics.lines, total):
        assert line.placed + line.unplaced == line.contracts + line.missions + line.operations
        assert line.inferred <= line.placed
    assert (total.contracts, total.missions, total.operations) == (70, 4, 101)


def test_the_pact_is_counted_once_although_its_roads_are_in_the_plan() -> None:
    lines = {line.group: line for line in of("programme").lines}
    pact, plan = lines["pacte-sambre-avesnois-thierache"], lines["cper"]
    assert pact.funding.total == 60_000_000
    assert plan.funding.total == 2_165_000_000 + 798_000_000
    everything = of("programme").total.funding
    assert everything.total is not None
    assert everything.total < sum(line.funding.total or 0 for line in lines.values())


def test_known_payers_of_known_lines() -> None:
    lines = {line.group: line for line in of("programme").lines}
    assert lines["pacte-metropolitain"].funding.payers == {"state": 11_600_000}
    assert lines["crsd"].funding.total == 10_000_000, "the studies are a part of it"
    assert lines["cottri"].funding.payers == {"unattributed": 642_857}
    assert lines["iae"].funding.total is None
    assert lines["iae"].yearly.total == 4_500_000 + 32_000_000
    assert lines["clea"].funding.total is None, "unknown, and not 0"
    assert lines["acv"].communes == 5


def test_csv_is_for_programs_and_json_says_null(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["stats", "--format", "csv"]) == 0
    rows = {row["id"]: row for row in csv.DictReader(io.StringIO(capsys.readouterr().out))}
    assert rows["contrat-de-ruralite"]["Total (€)"] == "7821368.61"
    assert rows["clea"]["Total (€)"] == ""
    assert rows["*"]["Groupe"] == "Ensemble"
    assert rows["iae"]["Par an (€)"] == "36500000"
    assert rows["iae"]["Total (€)"] == ""
    assert main(["stats", "--by", "status", "--format", "json", "--lang", "en"]) == 0
    data = json.loads(capsys.readouterr().out)
    planned = next(group for group in data["groups"] if group["group"] == "planned")
    assert planned["name"] == "Planned"
    assert planned["region_eur"] is None
    assert set(data["all"]) == set(COLUMNS)


def test_communes_are_those_of_contracts_and_not_of_operations_beside_them() -> None:
    lines = {line.group: line for line in of("programme").lines}
    assert lines["pacte-sambre-avesnois-thierache"].communes == 310, (
        "and not Laon, where the studies of the RN2 begin"
    )
    assert lines["contrat-developpement-territorial"].communes == 14 + 39
    assert lines["iae"].communes == 0


def test_missions_have_no_amount_to_miss() -> None:
    lines = {line.group: line for line in of("family").lines}
    assert lines["ingenierie"].without_amount is None
    assert [line.group for line in of("family").lines][-1] == "ingenierie"


def test_the_tables_align_and_leave_out_what_nobody_knows(
    capsys: pytest.CaptureFixture[str], with_contracts: Callable[..., Path]
) -> None:
    head = "id,programme,title,territories,amount_total_eur,source,section"
    folder = with_contracts(
        "a,acv,A,Arras,1234567,doc,P", "b,acv,B,Nulle Part,,doc,P", "c,pvd,C,Lens,,doc,P", head=head
    )
    assert main(["stats", str(folder)]) == 1, "a place is unknown"
    out, err = capsys.readouterr()
    counts, euros, *notes = out.rstrip("\n").split("\n\n")
    assert len({len(line) for line in (*counts.split("\n"), *euros.split("\n"))}) == 2, "aligned"
    assert counts.split("\n")[1].split()[:5] == ["Action", "cœur", "de", "ville", "2"]
    assert "Région" not in euros
    assert euros.split("\n")[1].split()[-2:] == ["1,235", "1,235"], "the total, and what nobody is named for"
    assert len(euros.split("\n")) == 3, "the programme without euros is left out, and counted in a note"
    assert notes[0].startswith("Groupes sans aucun montant connu\u00a0: 1.")
    assert "n’ont pas de valeur officielle" in notes[0].replace("\n", " ")
    assert max(map(len, out.split("\n"))) <= 120
    assert "Nulle Part" in err


@pytest.mark.parametrize(
    ("euros", "said"),
    [
        (0, "0"),
        (1, "<\u00a00,001"),
        (15_000, "0,015"),
        (30_000, "0,03"),
        (36_200, "0,036"),
        (642_857, "0,643"),
        (999_600, "1"),
        (1_050_000, "1,1"),
        (1_250_000, "1,3"),
        (11_600_000, "11,6"),
        (2_963_400_000, "2\u202f963"),
    ],
)
def test_millions(euros: float, said: str) -> None:
    assert millions(euros, "fr") == said


def test_two_small_parts_come_to_their_sum(
    capsys: pytest.CaptureFixture[str], with_contracts: Callable[..., Path]
) -> None:
    head = "id,programme,title,territories,amount_total_eur,amount_state_eur,amount_region_eur,source,section"
    assert main(["stats", str(with_contracts("a,acv,A,Arras,30000,15000,15000,doc,P", head=head))]) == 0
    euros = capsys.readouterr().out.split("\n\n")[1].split("\n")
    assert euros[1].split()[-4:] == ["0,03", "0,015", "0,015", "0"]


_SHARES = "id,programme,title,territories,amount_total_eur,amount_state_eur,source,section"
_OVER = ("a,acv,A,Arras,15000,20000,doc,P", "b,acv,B,Lens,100000,40000,doc,P", "c,ville,C,Creil,,7000,doc,P")


def test_shares_above_their_total_are_told_beside_sums_that_they_break(
    capsys: pytest.CaptureFixture[str], with_contracts: Callable[..., Path]
) -> None:
    folder = str(with_contracts(*_OVER, head=_SHARES))
    assert main(["stats", folder, "--format", "csv"]) == 1, "the row is to be mended"
    rows = {row["id"]: row for row in csv.DictReader(io.StringIO(capsys.readouterr().out))}
    assert {name: row["Lignes dont les parts dépassent le total"] for name, row in rows.items()} == {
        "acv": "a",
        "ville": "",
        "*": "a",
    }
    for row in rows.values():
        total, state, rest, over = (
            float(row[f"{name} (€)"] or 0)
            for name in ("Total", "État", "Non réparti", "Parts au-delà du total")
        )
        assert state + rest - over == total
        assert rest >= 0
    assert rows["*"]["Parts au-delà du total (€)"] == "5000"
    main(["stats", folder])
    shown = " ".join(capsys.readouterr().out.split())
    assert "1 ligne a des parts qui dépassent son total, de 5 000 € : a." in shown
    main(["stats", folder, "--format", "json"])
    assert json.loads(capsys.readouterr().out)["over"] == {"a": 5000}


def test_shares_within_their_total_leave_no_column_and_no_note(
    capsys: pytest.CaptureFixture[str], with_contracts: Callable[..., Path]
) -> None:
    main(["stats", str(with_contracts(*_OVER[1:], head=_SHARES))])
    shown = capsys.readouterr().out
    assert "au-delà" not in shown
    assert "dépassent" not in shown


def test_a_total_around_what_is_broken_is_whole(with_contracts: Callable[..., Path]) -> None:
    """The shares of a row inside another one are weighed against what the outer one states."""
    rows = ("a,acv,A,Arras,15000,20000,b,doc,P", "b,acv,B,Lens,100000,,,doc,P")
    head = _SHARES.replace("amount_state_eur", "amount_state_eur,counted_in")
    register = read_register(with_contracts(*rows, head=head))
    whole = build_statistics(register, resolve_perimeters(register)).total
    assert whole.funding.payers == {"state": 20_000, "unattributed": 80_000}
    assert whole.over == {}


def test_a_column_has_one_number_of_decimals_and_comes_to_its_sum() -> None:
    parts = [5_650_000, 1_152_000, 8_000_000, 180_000, None, 19_800_000]
    assert in_millions([*parts, 34_782_000], "fr") == [
        "5,650",
        "1,152",
        "8,000",
        "0,180",
        "–",
        "19,800",
        "34,782",
    ]
    assert in_millions([24_000_000, 30_000_000], "fr") == ["24", "30"]
    assert in_millions([1_500_000_000, 36_500_000, 300, 0], "en") == [
        "1,500.0",
        "36.5",
        "<\u00a00.001",
        "0.0",
    ]
    assert not is_rounded([5_650_000, None])
    assert is_rounded([180_000.5])


def test_sums_that_are_not_those_of_what_is_shown_say_so(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    for name, euros, said in (("a", "1400400", True), ("b", "1400000", False)):
        path = tmp_path / f"{name}.csv"
        path.write_text(f"titre,territoires,montant_total\nUn,Arras,{euros}\nDeux,Creil,{euros}\n", "utf-8")
        main(["stats", str(path), "--programme", "ACV"])
        shown = " ".join(capsys.readouterr().out.split())
        assert ("2,80" if said else "2,8") in shown
        assert ("chaque somme est celle des montants exacts" in shown) is said


def test_communes_outside_the_territory_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    area = find_area()
    register = read_register()
    perimeters = resolve_perimeters(register)
    statistics = build_statistics(register, perimeters, area=area)
    beyond = {each.group: each.outside for each in statistics.lines if each.outside}
    assert beyond == {"territoires-industrie": 49, "atelier-des-territoires": 42}
    covered = overlaps(register)
    industry = covered[covered["programme_a"] == "territoires-industrie"]["communes_a"].iloc[0]
    lines = {line.group: line for line in statistics.lines}
    assert lines["territoires-industrie"].communes - 49 == industry
    assert statistics.total.communes - statistics.total.outside == len(area.communes)

    assert main(["stats"]) == 0
    said = capsys.readouterr().out.replace("\n", " ").replace("\u202f", " ")
    assert "Communes couvertes\u00a0: 3 873, dont 91 hors du territoire (Hauts-de-France)" in said
    assert "Territoires d’industrie (49), Atelier des territoires (42)." in said
    assert main(["stats", "--area", "france"]) == 0
    assert "hors du territoire" not in capsys.readouterr().out
    assert main(["stats", "--area", "departement:60"]) == 0
    many = capsys.readouterr().out.replace("\n", " ").replace("\u202f", " ")
    assert "dont 3 193 hors du territoire (Oise)" in many
    assert many.count("Contrats de plan (CPER) (3 102)") == 1
    assert "et 18 autres." in many, "never a flood of names"
    assert main(["stats", "--format", "json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert (data["area"], data["communes_outside_area"]) == ("region:32", 91)


def test_a_record_without_status_is_said_to_be_so(with_contracts: Callable[..., Path]) -> None:
    register = read_register(with_contracts("a,acv,A,Arras,,doc,P"))
    statistics = build_statistics(register, resolve_perimeters(register), by="status")
    assert [statistics.name(line.group, "fr") for line in statistics.lines] == ["Non précisé"]
    assert statistics.total.inferred == 0, "a basis that is not said is not inferred"


def test_a_known_zero_is_shown_and_an_unknown_amount_is_a_dash(
    capsys: pytest.CaptureFixture[str], with_contracts: Callable[..., Path]
) -> None:
    head = "id,programme,title,territories,amount_total_eur,amount_state_eur,source,section"
    programmes = (
        "id,name,family,source,section\nacv,=1+1,nouvelle-generation,doc,P\npvd,PVD,cles-en-main,doc,P\n"
    )
    rows = ("a,acv,A,Arras,0,,doc,P", "b,pvd,B,Lens,5000000,1000000,doc,P")
    folder = with_contracts(*rows, head=head, programmes=programmes)
    assert main(["stats", str(folder)]) == 0
    lines = capsys.readouterr().out.split("\n\n")[1].split("\n")
    assert lines[1].split() == ["PVD", "5", "1", "4"]
    assert lines[2].split() == ["=1+1", "0", "–", "0"]
    assert main(["stats", str(folder), "--format", "csv"]) == 0
    assert "\nacv,'=1+1," in capsys.readouterr().out


@pytest.mark.thorough
def test_thousands_of_programmes_take_no_time_that_counts(with_contracts: Callable[..., Path]) -> None:
    rows = [
        f"c{rank},p{rank % 2000},C,commune:62041,10,{'' if rank % 2 else f'c{rank + 1}'},doc,P"
        for rank in range(10_000)
    ]
    head = "id,programme,title,territories,amount_total_eur,counted_in,source,section"
    programmes = "id,name,source,section\n" + "".join(f"p{rank},P{rank},doc,P\n" for rank in range(2000))
    register = read_register(with_contracts(*rows, head=head, programmes=programmes))
    statistics = build_statistics(register, resolve_perimeters(register))
    assert len(statistics.lines) == 2000
    assert statistics.total.funding.total == 10 * 5_000, "half of them lie in the other half"
