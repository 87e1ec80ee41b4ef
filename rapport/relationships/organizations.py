"""The list of organizations with whom of ours knows somebody there: filtered, sorted, a keyset page at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal, get_args
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from rapport.accounts.access import Viewer
from rapport.accounts.rows import ask
from rapport.kit.ids import as_id
from rapport.kit.pages import Page, bad_cursor, cursor_of, key_of
from rapport.kit.trouble import Trouble
from rapport.people.models import Affiliation, Organization, Person
from rapport.people.organizations import MOST_COUNTED, named, organizations_for
from rapport.people.visible import people_among, visible_to

from .engine.habits import HABITS
from .engine.standing import Standing
from .engine.strength import WORDS
from .models import OrganizationTies, Relationship
from .reading import judged
from .unscored import not_scored
from .walking import Each

OrganizationSort = Literal["name", "last", "strength"]

_WITH_TIES, _BY_NAME = "ties", "name"  # the two stretches of a list sorted by figures: known places, then the others
_COLUMNS = {"strength": "strongest", "last": "last_at"}

_HOW_MANY = """
CROSS JOIN LATERAL (SELECT count(*) AS n FROM (
  SELECT 1 FROM affiliation a WHERE a.organization_id = o.id AND a.until IS NULL {seen} LIMIT %(most)s
) AS there) AS many
"""
# The strongest tie as it was written down, while whom it is with is there: a place may have a thousand people.
_WRITTEN_DOWN = f"""
SELECT o.id, many.n, r.home_person_id, r.person_id, r.state, t.last_at, false
FROM unnest(%(ids)s::uuid[]) AS o(id)
JOIN organization_ties t ON t.organization_id = o.id
JOIN relationship r ON r.id = t.relationship_id
{_HOW_MANY.format(seen="")}
WHERE EXISTS (SELECT FROM affiliation a
  WHERE a.organization_id = o.id AND a.until IS NULL AND a.person_id = r.person_id)
"""  # noqa: S608 - only what is ours is put in
_ASKED_NOW = """
SELECT o.id, many.n, r.home_person_id, r.person_id, r.state, known.at,
  known.strongest IS NULL AND EXISTS (SELECT 1 FROM affiliation a JOIN person p ON p.id = a.person_id AND p.do_not_score
    WHERE a.organization_id = o.id AND a.until IS NULL {seen})
FROM unnest(%(ids)s::uuid[]) AS o(id)
{how_many}
CROSS JOIN LATERAL (
  SELECT max(t.last_at) AS at,
    (array_agg(t.id ORDER BY t.strength DESC NULLS LAST, t.last_at DESC, t.id))[1] AS strongest
  FROM affiliation a JOIN relationship t ON t.person_id = a.person_id
  WHERE a.organization_id = o.id AND a.until IS NULL {own}) AS known
LEFT JOIN relationship r ON r.id = known.strongest
"""


@dataclass(frozen=True, slots=True)
class OrganizationFilter:
    """Which organizations. `strength` are words of the strongest tie, `quiet_days` how long nobody was in touch."""

    q: str = ""
    strength: tuple[str, ...] = ()
    whose: UUID | None = None  # places where this colleague knows somebody
    quiet_days: int | None = None
    known: bool | None = None  # whether anybody of ours knows anybody there


@dataclass(frozen=True, slots=True)
class OrganizationLine:
    """One organization in a list. `standing` is of the strongest tie, between `holder` of ours and `person` there; it
    says so where there is none to show because somebody there asked not to be scored.
    """

    id: UUID
    name: str
    domain: str
    people: int
    holder: Person | None
    person: Person | None
    standing: Standing | None
    last_at: datetime | None


def list_organizations(
    viewer: Viewer,
    now: datetime,
    chosen: OrganizationFilter | None = None,
    *,
    sort: OrganizationSort = "name",
    cursor: str | None = None,
    limit: int = 50,
) -> Page[OrganizationLine]:
    """A page of organizations, our own not among them, in at most six queries. A guest has them by name only."""
    found = organizations_by(viewer, now, chosen or OrganizationFilter())
    if sort not in get_args(OrganizationSort):
        raise Trouble(_("Organizations can be sorted by name, last or strength."), code="bad-sort", field="sort")
    if sort == "name" or viewer.is_guest:
        rows, more = _by_name(found, cursor, limit)
    else:
        rows, more = _by_figure(found, _COLUMNS[sort], cursor, limit)
    return Page(_lines(viewer, rows, now), more)


def organizations_by(viewer: Viewer, now: datetime, chosen: OrganizationFilter) -> QuerySet[Organization]:
    """The organizations a viewer may know of, filtered. Whom colleagues know is nothing a guest can ask for."""
    found = organizations_for(viewer).filter(is_home=False)
    if chosen.q.strip():
        found = found.filter(named(chosen.q))
    if viewer.is_guest:
        return found
    ties = OrganizationTies.objects.filter(organization_id=OuterRef("id"))
    if chosen.strength:
        found = found.filter(Each(ties.filter(within(chosen.strength, "strongest"))))
    if chosen.quiet_days is not None:
        found = found.filter(Each(ties.filter(last_at__lt=now - timedelta(days=chosen.quiet_days))))
    if chosen.known is not None:
        found = found.filter(Each(ties) if chosen.known else ~Each(ties))
    if chosen.whose is not None:
        theirs = Relationship.objects.filter(home_person_id=chosen.whose, person_id=OuterRef("person_id"))
        there = Affiliation.objects.filter(organization_id=OuterRef("id"), until=None)
        found = found.filter(Each(there.filter(Each(theirs))))
    return found


def within(words: Sequence[str], column: str) -> Q:
    """Stored strength of these words."""
    steps = (0, *HABITS.strength_steps, 100)
    asked = Q(pk__in=[])
    for word in words:
        if word in WORDS:
            place = WORDS.index(word)
            asked |= Q(**{f"{column}__gt": steps[place], f"{column}__lte": steps[place + 1]})
    return asked


def _by_name(found: QuerySet[Organization], cursor: str | None, limit: int) -> tuple[list[Organization], str | None]:
    if cursor is not None:
        _stretch, name, after = _key(cursor)
        found = found.filter(Q(sort_name__gt=name) | Q(sort_name=name, id__gt=after))
    rows = list(found.order_by("sort_name", "id")[: limit + 1])
    return _cut([(one.sort_name, one) for one in rows], _BY_NAME, limit)


def _by_figure(
    found: QuerySet[Organization], column: str, cursor: str | None, limit: int
) -> tuple[list[Organization], str | None]:
    """Where somebody is known, by that figure, highest first; then by name where nobody is."""
    key = None if cursor is None else _key(cursor)
    known: list[tuple[str, Organization]] = []
    if key is None or key[0] == _WITH_TIES:
        known = _with_ties(found, column, key, limit)
    if len(known) > limit:
        return _cut(known, _WITH_TIES, limit)
    rest = found.filter(~Each(OrganizationTies.objects.filter(organization_id=OuterRef("id"))))
    after = cursor if key is not None and key[0] == _BY_NAME else None
    if limit == len(known):
        more = cursor_of([_BY_NAME, "", str(UUID(int=0))]) if rest.exists() else None
        return [one for _value, one in known], more
    others, more = _by_name(rest, after, limit - len(known))
    return [one for _value, one in known] + others, more


def _with_ties(
    found: QuerySet[Organization], column: str, key: tuple[str, str, UUID] | None, limit: int
) -> list[tuple[str, Organization]]:
    rows = OrganizationTies.objects.filter(Each(found.filter(id=OuterRef("organization_id"))))
    if key is not None:
        value = _moment(key[1]) if column == "last_at" else _number(key[1])
        lower = Q(**{f"{column}__lt": value}) | Q(**{column: value}, organization_id__gt=key[2])
        rows = rows.filter(lower, **{f"{column}__lte": value})
    # Of this table alone: joined to organizations, all of them would be joined and sorted before the first is shown.
    ordered = list(rows.order_by(f"-{column}", "organization_id").values_list(column, "organization_id")[: limit + 1])
    places = Organization.objects.in_bulk([place for _value, place in ordered])
    return [(_plain(value), places[place]) for value, place in ordered]


def _cut(rows: list[tuple[str, Organization]], stretch: str, limit: int) -> tuple[list[Organization], str | None]:
    shown = [one for _value, one in rows[:limit]]
    if len(rows) <= limit:
        return shown, None
    value, one = rows[limit - 1]
    return shown, cursor_of([stretch, value, str(one.id)])


def _lines(viewer: Viewer, rows: Sequence[Organization], now: datetime) -> tuple[OrganizationLine, ...]:
    if not rows:
        return ()
    details = _details(viewer, [one.id for one in rows])
    named_in = {one for detail in details.values() for one in (detail.holder, detail.person) if one}
    people = people_among(viewer, named_in)
    return tuple(_line(one, details[one.id], people, now) for one in rows)


@dataclass(frozen=True, slots=True)
class _Detail:
    people: int
    holder: UUID | None
    person: UUID | None
    state: str | None
    last_at: datetime | None
    is_unscored: bool


def _details(viewer: Viewer, ids: list[UUID]) -> dict[UUID, _Detail]:
    if viewer.is_guest:
        seen = "AND a.person_id = ANY(%(seen)s)"
        own = f"{seen} AND t.home_person_id = %(viewer)s"
        people = list(visible_to(viewer).values_list("id", flat=True))
        return _asked(_now(seen, own), ids, viewer=viewer.person_id, seen=people)
    known = _asked(_WRITTEN_DOWN, ids)
    others = [one for one in ids if one not in known]
    return known | (_asked(_now("", ""), others) if others else {})


def _now(seen: str, own: str) -> str:
    return _ASKED_NOW.format(how_many=_HOW_MANY.format(seen=seen), seen=seen, own=own)


def _asked(statement: str, ids: list[UUID], **beside: Any) -> dict[UUID, _Detail]:
    rows = ask(statement, {"ids": ids, "most": MOST_COUNTED + 1, **beside})
    return {one: _Detail(*row) for one, *row in rows}


def _line(one: Organization, detail: _Detail, people: Mapping[UUID, Person], now: datetime) -> OrganizationLine:
    return OrganizationLine(
        id=one.id,
        name=one.name,
        domain=one.domain or "",
        people=detail.people,
        holder=people.get(detail.holder) if detail.holder else None,
        person=people.get(detail.person) if detail.person else None,
        standing=_standing(detail, now),
        last_at=detail.last_at,
    )


def _standing(detail: _Detail, now: datetime) -> Standing | None:
    if detail.is_unscored:
        return not_scored(now)
    return judged(detail.state, now) if detail.state else None


def _key(cursor: str) -> tuple[str, str, UUID]:
    stretch, value, place = key_of(cursor, 3)
    found = as_id(place)
    if stretch not in (_WITH_TIES, _BY_NAME) or found is None or not isinstance(value, str):
        raise bad_cursor()
    return str(stretch), value, found


def _moment(value: str) -> datetime:
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        raise bad_cursor() from None


def _number(value: str) -> int:
    if not value.isdecimal():
        raise bad_cursor()
    return int(value)


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
