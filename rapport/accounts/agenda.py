"""Whose turn it is: one row per workspace and kind of round, so that a worker asks one short question for all."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from rapport.kit.failpoints import failpoint

from .rows import current_workspace

AT_LEAST_APART = 1.0  # seconds between a round and the next that it asks for itself
WHILE_AT_WORK = 8.0  # seconds after which a round that died is due again


@dataclass(frozen=True, slots=True)
class Due:
    """A workspace whose round has come."""

    workspace_id: UUID
    kind: str
    claimed_until: datetime


def put_down(kind: str, due_at: datetime) -> None:
    """Ask for a round of this kind in the current workspace, in the transaction whose effect it follows from.

    A round that is at work may have looked already: its row is touched, so that it does not pass for done at its end.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO agenda AS a (workspace_id, kind, due_at) VALUES (%s, %s, %s) "
            "ON CONFLICT (workspace_id, kind) DO UPDATE"
            " SET due_at = least(a.due_at - interval '1 microsecond', excluded.due_at) "
            "WHERE a.due_at > least(excluded.due_at, clock_timestamp())",
            [current_workspace(), kind, due_at],
        )
    failpoint("agenda.after_put_down")


def put_down_everywhere(kinds: Collection[str], due_at: datetime) -> None:
    """Ask for these rounds in every workspace: what was forgotten for whatever reason is come to after all."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO agenda AS a (workspace_id, kind, due_at) SELECT w.id, k.kind, %s"
            " FROM workspace w CROSS JOIN unnest(%s::text[]) AS k(kind) "
            "ON CONFLICT (workspace_id, kind) DO UPDATE SET due_at = excluded.due_at "
            "WHERE a.due_at > excluded.due_at + make_interval(secs => %s)",  # one at work is let be
            [due_at, list(kinds), WHILE_AT_WORK],
        )


def claim(kinds: Collection[str]) -> Due | None:
    """Of these kinds the round that waited longest, taken by nobody else for a while."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE agenda SET due_at = clock_timestamp() + make_interval(secs => %s) WHERE id = ("
            "SELECT id FROM agenda WHERE due_at <= clock_timestamp() AND kind = ANY(%s)"
            " ORDER BY due_at FOR UPDATE SKIP LOCKED LIMIT 1) "
            "RETURNING workspace_id, kind, due_at",
            [WHILE_AT_WORK, list(kinds)],
        )
        row = cursor.fetchone()
    failpoint("agenda.after_claim")
    return Due(*row) if row else None


def others_wait(due: Due) -> bool:
    """Whether a round of the same kind is due for another workspace."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT 1 FROM agenda WHERE due_at <= clock_timestamp() AND kind = %s"
            " AND workspace_id <> %s)",
            [due.kind, due.workspace_id],
        )
        return bool(cursor.fetchone()[0])


def hold(due: Due) -> Due:
    """Keep a claimed round for another while, because its work is long."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE agenda SET due_at = clock_timestamp() + make_interval(secs => %s) "
            "WHERE workspace_id = %s AND kind = %s AND due_at = %s "
            "RETURNING due_at",
            [WHILE_AT_WORK, due.workspace_id, due.kind, due.claimed_until],
        )
        row = cursor.fetchone()
        return Due(due.workspace_id, due.kind, row[0]) if row else due


def finish(due: Due, again_at: datetime | None) -> None:
    """The round is over; `again_at` asks for the next. A wish that came in meanwhile is kept.

    Where the clock of the database is ahead of ours, the next is due at once by the one and not yet by the other: it
    waits a little, or rounds would turn without end.
    """
    failpoint("agenda.before_finish")
    with connection.cursor() as cursor:
        if again_at is None:
            cursor.execute(
                "DELETE FROM agenda WHERE workspace_id = %s AND kind = %s AND due_at = %s",
                [due.workspace_id, due.kind, due.claimed_until],
            )
        else:
            cursor.execute(
                "UPDATE agenda SET due_at = greatest(%s, clock_timestamp() + make_interval(secs => %s))"
                " WHERE workspace_id = %s AND kind = %s AND due_at = %s",
                [again_at, AT_LEAST_APART, due.workspace_id, due.kind, due.claimed_until],
            )
    failpoint("agenda.after_finish")
