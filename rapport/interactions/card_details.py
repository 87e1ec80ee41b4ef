"""What stands on cards beside names and addresses: birthdays, notes, tags, and where people work."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from django.db import connection
from django.db.models import F
from django.db.models.functions import Coalesce

from rapport.accounts.agenda import put_down
from rapport.accounts.rows import current_workspace
from rapport.channels.sightings import Card, PartialDate
from rapport.kit.ids import new_ids
from rapport.kit.text import db_text, fold, one_line
from rapport.people.domains import organization_domain
from rapport.people.gathering import Seen, affiliate, organizations_of
from rapport.people.matching import CARD, Named
from rapport.people.models import Affiliation, Fact, Organization, PersonTag
from rapport.people.moving import settle_ends
from rapport.people.reaching import Pair
from rapport.people.wishes import OnCard, WishKind, keep_wishes_on_cards
from rapport.people.withdrawing import Kind, Said, fact_told, tag_told, withdrawn_of

from .changes import note_person_changes

Held = Sequence[tuple[UUID, Card]]  # cards and whom they became, in order
# When its card was last seen to, its length, and itself: of two titles the greater is right, whichever was read first.
_Title = tuple[datetime, int, str]
_NEVER = datetime.min.replace(tzinfo=UTC)  # or nobody said when


@dataclass(frozen=True, slots=True)
class Taken:
    """Cards and whom they became; of these, who is new: of them nobody has said that anything is not so."""

    held: Held
    strangers: Collection[UUID]
    placed: Collection[Pair]  # who is at the organization of which address already
    places: Mapping[str, UUID]  # by domain: of all addresses that place somebody
    import_id: UUID | None
    now: datetime

    def unsaid(self, kind: Kind, people: Iterable[UUID]) -> set[Said]:
        """What is not so of these people."""
        return withdrawn_of(kind, {person for person in people if person not in self.strangers})


def places_of(placed: Iterable[str], held: Held, import_id: UUID | None, now: datetime) -> Mapping[str, UUID]:
    """The organizations of all addresses that place somebody, by domain: of those in `placed` and of work."""
    work = [_work_address(card) for _, card in held if _is_at_work(card)]
    domains = {domain for one in {*placed, *work} if (domain := organization_domain(one))}
    return organizations_of(domains, import_id, now)


def add_details(taken: Taken) -> None:
    """Add what these cards say to the people they became: set-based, and only what was not known."""
    _add_birthdays(taken)
    _add_notes(taken)
    _add_tags(taken)
    _add_wishes(taken)
    at_work = [(person, card) for person, card in taken.held if _is_at_work(card)]
    if at_work:
        _add_stations(taken, at_work)


def _add_birthdays(taken: Taken) -> None:
    said_so = [(person, card) for person, card in taken.held if card.birthday]
    unsaid = {person for person, _ in taken.unsaid("birthday", (person for person, _ in said_so))}
    born = dict[UUID, tuple[datetime, PartialDate]]()
    for person, card in said_so:
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


def _add_notes(taken: Taken) -> None:
    notes = {(person, db_text(card.note.strip(), 2000)) for person, card in taken.held if card.note.strip()}
    unsaid = taken.unsaid("fact", (person for person, _ in notes))
    notes -= {(person, note) for person, note in notes if (person, fact_told("note", note)) in unsaid}
    if not notes:
        return
    workspace = current_workspace()
    Fact.objects.bulk_create(
        [
            Fact(workspace_id=workspace, person_id=person, kind="note", value=note, learnt="imported",
                 noted_at=taken.now, import_id=taken.import_id)
            for person, note in notes
        ],
        ignore_conflicts=True,
    )  # fmt: skip


def _add_tags(taken: Taken) -> None:
    words = {one_line(word, 60): None for _, card in taken.held for word in card.tags}
    words.pop("", None)
    if not words:
        return
    workspace, labels = current_workspace(), _labels(list(words))
    pairs = {
        (person, labels[name]): None
        for person, card in taken.held
        for word in card.tags
        if (name := one_line(word, 60))
    }
    unsaid = taken.unsaid("tag", (person for person, _ in pairs))
    told = {tag: tag_told(name) for name, tag in labels.items()}
    pairs = {(person, tag): None for person, tag in pairs if (person, told[tag]) not in unsaid}
    PersonTag.objects.bulk_create(
        [
            PersonTag(workspace_id=workspace, person_id=person, tag_id=tag, import_id=taken.import_id)
            for person, tag in pairs
        ],
        ignore_conflicts=True,
    )


def _add_wishes(taken: Taken) -> None:
    """What they asked of whoever wrote the card, they asked of us."""
    said = [(person, one) for person, card in taken.held for one in card.wishes]
    lifted = taken.unsaid("wish", (person for person, _ in said))
    wishes: dict[tuple[UUID, WishKind], OnCard] = {}
    for person, one in said:
        told = (person, one.kind, one.why, one.noted_at or taken.now)
        if (person, one.kind) not in lifted:
            wishes[person, one.kind] = max(wishes.get((person, one.kind), told), told, key=_says_more)
    if wishes:
        keep_wishes_on_cards(wishes.values(), taken.import_id)
        note_person_changes([person for person, _ in wishes])
        put_down("today", taken.now)


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
            [current_workspace(), new_ids(len(words)), words],
        )
        cursor.execute(
            "SELECT DISTINCT ON (u.word) u.word, t.id FROM unnest(%s::text[]) AS u(word) "
            "JOIN tag t ON upper(t.name) = upper(u.word) ORDER BY u.word, t.id",
            [words],
        )
        return dict(cursor.fetchall())


def _add_stations(taken: Taken, held: Held) -> None:
    """A card names the organization of its work address, which takes the name; else one so called, or a new one.

    Its other addresses may be of places they have left: they reach somebody, and put them nowhere.
    """
    at_work = [(person, _work_address(card)) for person, card in held]
    unplaced = [(person, one) for person, one in at_work if one and (person, ("email", one)) not in taken.placed]
    seen = [(person, Seen(Named("email", one, "", 0), None, None)) for person, one in unplaced]
    affiliate(seen, taken.import_id, taken.now, taken.strangers, taken.places)
    before = _by_domain({person for person, one in at_work if not one})
    speaks = [taken.places[str(organization_domain(one))] if one else before.get(person) for person, one in at_work]
    called = [(person, one_line(card.organization, 300)) for person, card in held]
    _call({place: name for place, (_, name) in zip(speaks, called, strict=True) if place and name})
    nameless = [one for place, one in zip(speaks, called, strict=True) if one[1] and not place]
    by_name = _by_name(nameless, taken.import_id, taken.now)
    placed_at = [
        (person, card, place or by_name.get((person, fold(name))))
        for (person, card), place, (_, name) in zip(held, speaks, called, strict=True)
    ]
    titles: dict[tuple[UUID, UUID], _Title] = {}
    unsaid = taken.unsaid("place", (person for person, _ in held))
    for person, card, organization in placed_at:
        if organization and (person, str(organization)) not in unsaid:
            title = one_line(card.title, 200)
            said = (card.revised or _NEVER) if title else _NEVER, len(title), title
            titles[person, organization] = max(titles.get((person, organization), said), said)
    here_already = {(person, place) for (person, one), place in zip(at_work, speaks, strict=True) if one}
    _insert({one: title for one, title in titles.items() if title[2] or one not in here_already}, taken.import_id)
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
                [_stored(revised) for revised, _, _ in titles.values()],
            ],
        )
