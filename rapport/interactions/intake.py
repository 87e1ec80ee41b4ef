"""Sightings and people become interactions: set-based, and reading the same thing twice changes nothing."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

import msgspec
from django.db import connection

from rapport.accounts.rows import be_patient, current_workspace, keep_join_order
from rapport.channels.sightings import Party, Sighting
from rapport.kit.ids import new_id
from rapport.kit.text import db_text, one_line
from rapport.people.gathering import Seen, gather, hold_people_still, owners_of
from rapport.people.matching import HandleKey, best_named

from .changes import note_pair_changes
from .threads import join_threads

MOST_PEOPLE_IN_A_CONTACT = 10  # beyond this, being together is on the timeline and says nothing about two people

_STRONGEST_PART = {"from": 0, "organizer": 1, "to": 2, "attendee": 3, "cc": 4, "bcc": 5}


@dataclass(frozen=True, slots=True)
class Incoming:
    """A sighting, the raw item it was read from, and the row it became."""

    sighting: Sighting
    raw_item: UUID | None


@dataclass(frozen=True, slots=True)
class Belonging:
    """Whose source it came from, and which import brought it."""

    source_id: UUID | None
    owner_id: UUID | None
    import_id: UUID | None
    home_people: tuple[UUID, ...] = ()  # who was there although no address says so: the calendar's owner


def take_in(incoming: Sequence[Incoming], belonging: Belonging, now: datetime) -> dict[str, UUID]:
    """Store what is new among these sightings, in the current transaction; origin to interaction for all of them."""
    be_patient(60)
    keep_join_order()
    hold_people_still()
    known = _known({one.sighting.origin for one in incoming})
    fresh: dict[str, Incoming] = {}
    for one in incoming:
        if one.sighting.origin not in known:
            fresh.setdefault(one.sighting.origin, one)
    _cancel([one.sighting for one in incoming if one.sighting.cancelled and one.sighting.origin in known])
    if not fresh:
        return known
    ids = {origin: new_id() for origin in fresh}
    people = _people_of([one.sighting for one in fresh.values()], belonging, now)
    _insert_interactions(fresh, ids, belonging, now)
    _insert_participants(fresh, ids, people, belonging)
    _insert_messages(fresh, ids)
    join_threads([(ids[origin], one.sighting) for origin, one in fresh.items() if one.sighting.kind == "mail"])
    answered = _complete_answers_through_lists(ids.values())
    note_pair_changes({*ids.values(), *answered})
    return known | ids


def counts_as_contact(sighting: Sighting) -> bool:
    """Whether it says anything about two people: robots, crowds and what did not take place do not."""
    return not (sighting.automatic or sighting.cancelled or group_size(sighting) > MOST_PEOPLE_IN_A_CONTACT + 1)


def group_size(sighting: Sighting) -> int:
    """How many addresses took part, lists aside."""
    return len({party.address.value for party in sighting.parties if party.part != "list"})


def is_present(party: Party) -> bool:
    """Whether this party took part as a human: lists do not, and who declined was not there."""
    return party.part != "list" and party.response != "declined"


def _known(origins: Collection[str]) -> dict[str, UUID]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT origin, id FROM interaction WHERE origin = ANY(%s)", [list(origins)])
        return dict(cursor.fetchall())


def _cancel(sightings: Sequence[Sighting]) -> None:
    """A meeting we knew was called off."""
    if not sightings:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE interaction SET is_cancelled = true, is_contact = false "
            "WHERE origin = ANY(%s) AND NOT is_cancelled RETURNING id",
            [[one.origin for one in sightings]],
        )
        note_pair_changes([row[0] for row in cursor.fetchall()], even_if_no_contact=True)


def _people_of(sightings: Sequence[Sighting], belonging: Belonging, now: datetime) -> dict[HandleKey, UUID]:
    """The people of these sightings. A robot's mail makes nobody; who is known already is still found in it."""
    seen: dict[HandleKey, tuple[datetime, datetime]] = {}
    written: list[tuple[str, str, str]] = []
    of_robots: set[HandleKey] = set()
    for sighting in sightings:
        for party in filter(lambda party: party.part != "list", sighting.parties):
            key = party.address.kind, party.address.value
            if sighting.automatic:
                of_robots.add(key)
                continue
            written.append((*key, party.address.name))
            first, last = seen.get(key, (sighting.at, sighting.at))
            seen[key] = min(first, sighting.at), max(last, sighting.at)
    people = [Seen(named, *seen[key]) for key, named in best_named(written).items()]
    return owners_of(of_robots - seen.keys()) | gather(people, "mail", belonging.import_id, now)


def _insert_interactions(fresh: dict[str, Incoming], ids: dict[str, UUID], belonging: Belonging, now: datetime) -> None:
    sightings = [one.sighting for one in fresh.values()]
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO interaction (workspace_id, id, kind, origin, at, until, all_day, title, excerpt, question,"
            " language, automatic, list_address, is_cancelled, is_contact, group_size, minutes, source_id, owner_id,"
            " is_shared, by_hand, made_at) "
            "SELECT %s, u.id, u.kind, u.origin, u.at, u.until, u.all_day, u.title, u.excerpt, u.question, u.language,"
            " u.automatic, u.list_address, u.cancelled, u.contact, u.size, u.minutes, %s, %s, false, false, %s "
            "FROM unnest(%s::uuid[], %s::text[], %s::text[], %s::timestamptz[], %s::timestamptz[], %s::boolean[],"
            " %s::text[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[], %s::boolean[], %s::boolean[],"
            " %s::int[], %s::int[]) AS u(id, kind, origin, at, until, all_day, title, excerpt, question, language,"
            " automatic, list_address, cancelled, contact, size, minutes)",
            [
                current_workspace(),
                belonging.source_id,
                belonging.owner_id,
                now,
                list(ids.values()),
                [one.kind for one in sightings],
                [one.origin for one in sightings],
                [_storable(one.at) for one in sightings],
                [one.until and _storable(one.until) for one in sightings],
                [one.all_day for one in sightings],
                [one_line(one.subject, 500) for one in sightings],
                [one_line(one.excerpt) for one in sightings],
                [one_line(one.question) for one in sightings],
                [one.language for one in sightings],
                [one.automatic for one in sightings],
                [db_text(one.list_address, 320) for one in sightings],
                [one.cancelled for one in sightings],
                [counts_as_contact(one) for one in sightings],
                [group_size(one) for one in sightings],
                [_minutes(one) for one in sightings],
            ],
        )


def _storable(moment: datetime) -> datetime:
    """Within what the database and every screen can show."""
    return min(max(moment, datetime(1900, 1, 1, tzinfo=UTC)), datetime(2200, 1, 1, tzinfo=UTC))


def _minutes(sighting: Sighting) -> int | None:
    if sighting.until is None or sighting.all_day:
        return None
    return max(0, min(int((sighting.until - sighting.at) / timedelta(minutes=1)), 14 * 24 * 60))


def _insert_participants(
    fresh: dict[str, Incoming], ids: dict[str, UUID], people: dict[HandleKey, UUID], belonging: Belonging
) -> None:
    rows: dict[tuple[UUID, UUID], tuple[str, str, str, datetime]] = {}
    for origin, one in fresh.items():
        sighting = one.sighting
        for party in sorted(sighting.parties, key=lambda party: _STRONGEST_PART.get(party.part, 9)):
            person = people.get((party.address.kind, party.address.value))
            if person and party.part != "list":
                row = party.part, party.response, party.address.value, _storable(sighting.at)
                rows.setdefault((ids[origin], person), row)
        if sighting.kind != "mail":
            for person in belonging.home_people:
                rows.setdefault((ids[origin], person), ("attendee", "", "", _storable(sighting.at)))
    insert_participants(rows)


def insert_participants(rows: dict[tuple[UUID, UUID], tuple[str, str, str, datetime]]) -> None:
    """Rows by (interaction, person): part, response, address, at."""
    if not rows:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO participant (workspace_id, id, interaction_id, person_id, part, response, address, at) "
            "SELECT %s, u.id, u.interaction, u.person, u.part, u.response, u.address, u.at "
            "FROM unnest(%s::uuid[], %s::uuid[], %s::uuid[], %s::text[], %s::text[], %s::text[], %s::timestamptz[])"
            " AS u(id, interaction, person, part, response, address, at) "
            "ON CONFLICT (workspace_id, interaction_id, person_id) DO NOTHING",
            [
                current_workspace(),
                [new_id() for _ in rows],
                [interaction for interaction, _ in rows],
                [person for _, person in rows],
                *(list(column) for column in zip(*rows.values(), strict=True)),
            ],
        )


def _insert_messages(fresh: dict[str, Incoming], ids: dict[str, UUID]) -> None:
    rows = [(ids[origin], one) for origin, one in fresh.items() if one.sighting.kind == "mail" or one.sighting.text]
    if not rows:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO message (workspace_id, id, interaction_id, message_id, in_reply_to, text, has_html,"
            " attachments, raw_item_id) "
            "SELECT %s, u.id, u.interaction, u.message_id, u.in_reply_to, u.text, u.has_html, u.attachments::jsonb,"
            " u.raw_item FROM unnest(%s::uuid[], %s::uuid[], %s::text[], %s::text[], %s::text[], %s::boolean[],"
            " %s::text[], %s::uuid[])"
            " AS u(id, interaction, message_id, in_reply_to, text, has_html, attachments, raw_item)",
            [
                current_workspace(),
                [new_id() for _ in rows],
                [interaction for interaction, _ in rows],
                [_id(one.sighting.message_id) for _, one in rows],
                [_id(one.sighting.in_reply_to) for _, one in rows],
                [db_text(one.sighting.text) for _, one in rows],
                [one.sighting.has_html for _, one in rows],
                [db_text(msgspec.json.encode(one.sighting.attachments).decode()) for _, one in rows],
                [one.raw_item for _, one in rows],
            ],
        )


def _id(message_id: str) -> str:
    return db_text(message_id, 990)


_ANSWERS = """
INSERT INTO participant (workspace_id, id, interaction_id, person_id, part, response, address, at)
SELECT DISTINCT ON (child.id, author.person_id)
       %s::uuid, gen_random_uuid(), child.id, author.person_id, 'answered', '', author.address, child.at
FROM (
    SELECT reply.interaction_id AS child_id, parent.interaction_id AS parent_id
    FROM unnest(%s::uuid[]) AS fresh(id)
    JOIN message reply ON reply.interaction_id = fresh.id AND reply.in_reply_to <> ''
    JOIN message parent ON parent.message_id = reply.in_reply_to AND parent.message_id <> ''
    UNION
    SELECT reply.interaction_id, parent.interaction_id
    FROM unnest(%s::uuid[]) AS fresh(id)
    JOIN message parent ON parent.interaction_id = fresh.id AND parent.message_id <> ''
    JOIN message reply ON reply.in_reply_to = parent.message_id AND reply.in_reply_to <> ''
) AS pair
JOIN interaction child ON child.id = pair.child_id AND child.list_address <> '' AND child.automatic = ''
JOIN participant author ON author.interaction_id = pair.parent_id AND author.part = 'from'
ON CONFLICT (workspace_id, interaction_id, person_id) DO NOTHING
RETURNING interaction_id
"""


def _complete_answers_through_lists(interactions: Collection[UUID]) -> list[UUID]:
    """A reply sent to a list is contact with whom it answers, whichever of the two mails was read first."""
    fresh = list(interactions)
    with connection.cursor() as cursor:
        cursor.execute(_ANSWERS, [current_workspace(), fresh, fresh])
        return [row[0] for row in cursor.fetchall()]
