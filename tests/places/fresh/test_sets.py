"""Which places are in use is said, chosen, and never a damaged set in silence."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from geocontracts.bundled import boundaries_dir, bundled_boundaries_dir, places_dir
from geocontracts.cli import main
from geocontracts.errors import MissingDataError, UnknownOptionError
from geocontracts.places.fresh.sets import forget_places, list_sets, set_in_use, use_set
from geocontracts.places.gazetteer import load_gazetteer
from tests.places.fresh.source import Answer, communes_of, etalab

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from geocontracts.places.fresh.sets import PlaceSet
    from tests.places.fresh.source import Server


@pytest.fixture
def known(bring: Callable[..., PlaceSet], server: Server) -> PlaceSet:
    """Return a set that is in use."""
    server.answer = etalab(communes_of("90"))
    return bring()


def test_without_a_cache_the_bundled_places_serve(capsys: pytest.CaptureFixture[str]) -> None:
    assert boundaries_dir() == bundled_boundaries_dir()
    assert main(["places", "info"]) == 0
    said = capsys.readouterr().out
    assert "Lieux en usage\u00a0: bundled" in said
    assert "Millésime\u00a0: 2026" in said
    assert "Communes\u00a0: 34\u202f875" in said
    assert "Autres jeux" not in said
    assert not places_dir().exists(), "asking leaves nothing behind"


def test_the_count_of_the_bundled_set_is_true() -> None:
    assert load_gazetteer().commune_count == set_in_use().communes


def test_info_tells_what_is_in_use_and_at_hand(known: PlaceSet, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["places", "info", "--lang", "en"]) == 0
    said = capsys.readouterr().out
    for told in (
        f"Places in use: {known.name}",
        "Source: Etalab’s administrative contours",
        "Detail: 100m",
        "Territory: Territoire de Belfort (101 communes); elsewhere the bundled places",
        "Retrieved: 2026-11-22T12:00:00Z",
        "Licence: Licence Ouverte 2.0",
        f"Folder: {known.folder}",
        f"SHA-256 {known.fetched[1].sha256}",
        "bundled — Boundaries and codes: IGN ADMIN EXPRESS 2024, Insee COG 2026, DGCL 2025",
        "places use NAME",
    ):
        assert told in said
    assert main(["places", "info", "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["in_use"] == known.name
    bundled, fresh = told["sets"]
    assert (bundled["name"], bundled["in_use"], fresh["in_use"]) == ("bundled", False, True)
    assert fresh["fetched"][0]["sha256"] == known.fetched[0].sha256
    assert fresh["vintage"] == 2026


def test_use_goes_back_and_forth(known: PlaceSet, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["places", "use", "bundled"]) == 0
    assert "Lieux en usage\u00a0: bundled. Limites et codes" in capsys.readouterr().out
    assert boundaries_dir() == bundled_boundaries_dir()
    assert main(["places", "use", known.name]) == 0
    assert boundaries_dir() == known.folder
    assert [each.name for each in list_sets()] == ["bundled", known.name]


@pytest.mark.parametrize("name", ["etalab-2030", "../sets", "", "BUNDLED"])
def test_a_set_that_is_not_there(name: str, known: PlaceSet) -> None:
    with pytest.raises(UnknownOptionError, match=f"Those at hand: bundled, {known.name}"):
        use_set(name)
    assert set_in_use() == known


def test_a_file_that_lost_its_end_stops_every_use(
    known: PlaceSet, capsys: pytest.CaptureFixture[str]
) -> None:
    path = known.folder / "places.tsv.gz"
    path.write_bytes(path.read_bytes()[:-1])
    forget_places()
    with pytest.raises(MissingDataError, match="is not whole"):
        load_gazetteer()
    assert main(["resolve", "Belfort"]) == 2
    assert "geocontracts places use bundled" in capsys.readouterr().err
    assert main(["places", "info"]) == 2
    assert main(["places", "use", known.name]) == 2
    assert main(["places", "use", "bundled"]) == 0
    assert main(["resolve", "Belfort"]) == 0


def test_a_file_that_was_changed_is_found_by_its_hash(known: PlaceSet) -> None:
    path = known.folder / "topology.npz"
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)
    assert known.damaged() == ["topology.npz"]
    with pytest.raises(MissingDataError, match="is not whole"):
        use_set(known.name)
    assert main(["places", "info"]) == 2


def test_a_set_that_was_deleted_is_told(known: PlaceSet) -> None:
    for path in known.folder.iterdir():
        path.unlink()
    known.folder.rmdir()
    forget_places()
    with pytest.raises(MissingDataError, match=f"“{known.name}” is not whole"):
        boundaries_dir()


@pytest.mark.parametrize(
    "note", ["", "[]", "[" * 100_000, '{"name": 7}', '{"name": "../../etc"}', '{"nom": "bundled"}']
)
def test_a_choice_that_cannot_be_read(note: str, cache_folder: Path) -> None:
    cache_folder.mkdir(parents=True)
    (cache_folder / "in-use.json").write_text(note)
    with pytest.raises(MissingDataError, match="cannot be read"):
        boundaries_dir()
    assert main(["places", "use", "bundled"]) == 0
    assert boundaries_dir() == bundled_boundaries_dir()


def test_what_is_no_manifest_is_no_set(known: PlaceSet) -> None:
    (known.folder.parent / "autre").mkdir()
    (known.folder.parent / "autre" / "manifest.json").write_text("{}")
    twin = known.folder.parent / "jumeau"
    twin.mkdir()
    (twin / "manifest.json").write_bytes((known.folder / "manifest.json").read_bytes())
    assert [each.name for each in list_sets()] == ["bundled", known.name]


def test_the_process_keeps_its_places_when_another_switches(known: PlaceSet, cache_folder: Path) -> None:
    folder = boundaries_dir()
    (cache_folder / "in-use.json").write_text('{"name": "bundled"}')
    assert boundaries_dir() == folder == known.folder


@pytest.mark.usefixtures("few")
def test_the_command_brings_and_uses(server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    server.answer = etalab(communes_of("90"))
    arguments = ["places", "refresh", "--area", "90", "--base", server.base]
    assert main([*arguments[:3], "Territoire de Belfort", *arguments[4:]]) == 0
    told = capsys.readouterr()
    assert told.out.startswith("Lieux en usage\u00a0: etalab-2026-100m-departement-90-")
    assert told.out.count("\n") == 1
    assert "101 communes reçues et vérifiées" in told.err


def test_the_command_without_network_says_what_serves(
    server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    server.answer = lambda _: Answer(status=404)
    assert main(["places", "refresh", "--vintage", "2031", "--base", server.base]) == 2
    error = capsys.readouterr().err.splitlines()
    assert "cette adresse n’existe pas (404)" in error[-2]
    assert error[-1] == "Rien n’a été remplacé\u00a0: les lieux en usage restent «\u00a0bundled\u00a0»."


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--base", "http://exemple.fr"], "http://exemple.fr n’est pas une adresse admise"),
        (["--detail", "1m"], "Niveaux\u00a0: 1000m, 100m, 50m, 5m"),
        (["--vintage", "0"], "Donnez une année à partir de 2021"),
        (["--area", "Vervins"], "n’est ni une région ni un département"),
        (["--offline"], "Relancez sans --offline"),
    ],
)
def test_what_cannot_be_brought_is_status_2(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["places", "refresh", *arguments]) == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("retrieved", 1),
        ("vintage", "2026"),
        ("communes", None),
        ("source", "inconnue"),
        ("source", "bundled"),
        ("format", 2),
        ("files", []),
        ("files", [{"name": "places.tsv.gz", "bytes": 1, "sha256": 7}]),
        ("fetched", [{"url": "https://exemple.fr"}]),
        ("plus", 1),
    ],
)
def test_a_manifest_that_was_changed_by_hand_is_refused_before_anything_is_written(
    key: str, value: object, known: PlaceSet, cache_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = known.folder / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | {key: value}), "utf-8")
    _refused_whole(known, cache_folder, capsys)


def test_a_manifest_of_endless_brackets_is_refused(
    known: PlaceSet, cache_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (known.folder / "manifest.json").write_text("[" * 100_000)
    _refused_whole(known, cache_folder, capsys)


def _refused_whole(known: PlaceSet, cache_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["places", "info"]) == 2
    assert "geocontracts places use bundled" in capsys.readouterr().err
    assert main(["places", "use", "bundled"]) == 0
    note = (cache_folder / "in-use.json").read_bytes()
    assert main(["places", "use", known.name]) == 2
    assert "n’est pas entier" in capsys.readouterr().err
    assert (cache_folder / "in-use.json").read_bytes() == note


def test_a_set_in_use_that_lists_no_file_is_no_fault_of_the_installation(
    known: PlaceSet, capsys: pytest.CaptureFixture[str]
) -> None:
    path = known.folder / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | {"files": []}), "utf-8")
    forget_places()
    assert main(["resolve", "Belfort"]) == 2
    told = capsys.readouterr().err
    assert "geocontracts places use bundled" in told
    assert "Réinstallez" not in told


@pytest.mark.parametrize(
    "address",
    ["https://u:p4ss@x.example", "u:p4ss@x.example", "https://u:p4ss/p4ss@x.example", "https://u:p4ss＠x.fr"],
)
def test_a_password_in_an_address_is_never_printed(address: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["places", "refresh", "--area", "62", "--base", address]) == 2
    said = capsys.readouterr()
    assert "…@x." in said.err
    assert "p4ss" not in said.err + said.out
