"""One JupyterLab for all the tests of a process; each writes the notebooks that it opens."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.jupyter.lab import Lab, serving

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """Return a server of an empty folder, in which a test puts its notebooks."""
    with serving(tmp_path_factory.mktemp("notebooks"), tmp_path_factory.mktemp("home")) as running:
        yield running
