"""A machine whose proxy or certificates are wrong: that is what is said, not the address nor the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import requests

from geocontracts.cli import main
from geocontracts.places.fresh.download import Downloader
from geocontracts.places.fresh.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from geocontracts.places.fresh.settings import Settings
    from tests.places.fresh.conftest import Waits
    from tests.places.fresh.source import Server

FAR = "https://limites.example"  # never reached: what is wrong is before it


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the machine that tests run on say nothing of its network."""
    for name in ("https_proxy", "http_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def refusal(capsys: pytest.CaptureFixture[str]) -> Callable[[], str]:
    """Return what the command says of a source that it cannot ask."""

    def run() -> str:
        assert main(["places", "refresh", "--area", "departement:90", "--base", FAR]) == 2
        return capsys.readouterr().err.replace("\u00a0", " ")

    return run


@pytest.mark.parametrize("name", ["REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"])
def test_certificates_that_are_not_there_are_named(
    name: str, monkeypatch: pytest.MonkeyPatch, refusal: Callable[[], str]
) -> None:
    monkeypatch.setenv(name, "/nulle/part.pem")
    said = refusal()
    assert f"Les certificats que {name} indique ne peuvent pas être lus : /nulle/part.pem." in said
    assert "Corrigez ce chemin" in said
    assert "Rien n’a été remplacé" in said
    assert "n’a pas pu être écrite" not in said


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "the server’s certificate is not trusted. If your organisation"),
        ("rien", "The certificates that REQUESTS_CA_BUNDLE names cannot be read"),
        ("certifi", "not trusted by the certificates that REQUESTS_CA_BUNDLE names"),
    ],
)
def test_a_server_that_is_not_trusted_says_by_which_certificates(
    content: str | None,
    said: str,
    tmp_path: Path,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if content is not None:
        file = tmp_path / "certificats.pem"
        good = requests.utils.DEFAULT_CA_BUNDLE_PATH
        file.write_text(content, encoding="utf-8")
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", good if content == "certifi" else str(file))
    asking = Downloader(tmp_path / "fetched", settings)
    monkeypatch.setattr(asking._session, "get", _untrusted)
    with pytest.raises(SourceError, match=said):
        asking.get(f"{FAR}/a")
    asking.close()


@pytest.mark.parametrize(
    "proxy", ["foo://mandataire.example:3128", "foo://", "http://", "http://[::1", "http://a:99999999"]
)
def test_a_proxy_that_is_no_address_is_named(
    proxy: str, monkeypatch: pytest.MonkeyPatch, refusal: Callable[[], str]
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", proxy)
    said = refusal()
    assert f"Le mandataire (proxy) {proxy} " in said
    assert "Écrivez-le http://serveur:port, ou retirez-le." in said
    assert "--base" not in said


def test_the_password_of_a_proxy_is_not_shown(
    server: Server, tmp_path: Path, settings: Settings, waits: Waits, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = server.base.removeprefix("http://")  # answers 501 to CONNECT: a proxy that refuses
    monkeypatch.setenv("HTTPS_PROXY", f"http://moi:secret@{gone}")
    asking = Downloader(tmp_path / "fetched", settings, waits.clock())
    with pytest.raises(SourceError) as refused:
        asking.get(f"{FAR}/a")
    asking.close()
    said = refused.value.text("fr")
    assert f"le mandataire (proxy) http://…@{gone} est injoignable ou refuse" in said
    assert "secret" not in said


def _untrusted(*_: object, **__: object) -> None:
    raise requests.exceptions.SSLError("certificate verify failed")
