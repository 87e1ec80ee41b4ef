"""Who may do what: three roles, and what a database must hold before the first migration. Safe to do twice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import LiteralString

import psycopg
from psycopg import errors, sql

from .addresses import APP, BACKUP, OWNER

EXTENSIONS = ("pg_trgm", "unaccent", "citext", "btree_gin")
PATIENCE = {"lock_timeout": "2s", "idle_in_transaction_session_timeout": "30s"}
ATTRIBUTES: dict[str, LiteralString] = {
    OWNER: "LOGIN NOSUPERUSER CREATEDB NOCREATEROLE BYPASSRLS",
    APP: "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS",
    BACKUP: "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE BYPASSRLS",
}

BYPASSING = " (with BYPASSRLS, which before PostgreSQL 16 only a superuser may give)"
ALSO = {OWNER: BYPASSING, APP: "", BACKUP: BYPASSING + " and pg_read_all_data WITH ADMIN OPTION, to let it read"}

Connection = psycopg.Connection[tuple[object, ...]]


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that must be so, how to see that it is, how to make it so, and which right that takes."""

    needs: str
    seen: sql.Composed
    make: sql.Composed


def arrange_roles(connection: Connection, passwords: dict[str, str]) -> list[str]:
    """Make the three roles; returns which rights are missing for that."""
    return _arrange(connection, [*_role_steps(connection, passwords), *_patience_steps(), _backup_reads()])


def arrange_database(connection: Connection, owned: bool) -> list[str]:
    """Prepare the database of this connection, and give it to the owner where `owned`; returns the missing rights."""
    steps = [*map(_extension, EXTENSIONS), *_grants()]
    return _arrange(connection, [_ownership(connection), *steps] if owned else steps)


def _arrange(connection: Connection, steps: list[Step]) -> list[str]:
    missing = []
    for step in steps:
        if connection.execute(step.seen).fetchone():
            continue
        try:
            with connection.transaction():
                connection.execute(step.make)
        except (errors.InsufficientPrivilege, errors.UndefinedFile, errors.FeatureNotSupported):
            missing.append(step.needs)
        except errors.UndefinedObject:  # the role itself is missing, which has been said
            continue
    return missing


def _role_steps(connection: Connection, passwords: dict[str, str]) -> Iterator[Step]:
    for role, attributes in ATTRIBUTES.items():
        bypass = role != APP
        # The server's log may keep statements, so the password travels as the verifier it would be stored as.
        verifier = connection.pgconn.encrypt_password(
            passwords[role].encode(), role.encode(), b"scram-sha-256"
        ).decode()
        yield Step(
            needs=f"CREATEROLE, to make {role}" + ALSO[role],
            seen=_sql("SELECT 1 FROM pg_roles WHERE rolname = {}", role),
            make=sql.SQL("CREATE ROLE {} " + attributes + " PASSWORD {}").format(sql.Identifier(role), verifier),
        )
        yield Step(
            needs=f"the right to say ALTER ROLE {role} {'' if bypass else 'NO'}BYPASSRLS NOSUPERUSER",
            seen=_sql("SELECT 1 FROM pg_roles WHERE rolname = {} AND rolbypassrls = {} AND NOT rolsuper", role, bypass),
            make=sql.SQL("ALTER ROLE {} " + attributes).format(sql.Identifier(role)),
        )


def _patience_steps() -> Iterator[Step]:
    for role in ATTRIBUTES:
        for name, value in PATIENCE.items():
            yield Step(
                needs=f"the right to say ALTER ROLE {role} SET {name} = '{value}'",
                seen=_sql(
                    "SELECT 1 FROM pg_db_role_setting s JOIN pg_roles r ON r.oid = s.setrole "
                    "WHERE s.setdatabase = 0 AND r.rolname = {} AND {} = ANY (s.setconfig)",
                    role,
                    f"{name}={value}",
                ),
                make=sql.SQL("ALTER ROLE {} SET {} = {}").format(sql.Identifier(role), sql.Identifier(name), value),
            )


def _backup_reads() -> Step:
    return Step(
        needs=f"the right to say GRANT pg_read_all_data TO {BACKUP}",
        seen=_sql(
            "SELECT 1 FROM pg_roles WHERE rolname = {} AND pg_has_role(oid, 'pg_read_all_data', 'MEMBER')", BACKUP
        ),
        make=sql.SQL("GRANT pg_read_all_data TO {}").format(sql.Identifier(BACKUP)),
    )


def _ownership(connection: Connection) -> Step:
    name, us = connection.info.dbname, connection.info.user
    give = sql.SQL("ALTER DATABASE {} OWNER TO {}").format(sql.Identifier(name), sql.Identifier(OWNER))
    if connection.info.parameter_status("is_superuser") != "on":  # others must belong to whom they give it
        join = sql.SQL("GRANT {} TO {}; ").format(sql.Identifier(OWNER), sql.Identifier(us))
        give = join + give
    return Step(
        needs=f'ownership of the database "{name}" and CREATEDB, to give it to {OWNER}',
        seen=_sql("SELECT 1 FROM pg_database WHERE datname = {} AND pg_get_userbyid(datdba) = {}", name, OWNER),
        make=give,
    )


def _extension(name: str) -> Step:
    return Step(
        needs=f"CREATE EXTENSION {name} (part of postgresql-contrib), with CREATE on the database",
        seen=_sql("SELECT 1 FROM pg_extension WHERE extname = {}", name),
        make=sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(name)),
    )


def _grants() -> Iterator[Step]:
    """What the owner makes later, the app may read and write; it owns nothing itself."""
    kinds: tuple[tuple[str, LiteralString], ...] = (
        ("r", "SELECT, INSERT, UPDATE, DELETE ON TABLES"),
        ("S", "USAGE, SELECT ON SEQUENCES"),
    )
    for kind, grant in kinds:
        yield Step(
            needs=f"membership in {OWNER}, to let {APP} use the tables it makes",
            seen=_sql(
                "SELECT 1 FROM pg_default_acl WHERE pg_get_userbyid(defaclrole) = {} AND defaclobjtype::text = {} "
                "AND defaclacl::text LIKE {}",
                OWNER,
                kind,
                f"%{APP}=%",
            ),
            make=sql.SQL("ALTER DEFAULT PRIVILEGES FOR ROLE {} GRANT " + grant + " TO {}").format(
                sql.Identifier(OWNER), sql.Identifier(APP)
            ),
        )


def _sql(query: LiteralString, *values: object) -> sql.Composed:
    return sql.SQL(query).format(*map(sql.Literal, values))
