"""Fetching: patience with what passes, a clear refusal of what does not, and never half a file."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import chain, repeat
from typing import TYPE_CHECKING

import pytest

from geocontracts.places.fresh.download import Downloader, _redirected
from geocontracts.places.fresh.errors import SourceError
from geocontracts.places.fresh.settings import read_settings
from tests.places.fresh.source import Answer, Server

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from requests import Response

    from geocontracts.places.fresh.settings import Settings
    from geocontracts.words import Message
    from tests.places.fresh.conftest import Waits

WHOLE = Answer(b"les communes de France")


def script(*answers: Answer) -> Callable[[str], Answer]:
    """Give these answers in turn, and the last one for ever."""
    turn = chain(answers, repeat(answers[-1]))
    return lambda _: next(turn)


def leftovers(folder: Path) -> list[str]:
    """Return what a fetch that failed left behind."""
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def test_what_is_whole_is_kept_under_its_hash(
    server: Server, downloader: Downloader, cache_folder: Path
) -> None:
    server.answer = script(WHOLE)
    path = downloader.get(f"{server.base}/a")
    assert path.read_bytes() == WHOLE.body
    (received,) = downloader.received
    assert (received.bytes, received.retrieved) == (22, "2026-11-22T12:00:00Z")
    assert path == cache_folder / "fetched" / received.sha256
    assert json.loads(next((cache_folder / "fetched").glob("*.json")).read_text())["url"] == received.url


@pytest.mark.parametrize(
    ("first", "waited"),
    [
        (Answer(status=429, headers={"Retry-After": "7"}), [7.0]),
        (Answer(status=429, headers={"Retry-After": "Sun, 22 Nov 2026 12:00:09 GMT"}), [9.0]),
        (Answer(status=429, headers={"Retry-After": "Sun, 22 Nov 2026 11:00:00 GMT"}), [0.0]),
        (Answer(status=429, headers={"Retry-After": "soon"}), [5.0]),
        (Answer(status=429), [5.0]),
        (Answer(status=500), [1.0]),
        (Answer(status=503, headers={"Retry-After": "3"}), [3.0]),
        (replace(WHOLE, cut=5), [1.0]),
        (replace(WHOLE, length=5000), [1.0]),
        (replace(WHOLE, length=5000, stall=True), [1.0]),
    ],
)
def test_a_second_try_after_what_passes(
    first: Answer, waited: list[float], server: Server, downloader: Downloader, waits: Waits
) -> None:
    server.answer = script(first, WHOLE)
    assert downloader.get(f"{server.base}/a").read_bytes() == WHOLE.body
    assert waits.asked == waited
    assert len(server.asked) == 2


@pytest.mark.parametrize(
    "case",
    [
        (Answer(status=500), "the server answers 500"),
        (replace(WHOLE, cut=5), "the answer stopped"),
        (replace(WHOLE, length=23), "the answer stopped"),
    ],
    ids=lambda case: case[1],
)
def test_tries_are_bounded_and_leave_nothing(
    case: tuple[Answer, str], server: Server, downloader: Downloader, waits: Waits, cache_folder: Path
) -> None:
    answer, reason = case
    server.answer = script(answer)
    with pytest.raises(SourceError, match=f"failed after 4 tries, {reason}"):
        downloader.get(f"{server.base}/a")
    assert waits.asked == [1.0, 2.0, 4.0]
    assert leftovers(cache_folder / "fetched") == []


def test_a_refusal_is_final_save_for_the_wfs(server: Server, downloader: Downloader) -> None:
    server.answer = script(Answer(status=400), WHOLE)
    with pytest.raises(SourceError, match="answer 400, which is not expected"):
        downloader.get(f"{server.base}/a")
    server.answer = script(Answer(status=400), WHOLE)
    assert downloader.get(f"{server.base}/a", refusals_pass=True).read_bytes() == WHOLE.body


@pytest.mark.parametrize(
    "case",
    [
        (Answer(status=404), "there is no such address"),
        (Answer(status=403), "answer 403"),
        (Answer(status=429, headers={"Retry-After": "3600"}), "asks to wait 3,600 s"),
        (Answer(status=302, headers={"Location": "https://ailleurs.example/a"}), "sends to https://ailleurs"),
        (Answer(status=302, headers={"Location": "//127.0.0.1:1/a"}), "another address: it is not followed"),
        (Answer(status=302), "sends to"),
        (Answer(status=302, headers={"Location": "/a"}), "sends elsewhere too often"),
        (Answer(b"", length=2_000_000_000), "more than 1,000 MB"),
    ],
    ids=lambda case: case[1],
)
def test_what_does_not_pass_is_told_at_once(
    case: tuple[Answer, str], server: Server, downloader: Downloader, waits: Waits, cache_folder: Path
) -> None:
    answer, said = case
    server.answer = script(answer)
    with pytest.raises(SourceError, match=said):
        downloader.get(f"{server.base}/a")
    assert waits.asked == []
    assert leftovers(cache_folder / "fetched") == []


def test_a_redirect_on_the_same_host_is_followed(server: Server, downloader: Downloader) -> None:
    server.answer = script(Answer(status=301, headers={"Location": "/b"}), WHOLE)
    assert downloader.get(f"{server.base}/a").read_bytes() == WHOLE.body
    assert server.asked == ["/a", "/b"]


def test_a_body_without_a_length_is_bounded_too(
    server: Server, cache_folder: Path, settings: Settings
) -> None:
    server.answer = script(Answer(b"x" * 5000, headers={"Content-Length": "5000"}))
    small = Downloader(cache_folder / "fetched", replace(settings, largest_file=4000))
    with pytest.raises(SourceError, match="too much for these data"):
        small.get(f"{server.base}/a")
    small.close()


def test_a_file_that_drips_for_ever_is_given_up(
    server: Server, cache_folder: Path, settings: Settings, waits: Waits
) -> None:
    server.answer = script(WHOLE)
    times = iter(range(0, 10_000, 1000))
    clock = replace(waits.clock(), now=lambda: float(next(times)))
    slow = Downloader(cache_folder / "fetched", replace(settings, tries=1), clock)
    with pytest.raises(SourceError, match="did not arrive in 900 s"):
        slow.get(f"{server.base}/a")
    slow.close()


def test_nobody_there(downloader: Downloader, waits: Waits, heard: list[Message]) -> None:
    with Server().running() as gone:
        base = gone.base
    with pytest.raises(SourceError, match="the server cannot be reached"):
        downloader.get(f"{base}/a")
    assert waits.asked == [1.0, 2.0, 4.0]
    assert "nouvel essai dans 4\u00a0s" in heard[-1].text("fr").replace(" s", "\u00a0s")


@pytest.mark.parametrize(
    "address",
    [
        "http://data.geopf.fr/wfs",
        "ftp://127.0.0.1/a",
        "file:///etc/hostname",
        "https://moi:secret@data.geopf.fr/wfs",
        "http://127.0.0.1.ailleurs.example/a",
        "https:///a",
        "https://[::1",
        "n'importe quoi",
    ],
)
def test_addresses_that_are_refused(address: str, downloader: Downloader) -> None:
    with pytest.raises(SourceError, match="no address that is allowed"):
        downloader.get(address)
    with pytest.raises(SourceError, match="no address that is allowed"):
        read_settings("ign", address).base("ign")


def test_the_pace_stays_under_the_limit(
    server: Server, cache_folder: Path, settings: Settings, waits: Waits
) -> None:
    server.answer = script(WHOLE)
    polite = Downloader(cache_folder / "fetched", replace(settings, requests_per_second=30), waits.clock())
    for name in "abc":
        polite.get(f"{server.base}/{name}")
    polite.close()
    assert waits.asked == pytest.approx([1 / 30, 1 / 30])


def test_offline_gives_what_was_fetched_if_it_is_unchanged(
    server: Server, downloader: Downloader, cache_folder: Path, settings: Settings
) -> None:
    server.answer = script(WHOLE)
    path = downloader.get(f"{server.base}/a")
    offline = Downloader(cache_folder / "fetched", settings, offline=True)
    assert offline.get(f"{server.base}/a") == path
    assert offline.received == downloader.received
    assert len(server.asked) == 1
    with pytest.raises(SourceError, match="has not been fetched yet"):
        offline.get(f"{server.base}/b")
    path.write_bytes(b"autre chose")
    with pytest.raises(SourceError, match="another SHA-256"):
        offline.get(f"{server.base}/a")
    offline.close()


def test_addresses_are_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    assert read_settings("ign").base("ign") == "https://data.geopf.fr/wfs/ows"
    monkeypatch.setenv("GEOCONTRACTS_IGN", "https://miroir.example/wfs/")
    assert read_settings("ign").base("ign") == "https://miroir.example/wfs"
    assert read_settings("ign", "https://autre.example").base("ign") == "https://autre.example"
    assert read_settings("etalab").base("etalab").startswith("https://contours-administratifs.")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("https://h.example/a", "http://h.example/a"),
        ("https://h.example/a", "https://h.example:8443/a"),
        ("https://h.example/a", "https://moi:secret@h.example/a"),
        ("https://h.example/a", "file:///a"),
    ],
)
def test_a_redirect_never_leaves_the_host_or_its_encryption(before: str, after: str) -> None:
    with pytest.raises(SourceError, match="another address: it is not followed") as refused:
        _redirected(before, after)
    assert "secret" not in refused.value.text("fr")


def test_what_was_kept_of_another_address_does_not_serve(
    server: Server, downloader: Downloader, cache_folder: Path, settings: Settings
) -> None:
    server.answer = script(WHOLE)
    downloader.get(f"{server.base}/a")
    (note,) = (cache_folder / "fetched").glob("*.json")
    note.write_text(json.dumps(json.loads(note.read_text()) | {"url": f"{server.base}/b"}), encoding="utf-8")
    offline = Downloader(cache_folder / "fetched", settings, offline=True)
    with pytest.raises(SourceError, match="no longer has the content received"):
        offline.get(f"{server.base}/a")
    offline.close()


def test_a_body_that_is_cut_is_noticed_where_the_library_does_not(
    server: Server, downloader: Downloader, waits: Waits, cache_folder: Path
) -> None:
    """As with urllib3 1.26, which `requests` may bring: a short body ends there without a word."""

    def lenient(response: Response, **_: object) -> None:
        response.raw.enforce_content_length = False

    downloader._session.hooks["response"].append(lenient)
    server.answer = script(replace(WHOLE, cut=5), WHOLE)
    assert downloader.get(f"{server.base}/a").read_bytes() == WHOLE.body
    assert waits.asked == [1.0]
    assert len([path for path in (cache_folder / "fetched").iterdir() if path.suffix != ".json"]) == 1
