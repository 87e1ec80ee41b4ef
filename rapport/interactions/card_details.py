"""What stands on cards beside names and addresses: birthdays, notes, tags, and where people work."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import F

from rapport.accounts.rows import current_workspace
from rapport.channels.sightings import Card
from rapport.kit.ids import new_id
from rapport.kit.text import db_text, fold, one_line
from rapport.people.gathering import Seen, affiliate
from rapport.people.matching import CARD, Named
from rapport.people.models import Affiliation, Fact, Organization, PersonTag, Tag
from rapport.people.tagging import add_tag

Held = Sequence[tuple[UUID, Card]]  # cards and whom they became, in order


def add_details(held: Held, import_id: UUID | None, now: datetime) -> None:
    """Add what these cards say to the people they became: set-based, and only what was not known."""
    _add_birthdays(held)
    _add_notes(held, import_id, now)
    _add_tags(held, import_id)
    at_work = [(person, card) for person, card in held if card.organization or card.title]
    if at_work:
        _add_stations(at_work, import_id, now)


def _add_birthdays(held: Held) -> None:
    born = {person: card.birthday for person, card in reversed(held) if card.birthday}
    if not born:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE person p SET birthday_month = u.month, birthday_day = u.day, birthday_year = u.year "
            "FROM unnest(%s::uuid[], %s::int[], %s::int[], %s::int[]) AS u(id, month, day, year) "
            "WHERE p.id = u.id AND p.birthday_month IS NULL",
            [
                list(born),
                [day.month for day in born.values()],
                [day.day for day in born.values()],
                [day.year for day in born.values()],
            ],
        )


def _add_notes(held: Held, import_id: UUID | None, now: datetime) -> None:
    notes = {(person, db_text(card.note.strip(), 2000)) for person, card in held if card.note.strip()}
    workspace = current_workspace()
    Fact.objects.bulk_create(
        [
            Fact(workspace_id=workspace, person_id=person, kind="note", value=note, learnt="imported", noted_at=now,
                 import_id=import_id)
            for person, note in notes
        ],
        ignore_conflicts=True,
    )  # fmt: skip


def _add_tags(held: Held, import_id: UUID | None) -> None:
    people_of: dict[str, dict[UUID, None]] = {}
    for person, card in held:
        for word in card.tags:
            people_of.setdefault(one_line(word, 60), {})[person] = None
    workspace = current_workspace()
    for word, (first, *others) in people_of.items():
        if not word:
            continue
        add_tag(first, word, import_id)  # which of several ways to write it, is decided there
        label = Tag.objects.filter(name__iexact=word).order_by("id")[0]
        PersonTag.objects.bulk_create(
            [PersonTag(workspace_id=workspace, person_id=one, tag=label, import_id=import_id) for one in others],
            ignore_conflicts=True,
        )


def _add_stations(held: Held, import_id: UUID | None, now: datetime) -> None:
    """A card names the organization of its mail domain, which takes the name; else one so called, or a new one."""
    emails = [(person, one.value) for person, card in held for one in card.addresses if one.kind == "email"]
    affiliate([(person, Seen(Named("email", value, "", 0), None, None)) for person, value in emails], import_id, now)
    people = {person for person, _ in held}
    by_domain = _by_domain(people)
    called = [(person, one_line(card.organization, 300)) for person, card in held]
    _call({by_domain[person]: name for person, name in called if name and person in by_domain})
    by_name = _by_name([(person, name) for person, name in called if name and person not in by_domain], import_id, now)
    titles: dict[tuple[UUID, UUID], str] = {}
    for (person, card), (_, name) in zip(held, called, strict=True):
        organization = by_domain.get(person) or by_name.get((person, fold(name)))
        if organization:
            titles[person, organization] = titles.get((person, organization)) or one_line(card.title, 200)
    _insert(titles, import_id)


def _by_domain(people: Collection[UUID]) -> dict[UUID, UUID]:
    at = Affiliation.objects.filter(person_id__in=people, organization__domain__isnull=False)
    return dict(at.order_by(F("organization_id").desc()).values_list("person_id", "organization_id"))


def _call(names: Mapping[UUID, str]) -> None:
    """Name organizations as the latest card does, unless a person named them."""
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
    names = {fold(name): name for _, name in reversed(list(called))}
    so_called = Organization.objects.filter(sort_name__in=names).order_by(F("id").desc())
    first = dict(so_called.values_list("sort_name", "id"))
    made = [
        Organization(workspace_id=current_workspace(), name=name, sort_name=folded, import_id=import_id, made_at=now)
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


def _insert(titles: Mapping[tuple[UUID, UUID], str], import_id: UUID | None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO affiliation AS a (workspace_id, id, person_id, organization_id, title, origin, import_id) "
            "SELECT %s, u.id, u.person, u.organization, u.title, %s, %s "
            "FROM unnest(%s::uuid[], %s::uuid[], %s::uuid[], %s::text[]) AS u(id, person, organization, title) "
            "ON CONFLICT (workspace_id, person_id, organization_id) DO UPDATE SET title = excluded.title "
            "WHERE a.title = '' AND excluded.title <> ''",
            [
                current_workspace(),
                CARD,
                import_id,
                [new_id() for _ in titles],
                [person for person, _ in titles],
                [organization for _, organization in titles],
                list(titles.values()),
            ],
        )
