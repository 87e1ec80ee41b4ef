"""What stood on the cards from which people became known, read from the bytes as they came, in the sandbox."""

from __future__ import annotations

import logging
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings

from rapport.accounts.access import Viewer
from rapport.channels.looking_in import look_in_all
from rapport.channels.models import ImportItem, RawItem
from rapport.channels.raw import bytes_of
from rapport.channels.sightings import Failure, Parsed, Property, ReadingOptions
from rapport.kit import clock
from rapport.people.models import Affiliation, Person
from rapport.people.withdrawing import withdrawn_of

AT_A_TIME = 100  # cards, whose pictures may be large

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Came:
    """One card, and what was said by hand against it since."""

    properties: tuple[Property, ...]
    is_placed: bool  # where they work was said by hand, or taken out
    unsaid: frozenset[str]  # notes that were removed


def cards_as_they_came(
    viewer: Viewer, people: Collection[UUID], lost: set[UUID] | None = None
) -> Mapping[UUID, tuple[Came, ...]]:
    """By person the cards this viewer brought in, the latest first. A colleague's address book is the colleague's.

    One that cannot be read any more is left out: the log says how many, and whose it was is put into `lost`.
    """
    whose = {one: one for one in people}
    whose |= dict(Person.objects.filter(merged_into__in=people).values_list("id", "merged_into_id"))
    items = (
        ImportItem.objects.filter(
            person_id__in=whose, raw_item__format="card", run__source__owner_id=viewer.membership_id
        )
        .select_related("raw_item", "run")
        .order_by("-id")
    )
    placed, unsaid = _placed_by_hand(people), _notes_unsaid(people)
    found: dict[UUID, list[Came]] = {}
    seen = set[tuple[UUID, UUID | None, int]]()
    unread = 0
    for batch in _batches(list(items.values_list("id", flat=True))):
        there = list(items.filter(id__in=batch))
        for item, read in zip(there, _read(there), strict=True):
            person = whose[item.person_id]  # type: ignore[index]
            key = person, item.raw_item_id, item.part
            if key in seen or item.part >= len(read.properties):
                unread += read.failure is not None
                if read.failure is not None and lost is not None:
                    lost.add(person)
                continue
            seen.add(key)
            came = Came(read.properties[item.part], person in placed, frozenset(unsaid.get(person, ())))
            found.setdefault(person, []).append(came)
    if unread:
        log.warning("Cards that could not be read any more: %s. What is known of their people was given out.", unread)
    return {person: tuple(cards) for person, cards in found.items()}


def _batches(ids: list[UUID]) -> list[list[UUID]]:
    return [ids[at : at + AT_A_TIME] for at in range(0, len(ids), AT_A_TIME)]


def _read(items: list[ImportItem]) -> list[Parsed]:
    """Read as when they were taken in: a day or a number may mean another elsewhere."""
    now = clock.now()
    bodies = [(_body(one.raw_item), one.run.time_zone) for one in items if one.raw_item]
    asked = [
        ("card-properties", raw, ReadingOptions(time_zone=zone, now=now)) for raw, zone in bodies if raw is not None
    ]
    read = iter(look_in_all(asked))
    return [next(read) if raw is not None else Parsed(failure=Failure("file-gone")) for raw, _ in bodies]


def _body(raw_item: RawItem) -> bytes | None:
    try:
        return bytes_of(raw_item, settings.HOUSE.files_folder)
    except OSError:  # its file is gone, as `rapport check` tells
        return None


def _placed_by_hand(people: Collection[UUID]) -> set[UUID]:
    by_hand = set(Affiliation.objects.filter(person_id__in=people, origin="hand").values_list("person_id", flat=True))
    return by_hand | {person for person, _ in withdrawn_of("place", people)}


def _notes_unsaid(people: Collection[UUID]) -> dict[UUID, set[str]]:
    found: dict[UUID, set[str]] = {}
    for person, said in withdrawn_of("fact", people):
        kind, _, words = said.partition(":")
        if kind == "note":
            found.setdefault(person, set()).add(words)
    return found
