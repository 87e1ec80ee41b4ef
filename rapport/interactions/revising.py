"""A meeting that was changed is one meeting: its last version says when it is, what it is called and who is in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db import connection

from rapport.channels.sightings import Sighting
from rapport.kit.text import one_line

from .changes import note_pair_changes
from .copies import Stored, is_of_both, replaces
from .incoming import Belonging
from .parts import ANSWERED_INVITATION
from .storing import minutes_of, place_of, storable

_REVISE = """
UPDATE interaction i SET kind = u.kind, at = u.at, until = u.until, all_day = u.all_day, title = u.title,
  excerpt = u.excerpt, question = u.question, place = u.place, minutes = u.minutes,
  revision = u.revision, revised_at = u.revised_at
FROM unnest(%s::uuid[], %s::text[], %s::timestamptz[], %s::timestamptz[], %s::boolean[], %s::text[], %s::text[],
  %s::text[], %s::text[], %s::int[], %s::int[], %s::timestamptz[])
  AS u(id, kind, at, until, all_day, title, excerpt, question, place, minutes, revision, revised_at)
WHERE i.id = u.id
"""
_PLACE = """
UPDATE interaction i SET place = u.place FROM unnest(%s::uuid[], %s::text[]) AS u(id, place)
WHERE i.id = u.id AND (length(i.place), i.place COLLATE "C") < (length(u.place), u.place COLLATE "C") RETURNING i.id
"""
# Whoever has no address there is the owner of the calendar; they stay.
_LEAVE = """
DELETE FROM participant p USING unnest(%s::uuid[], %s::text[]) AS u(id, named)
WHERE p.interaction_id = u.id AND p.address <> '' AND NOT p.address = ANY(string_to_array(u.named, ' '))
"""
_LEAVE_ASIDE = """
DELETE FROM address_part p USING unnest(%s::uuid[], %s::text[]) AS u(id, named)
WHERE p.interaction_id = u.id AND p.part <> 'replied' AND NOT p.address = ANY(string_to_array(u.named, ' '))
"""
# Words are their owner's, and whoever takes part reads them: who of ours is in it, the source says they came from.
_TAKE_OVER = """
UPDATE interaction SET owner_id = %s, source_id = %s WHERE id = ANY(%s)
"""
_LEAVE_IF_OURS = """
DELETE FROM participant p USING unnest(%s::uuid[], %s::text[]) AS u(id, named), person w
WHERE p.interaction_id = u.id AND w.id = p.person_id AND w.is_home AND NOT p.person_id = ANY(%s)
  AND NOT p.address = ANY(string_to_array(u.named, ' '))
"""
_FORGET_ANSWERS = """
DELETE FROM address_part WHERE interaction_id = ANY(%s) AND part = %s
"""
_ANSWER = """
UPDATE participant p SET response = u.response
FROM unnest(%s::uuid[], %s::text[], %s::text[]) AS u(id, address, response)
WHERE p.interaction_id = u.id AND p.address = u.address AND u.response <> '' AND p.response <> u.response
"""
_MOVE = """
UPDATE participant p SET at = i.at FROM interaction i WHERE i.id = p.interaction_id AND i.id = ANY(%s) AND p.at <> i.at
"""
_MOVE_ASIDE = """
UPDATE address_part p SET at = i.at FROM interaction i
WHERE i.id = p.interaction_id AND i.id = ANY(%s) AND p.at <> i.at AND p.part <> 'replied'
"""


def revise(
    copies: Sequence[tuple[Stored, Sighting]], named: Mapping[UUID, frozenset[str]], belonging: Belonging
) -> set[UUID]:
    """Let those that are later versions of what was read before take its place. `named` are all addresses of each, also
    of those behind whom nobody stands. Which were changed; their words are the caller's to store.

    A meeting that a colleague tells later is theirs from then on.
    """
    later = [(stored, copy) for stored, copy in copies if copy.kind != "mail" and copy.version > stored.version]
    if not later:
        return set()
    ids = [stored.id for stored, _ in later]
    note_pair_changes(ids, even_if_no_contact=True)  # before: whoever is no longer in it is seen too
    with connection.cursor() as cursor:
        cursor.execute(_REVISE, [ids, *(list(column) for column in zip(*(_row(one) for _, one in later), strict=True))])
        alone = [stored.id for stored, copy in later if replaces(stored, copy)]
        cursor.execute(_LEAVE, [alone, [" ".join(named[one]) for one in alone]])
        cursor.execute(_LEAVE_ASIDE, [alone, [" ".join(named[one]) for one in alone]])
        _take_over([stored for stored, _ in later if stored.is_anothers], named, belonging)
        answers = [(stored.id, party) for stored, copy in later for party in copy.parties]
        cursor.execute(
            _ANSWER,
            [[one for one, _ in answers], [p.address.value for _, p in answers], [p.response for _, p in answers]],
        )
        cursor.execute(_MOVE, [ids])
        cursor.execute(_MOVE_ASIDE, [ids])
        cursor.execute("UPDATE message SET text = '' WHERE interaction_id = ANY(%s)", [ids])
    return set(ids)


def _take_over(anothers: Sequence[Stored], named: Mapping[UUID, frozenset[str]], belonging: Belonging) -> None:
    if not anothers:
        return
    ids = [one.id for one in anothers]
    with connection.cursor() as cursor:
        cursor.execute(_TAKE_OVER, [belonging.owner_id, belonging.source_id, ids])
        cursor.execute(_LEAVE_IF_OURS, [ids, [" ".join(named[one]) for one in ids], list(belonging.home_people)])
        # What guests answered was kept before anybody told of the meeting: by somebody who is not in it.
        strangers = [one.id for one in anothers if one.version[0] < 0 and not one.owner_addresses & named[one.id]]
        cursor.execute(_FORGET_ANSWERS, [strangers, ANSWERED_INVITATION])


def say_where(copies: Sequence[tuple[Stored, Sighting]]) -> set[UUID]:
    """Let another copy of the same version say where it takes place, where what was read before said less. Which were
    changed; their words are the caller's to keep.
    """
    same = [(stored, copy) for stored, copy in copies if copy.version == stored.version and is_of_both(stored, copy)]
    telling = [(stored.id, place_of(copy)) for stored, copy in same]
    telling = [(one, place) for one, place in telling if place]
    if not telling:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(_PLACE, [list(column) for column in zip(*telling, strict=True)])
        return {row[0] for row in cursor.fetchall()}


def _row(one: Sighting) -> tuple[object, ...]:
    until = one.until and storable(one.until)
    words = one_line(one.subject, 500), one_line(one.excerpt), one_line(one.question), place_of(one)
    return one.kind, storable(one.at), until, one.all_day, *words, minutes_of(one), one.revision, one.revised_at
