"""What differs between two editions, on the bundled register with precise things altered."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

import geocontracts
from geocontracts.errors import UnknownOptionError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from geocontracts.outputs.comparison.comparison import Comparison, Entry
    from geocontracts.records.register import Register

Tables = dict[str, list[dict[str, str]]]


@cache
def bundled() -> Register:
    return geocontracts.read_register()


def row(tables: Tables, name: str) -> dict[str, str]:
    return next(each for rows in tables.values() for each in rows if each["id"] == name)


def entry(comparison: Comparison, name: str) -> Entry:
    return next(each for each in comparison.entries if each.id == name)


def said(comparison: Comparison, name: str) -> list[str]:
    """Return the sentences of an entry; that their spaces do not break is tested on the catalogue."""
    return [plain_spaces(change.message.text("fr")) for change in entry(comparison, name).changes]


def plain_spaces(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def test_an_edition_differs_in_nothing_from_itself() -> None:
    found = geocontracts.compare(bundled(), bundled())
    assert found.entries == ()
    assert found.counts["contracts"].same == found.counts["contracts"].old == 70
    assert found.funding["whole"][0] == found.funding["whole"][1]
    assert found.table().empty


def test_what_comes_goes_and_begins_is_told_and_counts_add_up(altered: Callable[..., Path]) -> None:
    def alter(tables: Tables) -> None:
        tables["contracts"].remove(row(tables, "ti-beauvaisis"))
        row(tables, "ti-thierache")["status"] = "signed"
        row(tables, "arleux-halle")["status"] = "ended"
        tables["contracts"].append(row(tables, "ti-dunkerque") | {"id": "ti-2", "title": "Neuf"})

    found = geocontracts.compare(bundled(), altered(alter))
    assert {(each.id, each.kinds) for each in found.entries} == {
        ("ti-beauvaisis", ("gone",)),
        ("ti-2", ("added",)),
        ("ti-thierache", ("began",)),
        ("arleux-halle", ("ended",)),
    }
    assert said(found, "ti-thierache") == ["A commencé : statut « Annoncé », maintenant « Signé »."]
    for count in found.counts.values():
        assert count.old + count.added - count.gone == count.new
        assert count.added + count.began + count.ended + count.changed + count.same == count.new
    assert (found.counts["contracts"].added, found.counts["contracts"].gone) == (1, 1)
    assert found.doubts == ()  # the new one stands on the ground of one that stays


def test_a_status_that_was_unknown_is_no_end(altered: Callable[..., Path]) -> None:
    def forget(tables: Tables) -> None:
        row(tables, "arleux-halle")["status"] = ""

    def end(tables: Tables) -> None:
        row(tables, "arleux-halle")["status"] = "ended"

    found = geocontracts.compare(altered(forget, "a"), altered(end, "b"))
    assert entry(found, "arleux-halle").kinds == ("changed",)
    assert said(found, "arleux-halle") == ["Statut : rien d’écrit avant ; maintenant Achevé."]


@pytest.mark.parametrize(
    ("dates", "is_told"),
    [
        (("2026-12-31", "2028"), True),
        (("2027", "2028"), False),  # it may have ended before the old edition
        (("2026", "2027-06"), False),  # it may end after the new one
        ((None, None), False),
    ],
)
def test_an_end_between_the_editions_is_told_when_it_is_sure(
    dates: tuple[str | None, str | None], *, is_told: bool
) -> None:
    found = geocontracts.compare(bundled(), bundled(), old_date=dates[0], new_date=dates[1])
    ended = {each.id: each for each in found.of_kind("ended")}
    assert ("erbm" in ended) == is_told
    if is_told:
        assert said(found, "erbm") == [
            "A pris fin : date de fin 2027, entre les éditions (31 décembre 2026 et 2028)."
        ]


def test_dates_that_are_none_or_reversed_are_refused() -> None:
    with pytest.raises(UnknownOptionError, match="old-date"):
        geocontracts.compare(bundled(), bundled(), old_date="l'an dernier")
    with pytest.raises(UnknownOptionError, match="later than the new one"):
        geocontracts.compare(bundled(), bundled(), old_date="2026", new_date="2020")


def test_a_perimeter_that_moves_names_its_communes_and_moves_who_refers_to_it(
    altered: Callable[..., Path],
) -> None:
    def alter(tables: Tables) -> None:
        territories = row(tables, "erbm")["territories"]
        row(tables, "erbm")["territories"] = territories.replace("epci:200072460", "commune:62041")

    found = geocontracts.compare(bundled(), altered(alter))
    moved = found.of_kind("moved")
    assert {"erbm", "pauvrete-bassin-minier-contrat"} <= {each.id for each in moved}
    assert said(found, "pauvrete-bassin-minier-contrat")[0].endswith("celui de erbm, qui a changé.")
    change = entry(found, "erbm").changes[0]
    assert [place.name for place in change.gained] == ["Arras"]
    assert len(change.lost) == 100
    assert "Béthune" in {place.name for place in change.lost}
    assert plain_spaces(change.message.text("fr")) == (
        "Commune entrée : Arras. Communes sorties : 100 (CA de Béthune-Bruay, Artois-Lys Romane)."
    )


def test_a_merger_of_communes_moves_nothing_and_is_told(altered: Callable[..., Path]) -> None:
    def write(territories: str) -> Callable[[Tables], None]:
        def alter(tables: Tables) -> None:
            row(tables, "pacte-sat")["territories"] = territories

        return alter

    old = altered(write("Amfroipret; Bermeries"), "a")
    found = geocontracts.compare(old, altered(write("L’Orée de Mormal"), "b"))
    assert entry(found, "pacte-sat").kinds == ("changed",)
    (told,) = said(found, "pacte-sat")
    assert "la même commune d’aujourd’hui" in told
    assert "« Bermeries » a fusionné (jusqu’en 2024)" in told
    assert "« L’Orée de Mormal »" in told


def test_places_that_are_not_understood_are_told_with_a_move(altered: Callable[..., Path]) -> None:
    def alter(tables: Tables) -> None:
        row(tables, "ti-dunkerque")["territories"] = "CU de Dunkerq; commune:59183"

    found = geocontracts.compare(bundled(), altered(alter))
    (told,) = said(found, "ti-dunkerque")
    assert "La nouvelle édition a des lieux non compris (CU de Dunkerq)" in told


def test_amounts_are_compared_and_unknown_is_no_zero(altered: Callable[..., Path]) -> None:
    def alter(tables: Tables) -> None:
        row(tables, "cdt-calaisis")["amount_total_eur"] = "160000000"
        row(tables, "cdt-amienois")["amount_state_eur"] = "3000000"
        row(tables, "erbm-iae-supplement")["amount_period"] = "whole"

    found = geocontracts.compare(bundled(), altered(alter))
    (told,) = said(found, "cdt-calaisis")
    assert told == (
        "Montant total (€) : 155 000 000 → 160 000 000 (+5 000 000). Ce montant est compris dans celui de "
        "« CPER 2015-2020 de l’ex-région Nord - Pas-de-Calais » : il ne change pas le total."
    )
    assert entry(found, "cdt-calaisis").changes[0].difference == 5_000_000
    assert said(found, "cdt-amienois") == [
        "Part de l’État (€) : montant désormais connu, 3 000 000 (inconnu avant)."
    ]
    assert entry(found, "cdt-amienois").changes[0].difference is None
    old, new = found.funding["whole"]
    supplement = found.new.operations["erbm-iae-supplement"].cost_total_eur or (
        found.new.operations["erbm-iae-supplement"].state_eur
    )
    # Those of Calais are counted in the CPER that holds them: only what is not is added.
    assert old.total is not None
    assert new.total is not None
    assert supplement is not None
    assert new.total - old.total == pytest.approx(3_000_000 + supplement)


def test_an_amount_of_another_period_has_no_difference(altered: Callable[..., Path]) -> None:
    def alter(tables: Tables) -> None:
        row(tables, "cdt-calaisis").update(amount_total_eur="31000000", amount_period="yearly")

    found = geocontracts.compare(bundled(), altered(alter))
    amount = next(each for each in entry(found, "cdt-calaisis").changes if each.kind == "amount")
    assert amount.difference is None
    assert plain_spaces(amount.message.text("fr")) == "Montant total (€) : 155 000 000 → 31 000 000."


def test_titles_lists_texts_and_references_are_told_by_their_labels(altered: Callable[..., Path]) -> None:
    def alter(tables: Tables) -> None:
        row(tables, "cdt-amienois").update(
            title="Contrat de l’Amiénois", themes="mobilité; santé; sport", source="fiche-caue-02"
        )
        row(tables, "erbm")["remark"] += " Revu."
        row(tables, "acv")["operator"] = "ANCT"
        row(tables, "fiche-caue-02")["published_on"] = "2024"

    found = geocontracts.compare(bundled(), altered(alter))
    assert entry(found, "cdt-amienois").kinds == ("renamed", "changed")
    assert "Thèmes : ajouté sport ; retiré services publics." in said(found, "cdt-amienois")
    assert any("État d’avenir n° 3" in told and "Cycle" in told for told in said(found, "cdt-amienois"))
    assert entry(found, "erbm").kinds == ("text",)
    assert entry(found, "acv").table == "programmes"
    assert said(found, "fiche-caue-02") == ["Date de publication : rien d’écrit avant ; maintenant 2024."]


def test_an_identifier_that_changed_alone_is_told(altered: Callable[..., Path]) -> None:
    def alter(tables: Tables) -> None:
        row(tables, "ti-dunkerque")["id"] = "ti-dk"

    found = geocontracts.compare(bundled(), altered(alter))
    assert entry(found, "ti-dk").how == "words"
    (told,) = said(found, "ti-dk")
    assert told.startswith("Identifiant changé : « ti-dunkerque » → « ti-dk » (même dispositif")
    assert found.counts["contracts"].added == 0


def test_what_may_be_the_same_is_told_and_not_paired(altered: Callable[..., Path]) -> None:
    def alter(tables: Tables) -> None:
        row(tables, "ti-dunkerque").update(id="ti-dk", title="Dunkerque, territoire d’industrie")

    found = geocontracts.compare(bundled(), altered(alter))
    assert {each.id: each.kinds for each in found.entries} == {
        "ti-dk": ("added",),
        "ti-dunkerque": ("gone",),
    }
    (doubt,) = found.doubts
    assert (doubt.old, doubt.new, doubt.how) == (("ti-dunkerque",), ("ti-dk",), "place")


def rows_of(found: Comparison) -> Any:
    return found.table().set_index("id")


def test_the_table_holds_each_change(altered: Callable[..., Path]) -> None:
    def alter(tables: Tables) -> None:
        row(tables, "cdt-calaisis")["amount_total_eur"] = "150000000"
        row(tables, "ti-dunkerque")["territories"] = "commune:59183"

    frame = rows_of(geocontracts.compare(bundled(), altered(alter)))
    assert frame.loc["cdt-calaisis", "difference"] == -5_000_000
    assert frame.loc["cdt-calaisis", "old"] == "155000000"
    assert frame.loc["ti-dunkerque", "gained"] == ()
    assert "59273" in frame.loc["ti-dunkerque", "lost"]
    assert frame.loc["ti-dunkerque", "programme"] == "Territoires d’industrie"
