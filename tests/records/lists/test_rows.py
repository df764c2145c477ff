"""Lists of either shape become contracts; every line is in one, or is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from geocontracts.perimeters.perimeter import resolve_perimeters
from geocontracts.places.beside import Beside
from geocontracts.records.lists.mapping import ListMapping
from geocontracts.records.lists.rows import ids_of
from geocontracts.records.values import PartialDate
from tests.records.lists.sheets import read_lines

if TYPE_CHECKING:
    from pathlib import Path

    from geocontracts.records.register import Register

CRTE = (
    "id_crte;lib_crte;siren_epci;lib_epci;insee_com;lib_com;insee_dep;date_signature",
    "crte-59-1;CRTE du Douaisis;200044618;CA Douaisis Agglo;59178;Douai;59;12/07/2021",
    "crte-59-1;CRTE du Douaisis;200044618;CA Douaisis Agglo;59165;Cuincy;59;12/07/2021",
    "crte-59-2;CRTE de Flandre;200040947;CC de Flandre Intérieure;59295;Hazebrouck;59;",
)


def said(register: Register) -> list[str]:
    return [problem.text("fr").replace("\u00a0", " ") for problem in register.problems]


def test_a_row_for_a_commune_with_the_contract_s_id_makes_contracts(tmp_path: Path) -> None:
    register = read_lines(tmp_path, *CRTE)
    douaisis, flandre = register.contracts.values()
    assert (douaisis.id, douaisis.title, douaisis.programme) == ("crte-59-1", "CRTE du Douaisis", "CRTE")
    assert douaisis.signed_on == PartialDate("2021-07-12")
    assert flandre.signed_on is None
    assert [(item.written, item.line, item.column) for item in douaisis.items] == [
        ("59178", 2, "insee_com"),
        ("59165", 3, "insee_com"),
    ]
    assert douaisis.items[0].beside == Beside("commune", label="Douai", departement="59", epci="200044618")
    assert (douaisis.line, flandre.line) == (2, 4)


def test_several_ids_in_one_cell_put_the_line_in_each_contract(tmp_path: Path) -> None:
    register = read_lines(tmp_path, *CRTE, "crte-59-1,crte-59-2;;;;59350;Lille;59;")
    assert [[item.written for item in contract.items] for contract in register.contracts.values()] == [
        ["59178", "59165", "59350"],
        ["59295", "59350"],
    ]
    assert register.contracts["crte-59-2"].title == "CRTE de Flandre"


def test_a_column_of_ids_for_each_programme_gives_each_its_contracts(tmp_path: Path) -> None:
    register = read_lines(
        tmp_path,
        "insee_com;lib_com;id_acv;id_pvd;lib_pvd",
        "59172;Denain;acv-1;;",
        "62041;Arras;acv-2;pvd-9;Ville d’appui",
        "80021;Amiens;;;",
    )
    found = {contract.id: (contract.programme, contract.title) for contract in register.contracts.values()}
    assert found == {
        "acv-1": ("Action cœur de ville", "Action cœur de ville — Denain"),
        "acv-2": ("Action cœur de ville", "Action cœur de ville — Arras"),
        "pvd-9": ("Petites villes de demain", "Ville d’appui"),
    }
    assert [(idle.item.written, idle.item.line) for idle in register.idle] == [("80021", 4)]
    assert any(
        "Une ligne n’est d’aucun contrat, et n’est pas sur la carte : ligne 4." in s for s in said(register)
    )


def test_a_line_without_id_that_tells_of_a_contract_is_one(tmp_path: Path) -> None:
    register = read_lines(tmp_path, *CRTE, ";CRTE oublié;;;59350;Lille;59;2022")
    assert [contract.title for contract in register.contracts.values()][-1] == "CRTE oublié"
    assert register.idle == ()


def test_without_ids_lines_of_one_title_that_differ_by_their_place_alone_are_one_contract(
    tmp_path: Path,
) -> None:
    lines = ("Denain;Bassin minier;2017", "Lens;Bassin minier;2017", "Arras;Bassin minier;2018")
    titled = read_lines(tmp_path, "Commune;Intitulé;Signature", *lines)
    assert [contract.territories for contract in titled.contracts.values()] == [
        ("Denain", "Lens"),
        ("Arras",),
    ]
    bare = read_lines(tmp_path, "Commune;Dispositif", "Denain;Bassin minier", "Lens;Bassin minier")
    (contract,) = bare.contracts.values()
    assert (contract.title, contract.territories) == ("Bassin minier", ("Denain", "Lens"))


def test_without_ids_two_amounts_or_two_signatures_stay_two_contracts(tmp_path: Path) -> None:
    register = read_lines(tmp_path, "Commune;Projet;Montant", "Lens;Halle;500", "Denain;Halle;500")
    assert [contract.amount_total_eur for contract in register.contracts.values()] == [500.0, 500.0]
    register = read_lines(tmp_path, "Commune;Dispositif;Signature", "Lens;ACV;2018", "Denain;ACV;2018")
    assert [contract.title for contract in register.contracts.values()] == ["ACV — Lens", "ACV — Denain"]


def test_lines_of_one_contract_that_do_not_agree_are_said_and_no_amount_is_chosen(tmp_path: Path) -> None:
    register = read_lines(
        tmp_path,
        "id;titre;commune;montant total;date fin",
        "a;Quais;Arras;1 000,00;2020",
        "a;Quais;Lens;1000;2021",
        "b;Halle;Denain;500;2020",
        "b;Halles;Lens;700;2020",
    )
    quais, halle = register.contracts.values()
    assert (quais.amount_total_eur, quais.ends_on) == (1000.0, None)
    assert (halle.amount_total_eur, halle.title) == (None, "Halle")
    lines = said(register)
    assert any(
        "ligne 3, colonne date fin — les lignes de ce contrat" in s and "« 2020 » (ligne 2)" in s
        for s in lines
    )
    assert any("ligne 5, colonne montant total" in s and "« 500 » (ligne 4) et « 700 »" in s for s in lines)
    assert any("ligne 5, colonne titre" in s and "la première valeur est gardée" in s for s in lines)
    assert len([s for s in lines if "ne disent pas la même chose" in s]) == 3


def test_the_finest_level_of_a_row_is_its_place_and_a_coarser_one_is_said(tmp_path: Path) -> None:
    register = read_lines(
        tmp_path,
        "Projet;Commune;EPCI;Département",
        "Halle;Denain;CA de la Porte du Hainaut;Nord",
        "Voirie;;CA de la Porte du Hainaut;Nord",
        "Étude;;;Nord",
        "Rien;;;",
    )
    items = [contract.items for contract in register.contracts.values()]
    assert [(each[0].written, each[0].beside.level) for each in items] == [
        ("Denain", "commune"),
        ("CA de la Porte du Hainaut", "epci"),
        ("Nord", "departement"),
        ("", None),
    ]
    assert items[0][0].beside == Beside("commune", departement="Nord", epci="CA de la Porte du Hainaut")
    assert [each[0].missing for each in items] == ["", "Commune", "Commune", ""]
    outcomes = [perimeter.outcome for perimeter in resolve_perimeters(register)]
    assert outcomes == ["placed", "remark", "remark", "unplaced"]


def test_parallel_lists_set_each_name_beside_its_code(tmp_path: Path) -> None:
    register = read_lines(
        tmp_path,
        "id;siren_epci;lib_epci",
        'a;200044618,200072460;"CA Douaisis Agglo,CA de Béthune-Bruay, Artois-Lys Romane"',
        "b;200044618,200072460;CA Douaisis Agglo",
    )
    first, second = register.contracts.values()
    assert [(item.written, item.beside.label) for item in first.items] == [
        ("200044618", "CA Douaisis Agglo"),
        ("200072460", "CA de Béthune-Bruay, Artois-Lys Romane"),
    ]
    assert [item.beside.label for item in second.items] == ["", ""]
    assert any("ligne 3 — remarque : la cellule compte 2 valeurs" in s for s in said(register))


def test_one_row_for_a_contract_with_its_list_of_places(tmp_path: Path) -> None:
    register = read_lines(
        tmp_path,
        "Intitulé;Dispositif;Communes concernées",
        "Quais;ERBM;Lens, Liévin et Avion",
        "Quais;ERBM;Denain",
    )
    assert [contract.territories for contract in register.contracts.values()] == [
        ("Lens", "Liévin", "Avion"),
        ("Denain",),
    ]


def test_the_programme_that_is_told_is_that_of_every_row(tmp_path: Path) -> None:
    lines = ("Commune;Dispositif", "Denain;X", "Lens;Y")
    register = read_lines(tmp_path, *lines, told=ListMapping(programme="Petites villes de demain"))
    assert {contract.programme for contract in register.contracts.values()} == {"Petites villes de demain"}
    assert register.programmes["Petites villes de demain"].family == "nouvelle-generation"


def test_a_shape_that_is_told_is_taken(tmp_path: Path) -> None:
    lines = ("id;Commune", "a;Denain", "a;Lens")
    assert len(read_lines(tmp_path, *lines).contracts) == 1
    register = read_lines(tmp_path, *lines, told=ListMapping(shape="contracts"))
    assert len(register.contracts) == 2
    assert any("l’identifiant « a » est déjà pris" in s for s in said(register))


def test_a_column_nearly_named_is_warned_of_and_others_are_only_listed(tmp_path: Path) -> None:
    register = read_lines(tmp_path, "Commune;Signatairess;Couleur", "Denain;État;bleu")
    (near,) = said(register)[:1]
    assert (
        "colonne Signatairess — attention : colonne inconnue, laissée de côté. "
        "Vouliez-vous dire « signatories »" in near
    )
    assert register.reading is not None
    notes = [note.text("fr") for note in register.reading.notes]
    assert any("Colonnes laissées de côté (2)\u00a0: Signatairess, Couleur." in note for note in notes)


def test_the_vintage_of_the_codes_is_said(tmp_path: Path) -> None:
    # Marconne (62549) merged into Hesdin-la-Forêt in 2025; L'Orée de Mormal (59006) came in the same year
    register = read_lines(tmp_path, "insee_com;lib_com", "62549;Marconne", "59350;Lille")
    assert register.reading is not None
    notes = [note.text("fr") for note in register.reading.notes if note.key.startswith("vintage")]
    assert len(notes) == 1
    assert "2019" in notes[0]
    assert "2024" in notes[0]
    assert "2025" not in notes[0]
    register = read_lines(tmp_path, "commune", "Marconne", "Lille")
    assert register.reading is not None
    assert not [note for note in register.reading.notes if note.key.startswith("vintage")]


def test_ticks_put_a_place_in_each_programme(tmp_path: Path) -> None:
    register = read_lines(tmp_path, "Commune;ACV;PVD", "Denain;x;", "Guise;;X", "Laon;oui;1", "Arras;;")
    assert {contract.title: contract.territories for contract in register.contracts.values()} == {
        "Action cœur de ville": ("Denain", "Laon"),
        "Petites villes de demain": ("Guise", "Laon"),
    }
    assert [(idle.item.written, idle.item.line) for idle in register.idle] == [("Arras", 5)]


@pytest.mark.parametrize("name", ["PVD", "pvd", "Petite ville de demain", "TI", "ERBM"])
def test_a_programme_is_known_by_its_initials_and_in_the_singular(tmp_path: Path, name: str) -> None:
    register = read_lines(tmp_path, "Commune;Dispositif", f"Denain;{name}")
    assert register.programmes[name].family is not None
    assert register.problems == ()


def test_a_column_of_ids_may_be_headed_by_its_programme(tmp_path: Path) -> None:
    told = ListMapping({"ACV": "id", "PVD": "id"})
    register = read_lines(tmp_path, "Commune;ACV;PVD", "Denain;a1;p1", told=told)
    assert [(contract.id, contract.programme) for contract in register.contracts.values()] == [
        ("a1", "Action cœur de ville"),
        ("p1", "Petites villes de demain"),
    ]


@pytest.mark.parametrize("nothing", ["NULL", "n/a", "-", "n.d."])
def test_a_word_for_nothing_is_no_identifier(tmp_path: Path, nothing: str) -> None:
    lines = (f"{nothing};Arras;A;100", f"{nothing};Lille;A;100")
    register = read_lines(tmp_path, "id;commune;titre;montant", *lines)
    assert [contract.amount_total_eur for contract in register.contracts.values()] == [100.0, 100.0]
    register = read_lines(tmp_path, "id_crte;insee_com", f"{nothing};59350", f"{nothing};62498", "c1;62041")
    assert list(register.contracts) == ["c1"]
    assert [idle.item.line for idle in register.idle] == [2, 3]


@pytest.mark.parametrize(
    "lines",
    [
        ("id;commune;montant", "A,B;Arras;100"),
        ("id_acv;id_pvd;commune;montant", "A;B;Arras;100"),
        ("ACV;PVD;commune;montant", "x;x;Arras;100"),
    ],
)
def test_an_amount_of_several_contracts_at_once_is_that_of_none(
    tmp_path: Path, lines: tuple[str, ...]
) -> None:
    register = read_lines(tmp_path, *lines)
    assert [contract.amount_total_eur for contract in register.contracts.values()] == [None, None]
    (problem,) = [each for each in register.problems if each.message.key == "list-amount-shared"]
    assert (problem.severity, problem.row, problem.column) == ("error", 2, "montant")
    assert "le montant «\u00a0100\u00a0» est celui de 2 contrats à la fois" in problem.text("fr")


def test_a_siren_that_contradicts_the_code_is_an_error(tmp_path: Path) -> None:
    register = read_lines(tmp_path, "insee_com;siren_com", "62041;215903501", "62041;216200410")
    (problem,) = [each for each in register.problems if each.severity == "error"]
    assert problem.row == 2
    assert "Arras (Pas-de-Calais)" in problem.text("fr")
    assert "Lille (Nord)" in problem.text("fr")


def test_a_street_beside_a_code_is_no_place(tmp_path: Path) -> None:
    register = read_lines(tmp_path, "insee_com;lib_com;Localisation", "62041;Arras;Rue de Lille")
    (contract,) = register.contracts.values()
    assert [item.written for item in contract.items] == ["62041"]
    register = read_lines(tmp_path, "Projet;Localisation", "Halle;Arras")
    assert [contract.territories for contract in register.contracts.values()] == [("Arras",)]


def test_two_credits_of_one_payer_are_said_not_to_be_added(tmp_path: Path) -> None:
    register = read_lines(tmp_path, "insee_com;DSIL;DETR", "62041;100;200")
    (contract,) = register.contracts.values()
    assert contract.amount_state_eur == 100.0
    (problem,) = [each for each in register.problems if each.severity == "warning"]
    assert problem.column == "DETR"
    assert "ce qu’elle contient n’est pas compté" in problem.text("fr")


def test_a_list_without_rows_is_warned_of(tmp_path: Path) -> None:
    (problem,) = read_lines(tmp_path, "Commune;Dispositif").problems
    assert (problem.severity, problem.message.key) == ("warning", "list-empty")


def test_titles_of_two_ids_in_one_cell_go_with_each(tmp_path: Path) -> None:
    lines = ("id_crte;lib_crte;commune", "a;b|Ternois;Arras", "c,d;Opale|Ternois;Lens", "e,f;Opale;Denain")
    register = read_lines(tmp_path, *lines)
    assert {contract.id: contract.title for contract in register.contracts.values()} == {
        "a": "b|Ternois",
        "c": "Opale",
        "d": "Ternois",
        "e": "CRTE — Denain",
        "f": "CRTE — Denain",
    }


def test_a_comma_parts_ids_only_where_none_holds_a_space() -> None:
    assert ids_of("c1,c2") == ["c1", "c2"]
    assert ids_of("c1, de Lens; c2") == ["c1, de Lens", "c2"]
    assert ids_of("c1|c1") == ["c1"]


def test_a_number_that_differs_is_not_chosen(tmp_path: Path) -> None:
    lines = ("id;commune;Communes annoncées", "a;Arras;12", "a;Lens;13")
    (contract,) = read_lines(tmp_path, *lines).contracts.values()
    assert contract.stated_communes is None


def test_one_column_of_ids_leaves_the_programme_of_the_row(tmp_path: Path) -> None:
    lines = ("id_crte;Dispositif;commune", "a;Contrat de relance;Arras")
    (contract,) = read_lines(tmp_path, *lines).contracts.values()
    assert contract.programme == "Contrat de relance"


def test_a_line_without_contract_is_one_line_whatever_it_names(tmp_path: Path) -> None:
    register = read_lines(tmp_path, "id;commune", "a;Arras", ";Lens, Liévin et Avion")
    assert [idle.item.line for idle in register.idle] == [3]


def test_the_region_narrows_a_name(tmp_path: Path) -> None:
    register = read_lines(tmp_path, "commune;région", "Saint-Martin;Normandie", "Denain;Hauts-de-France")
    (contract,) = register.contracts.values()
    assert [item.beside.region for item in contract.items] == ["Normandie", "Hauts-de-France"]


def test_a_postcode_is_of_a_commune_alone(tmp_path: Path) -> None:
    lines = ("commune;EPCI;Code postal", "Denain;;59220", ";CA de la Porte du Hainaut;59220")
    (contract,) = read_lines(tmp_path, *lines).contracts.values()
    assert [item.beside.postcode for item in contract.items] == ["59220", ""]


def test_a_tick_that_is_none_is_told_and_its_column_kept(tmp_path: Path) -> None:
    lines = ("Commune;ACV;PVD", "Denain;x;", "Guise;;X", "Creil;;en cours", "Laon;oui;x", "Total;2;2")
    register = read_lines(tmp_path, *lines)
    assert {contract.title: contract.territories for contract in register.contracts.values()} == {
        "Action cœur de ville": ("Denain", "Laon"),
        "Petites villes de demain": ("Guise", "Laon"),
    }
    (problem,) = [each for each in register.problems if each.severity == "error"]
    assert (problem.row, problem.column) == (4, "PVD")
    assert "«\u00a0en cours\u00a0» n’est ni une coche" in problem.text("fr")


@pytest.mark.parametrize(
    ("lines", "euros"),
    [
        (("Département;Bénéficiaire;Subvention", "NORD;Denain;100", "NORD;Total Nord;100"), 100),
        (("Commune;Montant", "Cambrai;100", "TOTAL GENERAL;100"), 100),
        (("Commune;Montant", "Cambrai;100", "S/Total Nord;100", "Total (2 communes);100"), 100),
        (("Intitulé;Territoires;Montant", "A;Cambrai;100", "Total Nord;Nord;100", "Total;;100"), 100),
        (("Intitulé;Territoires;Montant", "A;Cambrai;100", "Total Énergies;Dunkerque;50"), 150),
        (("Intitulé;Territoires;Montant", "A;Nord;100", "B;Pas-de-Calais;50"), 150),
    ],
)
def test_totals_are_not_counted_a_second_time(tmp_path: Path, lines: tuple[str, ...], euros: int) -> None:
    register = read_lines(tmp_path, *lines)
    given = [
        (contract.amount_total_eur or 0) + (contract.amount_unattributed_eur or 0)
        for contract in register.contracts.values()
    ]
    assert sum(given) == euros
    assert len(register.contracts) + len(register.idle) == len(lines) - 1


def test_a_siren_beside_a_commune_is_that_of_its_epci(tmp_path: Path) -> None:
    register = read_lines(tmp_path, "insee_com;N° SIREN", "62041;200033579", "62498;216204986")
    (contract,) = register.contracts.values()
    assert [item.beside.epci for item in contract.items] == ["200033579", ""]


def test_a_grant_beside_a_total_is_told_to_lie_inside(tmp_path: Path) -> None:
    register = read_lines(tmp_path, "Commune;Coût total;Subvention accordée", "Lens;100;40")
    assert register.reading is not None
    (note,) = [note for note in register.reading.notes if note.key == "list-grant-inside"]
    assert '--map "Subvention accordée=amount_state_eur"' in note.text("fr")
