"""Cards of an address book become people: matched by exact handle, never silently joined."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from rapport.channels.sightings import Card
from rapport.kit.failpoints import failpoint
from rapport.kit.ids import named_id
from rapport.kit.text import db_text, fold, is_name, one_line
from rapport.people.gathering import (
    Seen,
    affiliate,
    call_also,
    hold_people_still,
    holders_of,
    insert_handles,
    make_people,
    rename_where_better,
)
from rapport.people.matching import CARD, HandleKey, Named
from rapport.people.naming import FROM_ADDRESS, FROM_CARD, name_from_address
from rapport.people.reaching import Pair, Reach
from rapport.people.shared_addresses import shared_by
from rapport.people.taking_addresses import kept_from
from rapport.people.withdrawing import handle_told, withdrawn_of

from .bouncing import came_back, settle_bounces
from .card_details import add_details
from .nobodies import let_take_their_parts


@dataclass(frozen=True, slots=True)
class CardOutcome:
    """Whom a card became, and whether they were new."""

    person_id: UUID
    is_new: bool


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
    reach = Reach(holders_of({key for some in keys for key in some}))
    outcomes = [CardOutcome(*reach.whose(some, card.name)) for card, some in zip(cards, keys, strict=True)]
    named = [Named(*some[0], *card_name(card)) for card, some in zip(cards, keys, strict=True)]
    # A card says how to reach somebody, not that they were in touch.
    newcomers = [
        (one.person_id, Seen(name, None, None)) for one, name in zip(outcomes, named, strict=True) if one.is_new
    ]
    make_people(newcomers, CARD, import_id, now)
    failpoint("cards.after_people")
    _rename([(one.person_id, name) for one, name in zip(outcomes, named, strict=True) if not one.is_new])
    made = {(person, one.named.key) for person, one in newcomers}
    kept = _keep(reach, made, import_id)
    failpoint("cards.after_handles")
    placed = _place(
        reach, [(one.person_id, some) for one, some in zip(outcomes, keys, strict=True)], kept, import_id, now
    )
    add_details([(one.person_id, card) for one, card in zip(outcomes, cards, strict=True)], placed, import_id, now)
    emails = [key[1] for person, key in reach.pairs if key[0] == "email" and (person, key) not in kept]
    let_take_their_parts(emails, import_id, now)
    settle_bounces(came_back(emails))
    return outcomes


def _keep(reach: Reach, made: Collection[Pair], import_id: UUID | None) -> set[Pair]:
    """Write down what was found beside that with which people were made; what nobody may be given by a card."""
    found = {pair: called for pair, called in reach.found.items() if pair not in made}
    withheld = kept_from(list(found))
    said = withdrawn_of("handle", {person for person, _ in found})
    withheld |= {(person, key) for person, key in found if (person, handle_told(*key)) in said}
    given = [(person, key, called) for (person, key), called in found.items() if (person, key) not in withheld]
    insert_handles(
        [(person, Seen(Named(*key, called, 0), None, None)) for person, key, called in given], CARD, import_id
    )
    call_also(list(reach.also_called))
    return withheld


def handle_keys(card: Card) -> list[HandleKey]:
    """The handles of a card; one made of its name where it has none."""
    keys: list[HandleKey] = [(one.kind, db_text(one.value, 320)) for one in card.addresses]
    if keys:
        return keys
    birthday = card.birthday and (card.birthday.month, card.birthday.day)
    return [(CARD, str(named_id(fold(card.name), fold(card.organization), birthday)))]


def card_name(card: Card) -> tuple[str, int]:
    """The name on the card, else its organization's, else a guess from an address; and how good its source is."""
    named = (one_line(one, 300) for one in (card.name, card.organization) if is_name(one))
    if name := next(filter(None, named), ""):
        return name, FROM_CARD
    return next((name_from_address(one.value) for one in card.addresses), ""), FROM_ADDRESS


def _place(
    reach: Reach,
    held: Sequence[tuple[UUID, Sequence[HandleKey]]],
    kept: Collection[Pair],
    import_id: UUID | None,
    now: datetime,
) -> set[HandleKey]:
    """Put people at the place the first mail address of each of their cards speaks for; those addresses."""
    first = {(person, key) for person, keys in held if (key := next((one for one in keys if one[0] == "email"), None))}
    placed = [one for one in reach.pairs if one in first and one not in kept]
    affiliate([(person, Seen(Named(*key, "", 0), None, None)) for person, key in placed], import_id, now)
    return {key for _, key in placed}


def _rename(named: Collection[tuple[UUID, Named]]) -> None:
    best: dict[UUID, Named] = {}
    for person_id, one in named:
        before = best.get(person_id)
        if before is None or (one.rank, len(one.name), one.name) > (before.rank, len(before.name), before.name):
            best[person_id] = one
    rename_where_better(best.items())
