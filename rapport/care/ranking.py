"""Whom to care for today: pure. Few people, once each, never the same nag twice; who is left out is said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Final, Literal
from uuid import UUID

from rapport.moments.moment import Moment, Passed, Reason

State = Literal["open", "done", "later", "not-needed"]

# Nobody did anything about it; "gone" where its moment held no more, though the two were not in touch: not shown then.
UNTOUCHED: Final = ("open", "gone")
LIMIT: Final = 7
MINUTES: Final = 45
CARES: Final = ("answer", "celebrate", "stay-close", "follow-up")
SHOWN_IN_VAIN: Final = 3  # days on which others were cared for and they were left: then they rest
REST: Final = timedelta(days=14)
NOT_FOR_THIS: Final = 2  # times "not needed" about one person and rule that mean: do not ask again this season
LEARNING: Final = 4  # answers a rule needs before what was said of it weighs half


@dataclass(frozen=True, slots=True)
class Past:
    """A suggestion of an earlier day and what became of it. `moment` is the moment's key."""

    moment: str
    rule: str
    person_id: UUID
    state: str
    day: date
    later_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Pick:
    """A moment chosen for today, and what else would have been a reason to be in touch with the same person."""

    moment: Moment
    also: tuple[Moment, ...] = ()


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Somebody who was considered and is not on the list, and why."""

    person_id: UUID
    rule: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class Chosen:
    """The day's people in the order of the page, who was left out, and how many each rule found."""

    picks: tuple[Pick, ...]
    left_out: tuple[LeftOut, ...]
    found: dict[str, int] = field(default_factory=dict)


def choose(
    found: Iterable[Moment | Passed],
    past: Sequence[Past],
    day: date,
    day_ends: datetime,
    *,
    not_to_contact: Collection[UUID] = (),
    placed: Collection[UUID] = (),
    limit: int = LIMIT,
    minutes: int = MINUTES,
) -> Chosen:
    """The people for a day, at most `limit` and about `minutes` of care, at least one.

    `placed` stand on the day's list already. What was put off returns on its day, before everything else.
    """
    found = list(found)
    moments = [one for one in found if isinstance(one, Moment)]
    left_out = [LeftOut(one.person_id, one.rule, one.reason) for one in found if isinstance(one, Passed)]
    weighed: list[Moment] = []
    for moment in moments:
        if moment.person_id in placed:
            continue
        reason = _let_be(moment, past, day, day_ends, not_to_contact)
        if reason:
            left_out.append(LeftOut(moment.person_id, moment.rule, reason))
        else:
            weighed.append(replace(moment, weight=_weight(moment, past)))
    picks, waiting = _fill(_one_each(weighed), limit, limit - len(placed), minutes)
    shown = {pick.moment.person_id for pick in picks} | set(placed)
    left_out = [one for one in [*left_out, *waiting] if one.person_id not in shown]
    return Chosen(tuple(picks), _once_each(left_out), dict(Counter(moment.rule for moment in moments)))


def _let_be(
    moment: Moment, past: Sequence[Past], day: date, day_ends: datetime, not_to_contact: Collection[UUID]
) -> Reason | None:
    """Why this moment is not for today, if so."""
    if moment.person_id in not_to_contact:
        return Reason("do_not_contact")
    same = sorted((one for one in past if one.moment == moment.key), key=lambda one: one.day)
    last = same[-1] if same else None
    if last and last.state in ("done", "not-needed"):
        return Reason(last.state.replace("-", "_"))
    if last and last.state == "later" and last.later_until and last.later_until > day_ends:
        return Reason("later")
    if _not_for_this(moment, past):
        return Reason("not_for_this")
    if _rests(same, {one.day for one in past if one.state not in UNTOUCHED}, day):
        return Reason("rests")
    return None


def _not_for_this(moment: Moment, past: Sequence[Past]) -> bool:
    """ "Not this person, not for this", said often enough to be believed."""
    said = [one for one in past if (one.person_id, one.rule) == (moment.person_id, moment.rule)]
    return sum(one.state == "not-needed" for one in said) >= NOT_FOR_THIS


def _rests(same: Sequence[Past], days_of_care: Collection[date], day: date) -> bool:
    """Left on several days: it is let be for a while instead of nagging.

    Lists are made every day. One that nobody touched was perhaps not seen: who comes back from two weeks away would
    find those who matter most at rest.
    """
    shown = [one.day for one in same if one.state == "open" and one.day in days_of_care]
    return len(shown) >= SHOWN_IN_VAIN and day - shown[-1] < REST and same[-1].state == "open"


def _weight(moment: Moment, past: Sequence[Past]) -> float:
    """What was put off until now comes first; a rule often not needed weighs down to half."""
    same = [one for one in past if one.moment == moment.key]
    asked_back = 1.0 if same and max(same, key=lambda one: one.day).state == "later" else 0.0
    said = Counter(one.state for one in past if one.rule == moment.rule)
    answers = said["done"] + said["not-needed"]
    return asked_back + moment.weight * (1 - 0.5 * said["not-needed"] / (answers + LEARNING))


def _one_each(moments: Iterable[Moment]) -> list[Pick]:
    """One pick a person, by their strongest reason; heaviest first, and always in the same order."""
    by_person: dict[UUID, list[Moment]] = {}
    for moment in sorted(moments, key=lambda one: (-one.weight, one.key)):
        by_person.setdefault(moment.person_id, []).append(moment)
    return [Pick(first, tuple(others)) for first, *others in by_person.values()]


def _fill(picks: Sequence[Pick], limit: int, room: int, minutes: int) -> tuple[list[Pick], list[LeftOut]]:
    """Take from the top while there is room and time; the list is then put in the order of the page."""
    taken: list[Pick] = []
    waiting: list[LeftOut] = []
    left = minutes
    for pick in picks:
        moment = pick.moment
        if len(taken) >= room:
            waiting.append(LeftOut(moment.person_id, moment.rule, Reason("limit", {"limit": limit})))
        elif taken and moment.minutes > left:
            waiting.append(LeftOut(moment.person_id, moment.rule, Reason("minutes", {"minutes": minutes})))
        else:
            taken.append(pick)
            left -= moment.minutes
    return sorted(taken, key=lambda pick: (CARES.index(pick.moment.care), -pick.moment.weight)), waiting


def _once_each(left_out: Iterable[LeftOut]) -> tuple[LeftOut, ...]:
    """Each person and rule once."""
    return tuple({(one.person_id, one.rule): one for one in left_out}.values())
