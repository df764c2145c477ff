"""Take the address of a database apart so that its password is never shown."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import PurePath
from urllib.parse import quote, unquote, urlencode

from geocontracts.errors import RegisterError

_ADDRESS = re.compile(r"[\s'\"]*(?P<scheme>[a-z][a-z0-9+.:-]*[a-z0-9]):[/\\]", re.IGNORECASE)
_POSTGRESQL = re.compile(r"\s*postgres(?:ql)?(?:\+[a-z0-9_]+)?://(?P<rest>.*)", re.IGNORECASE | re.DOTALL)
_KEYWORDS = re.compile(
    r"\b(?:password|passwd|pwd)\s*=|^\s*(?:host|hostaddr|dbname|user|service)\s*=", re.IGNORECASE
)
# https://www.postgresql.org/docs/17/libpq-connect.html#LIBPQ-PARAMKEYWORDS
_SECRET = ("password", "sslpassword", "oauth_client_secret")
_PARAMETERS = frozenset(
    (
        *("table", "query", *_SECRET, "host", "hostaddr", "port", "dbname", "user", "passfile"),
        *("require_auth", "channel_binding", "connect_timeout", "client_encoding", "options"),
        *("application_name", "fallback_application_name", "keepalives", "keepalives_idle"),
        *("keepalives_interval", "keepalives_count", "tcp_user_timeout", "replication", "gssencmode"),
        *("sslmode", "requiressl", "sslnegotiation", "sslcompression", "sslcert", "sslkey", "sslcertmode"),
        *("sslrootcert", "sslcrl", "sslcrldir", "sslsni", "ssl_min_protocol_version"),
        *("ssl_max_protocol_version", "requirepeer", "min_protocol_version", "max_protocol_version"),
        *("krbsrvname", "gsslib", "gssdelegation", "service", "target_session_attrs"),
        *("load_balance_hosts", "oauth_issuer", "oauth_client_id", "oauth_scope"),
    )
)
_ASKED = re.compile(rf"\?(?=(?:{'|'.join(sorted(_PARAMETERS))})=)")
_HOST = re.compile(r"(?:\[[0-9a-f:.%]+\]|[\w.-]*|%2F[\w.%-]*)(?::[0-9]*)?", re.IGNORECASE)
_HIDDEN = "postgresql://…"
_HALF = re.compile("[\ud800-\udfff]")  # a byte of the command line that is no text: no address holds one
_ACCOUNT = re.compile(r"[\w.-]+")


@dataclass(frozen=True)
class Address:
    """Where a database is and what is asked of it.

    `shown` has no password, and no more of the account than a plain name before a `:`;
    nothing else of an address may be shown. `link` is the address for PostgreSQL's
    library, with the password. `secrets` are the ways in which the password may stand
    in what the database says, so that no message tells it.
    """

    shown: str
    link: str
    table: str
    query: str
    secrets: tuple[str, ...]

    def __repr__(self) -> str:
        """Return what may be shown."""
        return f"Address({self.shown!r})"

    def discreet(self, said: object) -> str:
        """Return what the database says on one line, without the password."""
        text = " ".join(str(said).split())
        for secret in self.secrets:
            text = text.replace(secret, "***")
        return text


def is_address(source: object) -> bool:
    """Tell whether a source is the address of a database, not a file.

    Raises:
        RegisterError: it is an address of another kind, or a path made of an address; it
            is not shown, for it may hold a password.
    """
    if not isinstance(source, (str, PurePath)):
        return False
    text = str(source)
    if isinstance(source, str) and _POSTGRESQL.match(text):
        return True
    if os.path.lexists(text):
        return False
    told = _ADDRESS.match(text)
    if told or "://" in text:
        scheme = f"{told['scheme']}://…" if told else "…://…"
        raise RegisterError("address-unknown", file=scheme)
    if _KEYWORDS.search(text):
        raise RegisterError("address-unknown", file="…")
    return False


def parse_address(url: str) -> Address:
    """Take an address apart: `postgresql://user@host/base?table=schema.table` or `?query=select ...`.

    Everything up to the last `@` before the parameters is the account, whatever signs a
    password holds; the parameters begin with one that PostgreSQL knows. They are left to
    PostgreSQL's own library (`sslmode`, `connect_timeout`...).

    Raises:
        RegisterError: neither a table nor a query is asked for, or both; or what is the
            password cannot be told for certain: then no part of the address is shown.
    """
    if not url.isprintable() and _HALF.search(url):
        raise RegisterError("address-unsure", file=_HIDDEN)
    found = _POSTGRESQL.match(" ".join(url.split()))
    place, told = _split(found["rest"] if found else "")
    account, at, server = place.rpartition("@")
    host, slash, base = server.partition("/")
    user, _, password = account.partition(":")
    asked = {name: value for name, value in told if name in ("table", "query")}
    others = [(name, value) for name, value in told if name not in asked]
    table, query = asked.get("table", "").strip(), asked.get("query", "").strip().rstrip(";")
    if any(name not in _PARAMETERS for name, _ in told) or not _are_hosts(host) or "?" in base:
        raise RegisterError("address-unsure", file=_HIDDEN)
    plain = user if _ACCOUNT.fullmatch(user) or not user else "…"
    shown = f"postgresql://{plain}{at}{host}{slash}{base}" + (f"?table={table}" if table else "")
    if bool(table) == bool(query):
        raise RegisterError("database-both" if table else "database-address", file=shown)
    secrets = [password, *(value for name, value in others if name in _SECRET)]
    link = f"postgresql://{_account(user, password)}{at}{host}{slash}{base}"
    link += f"?{urlencode(others, quote_via=quote)}" if others else ""
    return Address(shown, link, table, query, _forms(secrets))


def _split(rest: str) -> tuple[str, list[tuple[str, str]]]:
    """Return the account with its server, and the parameters; refuse what can be split in two ways."""
    start = _ASKED.search(rest)
    place, asked = (rest[: start.start()], rest[start.end() :]) if start else (rest, "")
    # Without `@`, what seems to be a server and its port may be an account and its password;
    # with `@` and parameters after it once more, all that stands before may be the account.
    hidden = ":" in place and "@" in asked if "@" not in place else re.search(rf"@.*{_ASKED.pattern}", asked)
    if hidden or ("@" not in place and not _are_hosts(place.partition("/")[0].partition("?")[0])):
        raise RegisterError("address-unsure", file=_HIDDEN)
    parts = [part.partition("=") for part in asked.split("&")]
    return place, [(name, unquote(value)) for name, sign, value in parts if name or sign]


def _are_hosts(text: str) -> bool:
    return all(map(_HOST.fullmatch, text.split(",")))


def _account(user: str, password: str) -> str:
    told = [quote(unquote(part), safe="") for part in (user, password)]
    return ":".join(told) if password else told[0]


def _forms(secrets: list[str]) -> tuple[str, ...]:
    forms = {
        form
        for secret in secrets
        if secret
        for form in (secret, unquote(secret), quote(secret), quote(unquote(secret), safe=""))
    }
    return tuple(sorted(forms, key=len, reverse=True))
