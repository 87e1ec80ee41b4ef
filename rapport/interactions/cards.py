"""Cards of an address book become people: matched by exact handle, never silently joined."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from rapport.accounts.rows import current_workspace
from rapport.channels.sightings import Address, Card
from rapport.kit.ids import named_id
from rapport.kit.text import db_text, fold, one_line
from rapport.people.gathering import Seen, affiliate, gather, hold_people_still, owners_of, rename_where_better
from rapport.people.matching import CARD, HandleKey, Named, owner_of
from rapport.people.models import Affiliation, Fact, Handle, Organization, Person
from rapport.people.naming import FROM_CARD, name_from_address
from rapport.people.tagging import add_tag


@dataclass(frozen=True, slots=True)
class CardOutcome:
    """Whom a card became, whether they were new, and others its addresses also reach."""

    person_id: UUID
    is_new: bool
    also_reaches: tuple[UUID, ...] = ()


def is_person(card: Card) -> bool:
    """Whether there is anybody on it: a name or an address."""
    return bool(card.name.strip() or card.addresses)


def take_in_cards(cards: Sequence[Card], import_id: UUID | None, now: datetime) -> list[CardOutcome]:
    """The person of each card, in order, in the current transaction. Taking a card in twice changes nothing."""
    hold_people_still()
    known = owners_of({key for card in cards for key in handle_keys(card)})
    outcomes = []
    for card in cards:
        outcome = _take_in(card, known, import_id, now)
        known.update(dict.fromkeys(handle_keys(card), outcome.person_id) | known)
        outcomes.append(outcome)
    return outcomes


def handle_keys(card: Card) -> list[HandleKey]:
    """The handles of a card; one made of its name where it has none."""
    keys: list[HandleKey] = [(one.kind, db_text(one.value, 320)) for one in card.addresses]
    if keys:
        return keys
    birthday = card.birthday and (card.birthday.month, card.birthday.day)
    return [(CARD, str(named_id(fold(card.name), fold(card.organization), birthday)))]


def _take_in(card: Card, known: dict[HandleKey, UUID], import_id: UUID | None, now: datetime) -> CardOutcome:
    keys = handle_keys(card)
    named = Named(*keys[0], card_name(card), FROM_CARD)
    person_id, others = owner_of(keys, known)
    is_new = person_id is None
    if person_id is None:
        # A card says how to reach somebody, not that they were in touch.
        person_id = gather([Seen(named, None, None)], CARD, import_id, now)[named.key]
    else:
        rename_where_better([(person_id, named)])
    _add_handles(person_id, [key for key in keys if key not in known], import_id)
    _add_details(person_id, card, import_id, now)
    return CardOutcome(person_id, is_new, others)


def card_name(card: Card) -> str:
    """The name on the card; else its organization's, else a guess from an address."""
    name = one_line(card.name, 300) or one_line(card.organization, 300)
    return name or next((name_from_address(one.value) for one in card.addresses), "")


def _add_handles(person_id: UUID, keys: Sequence[HandleKey], import_id: UUID | None) -> None:
    workspace = current_workspace()
    Handle.objects.bulk_create(
        [
            Handle(workspace_id=workspace, person_id=person_id, kind=kind, value=value, as_written=value,
                   origin=CARD, import_id=import_id)
            for kind, value in keys
        ],
        ignore_conflicts=True,
    )  # fmt: skip


def _add_details(person_id: UUID, card: Card, import_id: UUID | None, now: datetime) -> None:
    if card.birthday:
        Person.objects.filter(id=person_id, birthday_month=None).update(
            birthday_month=card.birthday.month, birthday_day=card.birthday.day, birthday_year=card.birthday.year
        )
    if card.organization or card.title:
        _add_affiliation(person_id, card, import_id, now)
    if card.note.strip():
        Fact.objects.get_or_create(
            workspace_id=current_workspace(), person_id=person_id, kind="note", value=db_text(card.note.strip(), 2000),
            defaults={"learnt": "imported", "noted_at": now, "import_id": import_id},
        )  # fmt: skip
    for word in card.tags:
        add_tag(person_id, word, import_id)


def _add_affiliation(person_id: UUID, card: Card, import_id: UUID | None, now: datetime) -> None:
    organization_id = organization_for(card.organization, card.addresses, person_id, import_id, now)
    if organization_id is None:
        return
    affiliation, _ = Affiliation.objects.get_or_create(
        workspace_id=current_workspace(), person_id=person_id, organization_id=organization_id,
        defaults={"origin": CARD, "import_id": import_id},
    )  # fmt: skip
    if card.title and not affiliation.title:
        Affiliation.objects.filter(id=affiliation.id).update(title=one_line(card.title, 200))


def organization_for(
    name: str, addresses: Sequence[Address], person_id: UUID, import_id: UUID | None, now: datetime
) -> UUID | None:
    """The organization a card names: the one of its mail domain (which takes the name), one so called, or a new one."""
    emails = [Seen(Named("email", one.value, "", 0), None, None) for one in addresses if one.kind == "email"]
    affiliate([(person_id, one) for one in emails], import_id, now)
    by_domain = Organization.objects.filter(id__in=_organizations(person_id), domain__isnull=False)
    found = by_domain.first()
    called = one_line(name, 300)
    if found is None and called:
        found = Organization.objects.filter(sort_name=fold(called)).order_by(
            "id"
        ).first() or Organization.objects.create(
            workspace_id=current_workspace(), name=called, sort_name=fold(called), import_id=import_id, made_at=now
        )
    elif found is not None and called and not found.touched_by_hand and not found.is_home:
        Organization.objects.filter(id=found.id).update(name=called, sort_name=fold(called))
    return found.id if found else None


def _organizations(person_id: UUID) -> list[UUID]:
    return list(Affiliation.objects.filter(person_id=person_id).values_list("organization_id", flat=True))
