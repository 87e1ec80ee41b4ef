"""Mails that answer each other stand in one thread, in whichever order they were read."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db import connection

from rapport.accounts.rows import current_workspace
from rapport.channels.sightings import Sighting
from rapport.kit.ids import new_id
from rapport.kit.text import db_text

_LONGEST = 990


@dataclass(slots=True)
class Knot:
    """Message ids that lead to each other, the new mails among them and the threads that stand for them so far."""

    keys: set[str] = field(default_factory=set)
    mails: list[UUID] = field(default_factory=list)
    threads: set[UUID] = field(default_factory=set)


def join_threads(mails: Sequence[tuple[UUID, Sighting]]) -> None:
    """Put these new interactions, whose messages are stored, into their threads; threads proven one become one."""
    if not mails:
        return
    keys = {interaction: keys_of(mail) for interaction, mail in mails}
    knots = knots_of(keys, _known({key for some in keys.values() for key in some}))
    awaited = {some[-1] for some in keys.values()}
    awaited -= _arrived(awaited)
    kept = {id(knot): min(knot.threads, default=None) or new_id() for knot in knots}
    for knot in knots:
        if len(knot.threads) > 1:
            awaited |= _take_in(kept[id(knot)], knot)
    roots = {kept[id(knot)]: min(knot.keys & awaited or knot.keys) for knot in knots}
    _make({kept[id(knot)]: roots[kept[id(knot)]] for knot in knots if not knot.threads})
    _rename({thread: root for thread, root in roots.items() if root in awaited})
    _put({mail: kept[id(knot)] for knot in knots for mail in knot.mails})
    _name(kept.values())
    _title(kept.values())


def keys_of(mail: Sighting) -> list[str]:
    """A mail's own id, its parent's, and the oldest it refers to. "Your mail of Tuesday" is nobody's id."""
    own = mail.message_id or mail.origin
    named = [one for one in (mail.in_reply_to, *mail.references[:1]) if "@" in one]
    return [db_text(one, _LONGEST) for one in (own, *named)]


def knots_of(keys: dict[UUID, list[str]], known: Iterable[tuple[str, UUID]]) -> list[Knot]:
    """What hangs together, by what is new and what was known: pure, and the same in any order."""
    of_key: dict[str, Knot] = {}
    for interaction, some in keys.items():
        knot = _tied(of_key, some)
        knot.mails.append(interaction)
    for key, thread in known:
        of_key[key].threads.add(thread)
    by_thread: dict[UUID, list[str]] = {}
    for key, thread in known:
        by_thread.setdefault(thread, []).append(key)
    for some in by_thread.values():
        _tied(of_key, some)
    return list({id(knot): knot for knot in of_key.values()}.values())


def _tied(of_key: dict[str, Knot], keys: Sequence[str]) -> Knot:
    """One knot of all that these keys were in."""
    whole = Knot()
    for knot in {id(of_key[key]): of_key[key] for key in keys if key in of_key}.values():
        if len(knot.keys) > len(whole.keys):
            whole, knot = knot, whole
        whole.keys |= knot.keys
        whole.mails += knot.mails
        whole.threads |= knot.threads
        of_key.update(dict.fromkeys(knot.keys, whole))
    whole.keys.update(keys)
    of_key.update(dict.fromkeys(keys, whole))
    return whole


def _known(keys: Collection[str]) -> list[tuple[str, UUID]]:
    """Threads in which a message with such an id stands, or answers one, or which wait for it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT m.message_id, i.thread_id FROM message m JOIN interaction i ON i.id = m.interaction_id "
            "WHERE m.message_id = ANY(%s) AND m.message_id <> '' AND i.thread_id IS NOT NULL "
            "UNION SELECT m.in_reply_to, i.thread_id FROM message m JOIN interaction i ON i.id = m.interaction_id "
            "WHERE m.in_reply_to = ANY(%s) AND m.in_reply_to <> '' AND i.thread_id IS NOT NULL "
            "UNION SELECT t.root, t.id FROM thread t WHERE t.root = ANY(%s)",
            [list(keys)] * 3,
        )
        return list(cursor.fetchall())


def _arrived(keys: Collection[str]) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT message_id FROM message WHERE message_id = ANY(%s) AND message_id <> ''", [list(keys)])
        return {row[0] for row in cursor.fetchall()}


def _take_in(kept: UUID, knot: Knot) -> set[str]:
    """The oldest thread takes in the others of a knot; the names of those among them that still wait for a mail."""
    others = list(knot.threads - {kept})
    with connection.cursor() as cursor:
        cursor.execute("UPDATE interaction SET thread_id = %s WHERE thread_id = ANY(%s)", [kept, others])
        cursor.execute("DELETE FROM thread WHERE id = ANY(%s) RETURNING root", [others])
        roots = {row[0] for row in cursor.fetchall()}
    knot.keys |= roots
    return roots - _arrived(roots)


def _make(root_of: dict[UUID, str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO thread (workspace_id, id, root, subject) SELECT %s, u.id, u.root, '' "
            "FROM unnest(%s::uuid[], %s::text[]) AS u(id, root)",
            [current_workspace(), list(root_of), list(root_of.values())],
        )


def _rename(root_of: dict[UUID, str]) -> None:
    """A thread whose first known mail has come is named after the one before it, which has not.

    By that name alone could it be found: of the mails a mail refers to, only its parent is stored.
    """
    if not root_of:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE thread t SET root = u.root FROM unnest(%s::uuid[], %s::text[]) AS u(id, root) "
            "WHERE t.id = u.id AND t.root <> u.root "
            "AND EXISTS (SELECT 1 FROM message m WHERE m.message_id = t.root AND m.message_id <> '')",
            [list(root_of), list(root_of.values())],
        )


def _put(thread_of: dict[UUID, UUID]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE interaction i SET thread_id = u.thread FROM unnest(%s::uuid[], %s::uuid[]) AS u(id, thread) "
            "WHERE i.id = u.id",
            [list(thread_of), list(thread_of.values())],
        )


def _name(threads: Collection[UUID]) -> None:
    """A thread that waits for no mail is named after its first one, wherever the batches ended that it was read in."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE thread t SET root = first.name FROM unnest(%s::uuid[]) AS u(id) CROSS JOIN LATERAL ("
            "SELECT coalesce(nullif(m.message_id, ''), i.origin) AS name FROM interaction i"
            " JOIN message m ON m.interaction_id = i.id WHERE i.thread_id = u.id"
            " ORDER BY i.at, m.message_id, i.origin LIMIT 1) AS first "
            "WHERE t.id = u.id AND t.root <> first.name AND EXISTS ("
            "SELECT 1 FROM interaction i JOIN message m ON m.interaction_id = i.id"
            " WHERE i.thread_id = t.id AND t.root IN (m.message_id, i.origin))",
            [list(threads)],
        )


def _title(threads: Collection[UUID]) -> None:
    """The subject of a thread is that of its first mail."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE thread t SET subject = first.title FROM unnest(%s::uuid[]) AS u(id) CROSS JOIN LATERAL ("
            "SELECT i.title FROM interaction i WHERE i.thread_id = u.id ORDER BY i.at, i.origin LIMIT 1) AS first "
            "WHERE t.id = u.id AND t.subject <> first.title",
            [list(threads)],
        )
