"""The map shows itself in a real JupyterLab, with the network cut."""

from __future__ import annotations

from typing import TYPE_CHECKING

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from tests.jupyter.lab import opened

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.jupyter.lab import Lab

pytestmark = pytest.mark.thorough


def test_a_kernel_is_shut_off_and_leaves_the_checkout_alone(browser: Browser, lab: Lab) -> None:
    cells = [
        "import socket; socket.create_connection(('192.0.2.1', 80), timeout=1)",
        "import geocontracts; open(geocontracts.__file__, 'a')",
        "40 + 2",
    ]
    nbformat.write(new_notebook(cells=[new_code_cell(cell) for cell in cells]), lab.folder / "garde.ipynb")
    with opened(browser, lab, "garde.ipynb") as notebook:
        with pytest.raises(AssertionError, match="tried to reach"):
            notebook.run(0)
        with pytest.raises(AssertionError, match="tried to write"):
            notebook.run(1)
        notebook.run(2)
        assert notebook.shown(2).inner_text().strip().endswith("42")
        assert notebook.beyond == []
