"""A real JupyterLab on this machine, shut off from the network and from the user's own settings.

`serving` starts the server, `opened` opens one of its notebooks in Chromium. Requests
beyond the loopback are stopped and recorded; kernels that try to reach beyond it, or
to write into the checkout, fail (`guarded_environment`).
"""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Locator, Page

PATIENCE_S = 120  # a slow machine with both cores busy
_LOOPBACK = ("127.0.0.1", "localhost")

# IPython runs this in each kernel before the first cell.
_GUARD = """
import sys
from pathlib import Path

def guard(event, arguments, root={root!r}):
    if event == "socket.connect" and isinstance(arguments[1], tuple):
        if arguments[1][0] not in ("127.0.0.1", "::1", "localhost"):
            raise AssertionError(f"a notebook tried to reach {{arguments[1]}}")
    if event == "open" and isinstance(arguments[0], str) and set(str(arguments[1])) & set("wax+"):
        if Path(arguments[0]).absolute().is_relative_to(root):
            raise AssertionError(f"a notebook tried to write {{arguments[0]}}")

sys.addaudithook(guard)
del guard
"""

# What JupyterLab would ask of the network, or show beside the notebook.
_DISABLED = [
    "@jupyterlab/apputils-extension:announcements",
    "@jupyterlab/extensionmanager-extension",
    "jupyterlab-jupytext",
]
_SETTINGS: dict[str, dict[str, Any]] = {
    "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
    # Every cell stands in the document, also those far from what is seen.
    # A notebook that names no kernel gets the only one there is, without asking.
    "notebook-extension/tracker": {"windowingMode": "none", "autoStartDefaultKernel": True},
}


def guarded_environment(home: Path) -> dict[str, str]:
    """Return the environment of a Jupyter that has `home` for everything it keeps.

    Its kernel `python3` is this interpreter, with the checkout before all.
    """
    unwanted = ("JUPYTER", "IPYTHON", "PYTEST", "COV_")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(unwanted)}
    startup = home / "ipython" / "profile_default" / "startup"
    startup.mkdir(parents=True)
    (startup / "00-guard.py").write_text(_GUARD.format(root=str(ROOT)), encoding="utf-8")
    kernel = home / "data" / "kernels" / "python3"
    kernel.mkdir(parents=True)
    command = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    described = {"argv": command, "display_name": "Python 3", "language": "python"}
    (kernel / "kernel.json").write_text(json.dumps(described), encoding="utf-8")
    (home / "runtime").mkdir()
    return environment | {
        "HOME": str(home),
        "XDG_CACHE_HOME": str(home / "cache"),
        "JUPYTER_CONFIG_DIR": str(home / "config"),
        "JUPYTER_DATA_DIR": str(home / "data"),
        "JUPYTER_RUNTIME_DIR": str(home / "runtime"),
        "JUPYTERLAB_SETTINGS_DIR": str(home / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(home / "workspaces"),
        "JUPYTER_PLATFORM_DIRS": "1",
        "JUPYTER_PREFER_ENV_PATH": "0",  # the kernel above, not the environment's
        "IPYTHONDIR": str(home / "ipython"),
        "MPLCONFIGDIR": str(home / "matplotlib"),
        "PYTHONPATH": str(ROOT),
        "PYTHONDONTWRITEBYTECODE": "1",
        "GEOCONTRACTS_CACHE": str(home / "no-cache"),
    }


@dataclass(frozen=True)
class Lab:
    """A running server and the folder whose notebooks it shows."""

    address: str
    token: str
    folder: Path


@contextmanager
def serving(folder: Path, home: Path) -> Iterator[Lab]:
    """Serve the notebooks of `folder`; `home` is an empty folder for what Jupyter keeps."""
    environment = guarded_environment(home)
    _write_settings(home)
    token = secrets.token_hex(16)
    options = {
        "ServerApp.ip": "127.0.0.1",
        "ServerApp.port": 0,
        "ServerApp.open_browser": False,
        "ServerApp.allow_root": True,
        "ServerApp.root_dir": folder,
        "IdentityProvider.token": token,
        "LabApp.expose_app_in_browser": True,
        "LabApp.extension_manager": "readonly",
        "LabApp.news_url": None,
    }
    command = [sys.executable, "-m", "jupyterlab", *(f"--{name}={value}" for name, value in options.items())]
    with (home / "server.log").open("wb") as log:
        server = subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log)
        try:
            yield Lab(_address(server, home), token, folder)
        finally:
            server.terminate()  # its kernels end with it
            try:
                server.wait(timeout=20)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


def _write_settings(home: Path) -> None:
    for name, values in _SETTINGS.items():
        path = home / "settings" / "@jupyterlab" / f"{name}.jupyterlab-settings"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(values), encoding="utf-8")
    path = home / "config" / "labconfig" / "page_config.json"
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps({"disabledExtensions": dict.fromkeys(_DISABLED, True)}), encoding="utf-8")


def _address(server: subprocess.Popen[bytes], home: Path) -> str:
    """Return where the server answers, once it has written that down."""
    known = home / "runtime" / f"jpserver-{server.pid}.json"
    end = time.monotonic() + PATIENCE_S
    while server.poll() is None and time.monotonic() < end:
        if known.exists() and (text := known.read_text(encoding="utf-8")):
            return f"http://127.0.0.1:{json.loads(text)['port']}"
        time.sleep(0.1)
    log = (home / "server.log").read_text(encoding="utf-8", errors="replace")
    msg = f"JupyterLab did not start:\n{log[-3000:]}"
    raise AssertionError(msg)


@dataclass
class Notebook:
    """A notebook open in JupyterLab; cells are counted from 0, texts among them."""

    page: Page
    beyond: list[str] = field(default_factory=list)
    """Requests beyond the loopback; they were stopped."""
    complaints: list[str] = field(default_factory=list)
    """Errors of scripts, in JupyterLab or in what the notebook shows."""

    def run_all(self) -> None:
        """Run every cell, wait for the last, and fail with the first error of a cell."""
        self._wait_for("window.jupyterapp.commands.execute('notebook:run-all-cells')")
        for number in range(self.length):
            self._expect_no_error(number)

    def run(self, number: int) -> None:
        """Run one cell, wait for its end, and fail with its error."""
        self.page.evaluate(
            "(number) => { window.jupyterapp.shell.currentWidget.content.activeCellIndex = number; }", number
        )
        self._wait_for("window.jupyterapp.commands.execute('notebook:run-cell')")
        self._expect_no_error(number)

    def add(self, source: str) -> int:
        """Add a cell of code after the last one, and return its number."""
        number: int = self.page.evaluate(
            """(source) => {
                 const { model } = window.jupyterapp.shell.currentWidget.content;
                 const cell = { cell_type: 'code', source, metadata: { trusted: true } };
                 model.sharedModel.insertCell(model.cells.length, cell);
                 return model.cells.length - 1;
               }""",
            source,
        )
        return number

    @property
    def length(self) -> int:
        """Return the number of cells."""
        count: int = self.page.evaluate(
            "() => window.jupyterapp.shell.currentWidget.content.model.cells.length"
        )
        return count

    def outputs(self, number: int) -> list[dict[str, Any]]:
        """Return the outputs of a cell, as the notebook's file would hold them."""
        found: list[dict[str, Any]] = self.page.evaluate(
            """(number) => {
                 const cell = window.jupyterapp.shell.currentWidget.content.model.cells.get(number);
                 return cell.outputs ? cell.outputs.toJSON() : [];
               }""",
            number,
        )
        return found

    def shown(self, number: int) -> Locator:
        """Return where the outputs of a cell are drawn."""
        return self.page.locator(".jp-Notebook .jp-Cell").nth(number).locator(".jp-Cell-outputWrapper")

    def wait_for_kernel(self) -> None:
        """Wait until the kernel answers."""
        panel = "window.jupyterapp.shell.currentWidget"
        self._wait_for(
            f"{panel}.context.ready.then(() => {panel}.sessionContext.ready)"
            f".then(() => {panel}.sessionContext.session.kernel.info)"
        )

    def _wait_for(self, promise: str) -> None:
        """Wait for a promise of JupyterLab, and fail when it is not kept in time."""
        late = "new Promise((kept, broken) => setTimeout(() => broken(new Error('too late')), patience))"
        self.page.evaluate(
            f"async (patience) => {{ await Promise.race([{promise}, {late}]); }}", PATIENCE_S * 1000
        )

    def _expect_no_error(self, number: int) -> None:
        errors = [output for output in self.outputs(number) if output["output_type"] == "error"]
        assert not errors, f"cell {number}: {errors[0]['ename']}: {errors[0]['evalue']}"


@contextmanager
def opened(browser: Browser, lab: Lab, name: str, **options: Any) -> Iterator[Notebook]:
    """Open a notebook of the folder, with its kernel ready; `options` go to the browser's context."""
    wanted = {"viewport": {"width": 1400, "height": 1000}, "locale": "fr-FR", "timezone_id": "Europe/Paris"}
    context = browser.new_context(**(wanted | options))  # type: ignore[arg-type]
    context.set_default_timeout(PATIENCE_S * 1000)
    notebook = Notebook(context.new_page())

    def within(url: str) -> bool:
        return urlsplit(url).scheme not in ("http", "https") or urlsplit(url).hostname in _LOOPBACK

    def stop(route: Any) -> None:
        notebook.beyond.append(route.request.url)
        route.abort()

    context.route(lambda url: not within(url), stop)
    notebook.page.on("pageerror", lambda error: notebook.complaints.append(str(error)))
    notebook.page.goto(f"{lab.address}/lab/tree/{name}?token={lab.token}")
    notebook.page.wait_for_function(
        "(name) => window.jupyterapp?.shell.currentWidget?.context?.path === name", arg=name
    )
    notebook.wait_for_kernel()
    yield notebook
    context.close()
