"""The rest: the journal and its ways back, remembered answers, sessions, names of files, words about them by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import PurePath
from typing import Any
from uuid import UUID

from django.apps import apps
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import IntegrityError, connection, transaction
from django.db.models import GeneratedField, JSONField, QuerySet, TextField
from django.db.models.functions import Cast

from rapport.accounts.models import JournalEntry, RememberedAnswer
from rapport.accounts.rows import TenantRow
from rapport.channels.models import Import, ImportFile, ImportItem, Source
from rapport.people.models import Merge, Tombstone

from ..models import Erasure, Interaction, Message
from ..words import keep_words
from .originals import let_items_go
from .redacting import text_without
from .sought import ERASED, Sought

_JOURNAL = """
SELECT id FROM journal_entry WHERE subject_id::text = ANY(%(people)s) OR subject_name = ANY(%(names)s)
  OR values::text ~* %(any)s OR way_back::text ~* %(any)s
"""
_LOOK_BACK = 2_000  # as many tokens as one pattern is made of
TOAST = "toast"


def scrub(erasure: Erasure, sought: Sought) -> None:
    """What no interaction leads to. In one transaction; each of these tables is small, or asked by an index."""
    _items(erasure, sought)
    _files(sought)
    _journal(sought)
    _answers(sought)
    _days(sought)
    _sessions(sought)
    _words(sought)


def _items(erasure: Erasure, sought: Sought) -> None:
    """Cards and rows of theirs, with their bytes; what is said of items that name them."""
    let_items_go(erasure, people=[UUID(one) for one in sought.people])
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT r.id, r.stored_as FROM raw_item r WHERE NOT EXISTS"
            " (SELECT 1 FROM import_item i WHERE i.raw_item_id = r.id) AND NOT EXISTS"
            " (SELECT 1 FROM message m WHERE m.raw_item_id = r.id)"
        )
        rows = cursor.fetchall()
        cursor.execute("DELETE FROM raw_item WHERE id = ANY(%s)", [[row[0] for row in rows]])
    erasure.leaving = [*erasure.leaving, *(name for _id, name in rows if name)]
    for one in ImportItem.objects.filter(detail__iregex=_pattern(sought.tokens)).only("id", "detail"):
        ImportItem.objects.filter(id=one.id).update(detail=sought.without(one.detail))
    for one in ImportItem.objects.filter(name__iregex=_pattern(sought.tokens)).only("id", "name"):
        ImportItem.objects.filter(id=one.id).update(name=sought.without(one.name))
    _prefixes(sought)
    over = ImportFile.objects.filter(run__state__in=("done", "cancelled", "undone")).exclude(stored_as="")
    erasure.leaving = [*erasure.leaving, *over.values_list("stored_as", flat=True)]
    over.update(stored_as="")


def _prefixes(sought: Sought) -> None:
    """The line before a mail in its mailbox, and what stands before an event or a row."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT i.id, r.format, i.prefix FROM import_item i JOIN raw_item r ON r.id = i.raw_item_id"
            " WHERE encode(i.prefix, 'escape') ~* %s",
            [_pattern(sorted(sought.addresses))],
        )
        for item_id, format, prefix in cursor.fetchall():
            kept = None if format == "mail" else text_without(bytes(prefix), sought)
            ImportItem.objects.filter(id=item_id).update(prefix=kept)


def _files(sought: Sought) -> None:
    for table in (ImportFile, Source):
        for row_id, name in table.objects.values_list("id", "name"):
            if sought.named_in(name):  # the rest of it may tell as much: "divorce of Zoe.eml"
                table.objects.filter(id=row_id).update(name=ERASED + PurePath(name).suffix[:10])
    for run in Import.objects.exclude(sentence=""):
        Import.objects.filter(id=run.id).update(sentence=sought.without(run.sentence))


def _words(sought: Sought) -> None:
    """Their addresses wherever else a word is kept: in notes, facts and talks of others, also in columns to come."""
    pattern = _pattern(sorted(sought.addresses))
    told: set[UUID] = set()  # interactions that say something else now
    for table in apps.get_app_config("rapport").get_models():
        if issubclass(table, TenantRow) and table not in (Erasure, Tombstone):
            for column, kind in _worded(table):
                rows = table._default_manager.annotate(told=Cast(column, TextField()))
                for row in rows.filter(told__iregex=pattern).values("id", column):
                    _put(table, row["id"], column, kind(row[column], sought))
                    told |= _interactions_of(table, row["id"])
    keep_words(told)


def _interactions_of(table: type[TenantRow], row_id: UUID) -> set[UUID]:
    if table is Interaction:
        return {row_id}
    of_message = Message.objects.filter(id=row_id) if table is Message else Message.objects.none()
    return set(of_message.values_list("interaction_id", flat=True))


def _worded(table: type[TenantRow]) -> Iterator[tuple[str, Callable[[Any, Sought], Any]]]:
    for field in table._meta.local_fields:
        if isinstance(field, JSONField):
            yield field.name, _told_without
        elif isinstance(field, TextField) and not isinstance(field, GeneratedField):
            yield field.name, _text_without


def _put(table: type[TenantRow], row_id: UUID, column: str, value: Any) -> None:
    try:
        with transaction.atomic():
            table._default_manager.filter(id=row_id).update(**{column: value})
    except IntegrityError:  # without their address it is what somebody has said already
        table._default_manager.filter(id=row_id).delete()


def _text_without(text: str, sought: Sought) -> str:
    return sought.without(text)


def _told_without(value: Any, sought: Sought) -> Any:
    """A plain value with every word of it looked through."""
    if isinstance(value, str):
        return sought.without(value)
    if isinstance(value, list):
        return [_told_without(one, sought) for one in value]
    if isinstance(value, dict):
        return {sought.without(name): _told_without(one, sought) for name, one in value.items()}
    return value


def _journal(sought: Sought) -> None:
    """That something was done stays, with who and when; to whom, and the way back, go."""
    given: dict[str, Any] = {
        "people": list(sought.people),
        "names": list(sought.names),
        "any": _pattern(_known_by(sought)),
    }
    with connection.cursor() as cursor:
        cursor.execute(_JOURNAL, given)
        ids = [row[0] for row in cursor.fetchall()]
    JournalEntry.objects.filter(id__in=ids).update(subject_id=None, subject_name="", values={}, way_back=None)
    dead = JournalEntry.objects.filter(verb__in=("interaction.log", "note.add"), way_back__isnull=False)
    for entry in dead:
        gone = (entry.way_back or {}).get("interaction") or (entry.way_back or {}).get("interaction_id")
        if gone and not Interaction.objects.filter(id=gone).exists():
            JournalEntry.objects.filter(id=entry.id).update(way_back=None, values={})
    for merge in Merge.objects.all():  # of others, who once held a row of theirs
        if any(sought.named_in(str(row)) for row in merge.moved.get("dropped", ())):
            kept = [row for row in merge.moved["dropped"] if not sought.named_in(str(row))]
            Merge.objects.filter(id=merge.id).update(moved={**merge.moved, "dropped": kept})


def _answers(sought: Sought) -> None:
    RememberedAnswer.objects.filter(body__iregex=_pattern(_known_by(sought))).delete()


def _days(sought: Sought) -> None:
    """Whom a day's list left out, by id; what was suggested about others and says a word of them."""
    lists, suggestions = (_later_table(name) for name in ("TodayList", "Suggestion"))
    for row_id, kept in _with(lists, "considered", sought.people).values_list("id", "considered"):
        lists.filter(id=row_id).update(considered=_but(kept, sought.people))
    for column in ("reason", "evidence", "ways"):
        _with(suggestions, column, _known_by(sought)).delete()


def _later_table(name: str) -> QuerySet[Any]:
    """Asked of Django's catalogue: this room stands before the one where it lives."""
    rows: QuerySet[Any] = apps.get_model("rapport", name)._default_manager.all()
    return rows


def _with(rows: QuerySet[Any], column: str, tokens: Iterable[str]) -> QuerySet[Any]:
    found: QuerySet[Any] = rows.annotate(told=Cast(column, TextField())).filter(told__iregex=_pattern(tokens))
    return found


def _but(kept: dict[str, Any], people: Iterable[str]) -> dict[str, Any]:
    gone = set(people)
    left = [one for one in kept.get("left_out", []) if not gone & {str(value) for value in one.values()}]
    return {**kept, "left_out": left}


def _sessions(sought: Sought) -> None:
    """What a page was about to say once: "Zoë is changed." """
    for session in Session.objects.all().iterator():
        kept = session.get_decoded()
        if sought.named_in(str(kept.get(TOAST, ""))):
            store = SessionStore(session_key=session.session_key)
            store.pop(TOAST, None)
            store.save()


def _known_by(sought: Sought) -> list[str]:
    return [*sought.people, *sought.tokens][:_LOOK_BACK]


def _pattern(tokens: Iterable[str]) -> str:
    """For PostgreSQL, which knows other marks than Python: every sign that may be one is escaped."""
    return "|".join("".join(one if one.isalnum() else f"\\{one}" for one in token) for token in tokens) or r"\y\Y"
