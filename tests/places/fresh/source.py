"""A source of places on this machine, which serves bundled places back, and misbehaves when told to."""

from __future__ import annotations

import gzip
import json
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import shapely
import shapely.geometry

from geocontracts.places.fresh.reference import Reference, read_reference

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Feature = dict[str, Any]


@dataclass
class Answer:
    """What the server sends; `length` lies about it, `cut` hangs up in it, `stall` falls silent after it."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    length: int | None = None
    cut: int | None = None
    stall: bool = False


class Server:
    """A server on the loopback; `answer` is asked what to say to each path and query."""

    def __init__(self) -> None:
        """Take a free port."""
        self.asked: list[str] = []
        self.answer: Callable[[str], Answer] = lambda _: Answer(status=404)
        self.done = threading.Event()
        owner = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                owner.asked.append(self.path)
                self.say(owner.answer(self.path))

            def say(self, answer: Answer) -> None:
                self.close_connection = True
                self.send_response(answer.status)
                length = len(answer.body) if answer.length is None else answer.length
                headers = {"Content-Length": str(length), "Connection": "close"} | answer.headers
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(answer.body[: answer.cut])
                self.wfile.flush()
                if answer.stall:
                    owner.done.wait(10)

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.base = f"http://127.0.0.1:{self._server.server_address[1]}"

    @contextmanager
    def running(self) -> Iterator[Server]:
        """Serve until the block ends."""
        thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield self
        finally:
            self.done.set()
            self._server.shutdown()
            thread.join()
            self._server.server_close()


@cache
def reference() -> Reference:
    return read_reference()


def communes_of(departement: str) -> list[Feature]:
    """Return the bundled communes of a département, as Etalab writes them."""
    known = reference()
    return [
        {
            "type": "Feature",
            "properties": {
                "code": row["code"],
                "nom": row["name"],
                "departement": row["departement"],
                "region": row["region"],
                "epci": row["epci"] or None,
            },
            "geometry": shapely.geometry.mapping(known.shapes[known.by_code[row["code"]]]),
        }
        for row in known.communes
        if row["departement"] == departement
    ]


def epci_names() -> list[Feature]:
    return [
        {"type": "Feature", "properties": {"code": code, "nom": row["name"]}, "geometry": None}
        for (level, code), row in reference().upper.items()
        if level == "epci"
    ]


def collection(features: list[Feature], **more: object) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": features, **more}).encode()


def etalab(
    communes: list[Feature], year: int = 2026, detail: str = "100m", epci: list[Feature] | None = None
) -> Callable[[str], Answer]:
    """Return answers like those of Etalab's contours."""
    names = epci_names() if epci is None else epci
    files = {
        f"/{year}/geojson/communes-{detail}.geojson.gz": gzip.compress(collection(communes), mtime=0),
        f"/{year}/geojson/epci-1000m.geojson.gz": gzip.compress(collection(names), mtime=0),
    }
    return lambda path: Answer(files[path]) if path in files else Answer(status=404)


def as_ign(feature: Feature) -> Feature:
    """Return a commune or an EPCI with the names of version 4."""
    found = feature["properties"]
    if "departement" not in found:
        return feature | {"properties": {"code_siren": found["code"], "nom_officiel": found["nom"]}}
    properties = {
        "cleabs": f"COMMUNE_{found['code']}",
        "code_insee": found["code"],
        "nom_officiel": found["nom"],
        "code_insee_du_departement": found["departement"],
        "code_insee_de_la_region": found["region"],
        "codes_siren_des_epci": found["epci"],
    }
    return feature | {"properties": properties}


@dataclass
class Wfs:
    """Answers like those of IGN's WFS, one layer to a request."""

    communes: list[Feature]
    epci: list[Feature] = field(default_factory=epci_names)
    prefix: str = "ADMINEXPRESS-COG-CARTO-PE.2026"
    most: int = 5000
    """Features in an answer, whatever is asked for."""
    lie: int = 0
    """Added to the count of communes."""
    repeat: bool = False
    """Send the first page of communes again and again."""

    def __call__(self, path: str) -> Answer:
        """Answer one request."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(path).query).items()}
        layers = {f"{self.prefix}:commune": self.communes, f"{self.prefix}:epci": self.epci}
        found = layers.get(asked["TYPENAMES"])
        if found is None or asked["SRSNAME"] != "EPSG:4326":
            return Answer(b"<ows:ExceptionReport/>", status=400)
        features = [as_ign(feature) for feature in found]
        if "CQL_FILTER" in asked:
            name, _, value = asked["CQL_FILTER"].partition("=")
            features = [each for each in features if each["properties"][name] == value.strip("'")]
        matched = len(features) + (self.lie if found is self.communes else 0)
        if asked.get("RESULTTYPE") == "hits":
            text = (
                f'<?xml version="1.0"?><wfs:FeatureCollection numberMatched="{matched}" numberReturned="0"/>'
            )
            return Answer(text.encode())
        start = 0 if self.repeat and found is self.communes else int(asked["STARTINDEX"])
        return Answer(collection(features[start : start + min(self.most, int(asked["COUNT"]))]))


@cache
def few_places() -> Reference:
    """Return the bundled places of the Territoire de Belfort and of the Doubs."""
    known = reference()
    numbers = [n for n, row in enumerate(known.communes) if row["departement"] in ("25", "90")]
    codes = {known.communes[number]["code"] for number in numbers}
    units = {known.communes[number][level] for number in numbers for level in ("epci", "arrondissement")}
    history = [
        row
        for row in known.history
        if set(row["successors"].split(";")) <= (codes if row["level"] == "commune" else units)
    ]
    rows = [known.communes[number] for number in numbers]
    parents = {
        (level, row[level]) for row in rows for level in ("epci", "arrondissement", "departement", "region")
    }
    upper = {key: row for key, row in known.upper.items() if key in parents}
    return Reference(known.vintage, rows, upper, history, known.shapes[numbers])
