"""What stands on cards beside names and addresses: birthdays, notes, tags, and where people work."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime
from uuid import UUID

from django.db import connection
from django.db.models import F
from django.db.models.functions import Coalesce

from rapport.accounts.agenda import put_down
from rapport.accounts.rows import current_workspace
from rapport.channels.sightings import Card, PartialDate
from rapport.kit.ids import new_id
from rapport.kit.text import db_text, fold, one_line
from rapport.people.domains import organization_domain
from rapport.people.gathering import Seen, affiliate, organizations_of
from rapport.people.matching import CARD, HandleKey, Named
from rapport.people.models import Affiliation, Fact, Organization, PersonTag
from rapport.people.moving import settle_ends
from rapport.people.wishes import OnCard, WishKind, keep_wishes_on_cards
from rapport.people.withdrawing import fact_told, tag_told, withdrawn_of

from .changes import note_person_changes

Held = Sequence[tuple[UUID, Card]]  # cards and whom they became, in order
# When its card was last seen to, its length, and itself: of two titles the greater is right, whichever was read first.
_Title = tuple[datetime, int, str]
_NEVER = datetime.min.replace(tzinfo=UTC)  # or nobody said when


def add_details(held: Held, placed: Collection[HandleKey], import_id: UUID | None, now: datetime) -> None:
    """Add what these cards say to the people they became: set-based, and only what was not known.

    At the organizations of the addresses in `placed` they are already.
    """
    _add_birthdays(held)
    _add_notes(held, import_id, now)
    _add_tags(held, import_id)
    _add_wishes(held, import_id, now)
    at_work = [(person, card) for person, card in held if card.organization or card.title]
    if at_work:
        _add_stations(at_work, placed, import_id, now)


def _add_birthdays(held: Held) -> None:
    unsaid = {person for person, _ in withdrawn_of("birthday", {person for person, _ in held})}
    born = dict[UUID, tuple[datetime, PartialDate]]()
    for person, card in held:
        if card.birthday and person not in unsaid:
            said = card.revised or _NEVER, card.birthday
            born[person] = max(born.get(person, said), said, key=_likelier)
    if not born:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE person p SET birthday_month = u.month, birthday_day = u.day, birthday_year = u.year,"
            " birthday_revised = u.revised "
            "FROM unnest(%s::uuid[], %s::int[], %s::int[], %s::int[], %s::timestamptz[])"
            " AS u(id, month, day, year, revised) "
            "WHERE p.id = u.id AND (p.birthday_month IS NULL OR NOT p.touched_by_hand AND"
            " (coalesce(p.birthday_revised, '-infinity'), coalesce(p.birthday_year, 0), p.birthday_month,"
            " p.birthday_day) < (coalesce(u.revised, '-infinity'), coalesce(u.year, 0), u.month, u.day))",
            [
                list(born),
                [day.month for _, day in born.values()],
                [day.day for _, day in born.values()],
                [day.year for _, day in born.values()],
                [_stored(revised) for revised, _ in born.values()],
            ],
        )


def _likelier(said: tuple[datetime, PartialDate]) -> tuple[datetime, int, int, int]:
    """Of two birthdays that contradict each other always the same, whichever card was read first: that of the card
    last seen to; of two as old as each other one with its year rather than one without."""
    revised, day = said
    return revised, day.year or 0, day.month, day.day


def _stored(revised: datetime) -> datetime | None:
    return None if revised == _NEVER else revised


def _add_notes(held: Held, import_id: UUID | None, now: datetime) -> None:
    notes = {(person, db_text(card.note.strip(), 2000)) for person, card in held if card.note.strip()}
    unsaid = withdrawn_of("fact", {person for person, _ in notes}) if notes else set()
    notes -= {(person, note) for person, note in notes if (person, fact_told("note", note)) in unsaid}
    if not notes:
        return
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
    words = {one_line(word, 60): None for _, card in held for word in card.tags}
    words.pop("", None)
    if not words:
        return
    workspace, labels = current_workspace(), _labels(list(words))
    pairs = {
        (person, labels[name]): None for person, card in held for word in card.tags if (name := one_line(word, 60))
    }
    unsaid = withdrawn_of("tag", {person for person, _ in pairs})
    told = {tag: tag_told(name) for name, tag in labels.items()}
    pairs = {(person, tag): None for person, tag in pairs if (person, told[tag]) not in unsaid}
    PersonTag.objects.bulk_create(
        [PersonTag(workspace_id=workspace, person_id=person, tag_id=tag, import_id=import_id) for person, tag in pairs],
        ignore_conflicts=True,
    )


def _add_wishes(held: Held, import_id: UUID | None, now: datetime) -> None:
    """What they asked of whoever wrote the card, they asked of us."""
    said = [(person, one) for person, card in held for one in card.wishes]
    lifted = withdrawn_of("wish", {person for person, _ in said}) if said else set()
    wishes: dict[tuple[UUID, WishKind], OnCard] = {}
    for person, one in said:
        told = (person, one.kind, one.why, one.noted_at or now)
        if (person, one.kind) not in lifted:
            wishes[person, one.kind] = max(wishes.get((person, one.kind), told), told, key=_says_more)
    if wishes:
        keep_wishes_on_cards(wishes.values(), import_id)
        note_person_changes([person for person, _ in wishes])
        put_down("today", now)


def _says_more(told: OnCard) -> tuple[int, str]:
    return len(told[2]), told[2]


def _labels(words: list[str]) -> dict[str, UUID]:
    """The tags of these words, in whichever case they are written; made as first written where there is none."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO tag (workspace_id, id, name) SELECT DISTINCT ON (upper(u.word)) %s::uuid, u.id, u.word "
            "FROM unnest(%s::uuid[], %s::text[]) WITH ORDINALITY AS u(id, word, place) "
            "WHERE NOT EXISTS (SELECT 1 FROM tag t WHERE upper(t.name) = upper(u.word)) "
            "ORDER BY upper(u.word), u.place ON CONFLICT (workspace_id, name) DO NOTHING",
            [current_workspace(), [new_id() for _ in words], words],
        )
        cursor.execute(
            "SELECT DISTINCT ON (u.word) u.word, t.id FROM unnest(%s::text[]) AS u(word) "
            "JOIN tag t ON upper(t.name) = upper(u.word) ORDER BY u.word, t.id",
            [words],
        )
        return dict(cursor.fetchall())


def _add_stations(held: Held, placed: Collection[HandleKey], import_id: UUID | None, now: datetime) -> None:
    """A card names the organization of its work address, which takes the name; else one so called, or a new one.

    Its other addresses may be of places they have left: they reach somebody, and put them nowhere.
    """
    at_work = {(person, card): address for person, card in held if (address := _work_address(card))}
    unplaced = [(person, one) for (person, _), one in at_work.items() if ("email", one) not in placed]
    affiliate([(person, Seen(Named("email", one, "", 0), None, None)) for person, one in unplaced], import_id, now)
    by_address = _by_address(set(at_work.values()), import_id, now)
    before = _by_domain({one[0] for one in held if one not in at_work})
    speaks = [by_address.get(at_work.get(one, "")) or before.get(one[0]) for one in held]
    called = [(person, one_line(card.organization, 300)) for person, card in held]
    _call({place: name for place, (_, name) in zip(speaks, called, strict=True) if place and name})
    nameless = [one for place, one in zip(speaks, called, strict=True) if one[1] and not place]
    by_name = _by_name(nameless, import_id, now)
    placed_at = [
        (person, card, place or by_name.get((person, fold(name))))
        for (person, card), place, (_, name) in zip(held, speaks, called, strict=True)
    ]
    titles: dict[tuple[UUID, UUID], _Title] = {}
    unsaid = withdrawn_of("place", {person for person, _ in held})
    for person, card, organization in placed_at:
        if organization and (person, str(organization)) not in unsaid:
            title = one_line(card.title, 200)
            said = (card.revised or _NEVER) if title else _NEVER, len(title), title
            titles[person, organization] = max(titles.get((person, organization), said), said)
    _insert(titles, import_id)
    _say(placed_at)
    settle_ends({person for person, _ in held})


def _say(placed_at: Collection[tuple[UUID, Card, UUID | None]]) -> None:
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


def _work_address(card: Card) -> str | None:
    """The first e-mail address on a card that speaks for an organization."""
    emails = (one.value for one in card.addresses if one.kind == "email")
    return next((one for one in emails if organization_domain(one)), None)


def _by_address(addresses: Collection[str], import_id: UUID | None, now: datetime) -> dict[str, UUID]:
    """The organizations these addresses speak for."""
    domains = {one: str(organization_domain(one)) for one in addresses}
    places = organizations_of(set(domains.values()), import_id, now)
    return {one: places[domain] for one, domain in domains.items()}


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
                [new_id() for _ in titles],
                [person for person, _ in titles],
                [organization for _, organization in titles],
                [title for _, _, title in titles.values()],
                [_stored(revised) for revised, _, _ in titles.values()],
            ],
        )
