"""Cards of an address book become people: matched by exact handle, never silently joined."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from rapport.channels.sightings import Card
from rapport.kit.failpoints import failpoint
from rapport.kit.ids import as_id, named_id
from rapport.kit.phones import is_short
from rapport.kit.text import db_text, fold, is_name, one_line
from rapport.people.domains import organization_domain
from rapport.people.gathering import (
    Seen,
    affiliate,
    any_is_shared,
    call_also,
    hold_people_still,
    holders_of,
    holders_on_cards,
    insert_handles,
    known_of,
    make_people,
    rename_where_better,
)
from rapport.people.matching import CARD, HandleKey, Holder, Named
from rapport.people.naming import FROM_ADDRESS, FROM_CARD, FROM_ORGANIZATION, name_from_address
from rapport.people.reaching import Pair, Reach, sharing, words_for
from rapport.people.shared_addresses import names_a_human, shared_by
from rapport.people.taking_addresses import kept_from
from rapport.people.two_people import are_two, full_name
from rapport.people.visible import names_now
from rapport.people.withdrawing import handle_told, withdrawn_of

from .bouncing import came_back, settle_bounces
from .card_details import add_details
from .card_stations import places_of, work_domain
from .cards_taken import Taken
from .nobodies import let_take_their_parts, read_before

SOME = 1000  # cards written down at a time


class CardOutcome(NamedTuple):
    """Whom a card became, and whether they were new."""

    person_id: UUID
    is_new: bool


def why_nobody(card: Card) -> str:
    """The rule by which a card is left out: nobody is on it, an organization alone or a number many
    call; empty where it is a person's."""
    if _is_short_number(card):
        return "short-number"
    if is_name(card.name):
        return ""
    if not card.addresses:
        return "nobody-on-it"
    emails = [one.value for one in card.addresses if one.kind == "email"]
    return "card-of-a-group" if card.organization.strip() and all(map(shared_by, emails)) else ""


def _is_short_number(card: Card) -> bool:
    """Whether a short number stands alone on a card, or beside itself as a name."""
    if card.organization.strip() or not card.addresses or any(map(str.isalpha, card.name)):
        return False
    return all(one.kind == "phone" and is_short(one.value) for one in card.addresses)


def is_person(card: Card) -> bool:
    """Whether a card is a person's."""
    return not why_nobody(card)


class ReadyCard(NamedTuple):
    """A card; the handles on it; its first handle, with what whoever it reaches is called; how its name is compared
    where it gives a telephone, and where an address of mail; the domain of its first address of mail, and that of work,
    where these speak for an organization; the rule by which it is left out.
    """

    card: Card
    keys: Sequence[HandleKey]
    named: Named
    words: str
    full_name: str
    mail: HandleKey | None
    domain: str
    work: str
    left_out: str


def ready_card(card: Card) -> ReadyCard:
    """Made ready to be taken in, which takes a while and no database."""
    keys = handle_keys(card)
    mail = next((key for key in keys if key[0] == "email"), None)
    name, rank = card_name(card)
    return ReadyCard(
        card,
        keys,
        Named(*keys[0], name, rank),
        words_for(keys, card.name),
        full_name(name) if mail and rank == FROM_CARD else "",
        mail,
        organization_domain(mail[1]) or "" if mail else "",
        work_domain(card),
        why_nobody(card),
    )


def _sharing(one: ReadyCard, own: Sequence[HandleKey]) -> ReadyCard:
    """The same card, some of whose addresses of mail are somebody else's."""
    mail = next((key for key in own if key[0] == "email"), None)
    return one._replace(
        keys=own,
        named=Named(*own[0], one.named.name, one.named.rank),
        mail=mail,
        domain=organization_domain(mail[1]) or "" if mail else "",
    )


class Taking:
    """Cards on their way in, in the current transaction: what is known of them before, which is asked of all of them
    first, and what those taken in so far have brought. Taking a card in twice changes nothing.
    """

    def __init__(self, cards: Sequence[ReadyCard], import_id: UUID | None, now: datetime) -> None:
        hold_people_still()
        self._cards = cards
        holders = holders_on_cards({key for one in cards for key in one.keys})
        emails = {value for one in cards for kind, value in one.keys if kind == "email"}
        self._parts, self._bounced = read_before(emails), came_back(emails)
        self._said = _said_by(cards)
        self._reach = Reach(
            holders, _withheld(_wanted(cards, holders, {word: person for word, (person, _name) in self._said.items()}))
        )
        if again := _met_again(cards, holders):
            self._reach.know(holders_of(again))
        self._strangers, self._given = set[UUID](), set[str]()
        self._import_id, self._now = import_id, now
        # Where somebody known is given an address, it may put them nowhere: that domain is asked for when it does.
        domains, met = set[str](), set(holders)
        for one in cards:
            if met.isdisjoint(one.keys):
                domains.add(one.domain)
            met.update(one.keys)
        self._places = places_of({}, domains.union(one.work for one in cards), import_id, now)

    def all(self) -> list[CardOutcome]:
        """The person of each card, in order. The database works on some while the next are made ready."""
        cards = self._cards
        outcomes = [one for at in range(0, len(cards), SOME) for one in self._some(cards[at : at + SOME])]
        # Who was given an address has what came to it before.
        let_take_their_parts([one for one in self._parts if one.address in self._given], self._import_id, self._now)
        settle_bounces(self._bounced & self._given)
        return outcomes

    def _whose(self, cards: Sequence[ReadyCard]) -> tuple[list[ReadyCard], list[CardOutcome]]:
        """Whom these cards become, and the cards, those that share addresses with others with what is theirs."""
        reach, taken, outcomes = self._reach, list[ReadyCard](), list[CardOutcome]()
        for one in cards:
            told = self._told(one.card)
            own = reach.own(one.keys, one.full_name, told)
            on_card, one = one.keys, one if own is one.keys else _sharing(one, own)
            taken.append(one)
            outcomes.append(CardOutcome(*reach.whose(one.keys, one.card.name, one.words, one.full_name, on_card, told)))
        return taken, outcomes

    def _told(self, card: Card) -> UUID | None:
        """Who a card says it is of. Nobody where they have clearly another name: in a spreadsheet a cell is soon copied
        down over the rows of others."""
        if card.whose not in self._said:
            return None
        person, name = self._said[card.whose]
        return None if are_two(full_name(card.name), full_name(name)) else person

    def _some(self, cards: Sequence[ReadyCard]) -> list[CardOutcome]:
        """Write down the people of these cards and what stands on them."""
        reach, import_id, now = self._reach, self._import_id, self._now
        reach.begin_anew()
        cards, outcomes = self._whose(cards)
        met = list(zip((one.person_id for one in outcomes), cards, strict=True))
        self._strangers.update(one.person_id for one in outcomes if one.is_new)
        withheld = _withheld([pair for pair in reach.found if pair[0] not in self._strangers])
        reach.forget(withheld)
        given = reach.pairs.keys() - withheld if withheld else reach.pairs
        self._given.update(key[1] for _, key in given if key[0] == "email")
        placed = {(person, one.mail): one.domain for person, one in met if one.mail and (person, one.mail) in given}
        self._places = places_of(self._places, placed.values(), import_id, now)
        # A card says how to reach somebody, not that they were in touch.
        new = [(outcome.person_id, card) for outcome, card in zip(outcomes, cards, strict=True) if outcome.is_new]
        newcomers = [(person, Seen(card.named, None, None)) for person, card in new]
        called = [reach.called_by((person, card.named.key), card.full_name) for person, card in new]
        make_people(newcomers, CARD, import_id, now, called)
        failpoint("cards.after_people")
        _rename([(one.person_id, card.named) for one, card in zip(outcomes, cards, strict=True) if not one.is_new])
        _keep(reach, {(person, one.named.key) for person, one in newcomers} | withheld, import_id)
        failpoint("cards.after_handles")
        affiliate([(person, known_of(key)) for person, key in placed], import_id, now, self._strangers, self._places)
        held = [(person, one.card) for person, one in met]
        add_details(Taken(held, self._strangers, placed, self._places, import_id, now))
        return outcomes


def _said_by(cards: Sequence[ReadyCard]) -> dict[str, tuple[UUID, str]]:
    """Who these cards say they are of, and what those are called, by what they say."""
    said = {one.card.whose: person for one in cards if one.card.whose and (person := as_id(one.card.whose))}
    people = names_now(set(said.values()))
    return {word: people[person] for word, person in said.items() if person in people}


def _wanted(
    cards: Sequence[ReadyCard], holders: Mapping[HandleKey, Sequence[Holder]], told: Mapping[str, UUID]
) -> set[Pair]:
    """What these cards would give to whom one of their handles reaches already, or of whom they say they are."""
    if not holders and not told:
        return set()
    held = {(holder.person_id, key) for key, some in holders.items() for holder in some}
    known = [({person.person_id for key in one.keys for person in holders.get(key, ())}, one) for one in cards]
    whose = [(some | {told[one.card.whose]} if one.card.whose in told else some, one.keys) for some, one in known]
    return {(person, key) for some, keys in whose for person in some for key in keys} - held


def _met_again(cards: Sequence[ReadyCard], holders: Mapping[HandleKey, Sequence[Holder]]) -> set[HandleKey]:
    """By what those of these cards may be known who share an address of mail: where more than one full name stands
    beside it, or nobody has it any more."""
    named: dict[HandleKey, set[str]] = {}
    for one in cards:
        if one.full_name:
            for key in one.keys:
                if key[0] == "email":
                    named.setdefault(key, set()).add(one.full_name)
    several = {
        key for key, names in named.items() if len(names.union(*(one.called for one in holders.get(key, ())))) > 1
    }
    if any_is_shared():
        several.update(named.keys() - holders.keys())
    return {sharing(key, name) for key in several for name in named[key]}


def _withheld(found: Collection[Pair]) -> set[Pair]:
    """Of what was found of people known before, what nobody may be given by a card."""
    said = withdrawn_of("handle", {person for person, _ in found})
    return kept_from(found) | {(person, key) for person, key in found if (person, handle_told(*key)) in said}


def _keep(reach: Reach, beside: Collection[Pair], import_id: UUID | None) -> None:
    """Write down what was found beside these."""
    found = [(*pair, name) for pair, name in reach.found.items() if pair not in beside]
    called = [
        reach.called_by((person, key), full_name(name) if key[0] == "email" else "") for person, key, name in found
    ]
    insert_handles([(person, known_of(key, name)) for person, key, name in found], CARD, import_id, called)
    call_also(list(reach.also_called))


def handle_keys(card: Card) -> list[HandleKey]:
    """The handles of a card; one made of its name where it has none."""
    keys: list[HandleKey] = [(one.kind, db_text(one.value, 320)) for one in card.addresses]
    if keys:
        return keys
    birthday = card.birthday and (card.birthday.month, card.birthday.day)
    return [(CARD, str(named_id(fold(card.name), fold(card.organization), birthday)))]


def card_name(card: Card) -> tuple[str, int]:
    """The name on the card, else one that an address spells out, else its organization's, else a guess from an address;
    and how good its source is. Where an organization's stands in for a human's, any name of a human replaces it.
    """
    name = one_line(card.name, 300) if is_name(card.name) else ""
    place = one_line(card.organization, 300) if is_name(card.organization) else ""
    if name:
        is_place = bool(place) and name.casefold() == place.casefold() and not names_a_human(name, "@")
        return name, FROM_ORGANIZATION if is_place else FROM_CARD
    guessed = next((name_from_address(one.value) for one in card.addresses), "")
    if place and (" " not in guessed or shared_by(card.addresses[0].value)):
        return place, FROM_ORGANIZATION
    return guessed, FROM_ADDRESS


def _rename(named: Collection[tuple[UUID, Named]]) -> None:
    best: dict[UUID, Named] = {}
    for person_id, one in named:
        before = best.get(person_id)
        if before is None or (one.rank, len(one.name), one.name) > (before.rank, len(before.name), before.name):
            best[person_id] = one
    rename_where_better(best.items())
