"""Mails that answer each other stand in one thread, in whichever order they were read."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import connection

from rapport.accounts.rows import current_workspace
from rapport.channels.sightings import Sighting
from rapport.kit.ids import new_id
from rapport.kit.text import db_text, one_line


def root_of(sighting: Sighting) -> str:
    """The message a mail leads back to as far as it says itself: its oldest reference, its parent, or itself."""
    ancestors = [*sighting.references, sighting.in_reply_to, sighting.message_id]
    return db_text(next((one for one in ancestors if one), sighting.origin), 990)


def join_threads(mails: Sequence[tuple[UUID, Sighting]]) -> None:
    """Put these new interactions into their threads, and bring in threads that waited for one of them."""
    if not mails:
        return
    parents = _threads_of_messages({one.in_reply_to for _, one in mails if one.in_reply_to})
    roots = {interaction: root_of(one) for interaction, one in mails}
    subjects = {roots[interaction]: one_line(one.subject, 500) for interaction, one in mails}
    threads = _threads_of_roots(subjects)
    chosen = {
        interaction: parents.get(db_text(one.in_reply_to, 990)) or threads[roots[interaction]]
        for interaction, one in mails
    }
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE interaction i SET thread_id = u.thread FROM unnest(%s::uuid[], %s::uuid[]) AS u(id, thread) "
            "WHERE i.id = u.id",
            [list(chosen), list(chosen.values())],
        )
    _bring_in_orphans(mails, chosen)


def _threads_of_messages(message_ids: set[str]) -> dict[str, UUID]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT m.message_id, i.thread_id FROM message m JOIN interaction i ON i.id = m.interaction_id "
            "WHERE m.message_id = ANY(%s) AND i.thread_id IS NOT NULL",
            [[db_text(one, 990) for one in message_ids]],
        )
        return dict(cursor.fetchall())


def _threads_of_roots(subjects: dict[str, str]) -> dict[str, UUID]:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO thread (workspace_id, id, root, subject) SELECT %s, u.id, u.root, u.subject "
            "FROM unnest(%s::uuid[], %s::text[], %s::text[]) AS u(id, root, subject) "
            "ON CONFLICT (workspace_id, root) DO NOTHING",
            [current_workspace(), [new_id() for _ in subjects], list(subjects), list(subjects.values())],
        )
        cursor.execute("SELECT root, id FROM thread WHERE root = ANY(%s)", [list(subjects)])
        return dict(cursor.fetchall())


def _bring_in_orphans(mails: Sequence[tuple[UUID, Sighting]], chosen: dict[UUID, UUID]) -> None:
    """Answers that came before the mail they answer made a thread named after it: that thread is now this one."""
    waiting = [(db_text(one.message_id, 990), chosen[interaction]) for interaction, one in mails if one.message_id]
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH pairs AS (SELECT t.id AS old, u.thread AS new FROM thread t "
            "JOIN unnest(%s::text[], %s::uuid[]) AS u(root, thread) ON t.root = u.root WHERE t.id <> u.thread), "
            "moved AS (UPDATE interaction i SET thread_id = pairs.new FROM pairs WHERE i.thread_id = pairs.old) "
            "SELECT old FROM pairs",
            [[root for root, _ in waiting], [thread for _, thread in waiting]],
        )
        emptied = [row[0] for row in cursor.fetchall()]
        if emptied:
            cursor.execute(
                "DELETE FROM thread t WHERE t.id = ANY(%s) "
                "AND NOT EXISTS (SELECT 1 FROM interaction i WHERE i.thread_id = t.id)",
                [emptied],
            )
