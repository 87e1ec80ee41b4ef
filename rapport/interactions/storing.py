"""Rows for what was read: interactions, participants and messages, each in one statement however many there are."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import UTC, datetime, timedelta
from uuid import UUID

import msgspec
from django.db import connection

from rapport.accounts.rows import current_workspace
from rapport.channels.sightings import Sighting
from rapport.kit.ids import new_ids
from rapport.kit.text import db_text, one_line

from .copies import Aside, counts_as_contact, group_size
from .incoming import Belonging, Incoming


def insert_interactions(
    fresh: Mapping[str, Incoming], ids: Mapping[str, UUID], belonging: Belonging, now: datetime
) -> None:
    """The interactions of what is new, by origin."""
    if not fresh:
        return
    sightings = [one.sighting for one in fresh.values()]
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO interaction (workspace_id, id, kind, origin, at, until, all_day, title, excerpt, question,"
            " place, language, automatic, list_address, is_cancelled, is_contact, group_size, minutes, source_id,"
            " owner_id, is_shared, by_hand, revision, revised_at, made_at) "
            "SELECT %s, u.id, u.kind, u.origin, u.at, u.until, u.all_day, u.title, u.excerpt, u.question, u.place,"
            " u.language, u.automatic, u.list_address, u.cancelled, u.contact, u.size, u.minutes, %s, %s, false, false,"
            " u.revision, u.revised_at, %s "
            "FROM unnest(%s::uuid[], %s::text[], %s::text[], %s::timestamptz[], %s::timestamptz[], %s::boolean[],"
            " %s::text[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[], %s::boolean[],"
            " %s::boolean[], %s::int[], %s::int[], %s::int[], %s::timestamptz[]) AS u(id, kind, origin, at, until,"
            " all_day, title, excerpt, question, place, language, automatic, list_address, cancelled, contact, size,"
            " minutes, revision, revised_at)",
            [
                current_workspace(),
                belonging.source_id,
                belonging.owner_id,
                now,
                [ids[origin] for origin in fresh],
                [one.kind for one in sightings],
                [one.origin for one in sightings],
                [storable(one.at) for one in sightings],
                [one.until and storable(one.until) for one in sightings],
                [one.all_day for one in sightings],
                [one_line(one.subject, 500) for one in sightings],
                [one_line(one.excerpt) for one in sightings],
                [one_line(one.question) for one in sightings],
                [place_of(one) for one in sightings],
                [one.language for one in sightings],
                [one.automatic for one in sightings],
                [db_text(one.list_address, 320) for one in sightings],
                [one.cancelled for one in sightings],
                [counts_as_contact(one.automatic, one.cancelled, group_size(one)) for one in sightings],
                [group_size(one) for one in sightings],
                [minutes_of(one) for one in sightings],
                [None if one.kind == "mail" else one.revision for one in sightings],
                [one.revised_at for one in sightings],
            ],
        )


def insert_participants(rows: Mapping[tuple[UUID, UUID], tuple[str, str, str, datetime]]) -> list[UUID]:
    """Rows by (interaction, person): part, response, address, at. The interactions somebody new is in."""
    if not rows:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO participant (workspace_id, id, interaction_id, person_id, part, response, address, at) "
            "SELECT %s, u.id, u.interaction, u.person, u.part, u.response, u.address, u.at "
            "FROM unnest(%s::uuid[], %s::uuid[], %s::uuid[], %s::text[], %s::text[], %s::text[], %s::timestamptz[])"
            " AS u(id, interaction, person, part, response, address, at) "
            "ON CONFLICT (workspace_id, interaction_id, person_id) DO UPDATE SET part = excluded.part,"
            " response = excluded.response, address = excluded.address "
            "WHERE participant.part = 'answered' RETURNING interaction_id",
            [
                current_workspace(),
                new_ids(len(rows)),
                [interaction for interaction, _ in rows],
                [person for _, person in rows],
                *(list(column) for column in zip(*rows.values(), strict=True)),
            ],
        )
        return [row[0] for row in cursor.fetchall()]


def insert_address_parts(rows: Collection[tuple[UUID, Aside, datetime]]) -> None:
    """Parties of interactions behind whose addresses nobody stands; of two names of one address the longer is kept."""
    if not rows:
        return
    once = {(interaction, one.party.address.value): (interaction, one, at) for interaction, one, at in rows}.values()
    parties = [one.party for _, one, _ in once]
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO address_part AS a (workspace_id, id, interaction_id, address, name, part, response, is_list,"
            " at) SELECT %s, u.id, u.interaction, u.address, u.name, u.part, u.response, u.is_list, u.at "
            "FROM unnest(%s::uuid[], %s::uuid[], %s::text[], %s::text[], %s::text[], %s::text[], %s::boolean[],"
            " %s::timestamptz[]) AS u(id, interaction, address, name, part, response, is_list, at) "
            "ON CONFLICT (workspace_id, interaction_id, address) DO UPDATE SET name = excluded.name "
            'WHERE (length(a.name), a.name COLLATE "C") < (length(excluded.name), excluded.name COLLATE "C")',
            [
                current_workspace(),
                new_ids(len(once)),
                [interaction for interaction, _, _ in once],
                [party.address.value for party in parties],
                [one_line(party.address.name, 300) for party in parties],
                [party.part for party in parties],
                [party.response for party in parties],
                [one.is_list for _, one, _ in once],
                [storable(at) for _, _, at in once],
            ],
        )


def insert_messages(fresh: Mapping[str, Incoming], ids: Mapping[str, UUID]) -> None:
    """The words of those that have some, and of each meeting by which id its calendar knows it."""
    rows = [(ids[origin], one) for origin, one in fresh.items() if _has_message(one.sighting)]
    if not rows:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO message (workspace_id, id, interaction_id, message_id, in_reply_to, text, has_html,"
            " attachments, raw_item_id) "
            "SELECT %s, u.id, u.interaction, u.message_id, u.in_reply_to, u.text, u.has_html, u.attachments::jsonb,"
            " u.raw_item FROM unnest(%s::uuid[], %s::uuid[], %s::text[], %s::text[], %s::text[], %s::boolean[],"
            " %s::text[], %s::uuid[])"
            " AS u(id, interaction, message_id, in_reply_to, text, has_html, attachments, raw_item) "
            "ON CONFLICT (workspace_id, interaction_id) DO UPDATE SET text = excluded.text,"
            " in_reply_to = excluded.in_reply_to, raw_item_id = excluded.raw_item_id",
            [
                current_workspace(),
                new_ids(len(rows)),
                [interaction for interaction, _ in rows],
                [_id(one.sighting.message_id) for _, one in rows],
                [_id(one.sighting.in_reply_to) for _, one in rows],
                [db_text(one.sighting.text) for _, one in rows],
                [one.sighting.has_html for _, one in rows],
                [db_text(msgspec.json.encode(one.sighting.attachments).decode()) for _, one in rows],
                [one.raw_item for _, one in rows],
            ],
        )


def _has_message(sighting: Sighting) -> bool:
    return bool(sighting.kind == "mail" or sighting.text or sighting.message_id)


def _id(message_id: str) -> str:
    return db_text(message_id, 990)


def storable(moment: datetime) -> datetime:
    """Within what the database and every screen can show."""
    return min(max(moment, datetime(1900, 1, 1, tzinfo=UTC)), datetime(2200, 1, 1, tzinfo=UTC))


def place_of(sighting: Sighting) -> str:
    """Where it takes place, in one line."""
    return one_line(sighting.location, 500)


def minutes_of(sighting: Sighting) -> int | None:
    """How long it took, where it has an end."""
    if sighting.until is None or sighting.all_day:
        return None
    return max(0, min(int((sighting.until - sighting.at) / timedelta(minutes=1)), 14 * 24 * 60))
