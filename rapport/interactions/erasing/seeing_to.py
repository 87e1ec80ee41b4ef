"""What an erased person took part in: gone where nobody else did; else without their words and names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from uuid import UUID

from django.db import connection

from ..changes import note_pair_changes
from ..models import AddressPart, Erasure, ErasureItem, Interaction, Message, Thread
from ..words import keep_words
from .originals import let_items_go, let_unnamed_go, originals_of, put_without
from .sought import Sought

AT_A_TIME = 200
ALONE, WROTE, ABOUT, TOOK_PART, NAMED = "alone", "wrote", "about", "took-part", "named"
_WORDLESS = (WROTE, ABOUT)  # theirs, or said about them by hand: nothing of it can be told apart


def see_to_some(erasure: Erasure, sought: Sought, files_folder: Path) -> bool:
    """See to some of what is left; False where nothing was."""
    items = list(ErasureItem.objects.filter(erasure_id=erasure.id).order_by("id")[:AT_A_TIME])
    see_to(erasure, {one.interaction_id: one.part for one in items}, sought, files_folder)
    ErasureItem.objects.filter(id__in=[one.id for one in items]).delete()
    return bool(items)


def see_to(erasure: Erasure, parts: Mapping[UUID, str], sought: Sought, files_folder: Path) -> None:
    """See to these interactions, each by the part they had in it."""
    alone = [one for one, part in parts.items() if part == ALONE]
    _let_go(erasure, alone, sought, files_folder)
    others = [one for one, part in parts.items() if part != ALONE]
    for interaction, message in _read(others):
        changed = _without(interaction, message, parts[interaction.id], sought)
        kept = put_without(erasure, interaction, message, parts[interaction.id], sought, files_folder, changed)
        if changed or kept:
            _count(erasure, {parts[interaction.id]: 1})
    keep_words(others)


def _let_go(erasure: Erasure, alone: Sequence[UUID], sought: Sought, files_folder: Path) -> None:
    if not alone:
        return
    originals = originals_of(alone)
    threads = list(
        Interaction.objects.filter(id__in=alone, thread__isnull=False).values_list("thread_id", flat=True).distinct()
    )
    note_pair_changes(alone)  # of two colleagues; in the transaction in which they go, for a worker judges meanwhile
    let_items_go(erasure, alone)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM interaction WHERE id = ANY(%s)", [list(alone)])
        cursor.execute(
            "DELETE FROM thread t WHERE t.id = ANY(%s)"
            " AND NOT EXISTS (SELECT 1 FROM interaction i WHERE i.thread_id = t.id)",
            [threads],
        )
    let_unnamed_go(erasure, originals, sought, files_folder)
    _count(erasure, {ALONE: len(alone)})


def _read(ids: Collection[UUID]) -> list[tuple[Interaction, Message | None]]:
    messages = {one.interaction_id: one for one in Message.objects.filter(interaction_id__in=ids)}
    return [(one, messages.get(one.id)) for one in Interaction.objects.filter(id__in=ids).order_by("id")]


def _without(interaction: Interaction, message: Message | None, part: str, sought: Sought) -> bool:
    """Take their words, or their names in the words of others, out of the rows; whether anything changed."""
    changed = each_without(interaction, ("title", "excerpt", "question", "place"), part, sought)
    if message is not None:
        before = list(message.attachments)
        message.attachments = [] if part in _WORDLESS else [a for a in before if not sought.named_in(str(a))]
        words = each_without(message, ("text",), part, sought)
        named = each_without(message, ("message_id", "in_reply_to"), NAMED, sought)
        if words or named or message.attachments != before:
            message.save()
            changed = True
    _threads_without(interaction, sought)
    AddressPart.objects.filter(interaction_id=interaction.id, address__in=sought.addresses).delete()
    return changed


def each_without(row: Interaction | Message, columns: Sequence[str], part: str, sought: Sought) -> bool:
    """Take them out of these columns of a row; whether anything changed. A message is the caller's to save."""
    changed = []
    for column in columns:
        before = getattr(row, column)
        after = "" if part in _WORDLESS else sought.without(before)
        if after != before:
            setattr(row, column, after)
            changed.append(column)
    if changed and isinstance(row, Interaction):
        row.save(update_fields=changed)
    return bool(changed)


def _threads_without(interaction: Interaction, sought: Sought) -> None:
    thread = Thread.objects.filter(id=interaction.thread_id).first() if interaction.thread_id else None
    if thread is not None:
        root, subject = sought.without(thread.root), sought.without(thread.subject)
        if root != thread.root and Thread.objects.filter(root=root).exists():
            root = f"{root} {thread.id}"  # two conversations do not become one because both were theirs
        if (root, subject) != (thread.root, thread.subject):
            Thread.objects.filter(id=thread.id).update(root=root, subject=subject)


def _count(erasure: Erasure, more: Mapping[str, int]) -> None:
    erasure.counts = dict(Counter(erasure.counts) + Counter(more))
