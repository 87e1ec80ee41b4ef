"""Sightings and people become interactions: set-based, and in whichever order and however often they are read."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import connection

from rapport.channels.sightings import Sighting
from rapport.kit.failpoints import failpoint
from rapport.kit.ids import new_id
from rapport.people.gathering import Seen, gather, hold_people_still, later
from rapport.people.home_domains import home_domains, settle_home_domains
from rapport.people.matching import HandleKey, best_named
from rapport.people.models import Person

from .answering import keep_answers, settle_answers
from .bouncing import keep_bounced, settle_bounces
from .changes import note_pair_changes, note_person_changes
from .coming import await_their_time, seen_at
from .copies import (
    LIST,
    Aside,
    Stored,
    completed,
    counts_as_contact,
    is_outdated,
    joined,
    may_tell,
    newcomers,
    set_aside,
    version_of,
)
from .incoming import Belonging, Incoming
from .limits import MOST_PEOPLE_IN_A_CONTACT
from .nobodies import named_by_signature, nobodies_among
from .parts import STRONGEST_FIRST
from .replying import complete_replies
from .revising import revise, say_where
from .series import led_on, let_go, told_last
from .standing import HAS_PART, IS_ANOTHERS, OWNER_ADDRESSES
from .storing import insert_address_parts, insert_interactions, insert_messages, insert_participants, storable
from .threads import join_threads
from .words import keep_words

__all__ = ["MOST_PEOPLE_IN_A_CONTACT", "Belonging", "Incoming", "insert_participants", "take_in"]

_KNOWN = f"""
SELECT i.origin, i.id, i.automatic, i.list_address, i.is_cancelled, i.group_size,
  array(SELECT p.address FROM participant p WHERE p.interaction_id = i.id), {IS_ANOTHERS},
  EXISTS (SELECT 1 FROM address_part a WHERE a.interaction_id = i.id AND a.address = i.list_address),
  i.revision, i.revised_at, i.kind <> 'mail' AND EXISTS (SELECT 1 FROM message m
    WHERE m.interaction_id = i.id AND m.in_reply_to <> ''),
  i.kind <> 'mail' AND {IS_ANOTHERS} AND {HAS_PART},
  CASE WHEN i.kind <> 'mail' AND {IS_ANOTHERS} THEN {OWNER_ADDRESSES} ELSE ARRAY[]::text[] END
FROM interaction i WHERE i.origin = ANY(%(origins)s)
"""  # noqa: S608 - only what is ours is put in


def take_in(incoming: Sequence[Incoming], belonging: Belonging, now: datetime) -> dict[str, UUID]:
    """Store what is new among these sightings, in the current transaction; origin to interaction for all of them."""
    if not incoming:
        return {}
    hold_people_still()
    everything = [one.sighting for one in incoming]
    incoming, dropped = told_last(incoming, belonging.owner_id)
    whole = _each_once(incoming)
    nobodies, judged_anew = nobodies_among([one.sighting for one in whole.values()], belonging.import_id, now)
    whole, asides = _set_aside(whole, nobodies)
    known = _known(whole, belonging)
    fresh = {origin: one for origin, one in whole.items() if origin not in known}
    ids = {origin: new_id() for origin in fresh}
    barred = {origin for origin, stored in known.items() if _is_barred(stored, whole[origin].sighting)}
    copies = {origin: one.sighting for origin, one in whole.items() if origin in known and origin not in barred}
    revised = revise(
        [(known[origin], copy) for origin, copy in copies.items()],
        {
            known[origin].id: frozenset(
                [*(p.address.value for p in copy.parties), *(a.party.address.value for a in asides.get(origin, ()))]
            )
            for origin, copy in copies.items()
        },
        belonging,
    )
    placed = say_where([(known[origin], copy) for origin, copy in copies.items() if copy.location])
    changed = _complete([(known[origin], copy) for origin, copy in copies.items()])
    ids |= {origin: stored.id for origin, stored in known.items()}
    coming = {origin: one.sighting for origin, one in fresh.items()}
    coming |= {origin: newcomers(known[origin], copy) for origin, copy in copies.items()}
    # Who was in a meeting before it was changed is known as well, whichever version was read first.
    coming_to_know = [*coming.values(), *(set_aside(one, nobodies)[0] for one in everything if one.kind != "mail")]
    people = _people_of([one for one in coming_to_know if not one.automatic], belonging, now)
    failpoint("intake.after_people")
    insert_interactions(fresh, ids, belonging, now)
    failpoint("intake.after_interactions")
    doubtful = {origin for origin, stored in known.items() if stored.is_anothers and stored.id not in revised}
    joining = _insert_participants(coming, ids, people, belonging, doubtful)
    failpoint("intake.after_participants")
    insert_address_parts(
        [
            (ids[origin], one, whole[origin].sighting.at)
            for origin, some in asides.items()
            if origin not in doubtful and not (origin in known and is_outdated(known[origin], whole[origin].sighting))
            for one in some
        ]
    )
    keep_answers([one for one in everything if one.origin not in barred], ids, nobodies)
    settle_answers({ids[origin] for origin, one in whole.items() if one.sighting.kind != "mail"})
    keep_bounced([(ids[origin], one.sighting) for origin, one in fresh.items()])
    settle_bounces(_addresses_of(whole.values()))
    insert_messages(fresh | {o: one for o, one in whole.items() if ids[o] in revised}, ids)
    failpoint("intake.after_messages")
    keep_words([*(ids[origin] for origin in fresh), *revised, *placed])
    join_threads([(ids[origin], one.sighting) for origin, one in fresh.items() if one.sighting.kind == "mail"])
    failpoint("intake.after_threads")
    touched = {*(ids[origin] for origin in fresh), *changed, *joining, *judged_anew}
    mails = {ids[origin] for origin, one in whole.items() if one.sighting.kind == "mail"}
    theirs = {ids[origin] for origin in doubtful} & mails
    touched |= set(complete_replies(touched | theirs, belonging.owner_id, mails))
    note_person_changes(settle_home_domains(home_domains()))
    note_pair_changes(touched)
    note_pair_changes([*changed, *judged_anew], even_if_no_contact=True)  # what was contact may be none any more
    failpoint("intake.after_marks")
    await_their_time([ids[origin] for origin, one in whole.items() if one.sighting.kind != "mail"], now)
    let_go(dropped, ids)
    return ids | led_on(dropped, ids)


def _each_once(incoming: Sequence[Incoming]) -> dict[str, Incoming]:
    """All copies of one thing as one."""
    copies: dict[str, list[Incoming]] = {}
    for one in incoming:
        copies.setdefault(one.sighting.origin, []).append(one)
    return {
        origin: Incoming(named_by_signature(joined([one.sighting for one in some])), some[0].raw_item)
        for origin, some in copies.items()
    }


def _set_aside(
    whole: Mapping[str, Incoming], nobodies: Mapping[str, bool]
) -> tuple[dict[str, Incoming], dict[str, tuple[Aside, ...]]]:
    """Humans alone in each, and who is not one. A robot's mail stays as it is: nobody is in touch with one anyway."""
    humans, asides = dict(whole), dict[str, tuple[Aside, ...]]()
    for origin, one in whole.items():
        if nobodies and not one.sighting.automatic:
            sighting, asides[origin] = set_aside(one.sighting, nobodies)
            humans[origin] = replace(one, sighting=sighting)
    return humans, asides


def _is_barred(stored: Stored, copy: Sighting) -> bool:
    """Mail is not: a colleague's copy of it adds who else was reached, and no words."""
    return copy.kind != "mail" and not may_tell(stored, copy)


def _addresses_of(incoming: Collection[Incoming]) -> set[str]:
    named = {party.address.value for one in incoming for party in one.sighting.parties}
    return named | {address for one in incoming for address in one.sighting.bounced}


def _known(origins: Collection[str], belonging: Belonging) -> dict[str, Stored]:
    with connection.cursor() as cursor:
        cursor.execute(_KNOWN, {"reader": belonging.owner_id, "origins": list(origins)})
        return {
            row[0]: Stored(
                *(row[1], row[2], row[3], row[4], row[5], frozenset(row[6])),
                is_anothers=row[7],
                is_guess=row[8],
                version=version_of(*row[9:12]),
                has_part=row[12],
                owner_addresses=frozenset(row[13]),
            )
            for row in cursor.fetchall()
        }


def _complete(copies: Sequence[tuple[Stored, Sighting]]) -> list[UUID]:
    """Say of what was read before what another copy of it adds; which it was new to."""
    fuller = [after for before, copy in copies if (after := completed(before, copy)) != before]
    if not fuller:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE interaction i SET automatic = u.automatic, list_address = u.list_address,"
            " is_cancelled = u.cancelled, group_size = u.size, is_contact = u.contact "
            "FROM unnest(%s::uuid[], %s::text[], %s::text[], %s::boolean[], %s::int[], %s::boolean[])"
            " AS u(id, automatic, list_address, cancelled, size, contact) WHERE i.id = u.id",
            [
                [one.id for one in fuller],
                [one.automatic for one in fuller],
                [one.list_address for one in fuller],
                [one.is_cancelled for one in fuller],
                [one.group_size for one in fuller],
                [counts_as_contact(one.automatic, one.is_cancelled, one.group_size) for one in fuller],
            ],
        )
    return [one.id for one in fuller]


def _people_of(sightings: Sequence[Sighting], belonging: Belonging, now: datetime) -> dict[HandleKey, UUID]:
    """The people of these sightings, made where they were not known."""
    seen: dict[HandleKey, tuple[datetime, datetime | None]] = {}
    written: list[tuple[str, str, str]] = []
    for sighting in sightings:
        at = storable(sighting.at)
        last_at = seen_at(sighting.kind, at, now)
        for party in filter(lambda party: party.part != LIST, sighting.parties):
            key = party.address.kind, party.address.value
            written.append((*key, party.address.name))
            first, last = seen.get(key, (at, last_at))
            seen[key] = min(first, at), later(last, last_at)
    people = [Seen(named, *seen[key]) for key, named in best_named(written).items()]
    return gather(people, "mail", belonging.import_id, now)


def _insert_participants(
    coming: Mapping[str, Sighting],
    ids: Mapping[str, UUID],
    people: Mapping[HandleKey, UUID],
    belonging: Belonging,
    doubtful: Collection[str],
) -> list[UUID]:
    """Who took part, by the strongest part they had. Nobody is in touch with a robot, so its mail has no participants:
    otherwise it would depend on what was read before who is known well enough to be found in it.

    A copy from somebody else's source adds no colleague to what was read before: who takes part may read the words,
    and a copy can be written by hand (`doubtful`: the origins of such copies).
    """
    ours = set(Person.objects.filter(id__in=people.values(), is_home=True).values_list("id", flat=True))
    rows: dict[tuple[UUID, UUID], tuple[str, str, str, datetime]] = {}
    for origin, sighting in coming.items():
        if sighting.automatic:
            continue
        at = storable(sighting.at)
        human = [party for party in sighting.parties if party.part != LIST]
        for party in sorted(human, key=lambda party: STRONGEST_FIRST.index(party.part)):
            person = people[(party.address.kind, party.address.value)]
            if origin in doubtful and person in ours:
                continue
            rows.setdefault((ids[origin], person), (party.part, party.response, party.address.value, at))
        if sighting.kind != "mail" and origin not in doubtful:
            for person in belonging.home_people:
                rows.setdefault((ids[origin], person), ("attendee", "", "", at))
    return insert_participants(rows)
