"""Fetch files with patience and suspicion; what was received is kept under its SHA-256.

A file is streamed beside its place and moved there when it is whole, so that who
reads meets all of it or nothing, also when two processes fetch the same.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
import time
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

import requests

import geocontracts
from geocontracts.errors import OutputError, why
from geocontracts.files import PART, read_small, sweep, write_whole
from geocontracts.places.fresh.errors import SourceError
from geocontracts.places.fresh.fetched import Origin
from geocontracts.places.fresh.settings import check_address, without_user
from geocontracts.places.fresh.surroundings import proxy_of, refused_before, untrusted
from geocontracts.words import Message

if TYPE_CHECKING:
    from collections.abc import Callable

    from geocontracts.places.fresh.settings import Settings

_OK, _BAD_REQUEST, _MISSING, _TOO_MANY, _FAULT = 200, 400, 404, 429, 500
_REDIRECTS = (301, 302, 303, 307, 308)
_MOST_REDIRECTS = 3
_CHUNK = 1 << 16
_BUSY_WAIT = 5.0  # seconds that IGN refuses who was too quick
_MEGA = 1e6


@dataclass(frozen=True)
class Clock:
    """Time and waiting, which tests replace."""

    now: Callable[[], float] = time.monotonic
    wait: Callable[[float], None] = time.sleep
    today: Callable[[], datetime] = lambda: datetime.now(UTC)


class _AgainError(Exception):
    """The try failed for a reason that may pass; `wait` is what the server asks for, in seconds."""

    def __init__(self, reason: Message, wait: float | None = None) -> None:
        super().__init__(reason.key)
        self.reason, self.wait = reason, wait


@dataclass
class Downloader:
    """Fetches addresses into a folder; offline it gives what it fetched before."""

    folder: Path
    settings: Settings
    clock: Clock = field(default_factory=Clock)
    offline: bool = False
    say: Callable[[Message], None] = lambda _: None
    received: list[Origin] = field(default_factory=list)
    """Everything that was asked for, in order."""
    _last: float = field(default=float("-inf"), init=False)

    def __post_init__(self) -> None:
        """Open the session; proxies and certificates are those that `requests` finds."""
        self._session = requests.Session()
        # What is packed on the way has another length than the one that is announced.
        self._session.headers.update(
            {"Accept-Encoding": "identity", "User-Agent": f"geocontracts/{geocontracts.__version__}"}
        )

    def close(self) -> None:
        """Close the connections that are kept open."""
        self._session.close()

    def get(self, url: str, *, refusals_pass: bool = False) -> Path:
        """Return the path of the content of an address.

        `refusals_pass` tries again after an HTTP 400 too, which IGN's service sends when it is busy.

        Raises:
            SourceError: the address is refused or absent, the server fails again and
                again, is not trusted, sends too much, or less than it announced.
            OutputError: the cache folder or its disk refuses.
        """
        check_address(url)
        received = self._kept(url) if self.offline else self._fetched(url, refusals_pass=refusals_pass)
        self.received.append(received)
        return self.folder / received.sha256

    def _kept(self, url: str) -> Origin:
        note = self._note(url)
        try:
            known = Origin(**json.loads(read_small(note)))
            with (self.folder / known.sha256).open("rb") as stream:
                found = hashlib.file_digest(stream, "sha256").hexdigest()
        except (OSError, ValueError, TypeError, RecursionError) as error:
            raise SourceError("source-not-kept", url=url) from error
        if found != known.sha256 or known.url != url:
            raise SourceError("source-kept-differs", url=url, file=str(self.folder / known.sha256))
        return known

    def _note(self, url: str) -> Path:
        return self.folder / f"{hashlib.sha256(url.encode()).hexdigest()[:32]}.json"

    def _fetched(self, url: str, *, refusals_pass: bool) -> Origin:
        wait = self.settings.first_wait
        for attempt in range(1, self.settings.tries + 1):
            try:
                received = self._once(url, refusals_pass=refusals_pass)
            except _AgainError as again:
                if attempt == self.settings.tries:
                    raise SourceError("source-failed", url=url, tries=attempt, why=again.reason) from again
                pause = wait if again.wait is None else again.wait
                if pause > self.settings.longest_wait:
                    raise SourceError("source-later", url=url, wait=pause) from again
                self.say(Message("source-again", {"url": url, "why": again.reason, "wait": pause}))
                self.clock.wait(pause)
                wait *= 2
            else:
                write_whole(self._note(url), json.dumps(asdict(received), indent=1).encode())
                return received
        raise AssertionError  # pragma: no cover (the last try returns or raises)

    def _once(self, url: str, *, refusals_pass: bool) -> Origin:
        """Ask once, following the redirects that stay with the same host."""
        target = url
        for _ in range(_MOST_REDIRECTS + 1):
            with self._answer(target) as response:
                if response.status_code not in _REDIRECTS:
                    self._check_status(response, url, refusals_pass=refusals_pass)
                    return self._stored(response, url)
                target = _redirected(target, response.headers.get("Location", ""))
        raise SourceError("source-redirects", url=url)

    def _answer(self, url: str) -> requests.Response:
        self._keep_pace()
        limits = (self.settings.connect_timeout, self.settings.read_timeout)
        try:
            return self._session.get(url, stream=True, timeout=limits, allow_redirects=False)
        except requests.exceptions.ProxyError as error:
            reason = Message("source-proxy-silent", {"address": proxy_of(url) or "—"})
            raise _AgainError(reason) from error
        except requests.exceptions.SSLError as error:
            raise untrusted(url) from error
        except requests.exceptions.Timeout as error:
            raise _AgainError(Message("source-silent")) from error
        except requests.exceptions.ConnectionError as error:
            raise _AgainError(Message("source-unreachable")) from error
        except requests.exceptions.RequestException as error:  # the address was looked at before
            raise refused_before(url) from error
        except OSError as error:  # of certificates that are not there; it does not say of which file
            raise untrusted(url) from error

    def _keep_pace(self) -> None:
        """Wait, if need be, so that a second never sees too many requests."""
        early = self._last + 1 / self.settings.requests_per_second - self.clock.now()
        if early > 0:
            self.clock.wait(early)
        self._last = self.clock.now()

    def _check_status(self, response: requests.Response, url: str, *, refusals_pass: bool) -> None:
        status = response.status_code
        said = Message("source-said", {"status": status})
        if status == _TOO_MANY:
            raise _AgainError(said, self._asked_wait(response.headers.get("Retry-After")))
        if status >= _FAULT or (status == _BAD_REQUEST and refusals_pass):
            raise _AgainError(said, self._asked_wait(response.headers.get("Retry-After"), usual=None))
        if status == _MISSING:
            raise SourceError("source-absent", url=url)
        if status != _OK:
            raise SourceError("source-status", url=url, status=status)

    def _asked_wait(self, said: str | None, usual: float | None = _BUSY_WAIT) -> float | None:
        """Return the seconds of a `Retry-After`, which is a number or a date."""
        if said is None:
            return usual
        if said.strip().isdecimal():
            return float(said)
        try:
            return max(0.0, (parsedate_to_datetime(said) - self.clock.today()).total_seconds())
        except (ValueError, TypeError):
            return usual

    def _stored(self, response: requests.Response, url: str) -> Origin:
        """Stream an answer to the folder; what is not whole leaves nothing behind."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(prefix=".", suffix=PART, dir=self.folder)
            sweep(self.folder)
        except OSError as error:
            raise OutputError("output-refused", file=str(self.folder), why=why(error)) from error
        scratch = Path(name)
        try:
            with os.fdopen(handle, "wb") as stream:
                size, digest = self._stream(response, stream.write, url)
            scratch.replace(self.folder / digest)
        except SourceError:
            raise
        except OSError as error:
            raise OutputError("output-refused", file=str(self.folder), why=why(error)) from error
        finally:
            with contextlib.suppress(OSError):
                scratch.unlink(missing_ok=True)
        return Origin(url, size, digest, self.clock.today().strftime("%Y-%m-%dT%H:%M:%SZ"))

    def _stream(
        self, response: requests.Response, write: Callable[[bytes], object], url: str
    ) -> tuple[int, str]:
        """Write the body piece by piece, and return its size and its SHA-256."""
        announced = response.headers.get("Content-Length", "")
        expected = int(announced) if announced.isdecimal() else None
        deadline = self.clock.now() + self.settings.total_timeout
        size, digest = 0, hashlib.sha256()
        self._refuse_large(expected or 0, url)
        try:
            for piece in response.iter_content(_CHUNK):
                size += len(piece)
                self._refuse_large(size, url)
                if self.clock.now() > deadline:
                    raise _AgainError(Message("source-slow", {"seconds": self.settings.total_timeout}))
                digest.update(piece)
                write(piece)
        except requests.exceptions.RequestException as error:
            raise _AgainError(Message("source-cut", {"size": size / _MEGA})) from error
        if expected is not None and response.raw.tell() != expected:
            raise _AgainError(Message("source-cut", {"size": size / _MEGA}))
        return size, digest.hexdigest()

    def _refuse_large(self, size: int, url: str) -> None:
        if size > self.settings.largest_file:
            raise SourceError("source-large", url=url, limit=self.settings.largest_file / _MEGA)


def _redirected(url: str, location: str) -> str:
    """Return where a redirect leads, if that is the same host.

    Raises:
        SourceError: it leads elsewhere.
    """
    target = urljoin(url, location)
    before, after = urlsplit(url), urlsplit(target)
    if not location or (before.scheme, before.netloc) != (after.scheme, after.netloc):
        raise SourceError("source-redirected", url=url, to=without_user(target))
    return target
