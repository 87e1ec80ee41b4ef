"""People known from several imports, once one is taken back: again as the others alone would have made them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from rapport.channels.sightings import Parsed
from rapport.kit.text import fold
from rapport.people.domains import organization_domain, organization_name
from rapport.people.gathering import Seen, affiliate, owners_of, rename_where_better
from rapport.people.matching import CARD, HandleKey, Named, best_named
from rapport.people.models import Handle, Organization, Person
from rapport.people.naming import BY_HAND, FROM_ADDRESS, name_from_address

from .nobodies import named_by_signature

UNSAID = -2  # the rank of a name that must be heard again
LETTERS_PER_NAME = 50  # the latest ones tell how somebody is called

_TOUCHED = """
SELECT person_id FROM participant WHERE interaction_id = ANY(%(interactions)s)
UNION SELECT person_id FROM import_item WHERE import_id = %(run)s AND person_id IS NOT NULL
UNION SELECT id FROM person WHERE import_id = %(run)s
UNION SELECT person_id FROM handle WHERE import_id = %(run)s
UNION SELECT person_id FROM affiliation WHERE import_id = %(run)s
"""
_BESIDE = """
SELECT DISTINCT b.person_id FROM affiliation a JOIN organization o ON o.id = a.organization_id
JOIN affiliation b ON b.organization_id = a.organization_id
WHERE a.person_id = ANY(%s) AND NOT o.is_home AND NOT o.touched_by_hand
"""
_SINCE_FIRST_SEEN = """
UPDATE affiliation a SET since = NULL FROM organization o
WHERE o.id = a.organization_id AND a.person_id = ANY(%s) AND a.since = (
  SELECT min(h.first_seen)::date FROM handle h WHERE h.person_id = a.person_id AND h.kind = 'email'
  AND (o.is_home OR right(replace(h.value, '@', '.'), length(o.domain) + 1) = '.' || o.domain))
"""
_SEEN = """
UPDATE handle h SET first_seen = u.first, last_seen = u.last
FROM (SELECT k.id, min(p.at) AS first, max(p.at) FILTER (WHERE p.at <= %s OR i.kind = 'mail') AS last FROM handle k
      LEFT JOIN participant p ON p.person_id = k.person_id AND p.address = k.value AND p.part <> 'answered'
      LEFT JOIN interaction i ON i.id = p.interaction_id
      WHERE k.person_id = ANY(%s) GROUP BY k.id) AS u
WHERE u.id = h.id AND (h.first_seen, h.last_seen) IS DISTINCT FROM (u.first, u.last)
"""
_VOUCHES = """
SELECT DISTINCT ON (person_id) person_id, import_id FROM (
  SELECT x.person_id, o.import_id, r.made_at FROM participant x
    JOIN import_item o ON o.interaction_id = x.interaction_id JOIN import r ON r.id = o.import_id
    WHERE x.person_id = ANY(%(people)s)
  UNION ALL SELECT o.person_id, o.import_id, r.made_at FROM import_item o JOIN import r ON r.id = o.import_id
    WHERE o.person_id = ANY(%(people)s)) AS known
ORDER BY person_id, made_at, import_id
"""
_LATEST = """
SELECT DISTINCT u.interaction FROM unnest(%s::uuid[]) AS p(person) CROSS JOIN LATERAL (
  SELECT x.interaction_id AS interaction FROM participant x WHERE x.person_id = p.person ORDER BY x.at DESC LIMIT %s
) AS u
"""


def touched_by(import_id: UUID, interactions: Collection[UUID]) -> list[UUID]:
    """Of whom an import may have said something."""
    with connection.cursor() as cursor:
        cursor.execute(_TOUCHED, {"run": import_id, "interactions": list(interactions)})
        return [row[0] for row in cursor.fetchall()]


def with_cards_beside(import_id: UUID, people: Collection[UUID]) -> list[UUID]:
    """Those whose cards must be read again: these people, and who names the same organizations as cards taken back."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT person_id FROM import_item WHERE import_id = %s", [import_id])
        on_cards = [row[0] for row in cursor.fetchall() if row[0]]
        cursor.execute(_BESIDE, [on_cards])
        return list({*people, *(row[0] for row in cursor.fetchall())})


def forget(import_id: UUID, people: Collection[UUID], on_cards: Collection[UUID], kept: Collection[UUID]) -> None:
    """Unsay what may have come from this import alone; the others say it again, also where `on_cards` work: that goes
    by the name of an organization, which may come from a card that is taken back. Who is `kept` stays as they are
    called, and where they are.
    """
    given: dict[str, Any] = {"run": import_id, "people": list(people), "kept": list(kept), "unsaid": UNSAID}
    given["hand"] = BY_HAND
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE person SET name_rank = %(unsaid)s"
            " WHERE id = ANY(%(people)s) AND id <> ALL(%(kept)s) AND name_rank < %(hand)s",
            given,
        )
        cursor.execute(_SINCE_FIRST_SEEN, [list(people)])
        cursor.execute("UPDATE affiliation SET last_seen = NULL WHERE person_id = ANY(%(people)s)", given)
        cursor.execute("SELECT DISTINCT person_id FROM import_item WHERE import_id = %(run)s", given)
        given["people"] = list({row[0] for row in cursor.fetchall() if row[0]}.difference(kept))
        cursor.execute(
            "UPDATE person SET birthday_month = NULL, birthday_day = NULL, birthday_year = NULL,"
            " birthday_revised = NULL WHERE id = ANY(%(people)s) AND NOT touched_by_hand",
            given,
        )
        cursor.execute(
            "UPDATE affiliation a SET title = '', title_revised = NULL, said_at = NULL FROM person p"
            " WHERE p.id = a.person_id AND p.id = ANY(%(people)s) AND NOT p.touched_by_hand AND a.origin <> 'hand'",
            given,
        )
        named = Organization.objects.filter(is_home=False, touched_by_hand=False, domain__isnull=False)
        places = set(_organizations_of(given["people"])).difference(_organizations_of(kept))
        for one in named.filter(id__in=places):
            Organization.objects.filter(id=one.id).update(**_called(str(one.domain)))
        cursor.execute("DELETE FROM affiliation WHERE import_id = %(run)s AND person_id <> ALL(%(kept)s)", given)
        cursor.execute(
            "DELETE FROM affiliation a USING person p WHERE p.id = a.person_id AND p.id = ANY(%s)"
            " AND a.origin = %s AND a.import_id IS NOT NULL AND NOT p.touched_by_hand",
            [list(set(on_cards).difference(kept)), CARD],
        )


def _organizations_of(people: Collection[UUID]) -> list[UUID]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT organization_id FROM affiliation WHERE person_id = ANY(%s)", [list(people)])
        return [row[0] for row in cursor.fetchall()]


def _called(domain: str) -> dict[str, str]:
    name = organization_name(domain)
    return {"name": name, "sort_name": fold(name)}


def latest_letters(people: Collection[UUID]) -> list[UUID]:
    """Interactions that tell how those whose name was unsaid are called."""
    unsaid = list(Person.objects.filter(id__in=people, name_rank__lt=BY_HAND).values_list("id", flat=True))
    with connection.cursor() as cursor:
        cursor.execute(_LATEST, [unsaid, LETTERS_PER_NAME])
        return [row[0] for row in cursor.fetchall()]


def hear_names(letters: Iterable[Parsed], people: Collection[UUID]) -> None:
    """Call these people as letters do that other imports brought; who is named in none is called by their address."""
    written = [
        (party.address.kind, party.address.value, party.address.name)
        for parsed in letters
        for sighting in map(named_by_signature, parsed.sightings)
        if not sighting.automatic
        for party in sighting.parties
    ]
    named = best_named(written)
    owners = owners_of(list(named))
    unsaid = set(people)
    rename_where_better((person, named[key]) for key, person in owners.items() if person in unsaid)
    nameless = Person.objects.filter(id__in=people, name_rank=UNSAID)
    addresses = Handle.objects.filter(person_id__in=nameless.values("id"), kind="email").order_by("-value")
    guessed = dict(addresses.values_list("person_id", "value"))
    rename_where_better(
        (person, Named("email", value, name_from_address(value), FROM_ADDRESS)) for person, value in guessed.items()
    )
    nameless.update(name_rank=FROM_ADDRESS)


def see_again(
    import_id: UUID, people: Collection[UUID], cards: Sequence[tuple[UUID, HandleKey, str]], now: datetime
) -> None:
    """Say from the interactions there are when these people were seen, where they are, and who vouches for them.

    `cards` are what those of other imports say: their import, a handle, and the words of the name they give it for.
    """
    with connection.cursor() as cursor:
        cursor.execute(_SEEN, [now, list(people)])
        cursor.execute(_VOUCHES, {"people": list(people)})
        vouching: dict[UUID, UUID] = dict(cursor.fetchall())
    _affiliate(people, vouching, import_id, now)
    on_cards: dict[tuple[HandleKey, str], UUID] = {}
    for run, key, words in cards:
        on_cards.setdefault((key, words if key[0] == "phone" else ""), run)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE handle h SET import_id = u.run, origin = CASE WHEN h.first_seen IS NULL THEN %s ELSE 'mail' END "
            "FROM unnest(%s::text[], %s::text[], %s::text[], %s::uuid[]) AS u(kind, value, called, run) "
            "WHERE h.kind = u.kind AND h.value = u.value AND h.import_id = %s"
            " AND (u.called = '' OR u.called = ANY(h.called) OR h.called = '{}')",
            [
                CARD,
                [kind for (kind, _), _ in on_cards],
                [value for (_, value), _ in on_cards],
                [called for _, called in on_cards],
                list(on_cards.values()),
                import_id,
            ],
        )
        pairs: list[Any] = [list(vouching), list(vouching.values()), import_id]
        cursor.execute(
            "UPDATE handle h SET import_id = u.run, origin = CASE WHEN h.origin = 'card' THEN 'mail' ELSE h.origin END "
            "FROM unnest(%s::uuid[], %s::uuid[]) AS u(person, run) "
            "WHERE h.person_id = u.person AND h.import_id = %s AND h.first_seen IS NOT NULL",
            pairs,
        )
        cursor.execute(
            "UPDATE person p SET import_id = u.run FROM unnest(%s::uuid[], %s::uuid[]) AS u(person, run) "
            "WHERE p.id = u.person AND p.import_id = %s",
            pairs,
        )
        cursor.execute(
            "UPDATE organization o SET import_id = a.run FROM ("
            "SELECT organization_id, min(import_id::text)::uuid AS run FROM affiliation"
            " WHERE import_id <> %(run)s GROUP BY organization_id) AS a "
            "WHERE o.id = a.organization_id AND o.import_id = %(run)s",
            {"run": import_id},
        )


def _affiliate(people: Collection[UUID], vouching: dict[UUID, UUID], import_id: UUID, now: datetime) -> None:
    """Whom nobody vouches for any more is placed as the import taken back placed them: what that makes goes with it."""
    by_import: dict[UUID, list[tuple[UUID, Seen]]] = {}
    handles = list(Handle.objects.filter(person_id__in=people, kind="email").order_by("id"))
    placed = {one.person_id for one in handles if one.first_seen}
    for one in handles:
        if one.first_seen is None:
            if one.import_id is None or one.person_id in placed or not organization_domain(one.value):
                continue  # said by hand, or a further address on somebody's card
            placed.add(one.person_id)
        address = Seen(Named("email", one.value, "", FROM_ADDRESS), one.first_seen, one.last_seen)
        by_import.setdefault(vouching.get(one.person_id, import_id), []).append((one.person_id, address))
    for run, rows in by_import.items():
        affiliate(rows, run, now)
