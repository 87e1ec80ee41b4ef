"""Where people work, as their cards say."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import F
from django.db.models.functions import Coalesce

from rapport.accounts.rows import current_workspace
from rapport.channels.sightings import Card
from rapport.kit.ids import new_ids
from rapport.kit.text import fold, one_line
from rapport.people.domains import organization_domain
from rapport.people.gathering import affiliate, known_of, organizations_of
from rapport.people.matching import CARD
from rapport.people.models import Affiliation, Organization
from rapport.people.moving import settle_ends

from .cards_taken import NEVER, Taken, as_stored

_Placed = tuple[UUID, Card, UUID | None]  # somebody, their card, and the organization it puts them at
# When its card was last seen to, its length, and itself: of two titles the greater is right, whichever was read first.
_Title = tuple[datetime, int, str]


def places_of(
    known: Mapping[str, UUID], domains: Collection[str], import_id: UUID | None, now: datetime
) -> Mapping[str, UUID]:
    """The organizations of these domains beside those known already."""
    asked = {one for one in domains if one and one not in known}
    return {**known, **organizations_of(asked, import_id, now)} if asked else known


def work_domain(card: Card) -> str:
    """The domain of the organization a card puts somebody at; empty where it names none."""
    return _domain(_work_address(card)) if _is_at_work(card) else ""


def add_stations(taken: Taken) -> None:
    """A card names the organization of its work address, which takes the name; else one so called, or a new one.

    Its other addresses may be of places they have left: they reach somebody, and put them nowhere.
    """
    held = [(person, card, _work_address(card)) for person, card in taken.held if _is_at_work(card)]
    if not held:
        return
    seen = [
        (person, known_of(("email", address)))
        for person, _, address in held
        if address and (person, ("email", address)) not in taken.placed
    ]
    affiliate(seen, taken.import_id, taken.now, taken.strangers, taken.places)
    placed_at = _placed_at(taken, held)
    there = {(one[0], one[2]) for one, (_, _, address) in zip(placed_at, held, strict=True) if address}
    titles = _titles(taken, placed_at)
    _insert({one: title for one, title in titles.items() if title[2] or one not in there}, taken.import_id)
    _say(placed_at)
    settle_ends({person for person, _, _ in held})


def _placed_at(taken: Taken, held: Sequence[tuple[UUID, Card, str]]) -> list[_Placed]:
    """At which organization each card puts somebody, in order; organizations are called as their cards say."""
    before = _by_domain({person for person, _, address in held if not address})
    spoken_for = [taken.places[_domain(address)] if address else before.get(person) for person, _, address in held]
    called = [(person, one_line(card.organization, 300)) for person, card, _ in held]
    _call({place: name for place, (_, name) in zip(spoken_for, called, strict=True) if place and name})
    nameless = [one for place, one in zip(spoken_for, called, strict=True) if one[1] and not place]
    by_name = _by_name(nameless, taken.import_id, taken.now)
    return [
        (person, card, place or by_name.get((person, fold(name))))
        for (person, card, _), place, (_, name) in zip(held, spoken_for, called, strict=True)
    ]


def _titles(taken: Taken, placed_at: Sequence[_Placed]) -> dict[tuple[UUID, UUID], _Title]:
    """What they are at each place, unless somebody said that they are not there."""
    titles: dict[tuple[UUID, UUID], _Title] = {}
    unsaid = taken.unsaid("place", (person for person, _, _ in placed_at))
    for person, card, place in placed_at:
        if place and not (unsaid and (person, str(place)) in unsaid):
            title = one_line(card.title, 200)
            said = (card.revised or NEVER) if title else NEVER, len(title), title
            titles[person, place] = max(titles.get((person, place), said), said)
    return titles


def _say(placed_at: Sequence[_Placed]) -> None:
    """A card that also has an address at another organization says which of them is where somebody is now: that day."""
    said = [
        (person, organization, card.revised)
        for person, card, organization in placed_at
        if organization and card.revised and len(_places_on(card)) > 1
    ]
    if not said:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE affiliation a SET said_at = u.at FROM (SELECT s.person, s.place, max(s.at) AS at"
            " FROM unnest(%s::uuid[], %s::uuid[], %s::timestamptz[]) AS s(person, place, at) GROUP BY 1, 2) AS u "
            "WHERE a.person_id = u.person AND a.organization_id = u.place"
            " AND u.at > coalesce(a.said_at, '-infinity')",
            [[one[0] for one in said], [one[1] for one in said], [one[2] for one in said]],
        )


def _places_on(card: Card) -> set[str]:
    domains = (organization_domain(one.value) for one in card.addresses if one.kind == "email")
    return {domain for domain in domains if domain}


def _domain(address: str) -> str:
    return organization_domain(address) or ""


def _is_at_work(card: Card) -> bool:
    return bool(card.organization or card.title)


def _work_address(card: Card) -> str:
    """The first e-mail address on a card that speaks for an organization; empty where none does."""
    emails = (one.value for one in card.addresses if one.kind == "email")
    return next((one for one in emails if organization_domain(one)), "")


def _by_domain(people: Collection[UUID]) -> dict[UUID, UUID]:
    if not people:
        return {}
    at = Affiliation.objects.filter(person_id__in=people, organization__domain__isnull=False)
    return dict(at.order_by(F("organization_id").desc()).values_list("person_id", "organization_id"))


def _call(names: Mapping[UUID, str]) -> None:
    """Name organizations as the latest card does, unless a person named them."""
    if not names:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE organization o SET name = u.name, sort_name = u.sort_name "
            "FROM unnest(%s::uuid[], %s::text[], %s::text[]) AS u(id, name, sort_name) "
            "WHERE o.id = u.id AND NOT o.touched_by_hand AND NOT o.is_home AND o.name <> u.name",
            [list(names), list(names.values()), [fold(name) for name in names.values()]],
        )


def _by_name(
    called: Collection[tuple[UUID, str]], import_id: UUID | None, now: datetime
) -> dict[tuple[UUID, str], UUID]:
    """By person and folded name: where they are under that name already, the first so called, or a new one."""
    if not called:
        return {}
    names = {fold(name): name for _, name in reversed(list(called))}
    so_called = Organization.objects.filter(sort_name__in=names).order_by(F("id").desc())
    first = dict(so_called.values_list("sort_name", Coalesce("merged_into_id", "id")))
    workspace = current_workspace()
    made = [
        Organization(workspace_id=workspace, name=name, sort_name=folded, import_id=import_id, made_at=now)
        for folded, name in names.items()
        if folded not in first
    ]
    Organization.objects.bulk_create(made)
    first |= {one.sort_name: one.id for one in made}
    found = {(person, fold(name)): first[fold(name)] for person, name in called}
    before = Affiliation.objects.filter(
        person_id__in={person for person, _ in called}, organization__sort_name__in=names
    )
    found.update(
        ((person, name), organization)
        for person, name, organization in before.values_list("person_id", "organization__sort_name", "organization_id")
    )
    return found


def _insert(titles: Mapping[tuple[UUID, UUID], _Title], import_id: UUID | None) -> None:
    if not titles:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO affiliation AS a (workspace_id, id, person_id, organization_id, title, title_revised, origin,"
            " import_id) SELECT %s, u.id, u.person, u.organization, u.title, u.revised, %s, %s "
            "FROM unnest(%s::uuid[], %s::uuid[], %s::uuid[], %s::text[], %s::timestamptz[])"
            " AS u(id, person, organization, title, revised) "
            "ON CONFLICT (workspace_id, person_id, organization_id) DO UPDATE SET title = excluded.title,"
            " title_revised = excluded.title_revised "
            "WHERE excluded.title <> '' AND (a.title = '' OR"
            " (coalesce(a.title_revised, '-infinity'), length(a.title), a.title COLLATE \"C\")"
            " < (coalesce(excluded.title_revised, '-infinity'), length(excluded.title), excluded.title COLLATE \"C\")"
            " AND NOT EXISTS (SELECT 1 FROM person p WHERE p.id = a.person_id AND p.touched_by_hand))",
            [
                current_workspace(),
                CARD,
                import_id,
                new_ids(len(titles)),
                [person for person, _ in titles],
                [organization for _, organization in titles],
                [title for _, _, title in titles.values()],
                [as_stored(revised) for revised, _, _ in titles.values()],
            ],
        )
