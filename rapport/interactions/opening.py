"""One interaction, opened as evidence: who, when, the words a viewer may read, and the bytes as they came."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from rapport.accounts.access import Viewer
from rapport.channels.models import ImportItem, RawItem
from rapport.channels.raw import Raw, bytes_of
from rapport.kit.trouble import NotAllowed, NotFound

from .entries import Entry, Present, Whose, begun_by, entries_of, present_in, takers_of, without_bcc
from .models import Interaction, Message
from .visible import interaction_of, is_private, readable_to, visible_to

MOST_IN_A_THREAD = 100


@dataclass(frozen=True, slots=True)
class Attached:
    """Something attached: its place among the others, its name, media type, and size in bytes as it travelled."""

    place: int
    name: str
    media_type: str
    size: int


@dataclass(frozen=True, slots=True)
class InteractionSheet:
    """An interaction with its words. Of a private one words and answers are empty; `thread` has the others, oldest
    first.
    """

    id: UUID
    kind: str
    at: datetime
    until: datetime | None
    all_day: bool
    minutes: int | None
    title: str
    excerpt: str
    question: str
    place: str
    text: str
    language: str
    by: Whose
    participants: tuple[Present, ...]
    attachments: tuple[Attached, ...]
    thread: tuple[Entry, ...]
    automatic: str
    list_address: str
    source: str
    made_at: datetime
    is_private: bool
    by_hand: bool
    is_cancelled: bool
    is_shared: bool
    has_html: bool
    has_raw: bool
    has_own_copy: bool


@dataclass(frozen=True, slots=True)
class InMail:
    """Something attached, and the mail it is to be taken out of: bytes that must be read in the sandbox."""

    file: Attached
    mail: bytes


def open_interaction(viewer: Viewer, interaction_id: UUID, as_of: datetime | None = None) -> InteractionSheet:
    """An interaction in at most six queries; NotFound where this viewer knows of none with this id, or not yet then."""
    one = interaction_of(viewer, interaction_id, as_of)
    present = without_bcc(viewer, present_in([one.id]).get(one.id, ()))
    private = is_private(viewer, one, takers_of(present))
    message = Message.objects.filter(interaction_id=one.id).defer("in_reply_to").first()
    words = None if private else message
    return InteractionSheet(
        id=one.id,
        kind=one.kind,
        at=one.at,
        until=one.until,
        all_day=one.all_day,
        minutes=one.minutes,
        title="" if private else one.title,
        excerpt="" if private else one.excerpt,
        question="" if private else one.question,
        place="" if private else one.place,
        text=words.text if words else "",
        language=one.language,
        by=begun_by(present),
        participants=tuple(replace(one, response="") for one in present) if private else present,
        attachments=_attached(words),
        thread=_others_in_thread(viewer, one, as_of),
        automatic=one.automatic,
        list_address=one.list_address,
        source=one.source.name if one.source else "",
        made_at=one.made_at,
        is_private=private,
        by_hand=one.by_hand,
        is_cancelled=one.is_cancelled,
        is_shared=one.is_shared,
        has_html=bool(words and words.has_html),
        has_raw=bool(words and words.raw_item_id),
        has_own_copy=bool(words and words.attachments and own_copies(viewer, one.id).exists()),
    )


def raw_bytes(viewer: Viewer, interaction_id: UUID, as_of: datetime | None = None) -> bytes:
    """The bytes as they came into the viewer's own mailbox; NotAllowed where they are private or a colleague's copy
    alone is here, NotFound where it was made by hand.

    A copy from somebody else's mailbox names who was blind-copied, and by which ways it came to them.
    """
    raw = _raw_item(viewer, interaction_id, as_of)
    copies = own_copies(viewer, interaction_id).order_by("id").values_list("raw_item_id", flat=True)
    if not copies:
        raise NotAllowed(
            _("This came in through a colleague’s mailbox. You can read its words; the file itself is theirs."),
            code="not-your-copy",
        )
    if raw.id not in copies:
        raw = RawItem.objects.get(id=copies[0])
    return bytes_of(raw, settings.HOUSE.files_folder)


def attached_file(viewer: Viewer, interaction_id: UUID, place: int, as_of: datetime | None = None) -> InMail:
    """One of the files attached, in the mail as it came into the viewer's own mailbox; NotAllowed and NotFound as
    `raw_bytes`, NotFound too where so many are not attached.
    """
    mail = raw_bytes(viewer, interaction_id, as_of)
    files = _attached(Message.objects.filter(interaction_id=interaction_id).first())
    if place >= len(files):
        raise NotFound(_("No such file is attached to this."), code="no-attachment")
    return InMail(files[place], mail)


def own_copies(viewer: Viewer, interaction_id: UUID) -> QuerySet[ImportItem]:
    """What came of it into the viewer's own mailbox."""
    own = ImportItem.objects.filter(interaction_id=interaction_id, run__source__owner_id=viewer.membership_id)
    return own.exclude(raw_item=None)


def raw_of(viewer: Viewer, interaction_id: UUID) -> Raw:
    """What its words are shown from, whoever's copy that is: it must not leave us as it is."""
    raw = _raw_item(viewer, interaction_id)
    return Raw(raw.format, bytes_of(raw, settings.HOUSE.files_folder))


def _raw_item(viewer: Viewer, interaction_id: UUID, as_of: datetime | None = None) -> RawItem:
    interaction_of(viewer, interaction_id, as_of)
    one = readable_to(viewer, interaction_id)
    raw = RawItem.objects.filter(id__in=Message.objects.filter(interaction_id=one.id).values("raw_item_id")).first()
    if raw is None:
        raise NotFound(_("Nothing came in for this: it was written here."), code="no-raw")
    return raw


def _attached(message: Message | None) -> tuple[Attached, ...]:
    notes: list[dict[str, Any]] = message.attachments if message else []
    return tuple(
        Attached(place, str(note.get("name", "")), str(note.get("media_type", "")), int(note.get("size", 0)))
        for place, note in enumerate(notes)
    )


def _others_in_thread(viewer: Viewer, one: Interaction, as_of: datetime | None) -> tuple[Entry, ...]:
    if one.thread_id is None:
        return ()
    others = visible_to(viewer).filter(thread_id=one.thread_id).exclude(id=one.id)
    if as_of is not None:
        others = others.filter(at__lte=as_of)
    others = others.order_by("at", "id")
    return entries_of(viewer, list(others.values_list("id", flat=True)[:MOST_IN_A_THREAD]))
