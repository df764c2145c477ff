"""A table or a query of PostgreSQL is a sheet; the password is never shown."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from geocontracts.errors import RegisterError
from geocontracts.records.formats.database import parse_address
from geocontracts.records.formats.read import read_sheet
from tests.records.formats.conftest import PASSWORD

if TYPE_CHECKING:
    from pathlib import Path

    from tests.records.formats.conftest import Server

TABLE = "table=" + quote("Suivi 2024.Contrats signés")


@pytest.fixture(autouse=True)
def _password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGPASSWORD", PASSWORD)


def test_a_table_is_read_in_the_order_of_its_key_without_its_geometry(server: Server) -> None:
    sheet = read_sheet(server.url(TABLE))
    assert sheet.header == ("code", "Libellé", "montant", "signe_le", "epci", "pop", "actif", "vu")
    assert sheet.rows == [
        (2, ["02691", "Saint-Quentin", "", "", "", "", "false", ""]),
        (
            3,
            [
                "62041",
                "Arras",
                "1234.5",
                "2019-06-29",
                "200033579;246200364",
                "41555",
                "true",
                "2019-06-29 12:30:00",
            ],
        ),
    ]
    assert [note.text("fr") for note in sheet.notes] == [
        "La géométrie (perimetre) n’est pas lue\u00a0: les lieux sont trouvés par leurs codes et leurs noms."
    ]
    assert (sheet.origin.kind, sheet.origin.path, sheet.header_line) == ("postgresql", None, 1)
    assert sheet.origin.name == "postgresql://lectrice@/postgres?table=Suivi 2024.Contrats signés"


def test_a_table_without_schema_is_the_visible_one(server: Server) -> None:
    assert read_sheet(server.url("table=contrats")).rows == [(2, ["public"])]


def test_a_query_is_read_with_its_signs_and_without_its_geometry(server: Server) -> None:
    query = """select ici, ici like 'p%25' as p, 1+1 as deux, '{"a": 3}'::json #>> '{a}' as trois,
        ST_MakePoint(1, 2) as ou from contrats;"""
    sheet = read_sheet(server.url("query=" + query))
    assert sheet.header == ("ici", "p", "deux", "trois")
    assert sheet.rows == [(2, ["public", "true", "2", "3"])]
    assert "(ou)" in sheet.notes[0].text("fr")


@pytest.mark.parametrize(
    "query",
    [
        "insert into contrats values ('x') returning *",
        "select 1; drop table contrats",
        "select 1; commit; drop table contrats",
        "with x as (delete from contrats returning *) select * from x",
        "select set_config('transaction_read_only', 'off', true) from contrats; drop table contrats",
    ],
)
def test_nothing_can_be_written(server: Server, query: str) -> None:
    with pytest.raises(RegisterError, match="the database refuses the query"):
        read_sheet(server.url("query=" + quote(query)))
    assert read_sheet(server.url("table=contrats")).rows == [(2, ["public"])]


def test_a_table_that_is_not_there_is_said_with_its_neighbours(server: Server) -> None:
    with pytest.raises(RegisterError) as caught:
        read_sheet(server.url("table=contrat"))
    assert "la base n’a pas de table «\u00a0contrat\u00a0»" in caught.value.text("fr")
    assert "contrats, public.contrats" in caught.value.text("fr")


def test_a_wrong_query_is_told_in_the_words_of_the_database(server: Server) -> None:
    with pytest.raises(RegisterError, match=r"column .nom. does not exist"):
        read_sheet(server.url("query=select nom from contrats"))


def test_the_password_of_the_address_opens_and_is_not_shown(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PGPASSWORD")
    sheet = read_sheet(server.url("table=contrats", password=quote(PASSWORD, safe="")))
    assert "passe" not in repr(sheet)
    assert sheet.rows == [(2, ["public"])]


def test_the_password_file_opens(server: Server, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("PGPASSWORD")
    file = tmp_path / "pgpass"
    file.write_text(f"*:*:*:*:{PASSWORD}\n", encoding="utf-8")
    file.chmod(0o600)
    monkeypatch.setenv("PGPASSFILE", str(file))
    assert read_sheet(server.url("table=contrats")).header == ("ici",)


def test_a_wrong_password_is_refused_and_not_shown(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PGPASSWORD")
    url = server.url("table=contrats", "secret%2042")
    with pytest.raises(RegisterError, match="does not answer or refuses access") as caught:
        read_sheet(url)
    assert "secret" not in caught.value.text("fr")
    assert caught.value.__cause__ is None


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://u:s3cr3t@/base?table=t&host=/nulle/part",
        "postgresql://u@127.0.0.1:1/base?table=t&password=s3cr3t",
        "postgresql://u:s3cr3t@127.0.0.1:x/base?table=t",
        "postgresql://u:s3cr3t@127.0.0.1/base?table=t&unheard=1",
        "postgresql://u:s3cr3t@127.0.0.1/base",
        "postgresql://u:s3cr3t@127.0.0.1/base?table=t&query=select",
    ],
)
def test_an_address_that_leads_nowhere_is_said_without_its_password(url: str) -> None:
    with pytest.raises(RegisterError, match=r"^postgresql://u@") as caught:
        read_sheet(url)
    assert "s3cr3t" not in caught.value.text("fr") + caught.value.text("en") + repr(caught.value)


def test_an_address_that_cannot_be_split_is_not_shown_at_all() -> None:
    with pytest.raises(RegisterError, match=r"^postgresql://…: this address does not say") as caught:
        read_sheet("postgresql://u:s3cr3t@[broken/base?table=t")
    assert caught.value.__cause__ is None


def test_an_address_does_not_show_its_password() -> None:
    address = parse_address("postgresql://u:s3cr3t@h:5433/base?table=a.b&sslmode=require")
    assert repr(address) == "Address('postgresql://u@h:5433/base?table=a.b')"
    assert address.link == "postgresql://u:s3cr3t@h:5433/base?sslmode=require"


def test_without_the_driver_the_remedy_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(RegisterError, match=r'pip install "geocontracts\[postgis\]"'):
        read_sheet("postgresql://u@h/base?table=t")
