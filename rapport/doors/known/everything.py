"""Everything known about one person, gathered by source. Whatever points at a person is told, also tables to come."""

from __future__ import annotations

import base64
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils.translation import gettext as _

from rapport.accounts.access import Viewer
from rapport.accounts.models import JournalEntry, Membership
from rapport.accounts.rows import RowKey, TenantRow
from rapport.care.models import Suggestion, TodayList
from rapport.channels.models import ImportFile, ImportItem, RawItem, Source
from rapport.channels.raw import bytes_of
from rapport.interactions.entries import present_in, takers_of, without_bcc
from rapport.interactions.erasing.finding import also_known_as, known_by
from rapport.interactions.erasing.originals import originals_of
from rapport.interactions.erasing.sought import Sought
from rapport.interactions.models import AddressPart, Interaction, Message, Participant, Thread
from rapport.interactions.visible import is_private, visible_to
from rapport.kit.trouble import NotAllowed
from rapport.people.members import member_name
from rapport.people.models import Affiliation, Organization, Person, PersonTag, Tag
from rapport.people.splitting import called
from rapport.people.visible import person_of, sees_whole
from rapport.relationships.reading import strongest_of

Row = dict[str, Any]
_OWN = {"workspace_id"}
_WORDS = ("title", "excerpt", "question", "place", "text", "subject", "attachments")
_NAMED_BY = ("origin", "message_id", "in_reply_to")  # who knows these of a mail can write one that answers it
_ITS_OWNERS = ("name", "detail", "prefix")  # a mail in a file is mostly called as its subject is
_OWN_DAY = {Suggestion, TodayList}  # a home person's Today: nobody else's to look into
_MEMBERS = Membership.objects.values_list("id", member_name())
_LATER = frozenset({Participant})  # told with what they took part in


@dataclass(frozen=True, slots=True)
class Everything:
    """All that is told: sections by key, each rows of plain values; `originals` are bytes as they came, by name.

    `time_zone` is that of who asked: a page to read tells times by it.
    """

    person_id: UUID
    name: str
    made_at: datetime
    time_zone: str
    is_whole: bool
    sections: Mapping[str, Sequence[Row]]
    originals: Mapping[str, bytes]


def everything_about(
    viewer: Viewer, person_id: UUID, now: datetime, whole: bool = False, most: int | None = None
) -> Everything:
    """What this viewer may read of it; `whole`: what the person themself may, who took part or is written about.

    `most` limits what happened and what was not read to so many, the latest, for a page. NotAllowed for guests, who
    see no more of somebody than who and where they are.
    """
    person = person_of(viewer, person_id)
    if not sees_whole(viewer, person.id):
        raise NotAllowed(_("Only members see what is known about somebody."), code="guest")
    people = also_known_as(person.id)
    sought = known_by(people)
    reader = replace(viewer, person_id=person.id) if whole else viewer
    happened = _happened(reader, people, sought, whole, most)
    sections = {"person": _rows(Person.objects.filter(id__in=people)), **_pointing(people, None if whole else viewer)}
    sections |= _around(people) | {"standing": _standings(person, now)} | happened
    sections |= _came_in(people, sought, happened["interaction"], None if whole else viewer, most)
    sections["journal_entry"] = _rows(JournalEntry.objects.filter(subject_id__in=people).order_by("-at"))
    _name(sections)
    _say_with_present_names(sections["suggestion"], person)
    originals = _originals(reader, people, happened["interaction"], sought) if whole else {}
    return Everything(person.id, person.name, now, viewer.time_zone, whole, sections, originals)


def _name(sections: Mapping[str, Sequence[Row]]) -> None:
    """Put names beside ids, where a row says who noted it, with whom, or where."""
    rows = [row for some in sections.values() for row in some]
    for column, shown, names in (
        ("organization_id", "organization", Organization.objects.values_list("id", "name")),
        ("home_person_id", "our_person", Person.objects.values_list("id", "name")),
        ("noted_by_id", "noted_by", _MEMBERS),
        ("membership_id", "done_by", _MEMBERS),
        ("owner_id", "belongs_to", _MEMBERS),
    ):
        asked = {row[column] for row in rows if row.get(column)}
        called = {str(one): name for one, name in names.filter(id__in=asked)} if asked else {}
        for row in rows:
            if row.get(column) in called:
                row[shown] = called[row[column]]


def _say_with_present_names(suggestions: Collection[Row], person: Person) -> None:
    """A suggestion's reason names whom it is of as they were called that day."""
    others = {row["person_id"] for row in suggestions} - {str(person.id)}
    names = {str(one): name for one, name in Person.objects.filter(id__in=others).values_list("id", "name")}
    for row in suggestions:
        said = row["reason"].get("values") or {}
        if "name" in said:
            name = names.get(row["person_id"], person.name)
            row["reason"] = {**row["reason"], "values": {**said, "name": called(name)}}


def _pointing(people: Collection[UUID], reader: Viewer | None) -> dict[str, list[Row]]:
    """The rows of every table that points at a person; None reads for them."""
    found: dict[str, list[Row]] = {}
    for table in apps.get_app_config("rapport").get_models():
        keys = [f for f in table._meta.local_fields if isinstance(f, RowKey) and f.remote_field.model is Person]
        if not issubclass(table, TenantRow) or not keys or table in (Person, *_LATER):
            continue
        theirs = models.Q()
        for key in keys:
            theirs |= models.Q(**{f"{key.attname}__in": people})
        rows = table._default_manager.filter(theirs)
        if reader is not None and table in _OWN_DAY:
            rows = rows.filter(models.Q(home_person_id=reader.person_id))
        found[table._meta.db_table] = _rows(rows)
    return found


def _around(people: Collection[UUID]) -> dict[str, list[Row]]:
    places = Affiliation.objects.filter(person_id__in=people).values("organization_id")
    tags = PersonTag.objects.filter(person_id__in=people).values("tag_id")
    return {
        "organization": _rows(Organization.objects.filter(id__in=places)),
        "tag": _rows(Tag.objects.filter(id__in=tags)),
    }


def _standings(person: Person, now: datetime) -> list[Row]:
    """How they and each of our people stand, in points, with what each rests on; nothing where they asked for none."""
    found = strongest_of([person.id], now).get(person.id, [])
    names = dict(Person.objects.filter(id__in=[home for home, _standing in found]).values_list("id", "name"))
    return [
        {
            "with": names.get(home, ""),
            "strength": standing.strength,
            "strength_word": standing.strength_word,
            "vitality": standing.vitality,
            "tone": standing.tone,
            "strength_rows": [{"kind": row.kind, "points": row.points} for row in standing.strength_rows],
        }
        for home, standing in found
    ]


def _happened(
    reader: Viewer, people: Collection[UUID], sought: Sought, whole: bool, most: int | None
) -> dict[str, list[Row]]:
    parts = Participant.objects.filter(person_id__in=people)
    aside = AddressPart.objects.filter(address__in=sought.addresses)
    ids = {*parts.values_list("interaction_id", flat=True), *aside.values_list("interaction_id", flat=True)}
    found = list(visible_to(reader).filter(id__in=ids).order_by("-at", "-id")[:most])
    ids = {one.id for one in found}
    present = present_in([one.id for one in found])
    closed = {one.id for one in found if not _may_read(reader, one, present.get(one.id, ()), whole)}
    told = []
    for row in _rows(found):
        one = UUID(row["id"])
        row["is_private"] = one in closed
        row["people"] = [f"{who.name} ({who.part})" for who in without_bcc(reader, present.get(one, ()))]
        told.append(_without_words(row) if one in closed else row)
    messages = _rows(Message.objects.filter(interaction_id__in=ids))
    threads = {one.thread_id for one in found if one.thread_id and one.id not in closed}
    return {
        "interaction": told,
        "participant": _rows(parts.filter(interaction_id__in=ids).order_by("-at")),
        "message": [_without_words(one) if UUID(one["interaction_id"]) in closed else one for one in messages],
        "thread": _rows(Thread.objects.filter(id__in=threads)),
        "address_part": _rows(aside.filter(interaction_id__in=ids)),
    }


def _may_read(reader: Viewer, one: Interaction, present: Sequence[Any], whole: bool) -> bool:
    is_about_them = whole and one.by_hand and any(who.person_id == reader.person_id for who in present)
    return is_about_them or not is_private(reader, one, takers_of(present))


def _without_words(row: Row) -> Row:
    return {name: ("" if name in (*_WORDS, *_NAMED_BY) and value else value) for name, value in row.items()}


def _came_in(
    people: Collection[UUID], sought: Sought, happened: Sequence[Row], reader: Viewer | None, most: int | None
) -> dict[str, list[Row]]:
    """What imports found of them, also what could not be read or was left out and names their address: to them, for
    whom None reads, from all imports. How files are called in which all is closed is not told.
    """
    waiting = _not_taken_in()
    if reader is not None:
        waiting = waiting.filter(run__source__owner_id=reader.membership_id)
    unread = [
        item
        for item in waiting[:most]
        if (item.raw_item is not None and sought.addressed_in(_body(item.raw_item))) or sought.named_in(item.detail)
    ]
    theirs = models.Q(person_id__in=people) | models.Q(interaction_id__in=[UUID(one["id"]) for one in happened])
    items = [*ImportItem.objects.filter(theirs), *unread]
    closed = {UUID(one["id"]) for one in happened if one["is_private"]}
    open_files = {one.file_id for one in items if one.interaction_id not in closed}
    files = ImportFile.objects.filter(id__in={one.file_id for one in items})
    sources = Source.objects.filter(id__in=files.values("run__source_id"))
    of_open = set(files.filter(id__in=open_files).values_list("run__source_id", flat=True))
    raws = RawItem.objects.filter(id__in={one.raw_item_id for one in items if one.raw_item_id})
    return {
        "import_item": [_unnamed(_told(one), one.interaction_id in closed) for one in items],
        "import_file": [_unnamed(_told(one), one.id not in open_files) for one in files],
        "source": [_unnamed(_told(one), one.id not in of_open) for one in sources],
        "raw_item": [{**row, "body": None} for row in _rows(raws.defer("body"))],
    }


def _unnamed(row: Row, is_closed: bool) -> Row:
    return {name: ("" if is_closed and name in _ITS_OWNERS and value else value) for name, value in row.items()}


def _not_taken_in() -> models.QuerySet[ImportItem]:
    items = ImportItem.objects.filter(outcome__in=("quarantined", "skipped"))
    return items.select_related("raw_item").order_by("-id")


def _originals(
    reader: Viewer, people: Collection[UUID], interactions: Sequence[Row], sought: Sought
) -> dict[str, bytes]:
    """The bytes as they came of what they took part in, and of their cards; no mail that tells who was blind-copied."""
    readable = [UUID(one["id"]) for one in interactions if not one["is_private"]]
    hidden = Participant.objects.filter(interaction_id__in=readable, part="bcc").exclude(person_id__in=people)
    wrote = Participant.objects.filter(interaction_id__in=readable, person_id__in=people, part="from")
    closed = set(hidden.values_list("interaction_id", flat=True)) - set(wrote.values_list("interaction_id", flat=True))
    cards = ImportItem.objects.filter(person_id__in=people, raw_item_id__isnull=False)
    ids = {*originals_of([one for one in readable if one not in closed]), *cards.values_list("raw_item_id", flat=True)}
    endings = {"mail": "eml", "calendar": "ics", "card": "vcf", "table": "csv"}
    return {
        f"originals/{one.id}.{endings.get(one.format, 'bin')}": _body(one)
        for one in RawItem.objects.filter(id__in=[one for one in ids if one])
    }


def _body(raw: RawItem) -> bytes:
    try:
        return bytes_of(raw, settings.HOUSE.files_folder)
    except OSError:  # its file is gone, as `rapport check` tells
        return b""


def _rows(rows: Iterable[models.Model]) -> list[Row]:
    return [_told(row) for row in rows]


def _told(row: models.Model) -> Row:
    deferred = row.get_deferred_fields()
    return {
        field.attname: _plain(getattr(row, field.attname))
        for field in row._meta.local_fields
        if field.attname not in _OWN and field.attname not in deferred
    }


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode()
    return value
