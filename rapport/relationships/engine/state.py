"""What is remembered of a pair: a few numbers, brought on by one newer contact in O(1). No history is kept.

Everything decays from the beginning of the UTC day of a contact, so that the order of contacts within a day cannot
make a later figure smaller: see docs/build/engine/state.md.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, datetime
from typing import Any

from rapport.relationships.engine.chapters import chapter_ends_after
from rapport.relationships.engine.contact import Contact
from rapport.relationships.engine.habits import HABITS, SHARED, Habits

COUNTER_HALF_LIVES = (7.0, 30.0, 120.0, 365.0)
LIVED_HALF_LIFE = 1095.0
SIDES_HALF_LIFE = 60.0
GAP_MEMORY = 0.7
RECENT_DAYS = 90
_RECENT = (1 << RECENT_DAYS) - 1
_NO_TALKS = {"talks": 1, "talk_weight": 0.0, "talk_sum": 0.0, "talk_squares": 0.0, "chapter_days": 0}

Pair = tuple[float, float]
US, THEM = 0, 1


class OutOfOrder(ValueError):
    """This contact is older than one already folded: fold the whole history again."""


@dataclass(frozen=True, slots=True)
class TieState:
    """One pair's memory. Times are days since 1970 UTC; pairs of numbers are (ours, theirs)."""

    first: float
    last: float
    day: int
    """The UTC day all decayed numbers stand at: the day of the last contact."""
    contacts: int = 0
    days: int = 0
    counters: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    """Contact-days, decayed with half-lives of 7, 30, 120 and 365 days."""
    lived: float = 0.0
    """The same with three years: a plain count would let one call after decades speak for all that was before."""
    gap_weight: float = 0.0
    gap_sum: float = 0.0
    """Weight and sum of log gaps between contact-days; each gap weighs .7 of the one after it."""
    chapter_days: int = 0
    """Contact-days since they began, or began afresh after a silence that ended a chapter."""
    pause: int = 0
    """Days of the silence that ended the chapter before; 0 in the first."""
    talks: int = 1
    talk_day: int = 0
    talk_weight: float = 0.0
    talk_sum: float = 0.0
    talk_squares: float = 0.0
    """The same between talks of this chapter, from beginning to beginning; contact-days close together are one talk."""
    begun: Pair = (0.0, 0.0)
    turns: float = 0.0
    """Contacts by side, half to each where neither began them, and answered contacts, decayed with 60 days."""
    streak: int = 0
    streak_by_us: bool = False
    """Contacts by the same side since the other last gave an answer or both met."""
    recent: int = 1
    """Bit i is set when there was contact on `day` - i, for 90 days."""
    today: Pair = (0.0, 0.0)
    """Worth of what each side gave on `day`."""
    fresh: dict[str, Pair] = field(default_factory=dict)
    lasting: Pair = (0.0, 0.0)
    """The two stocks of strength; the fresh one by kind."""
    lasting_alone: Pair = (0.0, 0.0)
    """The part of the lasting stock from contact that one side can make alone: no meetings, no calls."""
    counts: dict[str, tuple[int, int]] = field(default_factory=dict)
    last_by: tuple[float | None, float | None] = (None, None)
    last_of: dict[str, float] = field(default_factory=dict)

    def after(self, contact: Contact, habits: Habits = HABITS) -> TieState:
        """The memory after one more contact, not older than the last. Raises OutOfOrder."""
        at = days_since_epoch(contact.at)
        if at < self.last:
            raise OutOfOrder(contact.at.isoformat())
        return _with_contact(_moved_to(self, math.floor(at), habits), at, contact, habits)

    @property
    def first_at(self) -> datetime:
        """When the pair was first in contact."""
        return moment(self.first)

    @property
    def last_at(self) -> datetime:
        """When the pair was last in contact."""
        return moment(self.last)

    def to_json(self) -> dict[str, Any]:
        """As plain values to be written as JSON; the bits of `recent` as hexadecimal text."""
        plain = {one.name: getattr(self, one.name) for one in fields(self)}
        return plain | {"recent": f"{self.recent:x}"}

    @classmethod
    def from_json(cls, plain: dict[str, Any]) -> TieState:
        """The state that `to_json` gave."""
        read: dict[str, Any] = {one: tuple(value) if isinstance(value, list) else value for one, value in plain.items()}
        for one in ("fresh", "counts"):
            read[one] = {kind: tuple(sides) for kind, sides in plain[one].items()}
        read["recent"] = int(plain["recent"], 16)
        return cls(**read)


def fold(contacts: Iterable[Contact], habits: Habits = HABITS, state: TieState | None = None) -> TieState | None:
    """The state after these contacts in whatever order they come; None when there are none."""
    for contact in sorted(contacts, key=reading_order):
        state = (state or empty_at(contact)).after(contact, habits)
    return state


def reading_order(contact: Contact) -> tuple[Any, ...]:
    """One order for any bag of contacts, also for those of the same instant."""
    return (contact.at, contact.by_us, contact.kind, contact.weight, contact.duration_minutes or 0, contact.group_size)


def empty_at(contact: Contact) -> TieState:
    """The state just before a pair's first contact."""
    at = days_since_epoch(contact.at)
    day = math.floor(at)
    return TieState(first=at, last=at, day=day, talk_day=day, recent=0)


def worth(contact: Contact, habits: Habits = HABITS) -> float:
    """What a contact is worth beside one mail between two: by kind, length and how many shared it."""
    value = habits.worth.get(contact.kind, 1.0) * contact.weight * math.sqrt(2 / max(contact.group_size, 2))
    if contact.duration_minutes is None:
        return value
    return value * min(max(math.sqrt(contact.duration_minutes / habits.usual_minutes), 0.5), 2.0)


def gain(day_worth: float) -> float:
    """What a day's worth adds to the stock: each doubling adds one: a hundred mails a day are not a hundred days."""
    return math.log2(1 + day_worth)


def left(days: float, half_life: float) -> float:
    """What is left of one after so many days."""
    return float(2.0 ** (-days / half_life))


def days_since_epoch(at: datetime) -> float:
    """An aware moment as days since 1970 UTC."""
    return at.timestamp() / 86400


def moment(days: float) -> datetime:
    """Days since 1970 UTC as an aware moment, to the microsecond."""
    return datetime.fromtimestamp(days * 86400, UTC)


def _moved_to(state: TieState, day: int, habits: Habits) -> TieState:
    if day == state.day:
        return state
    passed = day - state.day
    gap = math.log(passed)
    sides, fresh, lasting = (
        left(passed, h) for h in (SIDES_HALF_LIFE, habits.fresh_half_life, habits.lasting_half_life)
    )
    a, b, c, d = (count * left(passed, h) for count, h in zip(state.counters, COUNTER_HALF_LIVES, strict=True))
    return replace(
        state,
        day=day,
        counters=(a, b, c, d),
        lived=state.lived * left(passed, LIVED_HALF_LIFE),
        begun=_faded(state.begun, sides),
        turns=state.turns * sides,
        recent=(state.recent << passed) & _RECENT if passed < RECENT_DAYS else 0,
        today=(0.0, 0.0),
        fresh={kind: _faded(stock, fresh) for kind, stock in state.fresh.items()},
        lasting=_faded(state.lasting, lasting),
        lasting_alone=_faded(state.lasting_alone, lasting),
        gap_weight=GAP_MEMORY * state.gap_weight + 1,
        gap_sum=GAP_MEMORY * state.gap_sum + gap,
        **_talks_on(state, day, habits),
    )


def _talks_on(state: TieState, day: int, habits: Habits) -> dict[str, Any]:
    passed = day - state.day
    if passed > _chapter_ends_after(state, habits):
        return _NO_TALKS | {"talk_day": day, "pause": passed}
    return {} if _same_talk(state, day, habits) else _next_talk(state, day)


def _chapter_ends_after(state: TieState, habits: Habits) -> float:
    if state.talks < habits.rhythm_from_talks:
        return habits.chapter_without_rhythm
    return float(chapter_ends_after(state.talk_weight, state.talk_sum, state.talk_squares, habits))


def _same_talk(state: TieState, day: int, habits: Habits) -> bool:
    """Whether a day belongs to the talk: near its beginning, and near for these two, or daily talk would never end."""
    typical = math.exp(state.talk_sum / state.talk_weight) if state.talk_weight else habits.first_gap_days
    return day - state.talk_day <= min(habits.same_talk_days, habits.same_talk_share * typical)


def _next_talk(state: TieState, day: int) -> dict[str, Any]:
    gap = math.log(day - state.talk_day)
    return {
        "talks": state.talks + 1,
        "talk_day": day,
        "talk_weight": GAP_MEMORY * state.talk_weight + 1,
        "talk_sum": GAP_MEMORY * state.talk_sum + gap,
        "talk_squares": GAP_MEMORY * state.talk_squares + gap * gap,
    }


def _with_contact(state: TieState, at: float, contact: Contact, habits: Habits) -> TieState:
    kind, side = contact.kind, US if contact.by_us else THEM
    shared = kind in SHARED
    answers = shared or (state.contacts > 0 and contact.by_us != state.streak_by_us)
    new_day = not state.recent & 1
    a, b, c, d = (count + new_day for count in state.counters)
    counts = state.counts.get(kind, (0, 0))
    return replace(
        _with_stock(state, worth(contact, habits), kind, side, shared, habits),
        last=at,
        contacts=state.contacts + 1,
        days=state.days + new_day,
        chapter_days=state.chapter_days + new_day,
        lived=state.lived + new_day,
        counters=(a, b, c, d),
        begun=_sum(state.begun, (0.5, 0.5)) if contact.by_neither else _raised(state.begun, side, 1.0),
        turns=state.turns + answers,
        streak=0 if shared else 1 if answers else state.streak + 1,
        streak_by_us=contact.by_us,
        recent=state.recent | 1,
        counts={**state.counts, kind: (counts[0] + (side == US), counts[1] + (side == THEM))},
        last_by=(
            at if shared or side == US else state.last_by[US],
            at if shared or side == THEM else state.last_by[THEM],
        ),
        last_of={**state.last_of, kind: at},
    )


def _with_stock(state: TieState, value: float, kind: str, side: int, shared: bool, habits: Habits) -> TieState:
    given = (value / 2, value / 2) if shared else ((value, 0.0) if side == US else (0.0, value))
    today = (state.today[US] + given[US], state.today[THEM] + given[THEM])
    # Each side's day is counted apart: were they counted together, our mail would shrink what their answer adds.
    gained = tuple(gain(now) - gain(before) for now, before in zip(today, state.today, strict=True))
    fresh, keep = state.fresh.get(kind, (0.0, 0.0)), 1 - habits.lasting_share
    lasts = (habits.lasting_share * gained[US], habits.lasting_share * gained[THEM])
    return replace(
        state,
        today=today,
        fresh={**state.fresh, kind: (fresh[US] + keep * gained[US], fresh[THEM] + keep * gained[THEM])},
        lasting=_sum(state.lasting, lasts),
        lasting_alone=state.lasting_alone if shared else _sum(state.lasting_alone, lasts),
    )


def _faded(pair: Pair, by: float) -> Pair:
    return (pair[US] * by, pair[THEM] * by)


def _sum(one: Pair, other: Pair) -> Pair:
    return (one[US] + other[US], one[THEM] + other[THEM])


def _raised(pair: Pair, side: int, by: float) -> Pair:
    return (pair[US] + by, pair[THEM]) if side == US else (pair[US], pair[THEM] + by)
