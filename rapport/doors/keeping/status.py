"""`rapport status`: what runs in a home, how its database is, what is in it and when it was last backed up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal
from uuid import UUID

import psycopg

from rapport.channels.files import room_left
from rapport.interactions.import_progress import AT_WORK
from rapport.kit.house import House
from rapport.kit.postgres import Addresses
from rapport.kit.supervision import find_supervisor

from .backing_up import LastBackup, last_backup
from .checks.schema import expected_schema
from .snapshot import schema_of

Schema = Literal["current", "behind", "ahead", "empty"]


@dataclass(frozen=True, slots=True)
class MemberStatus:
    """A member, by the address `--member` takes."""

    name: str
    address: str
    role: str


@dataclass(frozen=True, slots=True)
class WorkspaceStatus:
    """What a workspace holds; `imports_at_work` are to be read on, `held` says that nothing goes out of it."""

    id: UUID
    name: str
    is_sample: bool
    held: bool
    members: int
    people: int
    interactions: int
    imports_at_work: int
    quarantined: int
    who: tuple[MemberStatus, ...] = ()


@dataclass(frozen=True, slots=True)
class DatabaseStatus:
    """The server's version, the bytes it holds of ours, and whether its schema is that of this code."""

    version: str
    size: int
    schema: Schema
    workspaces: tuple[WorkspaceStatus, ...]


@dataclass(frozen=True, slots=True)
class Status:
    """A home. `running` are the processes by name (None while one is down); `database` is None where it is stopped."""

    home: str
    web_port: int
    supervisor: int | None
    running: Mapping[str, int | None] = field(default_factory=dict)
    restarts: Mapping[str, int] = field(default_factory=dict)
    database: DatabaseStatus | None = None
    disk_free: int = 0
    last_backup: LastBackup | None = None


def status(house: House, addresses: Addresses | None) -> Status:
    """How a home does; `addresses` is None where its database does not run. Django must be set up."""
    census = find_supervisor(house)
    return Status(
        home=str(house.path),
        web_port=house.web_port,
        supervisor=census.pid if census else None,
        running=census.children if census else {},
        restarts=census.restarts if census else {},
        database=_database(addresses) if addresses else None,
        disk_free=room_left(house.files_folder),
        last_backup=last_backup(house),
    )


def _database(addresses: Addresses) -> DatabaseStatus:
    with psycopg.connect(addresses.backup) as connection:
        schema = _schema(set(schema_of(connection)), expected_schema())
        version, size = connection.execute(
            "SELECT current_setting('server_version'), pg_database_size(current_database())"
        ).fetchone() or ("", 0)
        return DatabaseStatus(
            version=version,
            size=int(size),
            schema=schema,
            workspaces=_workspaces(connection) if schema == "current" else (),
        )


def _schema(ran: set[str], expected: set[str]) -> Schema:
    if not ran:
        return "empty"
    if ran - expected:
        return "ahead"
    return "behind" if expected - ran else "current"


def _workspaces(connection: psycopg.Connection[tuple[str, ...]]) -> tuple[WorkspaceStatus, ...]:
    rows = connection.execute(
        "SELECT w.id, w.name, w.is_sample, w.outgoing_held_since IS NOT NULL,"
        " (SELECT count(*) FROM membership WHERE workspace_id = w.id AND ended_at IS NULL),"
        " (SELECT count(*) FROM person WHERE workspace_id = w.id AND merged_into_id IS NULL),"
        " (SELECT count(*) FROM interaction WHERE workspace_id = w.id),"
        " (SELECT count(*) FROM import WHERE workspace_id = w.id AND state = ANY(%s)),"
        " (SELECT count(*) FROM import_item WHERE workspace_id = w.id AND outcome = 'quarantined')"
        " FROM workspace w ORDER BY w.is_sample, w.created_at",
        [list(AT_WORK)],
    ).fetchall()
    members = _members(connection)
    held = [WorkspaceStatus(*row) for row in rows]  # type: ignore[arg-type]
    return tuple(replace(one, who=members.get(one.id, ())) for one in held)


def _members(connection: psycopg.Connection[tuple[str, ...]]) -> Mapping[UUID, tuple[MemberStatus, ...]]:
    """Who is in each workspace, as they joined."""
    found: dict[Any, tuple[MemberStatus, ...]] = {}
    for workspace_id, *member in connection.execute(
        "SELECT m.workspace_id, coalesce(nullif(u.name, ''), u.email), u.email, m.role"
        ' FROM membership m JOIN "user" u ON u.id = m.user_id WHERE m.ended_at IS NULL ORDER BY m.joined_at, m.id'
    ):
        found[workspace_id] = (*found.get(workspace_id, ()), MemberStatus(*member))
    return found
