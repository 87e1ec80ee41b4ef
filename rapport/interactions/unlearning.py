"""What an import alone taught about addresses that many share, found before it is taken back.

That an address is a list, or that somebody stands behind a desk, is told by one mail and changes what all others say.
Only what other imports do not teach as well is unlearnt; most often some of their latest mails show that they do.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal
from uuid import UUID

from django.db import connection

from rapport.channels.sightings import Parsed
from rapport.people.gathering import owners_of
from rapport.people.shared_addresses import Evidence, names_a_human, reaches_a_human, shared_by

from .cards import handle_keys, is_person
from .lists import known_lists
from .nobodies import human_parties, named_by_signature
from .parts import BEGINS
from .rereading import places_of, read_again
from .written_about import BY_HANDS

LOOKED_AT = 40  # mails of an address that are read first; what they teach need not be looked for in all

Lesson = Literal["list", "named", "wrote", "card"]
Lessons = dict[str, set[Lesson]]

_TAUGHT = """
WITH mine AS (SELECT DISTINCT interaction_id AS id FROM import_item
              WHERE import_id = %(run)s AND interaction_id IS NOT NULL)
SELECT p.address, '', p.part FROM participant p JOIN mine ON mine.id = p.interaction_id WHERE p.address LIKE '%%@%%'
UNION SELECT a.address, a.name, a.part FROM address_part a JOIN mine ON mine.id = a.interaction_id
  WHERE a.part NOT IN ('bounced', 'replied')
UNION SELECT i.list_address, '', 'list' FROM interaction i JOIN mine ON mine.id = i.id WHERE i.list_address <> ''
UNION SELECT h.value, '', 'card' FROM handle h JOIN import_item i ON i.person_id = h.person_id
  WHERE i.import_id = %(run)s AND h.kind = 'email'
"""
_ELSEWHERE = """
SELECT x.address, x.interaction FROM (
  SELECT h.value AS address, p.interaction_id AS interaction, p.at FROM handle h
    JOIN participant p ON p.person_id = h.person_id AND p.address = h.value
    WHERE h.kind = 'email' AND h.value = ANY(%(addresses)s)
  UNION SELECT a.address, a.interaction_id, a.at FROM address_part a
    WHERE a.address = ANY(%(addresses)s) AND a.part NOT IN ('bounced', 'replied')
  UNION SELECT i.list_address, i.id, i.at FROM interaction i WHERE i.list_address = ANY(%(addresses)s)
) AS x
WHERE EXISTS (SELECT 1 FROM import_item o WHERE o.interaction_id = x.interaction AND o.import_id <> %(run)s)
ORDER BY x.at DESC, x.interaction
"""
_SAID_BY_HAND = f"""
SELECT h.value FROM handle h JOIN person p ON p.id = h.person_id
WHERE h.kind = 'email' AND h.value = ANY(%s) AND (h.import_id IS NULL OR {BY_HANDS}
  OR EXISTS (SELECT 1 FROM merge m WHERE m.kept_id = p.id OR m.gone_id = p.id))
"""  # noqa: S608 - only what is ours is put in
_UNMADE = """
DELETE FROM handle h USING person p WHERE p.id = h.person_id AND h.kind = 'email' AND h.value = ANY(%s)
RETURNING h.person_id
"""
_NOBODY = """
DELETE FROM person p WHERE p.id = ANY(%s) AND NOT p.touched_by_hand
  AND NOT EXISTS (SELECT 1 FROM handle h WHERE h.person_id = p.id)
  AND NOT EXISTS (SELECT 1 FROM participant x WHERE x.person_id = p.id)
  AND NOT EXISTS (SELECT 1 FROM membership m WHERE m.person_id = p.id)
"""
_LEFT_WITH_NOBODY = """
DELETE FROM organization o WHERE o.id = ANY(%s) AND NOT o.is_home AND NOT o.touched_by_hand
  AND NOT EXISTS (SELECT 1 FROM affiliation a WHERE a.organization_id = o.id)
"""


@dataclass(frozen=True, slots=True)
class Unlearnt:
    """Addresses behind which nobody stands any more, and interactions of other imports that an address' being somebody,
    or a list, or neither, had changed."""

    nobodies: frozenset[str] = frozenset()
    interactions: frozenset[UUID] = frozenset()


def unlearn(import_id: UUID, files_folder: Path, now: datetime) -> Unlearnt:
    """What will be seen otherwise once this import is taken back. Changes nothing."""
    taught = _taught_by(import_id)
    elsewhere = _elsewhere(import_id, taught)
    taught = {address: lessons for address, lessons in taught.items() if address in elsewhere}
    if not taught:
        return Unlearnt()
    people = owners_of([("email", address) for address in taught])
    humans = {address for _, address in people}
    for address in humans:
        taught[address].add("named")  # with a name or without: only the mails could say
    on_cards = {people["email", one] for one in humans if "card" in taught[one]}

    def found_in(interactions: Iterable[UUID]) -> Lessons:
        places = places_of(list(interactions), list(on_cards), but=import_id)
        return _lessons_of((one.parsed for one in read_again(places, files_folder, now)), taught)

    found = found_in({one for address in taught for one in elsewhere[address][:LOOKED_AT]})
    only_here = {address for address, lessons in taught.items() if not lessons <= found[address]}
    found = found_in({one for address in only_here for one in elsewhere[address]}) if only_here else {}
    by_hand = _said_by_hand(only_here)
    changed, nobodies = set(), set()
    for address in only_here:
        was, will = address in humans, address in by_hand or _is_somebody(address, found[address])
        if was and not will:
            nobodies.add(address)
        if was != will or (not will and "list" in taught[address] and "list" not in found[address]):
            changed.add(address)
    return Unlearnt(frozenset(nobodies), frozenset(one for address in changed for one in elsewhere[address]))


def unmake(nobodies: Collection[str]) -> None:
    """Take away those whom these addresses were taken for; their parts in what is not read again stay theirs."""
    if not nobodies:
        return
    with connection.cursor() as cursor:
        cursor.execute(_UNMADE, [list(nobodies)])
        people = [row[0] for row in cursor.fetchall()]
        cursor.execute("SELECT DISTINCT organization_id FROM affiliation WHERE person_id = ANY(%s)", [people])
        organizations = [row[0] for row in cursor.fetchall()]
        cursor.execute(_NOBODY, [people])
        cursor.execute(_LEFT_WITH_NOBODY, [organizations])


def _taught_by(import_id: UUID) -> Lessons:
    """What an import may have taught, of each address that may be a list's or a desk's."""
    with connection.cursor() as cursor:
        cursor.execute(_TAUGHT, {"run": import_id})
        rows = cursor.fetchall()
    lists = known_lists({address for address, _, _ in rows})
    taught: Lessons = {}
    for address, name, part in rows:
        shared = shared_by(address)
        if shared or address in lists:
            taught.setdefault(address, set()).update(_lessons_in(address, name, part, shared == "list"))
    return taught


def _lessons_in(address: str, name: str, part: str, is_spelled_so: bool) -> Iterator[Lesson]:
    if part in BEGINS:
        yield "wrote"
    if name and names_a_human(name, address):
        yield "named"
    if part == "card":
        yield "card"
    if part == "list" and not is_spelled_so:
        yield "list"


def _elsewhere(import_id: UUID, addresses: Collection[str]) -> dict[str, list[UUID]]:
    """In which interactions that other imports brought too these addresses are, the latest first."""
    found: dict[str, list[UUID]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_ELSEWHERE, {"run": import_id, "addresses": list(addresses)})
        for address, interaction in cursor.fetchall():
            found.setdefault(address, []).append(interaction)
    return found


def _lessons_of(read: Iterable[Parsed], asked: Collection[str]) -> Lessons:
    lessons: Lessons = {address: set() for address in asked}
    for address, lesson in (one for parsed in read for one in _taught_in(parsed)):
        if address in lessons:
            lessons[address].add(lesson)
    return lessons


def _taught_in(parsed: Parsed) -> Iterator[tuple[str, Lesson]]:
    for sighting in map(named_by_signature, parsed.sightings):
        yield sighting.list_address, "list"
        for party in human_parties([sighting]):
            if party.part in BEGINS:
                yield party.address.value, "wrote"
            if party.address.name and names_a_human(party.address.name, party.address.value):
                yield party.address.value, "named"
    for card in filter(is_person, parsed.cards):
        for _, value in handle_keys(card):
            yield value, "card"


def _is_somebody(address: str, lessons: Collection[Lesson]) -> bool:
    evidence = Evidence("list" in lessons, "named" in lessons, "wrote" in lessons)
    return "card" in lessons or reaches_a_human(shared_by(address), evidence)


def _said_by_hand(addresses: Collection[str]) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(_SAID_BY_HAND, [list(addresses)])
        return {row[0] for row in cursor.fetchall()}
