"""A cache that was cut, changed, half written or taken away is told, and never read as if it were whole."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from geocontracts.bundled import SET_FILES, bundled_boundaries_dir, faults_told
from geocontracts.cli import main
from geocontracts.errors import MissingDataError, OutputError
from geocontracts.files import sweep
from geocontracts.places.boundaries import load_boundaries
from geocontracts.places.fresh.errors import SourceError
from geocontracts.places.fresh.sets import forget_places, set_in_use, use_set
from geocontracts.places.gazetteer import load_gazetteer, read_gazetteer
from geocontracts.places.match import resolve
from geocontracts.places.topology import load_arcs
from tests.places.fresh.source import Answer, communes_of, etalab

if TYPE_CHECKING:
    from collections.abc import Callable

    from geocontracts.places.fresh.download import Downloader
    from geocontracts.places.fresh.sets import PlaceSet
    from tests.places.fresh.source import Server

ROOT = Path(__file__).parents[3]
LOADERS = {
    "topology.npz": lambda: load_arcs(["27"]),
    "places.tsv.gz": load_gazetteer,
    "history.tsv.gz": load_gazetteer,
    "communes.parquet": load_boundaries,
    "epci.parquet": lambda: load_boundaries("epci"),
    "arrondissements.parquet": lambda: load_boundaries("arrondissement"),
    "departements.parquet": lambda: load_boundaries("departement"),
    "regions.parquet": lambda: load_boundaries("region"),
}


@pytest.fixture
def known(bring: Callable[..., PlaceSet], server: Server) -> PlaceSet:
    """Return a set that is in use."""
    server.answer = etalab(communes_of("90"))
    return bring()


def test_each_file_of_a_set_is_looked_at() -> None:
    assert set(LOADERS) == set(SET_FILES)


def test_a_single_bit_of_any_file_that_changed_is_found_before_it_is_read(
    known: PlaceSet, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, load in LOADERS.items():
        path = known.folder / name
        whole = path.read_bytes()
        for place in (len(whole) // 3, len(whole) // 2, len(whole) - 1):
            path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
            forget_places()
            with pytest.raises(MissingDataError, match="is not whole"):
                load()
        path.write_bytes(whole)
        forget_places()
        load()
    (known.folder / "places.tsv.gz").write_bytes((known.folder / "history.tsv.gz").read_bytes())
    forget_places()
    assert main(["resolve", "Belfort"]) == 2
    assert "geocontracts places use bundled" in capsys.readouterr().err
    assert main(["places", "use", "bundled"]) == 0
    assert resolve("Belfort").status == "placed"


@pytest.mark.parametrize("name", ["places.tsv.gz", "history.tsv.gz"])
def test_a_table_of_the_package_that_is_damaged_is_told(name: str, tmp_path: Path) -> None:
    for each in ("places.tsv.gz", "history.tsv.gz"):
        (tmp_path / each).write_bytes((bundled_boundaries_dir() / each).read_bytes())
    whole = (tmp_path / name).read_bytes()
    for broken in (whole[:-9], b"", b"x" + whole, whole[:5000] + b"\0" + whole[5001:]):
        (tmp_path / name).write_bytes(broken)
        if broken == b"":
            continue
        with pytest.raises(MissingDataError) as caught:
            read_gazetteer(tmp_path)
        assert name in caught.value.text("fr")
        assert "Réinstallez geocontracts" in caught.value.text("fr")


def test_errors_of_our_own_are_not_told_as_faults_of_the_package(tmp_path: Path) -> None:
    with pytest.raises(MissingDataError, match="missing"), faults_told(tmp_path / "regions.parquet"):
        (tmp_path / "regions.parquet").read_bytes()


def test_a_cache_that_is_a_file_is_no_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "fichier").write_bytes(b"old")
    monkeypatch.setenv("GEOCONTRACTS_CACHE", str(tmp_path / "fichier"))
    forget_places()
    assert resolve("Belfort").status == "placed"
    server.answer = etalab(communes_of("90"))
    assert main(["places", "refresh", "--area", "90", "--base", server.base]) == 2
    said = capsys.readouterr().err
    assert "fichier" in said
    assert "n’est pas un dossier" in said
    assert (tmp_path / "fichier").read_bytes() == b"old"


@pytest.mark.parametrize(
    "note",
    [
        "",
        "[]",
        "{}",
        "[" * 100_000,
        '{"url": 1, "bytes": 2, "sha256": 3, "retrieved": 4}',
        b"\xff\xfe",
        "null",
    ],
)
def test_a_note_of_a_download_that_was_changed_is_no_download(
    note: str | bytes, server: Server, downloader: Downloader
) -> None:
    server.answer = lambda _: Answer(b"les communes")
    downloader.get(f"{server.base}/a")
    (path,) = downloader.folder.glob("*.json")
    path.write_bytes(note if isinstance(note, bytes) else note.encode())
    downloader.offline = True
    with pytest.raises(SourceError, match="Run again without --offline"):
        downloader.get(f"{server.base}/a")
    downloader.offline = False
    assert downloader.get(f"{server.base}/a").read_bytes() == b"les communes"


def test_two_downloads_that_change_places_are_found(server: Server, downloader: Downloader) -> None:
    server.answer = lambda path: Answer(path.encode())
    paths = [downloader.get(f"{server.base}/{name}") for name in "ab"]
    contents = [path.read_bytes() for path in paths]
    for path, content in zip(paths, reversed(contents), strict=True):
        path.write_bytes(content)
    downloader.offline = True
    for name in "ab":
        with pytest.raises(SourceError, match="another SHA-256"):
            downloader.get(f"{server.base}/{name}")


def test_a_connection_cut_at_any_byte_is_tried_again(server: Server, downloader: Downloader) -> None:
    body = b"les communes de France"
    for place in range(len(body)):
        turns = iter([Answer(body, cut=place), Answer(body)])
        server.answer = lambda _, turns=turns: next(turns)  # type: ignore[misc]
        assert downloader.get(f"{server.base}/{place}").read_bytes() == body
    names = {path.name for path in downloader.folder.iterdir()}
    assert len(names) == len(body) + 1, "a note for each address, one content, and no part"


def test_a_server_that_does_not_speak_tls_is_refused_at_once(server: Server, downloader: Downloader) -> None:
    with pytest.raises(SourceError, match="certificate is not trusted"):
        downloader.get(f"{server.base.replace('http:', 'https:')}/a")
    assert downloader.received == []


def test_parts_of_downloads_that_were_killed_go_a_day_later(
    server: Server, downloader: Downloader, cache_folder: Path
) -> None:
    folder = cache_folder / "fetched"
    folder.mkdir(parents=True)
    (folder / ".abcdefgh.geocontracts.part").write_bytes(b"half")
    os.utime(folder / ".abcdefgh.geocontracts.part", (0, 0))
    sweep.cache_clear()
    server.answer = lambda _: Answer(b"les communes")
    downloader.get(f"{server.base}/a")
    assert not list(folder.glob(".*"))


def test_a_folder_that_cannot_be_written_to_is_told(
    bring: Callable[..., PlaceSet], server: Server, cache_folder: Path
) -> None:
    server.answer = etalab(communes_of("90"))
    cache_folder.mkdir(parents=True)
    (cache_folder / "sets").write_bytes(b"old")
    with pytest.raises(OutputError) as caught:
        bring()
    assert "sets" in caught.value.text("fr")
    assert "n’est pas un dossier" in caught.value.text("fr")
    assert set_in_use().name == "bundled"


def test_a_note_of_the_choice_that_leads_to_half_a_set_is_told(known: PlaceSet, cache_folder: Path) -> None:
    half = cache_folder / "sets" / "etalab-2026-moitie"
    half.mkdir()
    (half / "places.tsv.gz").write_bytes(b"")
    (cache_folder / "in-use.json").write_text(json.dumps({"name": half.name}))
    forget_places()
    with pytest.raises(MissingDataError, match="is not whole"):
        load_gazetteer()
    assert use_set(known.name) == known
    assert load_gazetteer().commune_count == 664


@pytest.mark.thorough
def test_a_refresh_that_is_killed_and_three_at_once_end_with_a_whole_set(
    server: Server, cache_folder: Path
) -> None:
    doubs, belfort = (etalab(communes_of(code)) for code in ("25", "90"))
    asked: list[str] = []

    def answer(path: str) -> Answer:
        asked.append(path)
        return belfort(path) if len(asked) <= 2 else doubs(path)

    server.answer = answer
    command = [sys.executable, "-m", "tests.places.fresh.ended", server.base, str(cache_folder.parent)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert len(told["killed"]) == 8
    for end in told["killed"]:
        assert end["status"] == -signal.SIGKILL, end
        assert end["used"] in ("departement:90", "departement:25"), end
        assert end["damaged"] == [], end
    assert {end["used"] for end in told["killed"]} == {"departement:90", "departement:25"}
    assert told["at_once"]["ends"] == [0, 0, 0]
    assert (told["at_once"]["used"], told["at_once"]["damaged"]) == ("departement:25", [])
