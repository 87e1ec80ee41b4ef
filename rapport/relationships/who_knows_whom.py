"""Who knows whom between us and an organization: our people, theirs, every tie, and with whom there is none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from rapport.accounts.access import Viewer
from rapport.accounts.rows import ask
from rapport.people.models import Affiliation, Person
from rapport.people.organizations import MOST_COUNTED, organization_of
from rapport.people.stations import Station, present_stations
from rapport.people.visible import people_among, visible_to

from .engine.standing import Standing
from .lines import last_at_of
from .reading import judged
from .who_knows import warmth

MOST_OURS, MOST_THEIRS, MOST_LEFT = 12, 30, 12
_MOST_TIES = 150

_TIES = """
SELECT r.home_person_id, r.person_id, r.state FROM affiliation a JOIN relationship r ON r.person_id = a.person_id
WHERE a.organization_id = %(place)s AND a.until IS NULL AND (NOT %(own)s OR r.home_person_id = %(viewer)s)
ORDER BY r.strength DESC NULLS LAST, r.last_at DESC, r.id LIMIT %(most)s
"""


@dataclass(frozen=True, slots=True)
class Theirs:
    """Somebody who is there now. `ties` is empty where nobody of ours knows them, or where they are not scored."""

    id: UUID
    name: str
    portrait: str
    title: str
    ties: tuple[Tie, ...]
    do_not_contact: bool = False
    do_not_score: bool = False


@dataclass(frozen=True, slots=True)
class Tie:
    """One of ours and how the two stand."""

    home_id: UUID
    standing: Standing

    @property
    def last_at(self) -> datetime | None:
        """When the two were last in contact."""
        return last_at_of(self.standing)


@dataclass(frozen=True, slots=True)
class Ours:
    """One of ours who knows somebody there."""

    id: UUID
    name: str
    portrait: str


@dataclass(frozen=True, slots=True)
class Left:
    """Somebody who was there, until when, and where they are now."""

    id: UUID
    name: str
    portrait: str
    title: str
    until: date | None
    now_at: Station | None


@dataclass(frozen=True, slots=True)
class WhoKnowsWhom:
    """`ours` by how warm their ties are; `theirs` those we know best first, then those of whom nothing is known.

    `people` says how many are there now, at most `MOST_COUNTED` + 1; `unknown` how many of those counted nobody knows,
    `unscored` of how many nothing is said because they asked for it.
    """

    ours: tuple[Ours, ...]
    theirs: tuple[Theirs, ...]
    people: int
    unknown: int
    unscored: int
    left: tuple[Left, ...]


def who_knows_whom(viewer: Viewer, organization_id: UUID, now: datetime) -> WhoKnowsWhom:
    """The ties with everybody there whom this viewer may see, a guest's own only; in at most eight queries."""
    place = organization_of(viewer, organization_id)
    there = _there(viewer, place.id)
    ties = {} if place.is_home else _ties(viewer, place.id, now)
    ranked = [one for one in ties if one in there and not there[one].do_not_score]
    unscored = [one for one in there if there[one].do_not_score]
    unknown = [one for one in there if one not in ties and not there[one].do_not_score]
    shown = (ranked + unscored + unknown)[:MOST_THEIRS]
    ties = {one: ties[one] for one in ranked}
    ours = _ours(viewer, ties, shown)
    seen = {one.id for one in ours}
    people = people_among(viewer, shown)
    return WhoKnowsWhom(
        ours=ours,
        theirs=tuple(_theirs(people[one], there[one].title, ties.get(one, []), seen) for one in shown if one in people),
        people=len(there),
        unknown=len(unknown),
        unscored=len(unscored),
        left=_left(viewer, place.id),
    )


@dataclass(frozen=True, slots=True)
class _There:
    title: str
    do_not_score: bool


def _there(viewer: Viewer, place: UUID) -> dict[UUID, _There]:
    """Who is there now, by name, with what they are."""
    rows = Affiliation.objects.filter(organization_id=place, until=None, person__in=visible_to(viewer))
    found = rows.order_by("person__listed_by", "person_id").values_list("person_id", "title", "person__do_not_score")
    return {person: _There(title, asked) for person, title, asked in found[: MOST_COUNTED + 1]}


def _ties(viewer: Viewer, place: UUID, now: datetime) -> dict[UUID, list[Tie]]:
    """By person, warmest first; the person known best comes first."""
    given: dict[str, Any] = {"place": place, "own": viewer.is_guest, "viewer": viewer.person_id, "most": _MOST_TIES}
    found: dict[UUID, list[Tie]] = {}
    for home, person, state in ask(_TIES, given):
        if state is not None:
            found.setdefault(person, []).append(Tie(home, judged(state, now)))
    for some in found.values():
        some.sort(key=lambda one: -warmth(one.standing))
    return dict(sorted(found.items(), key=lambda one: -warmth(one[1][0].standing)))


def _ours(viewer: Viewer, ties: dict[UUID, list[Tie]], shown: Sequence[UUID]) -> tuple[Ours, ...]:
    warm: dict[UUID, float] = {}
    for person in shown:
        for tie in ties.get(person, ()):
            warm[tie.home_id] = warm.get(tie.home_id, 0.0) + warmth(tie.standing)
    best = sorted(warm, key=lambda one: (-warm[one], one))[:MOST_OURS]
    people = people_among(viewer, best)
    return tuple(Ours(people[one].id, people[one].name, people[one].portrait) for one in best if one in people)


def _theirs(person: Person, title: str, ties: Sequence[Tie], seen: set[UUID]) -> Theirs:
    return Theirs(
        id=person.id,
        name=person.name,
        portrait=person.portrait,
        title=title,
        ties=tuple(one for one in ties if one.home_id in seen),
        do_not_contact=person.do_not_contact,
        do_not_score=person.do_not_score,
    )


def _left(viewer: Viewer, place: UUID) -> tuple[Left, ...]:
    """Who left last; a guest is not told where somebody was."""
    if viewer.is_guest:
        return ()
    rows = Affiliation.objects.filter(organization_id=place, until__isnull=False, person__merged_into=None)
    found = list(rows.select_related("person").order_by("-until", "person_id")[:MOST_LEFT])
    now = present_stations([one.person_id for one in found]) if found else {}
    return tuple(
        Left(one.person_id, one.person.name, one.person.portrait, one.title, one.until, now.get(one.person_id))
        for one in found
    )
