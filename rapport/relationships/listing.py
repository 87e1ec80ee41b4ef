"""The list of people with how each of them and the viewer stand: filtered, sorted, a keyset page at a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Literal, NamedTuple, get_args
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from rapport.accounts.access import Viewer
from rapport.kit.ids import as_id
from rapport.kit.pages import Page, bad_cursor, cursor_of, key_of
from rapport.kit.trouble import Trouble
from rapport.people.models import Affiliation, Person, PersonTag
from rapport.people.searching import called, found_by, nearly_called, needle_for, spelling_of
from rapport.people.visible import visible_to

from .engine.values import Standing
from .lines import PersonLine, last_at_of, lines_by_name, lines_closest, lines_of
from .models import Relationship
from .often import often_in_touch
from .reading import standings_of
from .walking import Each

Sort = Literal["name", "last", "strength"]
Value = str | int
Chosen = list[tuple[Value, UUID]]  # what a list goes by, and whom

_LOWEST = UUID(int=0)
_KNOWN, _BY_NAME = "known", "name"  # the two stretches of a list sorted by figures: whom one knows, then the others
_CLOSEST = "closest"  # of those who are called so and of whom nothing else is asked
_TIERS = ("0", "1", "2", "3", "4")
MOST_COUNTED = 10_000  # more people than these are not counted, only said to be more


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


@dataclass(frozen=True, slots=True)
class _Asked:
    tag: str
    organization_id: UUID | None
    often: bool
    as_of: bool
    within: Within | None


_EVERYBODY = _Asked("", None, False, False, None)


class _Paged(NamedTuple):
    sort: Sort
    cursor: str | None
    limit: int


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
    """A page of people in at most six queries, five more where `q` has to be guessed.

    With `as_of`, figures are those of `now`, an earlier day.
    """
    asked = _Asked(tag, organization_id, often, as_of, within)
    paged = _Paged(sort, cursor, limit)
    if asked == _EVERYBODY and sort == "name" and not viewer.is_guest:
        page = _closest(viewer, now, q, cursor, limit) if q.strip() else _everybody(viewer, now, cursor, limit)
    else:
        page = _page(viewer, now, asked, called(viewer, q) if q.strip() else None, paged)
    if q.strip() and not page.rows and (guessed := nearly_called(viewer, q)) is not None:
        return _page(viewer, now, asked, guessed, paged)
    return page


def _page(viewer: Viewer, now: datetime, asked: _Asked, words: Q | None, paged: _Paged) -> Page[PersonLine]:
    within, as_of, (sort, cursor, limit) = asked.within, asked.as_of, paged
    walks = within is not None and within.ties is not None and not (within.is_few or as_of or sort == "name")
    if within is not None and walks:
        asked = replace(asked, within=replace(within, known=Q()))
    people = _people(viewer, now, asked, words)
    then: Mapping[UUID, Standing] | None = None  # of an earlier day, folded once for the order and the figures
    if sort == "name":
        chosen, more = _by_name(people, cursor, limit)
        then = standings_of(viewer.person_id, now, [one for _value, one in chosen], True) if as_of else None
    elif sort in get_args(Sort):
        then = standings_of(viewer.person_id, now, as_of=True) if as_of else None
        chosen, more = _by_figure(viewer, people, then, sort, cursor, limit, within)
    else:
        raise Trouble(_("People can be sorted by name, last or strength."), code="bad-sort", field="sort")
    return Page(lines_of(viewer, now, [one for _value, one in chosen], then), more)


def _everybody(viewer: Viewer, now: datetime, cursor: str | None, limit: int) -> Page[PersonLine]:
    """What is asked most: everybody by name."""
    after = None if cursor is None else _behind(cursor, _BY_NAME)
    return _first(lines_by_name(viewer, now, after, limit + 1), _BY_NAME, limit)


def _closest(viewer: Viewer, now: datetime, q: str, cursor: str | None, limit: int) -> Page[PersonLine]:
    """Who is so called, the closest first. Nothing else is asked of them."""
    if cursor is not None and _key(cursor)[0] == _BY_NAME and nearly_called(viewer, q) is not None:
        return Page((), None)  # it is a mark of those who were guessed
    after = None if cursor is None else _behind(cursor, _CLOSEST)
    if after is not None and after[0][:1] not in _TIERS:
        raise bad_cursor()
    found = lines_closest(viewer, now, needle_for(viewer, q), spelling_of(q), after, limit + 1)
    return _first(found, _CLOSEST, limit)


def _first(found: list[tuple[str, PersonLine]], stretch: str, limit: int) -> Page[PersonLine]:
    chosen, more = _cut([(key, line.id) for key, line in found], stretch, limit)
    return Page(tuple(line for _key, line in found[: len(chosen)]), more)


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
    """How many people the same question to `list_people` has on all its pages; `MOST_COUNTED` + 1 where they are more
    than that: to count a million takes a third of a second.
    """
    people = people_by(
        viewer, now, q=q, tag=tag, organization_id=organization_id, often=often, as_of=as_of, within=within
    )
    return people[: MOST_COUNTED + 1].count()


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
    words = found_by(viewer, q) if q.strip() else None
    return _people(viewer, now, _Asked(tag, organization_id, often, as_of, within), words)


def _people(viewer: Viewer, now: datetime, asked: _Asked, words: Q | None) -> QuerySet[Person]:
    people, tag, within = visible_to(viewer), asked.tag, asked.within
    if words is not None:
        people = people.filter(words)
    if tag.strip() and viewer.is_guest:
        return people.none()  # whom a tag is on is not theirs to know
    if tag.strip():
        people = people.filter(id__in=PersonTag.objects.filter(tag__name__iexact=tag.strip()).values("person_id"))
    if asked.organization_id is not None:
        there = Affiliation.objects.filter(organization_id=asked.organization_id, until=None)
        people = people.filter(id__in=there.values("person_id"))
    if asked.often:
        people = people.filter(id__in=often_in_touch(viewer.person_id, now, asked.as_of))
    return people if within is None else people.filter(within.people, within.known)


def _by_name(people: QuerySet[Person], cursor: str | None, limit: int) -> tuple[Chosen, str | None]:
    if cursor is not None:
        name, after = _behind(cursor, _BY_NAME)
        # The first says the same again, as an index can use it.
        people = people.filter(Q(listed_by__gte=name), Q(listed_by__gt=name) | Q(id__gt=after))
    return _cut(list(people.order_by("listed_by", "id").values_list("listed_by", "id")[: limit + 1]), _BY_NAME, limit)


def _by_figure(
    viewer: Viewer,
    people: QuerySet[Person],
    then: Mapping[UUID, Standing] | None,
    sort: Sort,
    cursor: str | None,
    limit: int,
    within: Within | None,
) -> tuple[Chosen, str | None]:
    """Whom the viewer knows by that figure, highest first; then by name those never in touch with them."""
    key = None if cursor is None else _key(cursor)
    known: Chosen = []
    if then is not None:
        acquainted: Any = list(then)
        if key is None or key[0] == _KNOWN:
            known = _known_then(people, then, sort, key, limit)
    else:
        acquainted = Relationship.objects.filter(home_person_id=viewer.person_id, person__do_not_score=False).values(
            "person_id"
        )
        if key is None or key[0] == _KNOWN:
            known = _known_now(viewer, people, sort, key, limit, within)
    if len(known) > limit or (within is not None and within.ties is not None):
        return _cut(known, _KNOWN, limit)
    rest = people.exclude(id__in=acquainted)
    others, more = _by_name(rest, cursor if key and key[0] == _BY_NAME else None, limit - len(known))
    return known + others, more


def _known_now(
    viewer: Viewer,
    people: QuerySet[Person],
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
    found = rows.order_by(f"-{column}", "person_id").values_list(column, "person_id")[: limit + 1]
    return [(_plain(value), person_id) for value, person_id in found]


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
    return [(figures[one], one) for one in ordered[: limit + 1]]


def _figure(standing: Standing, sort: Sort) -> Value:
    last_at = last_at_of(standing)
    return _plain(last_at) if sort == "last" and last_at else standing.strength


def _cut(found: Chosen, stretch: str, limit: int) -> tuple[Chosen, str | None]:
    if len(found) <= limit:
        return found, None
    if limit == 0:  # the stretch before filled the page: this one begins on the next
        return [], cursor_of([stretch, "", str(_LOWEST)])
    value, person_id = found[limit - 1]
    return found[:limit], cursor_of([stretch, value, str(person_id)])


def _key(cursor: str) -> tuple[str, Value, UUID]:
    stretch, value, person = key_of(cursor, 3)
    person_id = as_id(person)
    if stretch not in (_KNOWN, _BY_NAME, _CLOSEST) or person_id is None or not isinstance(value, str | int):
        raise bad_cursor()
    return str(stretch), value, person_id


def _behind(cursor: str, stretch: str) -> tuple[str, UUID]:
    """Behind whom a page of this stretch begins."""
    said, value, person_id = _key(cursor)
    if said != stretch:
        raise bad_cursor()
    return str(value), person_id


def _moment(value: Value) -> datetime:
    try:
        return datetime.fromisoformat(str(value))
    except ValueError:
        raise bad_cursor() from None


def _number(value: Value) -> int:
    if not isinstance(value, int):
        raise bad_cursor()
    return value


def _plain(value: Any) -> Value:
    return value.isoformat() if isinstance(value, datetime) else int(value)
