"""All bytes as they came are looked through once: somebody is named in mail they took no part in, is quoted in it, or
stands in what could not be read.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

from django.db.models import Q

from rapport.channels.models import ImportItem, RawItem
from rapport.channels.raw import bytes_of

from ..models import Erasure, Interaction, Message, Participant
from .originals import let_items_go, let_unnamed_go, names, put_again
from .redacting import text_without, written_by
from .seeing_to import ALONE, NAMED, WROTE, see_to
from .sought import Sought

RAWS_AT_A_TIME = 500


def sweep_some(erasure: Erasure, sought: Sought, files_folder: Path) -> UUID | None:
    """Look through some raw items after the last one looked at; the last one now, or None behind all of them."""
    rows = RawItem.objects.order_by("id")
    if erasure.position is not None:
        rows = rows.filter(id__gt=erasure.position)
    last = None
    for raw in rows[:RAWS_AT_A_TIME]:
        last = raw.id
        try:
            body = bytes_of(raw, files_folder)
        except OSError:  # its file is gone, as `rapport check` tells
            continue
        if _might_name(raw, body, sought):
            _see_to(erasure, raw, body, sought, files_folder)
    return last


def _might_name(raw: RawItem, body: bytes, sought: Sought) -> bool:
    """By address: a name may be another's, unless it stands where they shared one. What is encoded is opened, too."""
    if sought.may_share_in(body) and names(body, raw.format, sought):
        return True
    return sought.addressed_in(body) or (raw.format == "mail" and names(body, "mail", _by_address(sought)))


def _by_address(sought: Sought) -> Sought:
    return Sought((), tuple(("email", one) for one in sorted(sought.addresses)), ())


def _see_to(erasure: Erasure, raw: RawItem, body: bytes, sought: Sought, files_folder: Path) -> None:
    found = _read_from(raw.id)
    if found:
        part = NAMED
        if raw.format == "mail" and written_by(body, sought):
            part = WROTE if _anybody_else(found) else ALONE
        see_to(erasure, dict.fromkeys(found, part), sought, files_folder)
        return
    items = ImportItem.objects.filter(raw_item_id=raw.id)
    if items.filter(person_id__isnull=False).exists():
        put_again(erasure, raw, text_without(body, sought), sought, files_folder)  # somebody else's card
        return
    let_items_go(erasure, raws=[raw.id])
    let_unnamed_go(erasure, [raw.id], sought, files_folder)
    erasure.counts = {**erasure.counts, "unread": erasure.counts.get("unread", 0) + 1}


def _read_from(raw_item_id: UUID) -> Sequence[UUID]:
    items = ImportItem.objects.filter(raw_item_id=raw_item_id, interaction_id__isnull=False)
    messages = Message.objects.filter(raw_item_id=raw_item_id)
    ids = {*items.values_list("interaction_id", flat=True), *messages.values_list("interaction_id", flat=True)}
    return list(Interaction.objects.filter(id__in=[one for one in ids if one]).values_list("id", flat=True))


def _anybody_else(interactions: Sequence[UUID]) -> bool:
    """Whether anybody from outside took part: nobody does in the mail of a robot, as in an automatic reply."""
    return Participant.objects.filter(Q(interaction_id__in=interactions) & Q(person__is_home=False)).exists()
