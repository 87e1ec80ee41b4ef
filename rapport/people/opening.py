"""A person, opened: everything we know about them that is not what happened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F

from rapport.accounts.access import Viewer

from .birthdays import Birthday
from .matching import CARD
from .merging import Joined, merges_into
from .models import Fact, Handle, Person, PersonTag
from .stations import Station, path_of, present_stations
from .visible import person_of, sees_whole
from .wishes import Wished, wishes_of


@dataclass(frozen=True, slots=True)
class HandleLine:
    """An address that reaches them."""

    id: UUID
    kind: str  # email, phone, handle
    value: str
    as_written: str
    origin: str
    first_seen: datetime | None
    last_seen: datetime | None
    bounced_at: datetime | None


@dataclass(frozen=True, slots=True)
class FactLine:
    """One thing known about them, and how it was learnt. `noted_by` is a member's name, or empty."""

    id: UUID
    kind: str
    value: str
    learnt: str
    noted_by: str
    noted_at: datetime
    expires_at: datetime | None


@dataclass(frozen=True, slots=True)
class TagLine:
    """A tag on them."""

    id: UUID
    word: str


@dataclass(frozen=True, slots=True)
class PersonSheet:
    """A person with all that belongs to them; `path` and handles have the latest first."""

    id: UUID
    name: str
    sort_name: str
    listed_by: str  # what lists go by
    said: str
    pronouns: str
    time_zone: str
    language: str
    birthday: Birthday | None
    is_home: bool
    do_not_contact: bool
    do_not_score: bool
    wishes: tuple[Wished, ...]
    portrait: str
    made_at: datetime
    handles: tuple[HandleLine, ...]
    path: tuple[Station, ...]
    facts: tuple[FactLine, ...]
    tags: tuple[TagLine, ...]
    merges: tuple[Joined, ...]

    @property
    def now_at(self) -> Station | None:
        """Where they are now."""
        return next((station for station in self.path if station.until is None), None)


def open_person(viewer: Viewer, person_id: UUID) -> PersonSheet:
    """What this viewer may know about one person, in seven queries; NotFound where they know of nobody with this id."""
    person = person_of(viewer, person_id)
    return _whole(person) if sees_whole(viewer, person.id) else _who_and_where(person)


def _who_and_where(person: Person) -> PersonSheet:
    here = present_stations([person.id])
    return PersonSheet(
        id=person.id,
        name=person.name,
        sort_name=person.sort_name,
        listed_by=person.listed_by,
        said="",
        pronouns="",
        time_zone="",
        language="",
        birthday=None,
        is_home=person.is_home,
        do_not_contact=person.do_not_contact,
        do_not_score=person.do_not_score,
        wishes=(),
        portrait=person.portrait,
        made_at=person.made_at,
        handles=(),
        path=tuple(here.values()),
        facts=(),
        tags=(),
        merges=(),
    )


def _whole(person: Person) -> PersonSheet:
    return PersonSheet(
        id=person.id,
        name=person.name,
        sort_name=person.sort_name,
        listed_by=person.listed_by,
        said=person.said,
        pronouns=person.pronouns,
        time_zone=person.time_zone,
        language=person.language,
        birthday=_birthday(person),
        is_home=person.is_home,
        do_not_contact=person.do_not_contact,
        do_not_score=person.do_not_score,
        wishes=wishes_of(person.id) if person.do_not_contact or person.do_not_score else (),
        portrait=person.portrait,
        made_at=person.made_at,
        handles=_handles(person.id),
        path=path_of(person.id),
        facts=_facts(person.id),
        tags=_tags(person.id),
        merges=merges_into(person.id),
    )


def _birthday(person: Person) -> Birthday | None:
    if person.birthday_month is None or person.birthday_day is None:
        return None
    return Birthday(person.birthday_month, person.birthday_day, person.birthday_year)


def _handles(person_id: UUID) -> tuple[HandleLine, ...]:
    # The newest that was seen comes first; those never seen were typed or came on a card.
    rows = (
        Handle.objects.filter(person_id=person_id)
        .exclude(kind=CARD)
        .order_by(F("last_seen").desc(nulls_last=True), "kind", "value")
    )
    return tuple(
        HandleLine(
            row.id, row.kind, row.value, row.as_written, row.origin, row.first_seen, row.last_seen, row.bounced_at
        )
        for row in rows
    )


def _facts(person_id: UUID) -> tuple[FactLine, ...]:
    rows = list(Fact.objects.filter(person_id=person_id).select_related("noted_by").order_by("-noted_at", "id"))
    noters = {row.noted_by.person_id for row in rows if row.noted_by and row.noted_by.person_id}
    names = dict(Person.objects.filter(id__in=noters).values_list("id", "name")) if noters else {}
    return tuple(
        FactLine(
            row.id,
            row.kind,
            row.value,
            row.learnt,
            names.get(row.noted_by.person_id, "") if row.noted_by and row.noted_by.person_id else "",
            row.noted_at,
            row.expires_at,
        )
        for row in rows
    )


def _tags(person_id: UUID) -> tuple[TagLine, ...]:
    rows = PersonTag.objects.filter(person_id=person_id).select_related("tag").order_by("tag__name")
    return tuple(TagLine(row.id, row.tag.name) for row in rows)
