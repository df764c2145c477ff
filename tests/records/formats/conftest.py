"""A real PostgreSQL with PostGIS, started from Debian's packages for the tests that ask for it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ACCOUNT, PASSWORD = "lectrice", "Été@2019/mot&passe"
PATIENCE_S = 60
CONTENT = """
CREATE EXTENSION postgis;
CREATE SCHEMA "Suivi 2024";
CREATE TABLE "Suivi 2024"."Contrats signés" (
    code text PRIMARY KEY, "Libellé" text, montant numeric(14, 2), signe_le date, epci text[],
    pop integer, actif boolean, vu timestamp, perimetre geometry(Point, 4326));
INSERT INTO "Suivi 2024"."Contrats signés" VALUES
    ('62041', 'Arras', 1234.50, '2019-06-29', '{200033579,246200364}', 41555, true, '2019-06-29 12:30', NULL),
    ('02691', 'Saint-Quentin', NULL, NULL, '{}', NULL, false, NULL, 'SRID=4326;POINT(3.28 49.84)');
CREATE TABLE contrats AS SELECT 'public' AS ici;
"""


@dataclass(frozen=True)
class Server:
    """A running server; `folder` holds its socket, which is the only way in."""

    folder: Path

    def url(self, asked: str = "", password: str = "") -> str:
        """Return the address of its database, with what is asked of it."""
        account = f"{ACCOUNT}:{password}" if password else ACCOUNT
        return f"postgresql://{account}@/postgres?host={self.folder}" + (f"&{asked}" if asked else "")


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """Start a server, fill it, and stop it at the end.

    Where PostgreSQL or PostGIS is not installed the test is skipped; in CI it fails.
    """
    programs = _programs()
    if programs is None:
        _give_up("PostgreSQL is not installed (apt-get install postgresql postgresql-15-postgis-3)")
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
    try:
        with _running(programs, folder) as found:
            yield found
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _give_up(reason: str) -> None:
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


def _programs() -> Path | None:
    """Return the folder of the newest server, or None."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: int(folder.parent.name))
    found = [folder for folder in folders if (folder / "initdb").exists()]
    initdb = shutil.which("initdb")
    return found[-1] if found else Path(initdb).resolve().parent if initdb else None


def _as_whom() -> dict[str, Any]:
    """Return how to start a program that refuses to be run by root."""
    return {"user": "postgres", "group": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}


@contextmanager
def _running(programs: Path, folder: Path) -> Iterator[Server]:
    whom = _as_whom()
    secret = folder / "secret"
    secret.write_text(PASSWORD, encoding="utf-8")
    if whom:
        for path in (folder, secret):
            shutil.chown(path, "postgres", "postgres")
    data = folder / "data"
    options = [f"--username={ACCOUNT}", f"--pwfile={secret}", "--auth=scram-sha-256", "--encoding=UTF8"]
    initdb = [programs / "initdb", "-D", data, "--no-sync", "--locale=C.UTF-8", *options]
    subprocess.run(initdb, check=True, capture_output=True, cwd=folder, **whom)
    server = [programs / "postgres", "-D", data, "-k", folder, "-c", "listen_addresses=", "-c", "fsync=off"]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(server, stdout=log, stderr=log, cwd=folder, **whom)
    try:
        found = Server(folder)
        _fill(found, process)
        yield found
    finally:
        process.send_signal(signal.SIGINT)  # a fast, orderly end
        process.wait(PATIENCE_S)


def _fill(server: Server, process: subprocess.Popen[bytes]) -> None:
    import psycopg

    end = time.monotonic() + PATIENCE_S
    while True:
        try:
            with psycopg.connect(server.url(), password=PASSWORD) as connection:
                connection.execute(CONTENT)
        except psycopg.OperationalError:
            if process.poll() is not None or time.monotonic() > end:
                raise AssertionError((server.folder / "log").read_text(encoding="utf-8")) from None
            time.sleep(0.05)
        except (psycopg.errors.FeatureNotSupported, psycopg.errors.UndefinedFile) as error:
            _give_up(f"PostGIS is not installed (apt-get install postgresql-15-postgis-3): {error}")
        else:
            return
