"""A server given by DATABASE_URL: prepared where we may, else told what is missing, and never taken from others."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
from psycopg import errors

from rapport.kit.house import House
from rapport.kit.postgres import create_scratch_database, database_of, prepare_server
from rapport.kit.trouble import Conflict, Trouble, Unavailable

from .bare_server import PASSWORD, bare_server, emptied, found_servers

SERVERS = found_servers()


@pytest.fixture(scope="module", params=SERVERS, ids=lambda programs: "wheel" if programs == SERVERS[0] else "15")
def server(request: pytest.FixtureRequest) -> Iterator[str]:
    with bare_server(request.param) as address:
        yield address


@pytest.fixture
def url(server: str) -> str:
    return emptied(server)


def as_dba(url: str, statement: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement.encode())


def as_admin(url: str, rights: str) -> str:
    """The address of a user who owns the database and has these rights, as a hosting company would give it."""
    as_dba(url, f"CREATE ROLE host LOGIN {rights} PASSWORD '{PASSWORD}'")
    as_dba(url, "ALTER DATABASE rapport OWNER TO host")
    return url.replace("//dba:", "//host:")


def test_a_bare_server_is_prepared_once_and_left_alone_after(url: str, house: House) -> None:
    addresses = database_of(house, {"DATABASE_URL": url}).start()
    with psycopg.connect(addresses.owner) as owner:
        owner.execute("CREATE TABLE letter (body citext)")
        owner.execute("INSERT INTO letter VALUES ('Dear Priya')")
    with psycopg.connect(addresses.app) as app:
        assert app.execute("SELECT similarity(body::text, 'dear prya') > 0.3 FROM letter").fetchone() == (True,)
        assert app.execute("SHOW lock_timeout").fetchone() == ("2s",)
        with pytest.raises(errors.InsufficientPrivilege):
            app.execute("DROP TABLE letter")
    with psycopg.connect(addresses.backup) as backup:
        assert backup.execute("SELECT count(*) FROM letter").fetchone() == (1,)
    assert prepare_server(url, house) == addresses


def test_later_starts_need_no_rights(url: str, house: House) -> None:
    prepared = prepare_server(url, house)
    as_dba(url, f"CREATE ROLE plain LOGIN PASSWORD '{PASSWORD}'")
    assert prepare_server(url.replace("//dba:", "//plain:"), house).app == prepared.app


def test_missing_rights_are_named_and_nothing_is_changed(url: str, house: House) -> None:
    admin = as_admin(url, "CREATEDB")
    with pytest.raises(Trouble, match="CREATEROLE, to make rapport_owner") as refusal:
        prepare_server(admin, house)
    assert "pg_read_all_data" in refusal.value.sentence
    assert PASSWORD not in refusal.value.sentence
    with psycopg.connect(url) as connection:
        assert connection.execute("SELECT count(*) FROM pg_roles WHERE rolname ~ '^rapport'").fetchone() == (0,)


def test_an_administrator_who_is_no_superuser_is_enough_where_the_server_lets_him(url: str, house: House) -> None:
    admin = as_admin(url, "CREATEDB CREATEROLE BYPASSRLS")
    if psycopg.connect(url).info.server_version >= 160000:
        as_dba(url, "GRANT pg_read_all_data TO host WITH ADMIN OPTION")
        addresses = prepare_server(admin, house)
        with psycopg.connect(addresses.owner) as owner:
            owner.execute("CREATE TABLE letter (body citext)")
    else:  # before 16 only a superuser could give BYPASSRLS
        with pytest.raises(Trouble, match="only a superuser"):
            prepare_server(admin, house)


def test_the_roles_of_another_rapport_are_not_taken(url: str, house: House, neighbour: House) -> None:
    theirs = prepare_server(url, neighbour)
    with pytest.raises(Conflict, match="another Rapport"):
        prepare_server(url, house)
    psycopg.connect(theirs.app).close()


def test_a_scratch_database_works_here_too(url: str, house: House) -> None:
    scratch = create_scratch_database(prepare_server(url, house), "scratch")
    with psycopg.connect(scratch.owner) as owner:
        owner.execute("CREATE TABLE letter (body citext)")
    with psycopg.connect(scratch.app) as app:
        assert app.execute("SELECT count(*) FROM letter").fetchone() == (0,)


def test_a_server_that_is_not_there_is_told_without_the_password(house: House) -> None:
    with pytest.raises(Unavailable, match="DATABASE_URL") as refusal:
        prepare_server(f"postgresql://dba:{PASSWORD}@127.0.0.1:1/rapport", house)
    assert PASSWORD not in refusal.value.sentence


def test_an_address_of_another_kind_is_refused(house: House) -> None:
    with pytest.raises(Trouble, match="postgresql://"):
        prepare_server("mysql://dba@localhost/rapport", house)
