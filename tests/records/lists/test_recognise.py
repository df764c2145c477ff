"""Columns are known by their headings, by their cells where a heading leaves it open, and always said."""

from __future__ import annotations

import pytest

from geocontracts.errors import RegisterError
from geocontracts.records.lists.headings import meaning_of
from geocontracts.records.lists.mapping import ListMapping
from geocontracts.records.lists.notes import plan_notes
from tests.records.lists.sheets import plan_of


def roles(*lines: str, told: ListMapping | None = None) -> dict[str, str | None]:
    return {column.heading: column.role for column in plan_of(*lines, told=told).columns}


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("insee_com", "commune_code"),
        ("INSEE_COM", "commune_code"),
        ("Code INSEE", "commune_code"),
        ("Code INSEE de la commune", "commune_code"),
        ("DEPCOM", "commune_code"),
        ("codeInsee", "commune_code"),
        ("lib_com", "commune_name"),
        ("Nom de la commune", "commune_name"),
        ("siren_epci", "epci_code"),
        ("Code SIREN EPCI", "epci_code"),
        ("N° SIREN de l’EPCI", "epci_code"),
        ("lib_epci", "epci_name"),
        ("Nom de l'intercommunalité", "epci_name"),
        ("insee_dep", "departement_code"),
        ("Nom du département", "departement_name"),
        ("libReg", "region_name"),
        ("code_arrondissement", "arrondissement_code"),
        ("siren_com", "commune_siren"),
        ("Code postal", "postcode"),
        ("Territoires", "territories"),
        ("Communes concernées", "territories"),
        ("Intitulé", "title"),
        ("Montant total (€)", "amount_total_eur"),
        ("Subvention accordée", "amount_unattributed_eur"),
        ("date_signature", "signed_on"),
        ("Date de signature de la convention", "signed_on"),
        ("Signature", "signed_on"),
        ("Début du contrat", "starts_on"),
        ("Échéance", "ends_on"),
        ("id_crte", "id"),
        ("zzz", None),
        ("code_ape", None),
        ("lib_nature", None),
        ("Date de naissance", None),
        ("Commune et département", None),
    ],
)
def test_a_heading_is_known_by_its_words(heading: str, role: str | None) -> None:
    assert roles(f"Commune de repli;{heading};Territoire", "Arras;x;Arras")[heading] == role


def test_cells_tell_codes_from_names_where_the_heading_does_not() -> None:
    found = roles("EPCI;dep", "200033579;59", "200072460;62")
    assert found == {"EPCI": "epci_code", "dep": "departement_code"}
    found = roles("EPCI;dep", "CU d'Arras;Nord", "CA de Lens-Liévin;Pas-de-Calais")
    assert found == {"EPCI": "epci_name", "dep": "departement_name"}


def test_a_bare_code_or_name_is_that_of_a_place_only_where_most_cells_are() -> None:
    assert roles("Code;Nom", "62041;Arras", "59350;Lille") == {"Code": "place_code", "Nom": "place_name"}
    assert roles("CODGEO;LIBGEO", "2A;Corse-du-Sud", "62;Pas-de-Calais")["CODGEO"] == "place_code"
    found = roles("Code;Nom;Commune", "A-17;Rue verte;Arras", "A-18;Halle;Lille")
    assert found == {"Code": "id", "Nom": "title", "Commune": "commune_name"}


def test_where_no_heading_helps_the_cells_do_and_it_is_said() -> None:
    plan = plan_of("colonne 1;colonne 2", "x;59350", "y;02691", "z;62041")
    assert [column.role for column in plan.columns] == [None, "place_code"]
    (note,) = [note for note in plan_notes(plan, ListMapping(), {}) if note.key == "list-columns-content"]
    assert "« colonne 2 » = code du territoire" in note.text("fr").replace("\u00a0", " ")


def test_a_list_without_places_is_refused_with_what_to_do() -> None:
    with pytest.raises(RegisterError) as caught:
        plan_of("Nom;Montant", "Rue verte;3", "Halle;4")
    said = caught.value.text("fr")
    assert "liste.csv, ligne 1" in said
    assert "Colonnes trouvées\u00a0: Nom, Montant" in said
    assert "--map" in said


def test_what_is_told_overrules_the_guess() -> None:
    told = ListMapping({"Nom": "commune_name", "insee_com": None})
    assert roles("Nom;insee_com", "Rue verte;62041", told=told) == {"Nom": "commune_name", "insee_com": None}


def test_a_told_column_that_is_not_there_is_said_with_the_nearest() -> None:
    with pytest.raises(RegisterError, match="Did you mean “insee_com”"):
        plan_of("insee_com", "62041", told=ListMapping({"insee_comm": "commune_code"}))


def test_of_two_columns_of_one_role_the_exact_name_is_taken_and_the_other_said() -> None:
    plan = plan_of("Code INSEE;commune_code;lib_com", "62041;62041;Arras")
    assert [(column.role, column.why) for column in plan.columns][:2] == [
        (None, "twice"),
        ("commune_code", "heading"),
    ]


def test_the_programme_is_read_in_the_heading_of_the_identifiers() -> None:
    plan = plan_of("id_acv;lib_com", "acv-1;Denain")
    assert plan.programme == "Action cœur de ville"
    (note,) = [note for note in plan_notes(plan, ListMapping(), {}) if note.key == "list-programme-guessed"]
    assert "Action cœur de ville" in note.text("fr")
    assert plan_of("id_xyz;lib_com", "a;Denain").programme == "XYZ"
    assert plan_of("id_acv;lib_com;Dispositif", "a;Denain;CTE").programme is None
    assert plan_of("id_acv;lib_com", "a;Denain", told=ListMapping(programme="PVD")).programme == "PVD"


def test_the_shape_is_told_by_the_places_and_by_what_comes_back() -> None:
    assert plan_of("id;Territoires", "a;Arras, Lens", "b;Lille").shape == "contracts"
    assert plan_of("id;Intitulé;Territoires", "a;X;Arras", "a;X;Lens").shape == "places"
    assert plan_of("id;Intitulé;Territoires", "a;X;Arras", "a;Y;Lens").shape == "contracts"
    assert plan_of("insee_com", "62041").shape == "places"


def test_a_scheme_is_believed_only_where_an_identifier_or_the_register_has_it() -> None:
    meaning = meaning_of("lib_crte")
    assert meaning is not None
    assert not meaning.is_sure
    assert roles("id_crte;lib_crte;lib_com", "1;CRTE du Douaisis;Douai")["lib_crte"] == "title"
    assert roles("ref;lib_crte;lib_com", "1;CRTE du Douaisis;Douai")["lib_crte"] is None
    assert roles("code_acv;lib_com", "1;Douai")["code_acv"] == "id"


def test_ticked_columns_are_of_the_programme_of_their_heading() -> None:
    lines = ("Commune;ACV;Petites villes de demain;Gare", "Denain;X;;x", "Guise;;oui;", "Laon;x;non;x")
    assert roles(*lines) == {
        "Commune": "commune_name",
        "ACV": "member",
        "Petites villes de demain": "member",
        "Gare": None,
    }
    assert roles("Commune;ACV", "Denain;2018", "Laon;x")["ACV"] is None
    assert roles(*lines, told=ListMapping({"Gare": "member"}))["Gare"] == "member"
    notes = [
        note.text("fr")
        for note in plan_notes(plan_of(*lines), ListMapping(), {"acv": "Action cœur de ville"})
    ]
    assert any("«\u00a0ACV\u00a0» = Action cœur de ville" in note for note in notes)


def test_cells_alone_are_believed_only_when_nearly_all_agree() -> None:
    with pytest.raises(RegisterError, match="no column says where"):
        plan_of("colonne 1", "59350", "rouge", "vert", "62041")


def test_every_id_that_comes_back_must_keep_its_title() -> None:
    lines = ("id;Intitulé;Territoires", "a;X;Arras", "a;X;Lens", "b;Y;Lille", "b;Z;Denain")
    assert plan_of(*lines).shape == "contracts"


@pytest.mark.parametrize("heading", ["Exercice", "Année d'attribution", "Millésime", "Year", "Colonne 1"])
def test_years_are_never_taken_for_codes_of_the_aisne(heading: str) -> None:
    with pytest.raises(RegisterError, match="no column says where"):
        plan_of(f"{heading};Dispositif;Montant", "2021;DETR;100", "2022;DETR;200")


def test_a_column_of_dates_is_no_place_whatever_stands_in_it() -> None:
    with pytest.raises(RegisterError, match="no column says where"):
        plan_of("Date;Dispositif;Montant", "2691;DETR;100", "2408;DETR;200")


def test_codes_of_the_aisne_without_their_zero_are_read_all_the_same() -> None:
    damaged = ("2021;100", "2022;200")
    assert plan_of("Code commune;Montant", *damaged).rank("commune_code") == 0
    assert plan_of("Colonne 1;Montant", "02021;100", "02022;200").rank("place_code") == 0
    assert plan_of("Colonne 1;Montant", "2691;100", "2408;200").rank("place_code") == 0


@pytest.mark.parametrize("heading", ["État d’avancement", "Stade d'avancement", "Avancement du contrat"])
def test_a_heading_that_may_be_of_statuses_is_so_where_half_its_cells_are(heading: str) -> None:
    def role(*cells: str) -> str | None:
        return roles(f"Commune;{heading}", *(f"Lens;{cell}" for cell in cells))[heading]

    assert role("En cours", "Signée", "abandonné", "labellisé", "", "-", "n.d.") == "status"
    assert role("En cours", "50 %", "phase travaux") is None
    assert role("", "-") is None


def test_free_text_of_progress_is_left_aside_and_said() -> None:
    plan = plan_of(
        "Commune;État d'avancement", "Lens;50 %", "Arras;En cours de rédaction", "Lille;phase travaux"
    )
    assert plan.columns[1].why == "aside"
    notes = plan_notes(plan, ListMapping(), {})
    assert any("État d'avancement" in note.text("fr") for note in notes)


@pytest.mark.parametrize("heading", ["Statut", "État", "Statut du contrat"])
def test_an_exact_heading_of_statuses_is_so_whatever_its_cells(heading: str) -> None:
    assert roles(f"Commune;{heading}", "Lens;50 %")[heading] == "status"
