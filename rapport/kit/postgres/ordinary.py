"""An ordinary PostgreSQL server, given by DATABASE_URL: prepare it, or say kindly what it must allow."""

from __future__ import annotations

import psycopg

from ..house import House
from ..trouble import Conflict, Trouble, Unavailable
from .addresses import APP, BACKUP, OWNER, Addresses, as_role
from .roles import Connection, arrange_database, arrange_roles

OLDEST = 150000


def prepare_server(database_url: str, house: House) -> Addresses:
    """Roles, extensions and grants in the database of this address. Needs PostgreSQL 15; changes all or nothing."""
    addresses = _addresses(database_url, house)
    with _entered(database_url) as connection:
        _refuse_an_old_server(connection)
        _refuse_roles_of_another_house(connection, addresses)
        with connection.transaction():
            missing = [
                *arrange_roles(connection, {role: house.secret(role) for role in (OWNER, APP, BACKUP)}),
                *arrange_database(connection, owned=True),
            ]
            if missing:
                raise Trouble(_what_is_missing(connection, missing), code="rights-missing", missing=missing)
    return addresses


def _addresses(url: str, house: House) -> Addresses:
    if not url.startswith(("postgresql://", "postgres://")):
        raise Trouble("DATABASE_URL must read postgresql://user:password@host:port/database.", code="bad-address")
    owner, app, backup = (as_role(url, role, house.secret(role)) for role in (OWNER, APP, BACKUP))
    return Addresses(owner=owner, app=app, backup=backup, superuser=url)


def _entered(url: str) -> Connection:
    try:
        return psycopg.connect(url, autocommit=True, connect_timeout=10)
    except psycopg.OperationalError as fault:
        raise Unavailable(
            f"The database of DATABASE_URL does not let us in: {str(fault).strip()} "
            "Check the address, the password and that the server runs.",
            code="database-closed",
        ) from fault


def _refuse_an_old_server(connection: Connection) -> None:
    version = connection.info.server_version
    if version < OLDEST:
        raise Trouble(
            f"This server is PostgreSQL {version // 10000}. Rapport needs 15 or later: upgrade it, or leave "
            "DATABASE_URL away and use the embedded one.",
            code="database-version",
        )


def _refuse_roles_of_another_house(connection: Connection, addresses: Addresses) -> None:
    # Roles belong to the whole server. Giving them our passwords would lock out the Rapport that made them.
    for role, address in ((OWNER, addresses.owner), (APP, addresses.app), (BACKUP, addresses.backup)):
        if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (role,)).fetchone():
            continue
        try:
            psycopg.connect(address, connect_timeout=10).close()
        except psycopg.OperationalError as fault:
            raise Conflict(
                f"The role {role} exists on this server but does not open with the password of this home, so another "
                f"Rapport may be using it. Give it the password in keys/{role}, or use another server. "
                f"The server said: {str(fault).strip()}",
                code="roles-taken",
                role=role,
            ) from fault


def _what_is_missing(connection: Connection, missing: list[str]) -> str:
    listed = "; ".join(dict.fromkeys(missing))
    return (
        f'The user "{connection.info.user}" of DATABASE_URL may not do all that is needed: {listed}. '
        "Let a superuser grant this, or start once with a superuser in DATABASE_URL; later starts need no such rights."
    )
