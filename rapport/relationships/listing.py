"""The list of people with how each of them and the viewer stand: filtered, sorted, a keyset page at a time."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Literal, NamedTuple, get_args
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from rapport.accounts.access import Viewer
from rapport.accounts.rows import ask
from rapport.kit.ids import as_id
from rapport.kit.pages import Page, cursor_of, key_of
from rapport.kit.trouble import Trouble
from rapport.people.models import Affiliation, Person, PersonTag
from rapport.people.searching import found_by
from rapport.people.stations import Station, present_stations
from rapport.people.visible import sees_whole, visible_to

from .engine.values import Standing
from .models import Relationship
from .often import often_in_touch
from .reading import judged, standings_of
from .walking import Each

Sort = Literal["name", "last", "strength"]
Value = str | int
LISTED = ("id", "name", "portrait", "is_home", "do_not_contact", "do_not_score", "listed_by")

_TAGS = (
    "SELECT x.person_id, t.name FROM person_tag x JOIN tag t ON t.id = x.tag_id "
    "WHERE x.person_id = ANY(%s::uuid[]) ORDER BY t.name"
)
_LOWEST = UUID(int=0)
_KNOWN, _BY_NAME = "known", "name"  # the two stretches of a list sorted by figures: whom one knows, then the others


class Listed(NamedTuple):
    """What a list needs of a person's own row."""

    id: UUID
    name: str
    portrait: str
    is_home: bool
    do_not_contact: bool
    do_not_score: bool
    listed_by: str


Chosen = list[tuple[Value, Listed, Standing | None]]


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One person in a list. `standing` is the viewer's own; None where there was never contact: that is not weak."""

    id: UUID
    name: str
    title: str
    organization_id: UUID | None
    organization: str
    portrait: str
    is_home: bool
    last_at: datetime | None
    standing: Standing | None
    tags: tuple[str, ...]
    do_not_contact: bool = False
    do_not_score: bool = False


@dataclass(frozen=True, slots=True)
class Within:
    """What else is asked of people (`rapport.care.narrowing`): `people` of themselves, `known` of how they stand.

    `ties` is the same as `known`, asked of rows of the one who looks: then only whom they know fits. Where `is_few`,
    the conditions name those who fit, and one begins with them instead of walking along a list until a page is full.
    """

    people: Q = field(default_factory=Q)
    known: Q = field(default_factory=Q)
    ties: Q | None = None
    is_few: bool = False


def list_people(
    viewer: Viewer,
    now: datetime,
    *,
    q: str = "",
    tag: str = "",
    organization_id: UUID | None = None,
    often: bool = False,
    sort: Sort = "name",
    cursor: str | None = None,
    limit: int = 50,
    as_of: bool = False,
    within: Within | None = None,
) -> Page[PersonLine]:
    """A page of people in at most six queries, two more where `q` has to be guessed.

    With `as_of`, figures are those of `now`, an earlier day.
    """
    walks = within is not None and within.ties is not None and not (within.is_few or as_of or sort == "name")
    asked = replace(within, known=Q()) if within is not None and walks else within
    people = people_by(
        viewer, now, q=q, tag=tag, organization_id=organization_id, often=often, as_of=as_of, within=asked
    )
    if sort == "name":
        chosen, more = _by_name(people, cursor, limit)
        standings: Mapping[UUID, Standing] = standings_of(
            viewer.person_id, now, [person.id for _value, person, _none in chosen], as_of
        )
    elif sort in get_args(Sort):
        chosen, more = _by_figure(viewer, people, now, sort, cursor, limit, as_of, within)
        standings = {person.id: standing for _value, person, standing in chosen if standing}
    else:
        raise Trouble(_("People can be sorted by name, last or strength."), code="bad-sort", field="sort")
    return Page(_lines(viewer, [person for _value, person, _standing in chosen], standings), more)


def how_many(
    viewer: Viewer,
    now: datetime,
    *,
    q: str = "",
    tag: str = "",
    organization_id: UUID | None = None,
    often: bool = False,
    as_of: bool = False,
    within: Within | None = None,
) -> int:
    """How many people the same question to `list_people` has on all its pages."""
    return people_by(
        viewer, now, q=q, tag=tag, organization_id=organization_id, often=often, as_of=as_of, within=within
    ).count()


def people_by(
    viewer: Viewer,
    now: datetime,
    *,
    q: str = "",
    tag: str = "",
    organization_id: UUID | None = None,
    often: bool = False,
    as_of: bool = False,
    within: Within | None = None,
) -> QuerySet[Person]:
    """The people a viewer may see, filtered; `q` falls back to near guesses where nobody is so called.

    `within` is what else is asked of them (`rapport.care.narrowing`).
    """
    people = visible_to(viewer)
    if q.strip():
        people = people.filter(found_by(viewer, q))
    if tag.strip() and viewer.is_guest:
        return people.none()  # whom a tag is on is not theirs to know
    if tag.strip():
        people = people.filter(id__in=PersonTag.objects.filter(tag__name__iexact=tag.strip()).values("person_id"))
    if organization_id is not None:
        there = Affiliation.objects.filter(organization_id=organization_id, until=None)
        people = people.filter(id__in=there.values("person_id"))
    if often:
        people = people.filter(id__in=often_in_touch(viewer.person_id, now, as_of))
    return people if within is None else people.filter(within.people, within.known)


def _by_name(people: QuerySet[Person], cursor: str | None, limit: int) -> tuple[Chosen, str | None]:
    if cursor is not None:
        _stretch, name, after = _key(cursor)
        # The first says the same again, as an index can use it.
        people = people.filter(Q(listed_by__gte=str(name)), Q(listed_by__gt=str(name)) | Q(id__gt=after))
    rows = people.order_by("listed_by", "id").values_list(*LISTED)[: limit + 1]
    return _cut([(row[-1], Listed(*row), None) for row in rows], _BY_NAME, limit)


def _by_figure(
    viewer: Viewer,
    people: QuerySet[Person],
    now: datetime,
    sort: Sort,
    cursor: str | None,
    limit: int,
    as_of: bool,
    within: Within | None,
) -> tuple[Chosen, str | None]:
    """Whom the viewer knows by that figure, highest first; then by name those never in touch with them."""
    key = None if cursor is None else _key(cursor)
    known: Chosen = []
    if as_of:
        standings = standings_of(viewer.person_id, now, as_of=True)
        acquainted: Any = list(standings)
        if key is None or key[0] == _KNOWN:
            known = _known_then(people, standings, sort, key, limit)
    else:
        acquainted = Relationship.objects.filter(home_person_id=viewer.person_id, person__do_not_score=False).values(
            "person_id"
        )
        if key is None or key[0] == _KNOWN:
            known = _known_now(viewer, people, now, sort, key, limit, within)
    if len(known) > limit or (within is not None and within.ties is not None):
        return _cut(known, _KNOWN, limit)
    rest = people.exclude(id__in=acquainted)
    others, more = _by_name(rest, cursor if key and key[0] == _BY_NAME else None, limit - len(known))
    return known + others, more


def _known_now(
    viewer: Viewer,
    people: QuerySet[Person],
    now: datetime,
    sort: Sort,
    key: tuple[str, Value, UUID] | None,
    limit: int,
    within: Within | None,
) -> Chosen:
    """Along the index of stored figures; what is shown is judged now."""
    column = "last_at" if sort == "last" else "strength"
    rows = Relationship.objects.filter(
        home_person_id=viewer.person_id, person__do_not_score=False, **{f"{column}__isnull": False}
    )
    if within is None or within.is_few:
        rows = rows.filter(person__in=people)
    else:
        rows = rows.filter(within.ties or Q(), Each(people.filter(id=OuterRef("person_id"))))
    if key is not None:
        value = _moment(key[1]) if sort == "last" else _number(key[1])
        rows = rows.filter(Q(**{f"{column}__lt": value}) | Q(**{column: value}, person_id__gt=key[2]))
    of_person = (f"person__{name}" for name in LISTED)
    rows = rows.annotate(folded=Cast("state", TextField())).order_by(f"-{column}", "person_id")
    found = rows.values_list(column, "folded", *of_person)[: limit + 1]
    return [(_plain(value), Listed(*person), judged(state, now) if state else None) for value, state, *person in found]


def _known_then(
    people: QuerySet[Person],
    standings: Mapping[UUID, Standing],
    sort: Sort,
    key: tuple[str, Value, UUID] | None,
    limit: int,
) -> Chosen:
    """By the figures of an earlier day, which are not stored."""
    shown = set(people.filter(id__in=list(standings)).values_list("id", flat=True))
    figures = {one: _figure(standings[one], sort) for one in shown}
    ordered = sorted(sorted(figures), key=lambda one: figures[one], reverse=True)
    if key is not None:
        ordered = [one for one in ordered if figures[one] < key[1] or (figures[one] == key[1] and one > key[2])]  # type: ignore[operator]
    rows = Person.objects.filter(id__in=ordered[: limit + 1]).values_list(*LISTED)
    persons = {row[0]: Listed(*row) for row in rows}
    return [(figures[one], persons[one], standings[one]) for one in ordered[: limit + 1]]


def _figure(standing: Standing, sort: Sort) -> Value:
    last_at = last_at_of(standing)
    return _plain(last_at) if sort == "last" and last_at else standing.strength


def last_at_of(standing: Standing | None) -> datetime | None:
    """When the pair was last in contact."""
    return standing.ground.state.last_at if standing and standing.ground else None


def _cut(found: Chosen, stretch: str, limit: int) -> tuple[Chosen, str | None]:
    if len(found) <= limit:
        return found, None
    if limit == 0:  # the stretch before filled the page: this one begins on the next
        return [], cursor_of([stretch, "", str(_LOWEST)])
    value, person, _standing = found[limit - 1]
    return found[:limit], cursor_of([stretch, value, str(person.id)])


def _key(cursor: str) -> tuple[str, Value, UUID]:
    stretch, value, person = key_of(cursor, 3)
    person_id = as_id(person)
    if stretch not in (_KNOWN, _BY_NAME) or person_id is None or not isinstance(value, str | int):
        raise _bad_cursor()
    return str(stretch), value, person_id


def _moment(value: Value) -> datetime:
    try:
        return datetime.fromisoformat(str(value))
    except ValueError:
        raise _bad_cursor() from None


def _number(value: Value) -> int:
    if not isinstance(value, int):
        raise _bad_cursor()
    return value


def _bad_cursor() -> Trouble:
    return Trouble(_("This page mark is not one of ours. Start from the first page."), code="bad-cursor")


def _plain(value: Any) -> Value:
    return value.isoformat() if isinstance(value, datetime) else int(value)


def _lines(viewer: Viewer, people: Sequence[Listed], standings: Mapping[UUID, Standing]) -> tuple[PersonLine, ...]:
    ids = [person.id for person in people]
    stations, tags = present_stations(ids), _tags([one for one in ids if sees_whole(viewer, one)])
    return tuple(
        _line(person, stations.get(person.id), standings.get(person.id), tuple(tags.get(person.id, ())))
        for person in people
    )


def _line(person: Listed, station: Station | None, standing: Standing | None, tags: tuple[str, ...]) -> PersonLine:
    return PersonLine(
        id=person.id,
        name=person.name,
        title=station.title if station else "",
        organization_id=station.organization_id if station else None,
        organization=station.organization if station else "",
        portrait=person.portrait,
        is_home=person.is_home,
        last_at=last_at_of(standing),
        standing=standing,
        tags=tags,
        do_not_contact=person.do_not_contact,
        do_not_score=person.do_not_score,
    )


def _tags(people: Collection[UUID]) -> dict[UUID, list[str]]:
    words: dict[UUID, list[str]] = {}
    for person_id, word in ask(_TAGS, [list(people)]):
        words.setdefault(person_id, []).append(word)
    return words
