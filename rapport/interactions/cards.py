"""Cards of an address book become people: matched by exact handle, never silently joined."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from rapport.channels.sightings import Card
from rapport.kit.failpoints import failpoint
from rapport.kit.ids import named_id, new_id
from rapport.kit.text import db_text, fold, is_name, one_line
from rapport.people.gathering import (
    Seen,
    gather,
    hold_people_still,
    insert_handles,
    owners_of,
    rename_where_better,
)
from rapport.people.matching import CARD, HandleKey, Named, owner_of
from rapport.people.naming import FROM_CARD, name_from_address
from rapport.people.shared_addresses import shared_by
from rapport.people.taking_addresses import kept_from
from rapport.people.withdrawing import handle_told, withdrawn_of

from .bouncing import came_back, settle_bounces
from .card_details import add_details
from .nobodies import let_take_their_parts


@dataclass(frozen=True, slots=True)
class CardOutcome:
    """Whom a card became, whether they were new, and others its addresses also reach."""

    person_id: UUID
    is_new: bool
    also_reaches: tuple[UUID, ...] = ()


def why_nobody(card: Card) -> str:
    """The rule by which a card is left out: nobody is on it, or an organization alone; empty where it is a person's."""
    if is_name(card.name):
        return ""
    if not card.addresses:
        return "nobody-on-it"
    emails = [one.value for one in card.addresses if one.kind == "email"]
    return "card-of-a-group" if card.organization.strip() and all(map(shared_by, emails)) else ""


def is_person(card: Card) -> bool:
    """Whether a card is a person's."""
    return not why_nobody(card)


def take_in_cards(cards: Sequence[Card], import_id: UUID | None, now: datetime) -> list[CardOutcome]:
    """The person of each card, in order, in the current transaction. Taking a card in twice changes nothing."""
    if not cards:
        return []
    hold_people_still()
    keys = [handle_keys(card) for card in cards]
    known = owners_of({key for some in keys for key in some})
    owners = dict(known)
    reached = [_reached(some, owners) for some in keys]
    named = [Named(*some[0], card_name(card), FROM_CARD) for card, some in zip(cards, keys, strict=True)]
    newcomers = {one.person_id: name for one, name in zip(reached, named, strict=True) if one.is_new}
    # A card says how to reach somebody, not that they were in touch.
    made = gather([Seen(name, None, None) for name in newcomers.values()], CARD, import_id, now, known={})
    failpoint("cards.after_people")
    people = {stand_in: made[name.key] for stand_in, name in newcomers.items()}
    outcomes = [_with(one, people) for one in reached]
    _rename([(one.person_id, name) for one, name in zip(outcomes, named, strict=True) if not one.is_new])
    placed = {name.key for name in newcomers.values()}  # with whom they were made
    found = {key: people.get(owner, owner) for key, owner in owners.items() if key not in known and key not in placed}
    kept = kept_from([(person, key) for key, person in found.items()])
    said = withdrawn_of("handle", set(found.values()))
    kept |= {(person, key) for key, person in found.items() if (person, handle_told(*key)) in said}
    given = [(key, person) for key, person in found.items() if (person, key) not in kept]
    insert_handles([(person, _only_known(key)) for key, person in given], CARD, import_id)
    failpoint("cards.after_handles")
    add_details([(one.person_id, card) for one, card in zip(outcomes, cards, strict=True)], placed, import_id, now)
    emails = [key[1] for key, person in owners.items() if key[0] == "email" and (person, key) not in kept]
    let_take_their_parts(emails, import_id, now)
    settle_bounces(came_back(emails))
    return outcomes


def handle_keys(card: Card) -> list[HandleKey]:
    """The handles of a card; one made of its name where it has none."""
    keys: list[HandleKey] = [(one.kind, db_text(one.value, 320)) for one in card.addresses]
    if keys:
        return keys
    birthday = card.birthday and (card.birthday.month, card.birthday.day)
    return [(CARD, str(named_id(fold(card.name), fold(card.organization), birthday)))]


def card_name(card: Card) -> str:
    """The name on the card; else its organization's, else a guess from an address."""
    named = (one_line(one, 300) for one in (card.name, card.organization) if is_name(one))
    return next(filter(None, named), "") or next((name_from_address(one.value) for one in card.addresses), "")


def _reached(keys: Sequence[HandleKey], owners: dict[HandleKey, UUID]) -> CardOutcome:
    """Whom these handles reach, a stand-in for somebody new; handles nobody had are theirs from now on."""
    person_id, others = owner_of(keys, owners)
    outcome = CardOutcome(person_id or new_id(), person_id is None, others)
    for key in keys:
        owners.setdefault(key, outcome.person_id)
    return outcome


def _with(outcome: CardOutcome, people: Mapping[UUID, UUID]) -> CardOutcome:
    also = tuple(people.get(one, one) for one in outcome.also_reaches)
    return replace(outcome, person_id=people.get(outcome.person_id, outcome.person_id), also_reaches=also)


def _rename(named: Collection[tuple[UUID, Named]]) -> None:
    best: dict[UUID, Named] = {}
    for person_id, one in named:
        before = best.get(person_id)
        if before is None or (len(one.name), one.name) > (len(before.name), before.name):
            best[person_id] = one
    rename_where_better(best.items())


def _only_known(key: HandleKey) -> Seen:
    return Seen(Named(*key, "", 0), None, None)
