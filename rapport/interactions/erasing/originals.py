"""The raw items of what is erased: gone with it, or made again without the person, and the items of imports that led
to them. A file of the store is written down to be removed when the rows that named it are gone for good.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from uuid import UUID

from django.db import connection

from rapport.channels.models import ImportItem, RawItem
from rapport.channels.raw import Raw, bytes_of, keep_raw
from rapport.channels.wording import ERASED

from ..counting import recount
from ..models import Erasure, Interaction, Message
from .redacting import calendar_without, mail_without, text_without, words_in
from .sought import Sought

_ORIGINALS = """
SELECT raw_item_id FROM message WHERE interaction_id = ANY(%(ids)s) AND raw_item_id IS NOT NULL
UNION SELECT raw_item_id FROM import_item WHERE interaction_id = ANY(%(ids)s) AND raw_item_id IS NOT NULL
"""
_FORGET_ITEMS = """
UPDATE import_item SET outcome = 'skipped', reason = %(reason)s, detail = '', name = '', raw_item_id = NULL,
  prefix = NULL, interaction_id = NULL, person_id = NULL
WHERE {} RETURNING file_id
"""
_STILL_NAMED = """
SELECT r.id FROM raw_item r WHERE r.id = ANY(%s) AND (
  EXISTS (SELECT 1 FROM import_item i WHERE i.raw_item_id = r.id)
  OR EXISTS (SELECT 1 FROM message m WHERE m.raw_item_id = r.id))
"""


def originals_of(interactions: Collection[UUID]) -> list[UUID]:
    """The raw items these interactions were read from."""
    with connection.cursor() as cursor:
        cursor.execute(_ORIGINALS, {"ids": list(interactions)})
        return [row[0] for row in cursor.fetchall()]


def let_items_go(
    erasure: Erasure, interactions: Collection[UUID] = (), people: Collection[UUID] = (), raws: Collection[UUID] = ()
) -> None:
    """Say of items that led to these that they are left out, as erased: an import still accounts for each."""
    found: set[UUID] = set()
    for column, ids in (("interaction_id", interactions), ("person_id", people), ("raw_item_id", raws)):
        if ids:
            with connection.cursor() as cursor:
                cursor.execute(_FORGET_ITEMS.format(f"{column} = ANY(%(ids)s)"), {"ids": list(ids), "reason": ERASED})
                found |= {row[0] for row in cursor.fetchall()}
    recount(found)


def let_unnamed_go(erasure: Erasure, originals: Collection[UUID], sought: Sought, files_folder: Path) -> None:
    """Of these raw items, remove those nothing names any more; what others of a calendar share stays without them."""
    with connection.cursor() as cursor:
        cursor.execute(_STILL_NAMED, [list(originals)])
        named = {row[0] for row in cursor.fetchall()}
    _remove(erasure, [one for one in originals if one not in named])
    for raw in RawItem.objects.filter(id__in=named).exclude(format="mail"):
        put_again(erasure, raw, _again(raw.format, bytes_of(raw, files_folder), sought, False), sought, files_folder)


def put_without(
    erasure: Erasure, interaction: Interaction, message: Message | None, part: str, sought: Sought, files_folder: Path,
    changed: bool,
) -> bool:  # fmt: skip
    """Make the originals of an interaction that stays again without them; whether any was changed.

    Of a mail they wrote nothing is kept as it came. Of one that only might quote them, the original stays as it is
    where they are not named in it.
    """
    wrote, any_changed = part == "wrote", False
    for raw in RawItem.objects.filter(id__in=originals_of([interaction.id])):
        body = bytes_of(raw, files_folder)
        if part == "named" and not changed and not names(body, raw.format, sought):
            continue
        if raw.format == "mail":
            text = message.text if message else ""
            again = None if wrote else mail_without(body, sought, interaction.title, text)
        else:
            again = _again(raw.format, body, sought, wrote)
        put_again(erasure, raw, again, sought, files_folder)
        any_changed = True
    if any_changed and message is not None and message.has_html:
        Message.objects.filter(id=message.id).update(has_html=False)
    return any_changed


def names(body: bytes, format: str, sought: Sought) -> bool:
    """Whether bytes name them: as they are written, or in what is encoded within."""
    if sought.addressed_in(body) or sought.named_in(body.decode("utf-8", "replace")):
        return True
    return format == "mail" and sought.named_in(words_in(body))


def put_again(erasure: Erasure, raw: RawItem, body: bytes | None, sought: Sought, files_folder: Path) -> None:
    """Let everything that led to a raw item lead to these bytes, or to none."""
    new = keep_raw([Raw(raw.format, body)], files_folder, raw.came_at)[0].id if body is not None else None
    if new == raw.id:
        return
    prefixes = ImportItem.objects.filter(raw_item_id=raw.id, prefix__isnull=False)
    for prefix in {bytes(one) for one in prefixes.values_list("prefix", flat=True) if one is not None}:
        # The line before a mail in its mailbox names a sender; what stands before a row or an event, all of them.
        kept = None if raw.format == "mail" else text_without(prefix, sought)
        prefixes.filter(prefix=prefix).update(prefix=kept)
    Message.objects.filter(raw_item_id=raw.id).update(raw_item_id=new)
    ImportItem.objects.filter(raw_item_id=raw.id).update(raw_item_id=new)
    _remove(erasure, [raw.id])


def _again(format: str, body: bytes, sought: Sought, wrote: bool) -> bytes:
    return calendar_without(body, sought, wrote) if format == "calendar" else text_without(body, sought)


def _remove(erasure: Erasure, originals: Collection[UUID]) -> None:
    gone = RawItem.objects.filter(id__in=list(originals))
    files = [name for name in gone.values_list("stored_as", flat=True) if name]
    erasure.leaving = [*erasure.leaving, *files]
    gone.delete()
    erasure.counts = {**erasure.counts, "originals": erasure.counts.get("originals", 0) + len(originals)}
