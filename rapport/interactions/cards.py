"""Cards of an address book become people: matched by exact handle, never silently joined."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple
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
    known_of,
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
from .card_stations import places_of
from .cards_taken import Taken
from .nobodies import let_take_their_parts, read_before


class CardOutcome(NamedTuple):
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
    """The person of each card, in order, in the current transaction. Taking a card in twice changes nothing.

    Most is asked before people are written down: what is asked later waits for them.
    """
    if not cards:
        return []
    hold_people_still()
    keys = [handle_keys(card) for card in cards]
    reach = Reach(holders_of({key for some in keys for key in some}))
    outcomes = [CardOutcome(*reach.whose(some, card.name)) for card, some in zip(cards, keys, strict=True)]
    named = [Named(*some[0], *card_name(card)) for card, some in zip(cards, keys, strict=True)]
    strangers = {one.person_id for one in outcomes if one.is_new}
    withheld = _withheld([pair for pair in reach.found if pair[0] not in strangers])
    held = list(zip((one.person_id for one in outcomes), cards, strict=True))
    placed = _placed(reach, [(one.person_id, some) for one, some in zip(outcomes, keys, strict=True)], withheld)
    places = places_of([key[1] for _, key in placed], held, import_id, now)
    emails = [key[1] for person, key in reach.pairs if key[0] == "email" and (person, key) not in withheld]
    parts, bounced = read_before(emails), came_back(emails)
    # A card says how to reach somebody, not that they were in touch.
    newcomers = [
        (one.person_id, Seen(name, None, None)) for one, name in zip(outcomes, named, strict=True) if one.is_new
    ]
    make_people(newcomers, CARD, import_id, now)
    failpoint("cards.after_people")
    _rename([(one.person_id, name) for one, name in zip(outcomes, named, strict=True) if not one.is_new])
    made = {(person, one.named.key) for person, one in newcomers}
    _keep(reach, made | withheld, import_id)
    failpoint("cards.after_handles")
    at_domains = [(person, known_of(key)) for person, key in placed]
    affiliate(at_domains, import_id, now, strangers, places)
    add_details(Taken(held, strangers, frozenset(placed), places, import_id, now))
    let_take_their_parts(parts, import_id, now)
    settle_bounces(bounced)
    return outcomes


def _withheld(found: Collection[Pair]) -> set[Pair]:
    """Of what was found of people known before, what nobody may be given by a card."""
    said = withdrawn_of("handle", {person for person, _ in found})
    return kept_from(found) | {(person, key) for person, key in found if (person, handle_told(*key)) in said}


def _keep(reach: Reach, beside: Collection[Pair], import_id: UUID | None) -> None:
    """Write down what was found beside these."""
    found = [(*pair, called) for pair, called in reach.found.items() if pair not in beside]
    insert_handles([(person, known_of(key, name)) for person, key, name in found], CARD, import_id)
    call_also(list(reach.also_called))


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


def _placed(reach: Reach, held: Sequence[tuple[UUID, Sequence[HandleKey]]], withheld: Collection[Pair]) -> list[Pair]:
    """With which address each person is put at a place: the first of mail on each of their cards."""
    first = {(person, key) for person, keys in held if (key := next((one for one in keys if one[0] == "email"), None))}
    return [one for one in reach.pairs if one in first and one not in withheld]


def _rename(named: Collection[tuple[UUID, Named]]) -> None:
    best: dict[UUID, Named] = {}
    for person_id, one in named:
        before = best.get(person_id)
        if before is None or (one.rank, len(one.name), one.name) > (before.rank, len(before.name), before.name):
            best[person_id] = one
    rename_where_better(best.items())
