import pytest

from geocontracts import extras
from geocontracts.errors import MissingExtraError
from geocontracts.extras import need
from geocontracts.words import LANGS


def test_a_package_that_is_not_there_is_told_with_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        msg = f"No module named {name!r}"
        raise ModuleNotFoundError(msg, name=name)

    monkeypatch.setattr(extras.importlib, "import_module", missing)
    with pytest.raises(MissingExtraError) as refused:
        need("matplotlib.figure", "figures")
    for lang in LANGS:
        told = refused.value.text(lang)
        assert 'pip install ".[figures]"' in told, "from a checkout, which no index has"
        assert 'pip install "geocontracts[figures]"' in told
    assert "matplotlib" in refused.value.text("fr")


def test_a_package_that_lacks_a_part_of_its_own_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(name: str) -> None:
        msg = f"No module named 'contourpy', wanted by {name}"
        raise ModuleNotFoundError(msg, name="contourpy")

    monkeypatch.setattr(extras.importlib, "import_module", broken)
    with pytest.raises(ModuleNotFoundError, match="contourpy"):
        need("matplotlib.figure", "figures")
