"""A table or a query of PostgreSQL is a sheet; the password is never shown."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

import pytest

from geocontracts.cli import main
from geocontracts.errors import RegisterError
from geocontracts.records.formats.address import is_address, parse_address
from geocontracts.records.formats.read import read_sheet
from geocontracts.records.read import read_register
from tests.records.formats.conftest import ACCOUNT, PASSWORD

if TYPE_CHECKING:
    from collections.abc import Callable

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
        "postgresql://u:s3cr3t@127.0.0.1/base",
        "postgresql://u:s3cr3t@127.0.0.1/base?table=t&query=select",
    ],
)
def test_an_address_that_leads_nowhere_is_said_without_its_password(url: str) -> None:
    with pytest.raises(RegisterError, match=r"^postgresql://u@") as caught:
        read_sheet(url)
    assert "s3cr3t" not in caught.value.text("fr") + caught.value.text("en") + repr(caught.value)


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://u:s3cr3t@[broken/base?table=t",
        "postgresql://u:s3cr3t@127.0.0.1:x/base?table=t",
        "postgresql://u:s3cr3t@127.0.0.1/base?table=t&unheard=1",
        "postgresql://u@h/base?pasword=s3cr3t&table=t",
        "postgresql://u@h/base?table=t&password=a&s3cr3t",
        "postgresql://u:s3cr3t/base?table=t",
        "postgresql://u:s3cr3t?table=x@h/base?table=t",
        "postgresql://u:a@s3cr3t?table=x@h/base?table=t",
    ],
)
def test_an_address_that_cannot_be_split_for_certain_is_not_shown_at_all(url: str) -> None:
    with pytest.raises(
        RegisterError, match=r"^postgresql://…: this address cannot be read for certain"
    ) as caught:
        read_sheet(url)
    assert caught.value.__cause__ is None
    assert "s3cr3t" not in caught.value.text("fr") + repr(caught.value)


@pytest.mark.parametrize(
    "password", ["a/b", "a?b", "a#b", "a@b", "a@h/b?c#d", "50%off", "a:b", "a&b", "été", "a%2Fb"]
)
def test_signs_of_a_password_need_no_code(password: str) -> None:
    address = parse_address(f"postgresql://u:{password}@h/base?table=t")
    assert address.shown == "postgresql://u@h/base?table=t"
    assert address.link == f"postgresql://u:{quote(unquote(password), safe='')}@h/base"
    assert address.discreet(f"the database says {password}") == "the database says ***"


@pytest.mark.parametrize(
    "url",
    [
        "postgresql+psycopg://u:s3cr3t@h/base?table=t",
        "postgres://u:s3cr3t@h/base?table=t",
        "POSTGRESQL://u:s3cr3t@h/base?table=t",
        "  postgresql://u:s3cr3t@h/base?table=t\n",
    ],
)
def test_the_usual_ways_to_write_an_address_are_read(url: str) -> None:
    assert is_address(url)
    assert parse_address(url).link == "postgresql://u:s3cr3t@h/base"


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("postgis://u:s3cr3t@h/base?table=t", "postgis://…"),
        ("mysql://u:s3cr3t@h/base", "mysql://…"),
        ("jdbc:postgresql://u:s3cr3t@h/base", "jdbc:postgresql://…"),
        ("voir postgresql://u:s3cr3t@h/base", "…://…"),
        ("host=h dbname=b user=u password=s3cr3t", "…"),
        ("h password = s3cr3t", "…"),
        (Path("postgresql://u:s3cr3t@h/base?table=t"), "postgresql://…"),
        (Path("https://u:s3cr3t@h/base"), "https://…"),
    ],
)
@pytest.mark.parametrize("reader", [read_sheet, read_register])
def test_an_address_of_another_kind_is_refused_and_not_shown(
    source: Path | str, shown: str, reader: Callable[[Path | str], object]
) -> None:
    with pytest.raises(RegisterError) as caught:
        reader(source)
    assert caught.value.text("en").startswith(f"{shown}: this kind of address is not read")
    assert "s3cr3t" not in caught.value.text("fr") + repr(caught.value)


def test_names_are_read_from_a_database_and_its_password_is_not_shown(
    server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    url = server.url("table=contrats", password=quote(PASSWORD, safe=""))
    assert main(["resolve", "--from", url, "--column", "ici"]) == 1
    assert "public" in capsys.readouterr().out
    assert main(["resolve", "--from", url, "--column", "nom"]) == 2
    assert "passe" not in capsys.readouterr().err.replace("mot de passe", "")
    assert main(["resolve", "--from", "mysql://u:s3cr3t@h/b", "--column", "nom"]) == 2
    assert "s3cr3t" not in capsys.readouterr().err


def test_a_path_with_a_colon_is_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "notes:").mkdir()
    (tmp_path / "notes:" / "a.csv").write_text("Commune\nArras\n", encoding="utf-8")
    assert read_sheet("notes:/a.csv").header == ("Commune",)
    assert not is_address("C:/Users/liste.csv")


def test_a_local_socket_needs_no_host(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGHOST", str(server.folder))
    monkeypatch.setenv("PGUSER", ACCOUNT)
    assert parse_address("postgresql:///postgres?table=t").link == "postgresql:///postgres"
    assert read_sheet("postgresql:///postgres?table=contrats").rows == [(2, ["public"])]


def test_an_address_does_not_show_its_password() -> None:
    address = parse_address("postgresql://u:s3cr3t@h:5433/base?table=a.b&sslmode=require")
    assert repr(address) == "Address('postgresql://u@h:5433/base?table=a.b')"
    assert address.link == "postgresql://u:s3cr3t@h:5433/base?sslmode=require"


def test_without_the_driver_the_remedy_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(RegisterError, match=r'pip install "geocontracts\[postgis\]"'):
        read_sheet("postgresql://u@h/base?table=t")


@pytest.mark.parametrize(
    ("bound", "most", "sentence"),
    [
        ("limits.MOST_LISTED", 3, "4 rows; a list has 3 at most"),
        ("limits.MOST_CELLS", 7, "8 cells"),
        ("limits.LARGEST_CELL", 9, "row 5: a cell is longer than 9 characters"),
        ("database.LARGEST_TEXT", 21, "is read up to 0 MB"),
    ],
)
def test_what_is_above_a_bound_is_refused_and_what_is_at_it_is_read(
    server: Server, bound: str, most: int, sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = server.url("query=select n, repeat('x', (n + 1) * 2) as t from generate_series(1, {}) as s(n)")
    monkeypatch.setattr(f"geocontracts.records.formats.{bound}", most)
    assert [cells[1] for _, cells in read_sheet(url.format(3)).rows] == ["x" * 4, "x" * 6, "x" * 8]
    with pytest.raises(RegisterError, match=sentence) as caught:
        read_sheet(url.format(4))
    assert "postgresql://lectrice@/postgres" in str(caught.value)


def test_no_more_rows_are_asked_for_than_a_table_may_have(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server would make them without end."""
    monkeypatch.setattr("geocontracts.records.formats.limits.MOST_LISTED", 3)
    endless = "with recursive n(i) as (select 1 union all select i %2B 1 from n) select i from n"
    with pytest.raises(RegisterError, match="a list has 3 at most"):
        read_sheet(server.url(f"query={endless}"))
