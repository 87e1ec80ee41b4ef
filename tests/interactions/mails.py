"""Mails and meetings as their readers see them, in one line each, and the answers a test asks of the database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from rapport.channels.sightings import Address, Party, Sighting, origin_of
from rapport.interactions.incoming import Belonging, Incoming
from rapport.interactions.intake import take_in
from rapport.interactions.models import Interaction, Message, Participant
from rapport.people.models import Handle, Person

MORNING = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
NOBODYS = Belonging(None, None, None)
MAYA, PRIYA, KENJI, DANA = "maya@fernhill.example", "priya@solace.example", "kenji@aurora.example", "dana@gmail.com"
NAMES = {MAYA: "Maya Okafor", PRIYA: "Priya Raman", KENJI: "Kenji Mori", DANA: "Dana Levy"}


def mail(
    key: str,
    sender: str,
    to: Sequence[str] = (),
    cc: Sequence[str] = (),
    *,
    hour: float = 0,
    answers: str = "",
    references: Sequence[str] = (),
    through: str = "",
    names: dict[str, str] = NAMES,
    **more: Any,
) -> Sighting:
    """A mail whose id is `key`, so many hours after the first morning."""
    parties = [_party(sender, "from", names), *(_party(one, "to", names) for one in to)]
    parties += [_party(one, "cc", names) for one in cc]
    if through:
        parties.append(_party(through, "list", names))
    return Sighting(
        kind="mail",
        origin=origin_of("mail", key),
        at=MORNING + timedelta(hours=hour),
        parties=tuple(parties),
        message_id=f"{key}@mail.example",
        in_reply_to=f"{answers}@mail.example" if answers else "",
        references=tuple(f"{one}@mail.example" for one in references),
        list_address=through,
        **({"subject": key, "text": f"Words of {key}.", "excerpt": f"Words of {key}."} | more),
    )


def meeting(key: str, *people: str, hour: float = 0, organizer: str = "", **more: Any) -> Sighting:
    """A meeting of an hour."""
    parties = [_party(one, "organizer" if one == organizer else "attendee", NAMES) for one in people]
    at = MORNING + timedelta(hours=hour)
    return Sighting(
        kind="meeting",
        origin=origin_of("meeting", key),
        at=at,
        until=at + timedelta(hours=1),
        parties=tuple(parties),
        **({"subject": key} | more),
    )


def read(now: datetime, *sightings: Sighting, belonging: Belonging = NOBODYS) -> dict[str, UUID]:
    """Take these in as one batch."""
    return take_in([Incoming(one, None) for one in sightings], belonging, now)


def people() -> set[tuple[str, tuple[str, ...]]]:
    """Everybody's name and addresses."""
    handles: dict[UUID, list[str]] = {}
    for person, value in Handle.objects.order_by("value").values_list("person_id", "value"):
        handles.setdefault(person, []).append(value)
    return {(one.name, tuple(handles.get(one.id, ()))) for one in Person.objects.all()}


def parts() -> set[tuple[str, str, str]]:
    """Who took which part in what."""
    rows = Participant.objects.values_list("interaction__title", "person__name", "part")
    return set(rows)


def flags() -> set[tuple[str, bool, bool, str, int]]:
    """What is said of each interaction."""
    columns = ("title", "is_contact", "is_cancelled", "list_address", "group_size")
    return set(Interaction.objects.values_list(*columns))


def threads() -> set[frozenset[str]]:
    """Which mails stand together."""
    together: dict[UUID | None, set[str]] = {}
    for thread, title in Interaction.objects.filter(kind="mail").values_list("thread_id", "title"):
        together.setdefault(thread, set()).add(title)
    return {frozenset(titles) for titles in together.values()}


def counts() -> tuple[int, ...]:
    """How many rows there are of each kind."""
    return tuple(table.objects.count() for table in (Person, Handle, Interaction, Participant, Message))


def _party(address: str, part: Any, names: dict[str, str]) -> Party:
    return Party(Address("email", address, names.get(address, "")), part)
