"""A person, opened: everything we know about them that is not what happened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID

import msgspec

from rapport.accounts.access import Viewer
from rapport.accounts.rows import ask

from .birthdays import Birthday
from .matching import CARD, SHARED
from .merging import Joined
from .models import Person
from .splitting import BEHIND_ALL
from .stations import NEWEST_FIRST, Station, present_stations
from .visible import person_of, sees_whole
from .wishes import Wished, wishes_of

Part = TypeVar("Part")


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
    is_shared: bool  # a telephone that others answer too


@dataclass(frozen=True, slots=True)
class SharedLine:
    """An address of mail on their card that reaches somebody else, too: mail through it is told with them."""

    address: str
    person_id: UUID | None  # nobody's, once whom it reached is gone
    name: str


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
    listed_by: str  # what lists go by, folded
    listed_as: str  # what somebody said they go by, folded; empty where nobody did
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
    shared: tuple[SharedLine, ...]
    path: tuple[Station, ...]
    facts: tuple[FactLine, ...]
    tags: tuple[TagLine, ...]
    merges: tuple[Joined, ...]

    @property
    def now_at(self) -> Station | None:
        """Where they are now."""
        return next((station for station in self.path if station.until is None), None)


# Everything that belongs to a person in one statement; parts as JSON, because each has its own number of rows.
_WHOLE = f"""
SELECT p.id, p.name, p.sort_name, p.listed_by, p.listed_as, p.said, p.pronouns, p.time_zone, p.language,
  p.birthday_month, p.birthday_day, p.birthday_year, p.is_home, p.do_not_contact, p.do_not_score, p.portrait, p.made_at,
  (SELECT json_agg(h) FROM (
     SELECT id, kind, value, as_written, origin, first_seen, last_seen, bounced_at,
       kind = 'phone' AND EXISTS (SELECT FROM handle o WHERE o.kind = 'phone' AND o.value = handle.value
         AND o.person_id <> p.id) AS is_shared FROM handle
     WHERE person_id = p.id AND kind <> '{CARD}' ORDER BY last_seen DESC NULLS LAST, kind, value) AS h)::text,
  (SELECT json_agg(s) FROM (
     SELECT c.called[1] AS address, o.id AS person_id, coalesce(o.name, '') AS name
     FROM handle c LEFT JOIN handle h ON h.kind = 'email' AND h.value = c.called[1]
     LEFT JOIN person o ON o.id = h.person_id
     WHERE c.person_id = p.id AND c.kind = '{CARD}' AND c.value LIKE '{SHARED}%%' AND c.called[1] IS NOT NULL
       AND h.person_id IS DISTINCT FROM p.id ORDER BY 1) AS s)::text,
  (SELECT json_agg(s) FROM (
     SELECT a.id, a.organization_id, o.name AS organization, a.title, a.since, a.until, o.is_home
     FROM affiliation a JOIN organization o ON o.id = a.organization_id
     WHERE a.person_id = p.id ORDER BY {NEWEST_FIRST}) AS s)::text,
  (SELECT json_agg(f) FROM (
     SELECT f.id, f.kind, f.value, f.learnt, coalesce(n.name, '') AS noted_by, f.noted_at, f.expires_at
     FROM fact f LEFT JOIN membership m ON m.id = f.noted_by_id LEFT JOIN person n ON n.id = m.person_id
     WHERE f.person_id = p.id ORDER BY f.noted_at DESC, f.id) AS f)::text,
  (SELECT json_agg(t) FROM (
     SELECT x.id, t.name AS word FROM person_tag x JOIN tag t ON t.id = x.tag_id
     WHERE x.person_id = p.id ORDER BY lower(t.name), t.name) AS t)::text,
  (SELECT json_agg(m) FROM (
     SELECT m.id AS merge_id, m.gone_id AS person_id, g.name, m.at FROM merge m JOIN person g ON g.id = m.gone_id
     WHERE m.kept_id = p.id AND m.undone_at IS NULL ORDER BY m.at DESC, m.id DESC) AS m)::text
FROM person p WHERE p.id = %s AND p.merged_into_id IS NULL
"""  # noqa: S608 - only what is ours is put in


def open_person(viewer: Viewer, person_id: UUID) -> PersonSheet:
    """What this viewer may know about one person: one query for who sees them whole; NotFound where they know of nobody
    with this id.
    """
    sheet = None if viewer.is_guest else _whole(person_id)
    if sheet is not None:
        return sheet
    person = person_of(viewer, person_id)
    return (_whole(person.id) if sees_whole(viewer, person.id) else None) or _who_and_where(person)


def _who_and_where(person: Person) -> PersonSheet:
    here = present_stations([person.id])
    return PersonSheet(
        id=person.id,
        name=person.name,
        sort_name=person.sort_name,
        listed_by=person.listed_by.removeprefix(BEHIND_ALL),
        listed_as="",
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
        shared=(),
        path=tuple(here.values()),
        facts=(),
        tags=(),
        merges=(),
    )


def _whole(person_id: UUID) -> PersonSheet | None:
    found = ask(_WHOLE, [person_id])
    if not found:
        return None
    one, name, sort_name, listed_by, listed_as, said, pronouns, zone, language, month, day, year, *rest = found[0]
    is_home, do_not_contact, do_not_score, portrait, made_at, handles, shared, path, facts, tags, merges = rest
    return PersonSheet(
        id=one,
        name=name,
        sort_name=sort_name,
        listed_by=listed_by.removeprefix(BEHIND_ALL),
        listed_as=listed_as,
        said=said,
        pronouns=pronouns,
        time_zone=zone,
        language=language,
        birthday=None if month is None or day is None else Birthday(month, day, year),
        is_home=is_home,
        do_not_contact=do_not_contact,
        do_not_score=do_not_score,
        wishes=wishes_of(one) if do_not_contact or do_not_score else (),
        portrait=portrait,
        made_at=made_at,
        handles=_parts(HandleLine, handles),
        shared=_parts(SharedLine, shared),
        path=_parts(Station, path),
        facts=_parts(FactLine, facts),
        tags=_parts(TagLine, tags),
        merges=_parts(Joined, merges),
    )


def _parts(kind: type[Part], told: str | None) -> tuple[Part, ...]:
    return () if told is None else tuple(msgspec.json.decode(told, type=list[kind]))  # type: ignore[valid-type]
