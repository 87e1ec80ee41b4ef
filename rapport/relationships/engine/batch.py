"""The fast path: the states of many pairs at once, by arrays, equal to folding each (held together by a test)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rapport.relationships.engine.chapters import chapter_ends_after
from rapport.relationships.engine.features import Reading
from rapport.relationships.engine.habits import HABITS, KINDS, SHARED, Habits
from rapport.relationships.engine.maths import Maths
from rapport.relationships.engine.state import (
    COUNTER_HALF_LIVES,
    GAP_MEMORY,
    LIVED_HALF_LIFE,
    RECENT_DAYS,
    SIDES_HALF_LIFE,
    THEM,
    US,
    TieState,
)

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
ARRAYS: Maths = np
_HALF_MASK = 45


@dataclass(frozen=True, slots=True)
class Folded:
    """States of many pairs as columns, one row a pair, in the order of `pairs` (ascending)."""

    pairs: Ints
    first: Floats
    last: Floats
    day: Ints
    contacts: Ints
    days: Ints
    counters: Floats
    lived: Floats
    gap_weight: Floats
    gap_sum: Floats
    chapter_days: Ints
    pause: Ints
    talks: Ints
    talk_day: Ints
    talk_weight: Floats
    talk_sum: Floats
    talk_squares: Floats
    begun: Floats
    turns: Floats
    streak: Ints
    streak_by_us: NDArray[np.bool_]
    recent: NDArray[np.uint64]
    today: Floats
    kinds: tuple[str, ...]
    fresh: Floats
    lasting: Floats
    lasting_alone: Floats
    counts: Ints
    last_by: Floats
    last_of: Floats

    def __len__(self) -> int:
        return len(self.pairs)

    def states(self) -> Iterator[TieState]:
        """Each pair's state, as folding one by one would give it."""
        return (self.state(row) for row in range(len(self)))

    def state(self, row: int) -> TieState:
        """The state of the pair in this row."""
        met = [code for code in range(len(self.kinds)) if self.last_of[row, code] > -np.inf]
        low, high = (int(half) for half in self.recent[row])
        return TieState(
            first=float(self.first[row]),
            last=float(self.last[row]),
            day=int(self.day[row]),
            contacts=int(self.contacts[row]),
            days=int(self.days[row]),
            counters=_floats(self.counters[row]),
            lived=float(self.lived[row]),
            gap_weight=float(self.gap_weight[row]),
            gap_sum=float(self.gap_sum[row]),
            chapter_days=int(self.chapter_days[row]),
            pause=int(self.pause[row]),
            talks=int(self.talks[row]),
            talk_day=int(self.talk_day[row]),
            talk_weight=float(self.talk_weight[row]),
            talk_sum=float(self.talk_sum[row]),
            talk_squares=float(self.talk_squares[row]),
            begun=_floats(self.begun[row]),
            turns=float(self.turns[row]),
            streak=int(self.streak[row]),
            streak_by_us=bool(self.streak_by_us[row]),
            recent=low | high << _HALF_MASK,
            today=_floats(self.today[row]),
            fresh={self.kinds[code]: _floats(self.fresh[row, code]) for code in met},
            lasting=_floats(self.lasting[row]),
            lasting_alone=_floats(self.lasting_alone[row]),
            counts={self.kinds[code]: _ints(self.counts[row, code]) for code in met},
            last_by=tuple(float(at) if at > -np.inf else None for at in self.last_by[row]),  # type: ignore[arg-type]
            last_of={self.kinds[code]: float(self.last_of[row, code]) for code in met},
        )

    def reading(self, now: float | Floats) -> Reading:
        """What vitality reads, for all pairs at once. `now` in days since 1970."""
        return Reading(
            now=np.maximum(now, self.last),
            first=self.first,
            last=self.last,
            day=self.day,
            days=self.days,
            counters=tuple(self.counters.T),
            lived=self.lived,
            gap_weight=self.gap_weight,
            gap_sum=self.gap_sum,
            begun=self.begun.sum(1),
            turns=self.turns,
            streak=self.streak,
            quieter_last=self.last_by.min(1),
        )


@dataclass(frozen=True, slots=True)
class Contacts:
    """Contacts of many pairs as columns. Times in days since 1970; kinds as codes into `kinds`; no duration is NaN."""

    pair: Ints
    at: Floats
    by_us: NDArray[np.bool_]
    kind: Ints
    minutes: Floats
    group: Ints
    weight: Floats
    by_neither: NDArray[np.bool_]
    kinds: tuple[str, ...] = KINDS

    def taken(self, which: NDArray[np.bool_] | Ints) -> Contacts:
        """Some of them: a mask, or places in an order."""
        columns = {one.name: getattr(self, one.name)[which] for one in fields(self) if one.name != "kinds"}
        return replace(self, **columns)


def contacts_of(
    pair_ids: Sequence[int] | Ints,
    at_days: Sequence[float] | Floats,
    by_us: Sequence[bool] | NDArray[np.bool_],
    kinds: Sequence[str],
    durations: Sequence[int | None] | None = None,
    group_sizes: Sequence[int] | None = None,
    weights: Sequence[float] | None = None,
    by_neither: Sequence[bool] | None = None,
) -> Contacts:
    """Columns from plain lists, as a query gives them; what is left out is as in Contact."""
    names = (*KINDS, *sorted(set(kinds) - set(KINDS)))
    code = {name: number for number, name in enumerate(names)}
    size = len(pair_ids)
    return Contacts(
        pair=np.asarray(pair_ids, np.int64),
        at=np.asarray(at_days, np.float64),
        by_us=np.asarray(by_us, np.bool_),
        kind=np.fromiter((code[name] for name in kinds), np.int64, size),
        minutes=np.full(size, np.nan) if durations is None else np.array(durations, np.float64),
        group=np.full(size, 2) if group_sizes is None else np.asarray(group_sizes, np.int64),
        weight=np.ones(size) if weights is None else np.asarray(weights, np.float64),
        by_neither=np.zeros(size, np.bool_) if by_neither is None else np.asarray(by_neither, np.bool_),
        kinds=names,
    )


def fold_many(contacts: Contacts, habits: Habits = HABITS) -> Folded:
    """The states of all pairs, whatever order the contacts come in, ordered by pair."""
    c = _in_reading_order(contacts)
    if not len(c.pair):
        return _nothing(c.kinds)
    starts = _starts(c.pair[1:] != c.pair[:-1])
    ends = np.r_[starts[1:], len(c.pair)] - 1
    row = np.repeat(np.arange(len(starts)), ends - starts + 1)
    day = np.floor(c.at).astype(np.int64)
    since = (day[ends][row] - day).astype(np.float64)
    shared = np.isin(c.kind, [code for code, name in enumerate(c.kinds) if name in SHARED])
    return Folded(
        pairs=c.pair[starts],
        first=c.at[starts],
        last=c.at[ends],
        day=day[ends],
        contacts=ends - starts + 1,
        kinds=c.kinds,
        **_rhythm(row, day, since, len(starts), habits),
        **_sides(c, row, since, shared, starts, ends),
        **_stocks(c, row, day, since, shared, ends, habits),
    )


def _in_reading_order(c: Contacts) -> Contacts:
    names = np.argsort(np.argsort(np.array(c.kinds)))
    minutes = np.nan_to_num(c.minutes)
    order = np.lexsort((c.group, minutes, c.weight, names[c.kind], c.by_us, c.at, c.pair))
    return c.taken(order)


def _rhythm(row: Ints, day: Ints, since: Floats, pairs: int, habits: Habits) -> dict[str, Any]:
    new = np.r_[True, (row[1:] != row[:-1]) | (day[1:] != day[:-1])]
    r, d, s = row[new], day[new], since[new]
    days = np.bincount(r, minlength=pairs)
    nth_from_last = np.repeat(np.cumsum(days), days) - 1 - np.arange(len(r))
    gap = np.r_[False, r[1:] == r[:-1]]
    log_gap = np.where(gap, np.log(np.maximum(np.diff(d, prepend=d[0]), 1)), 0.0)
    weight = np.where(gap, GAP_MEMORY ** nth_from_last.astype(np.float64), 0.0)
    return {
        "days": days,
        "counters": np.column_stack([np.bincount(r, 2.0 ** (-s / h), pairs) for h in COUNTER_HALF_LIVES]),
        "lived": np.bincount(r, 2.0 ** (-s / LIVED_HALF_LIFE), pairs),
        "gap_weight": np.bincount(r, weight, pairs),
        "gap_sum": np.bincount(r, weight * log_gap, pairs),
        "recent": _recent(r, s.astype(np.int64), pairs),
        **_talks(r, d, days, habits),
    }


def _talks(row: Ints, day: Ints, days: Ints, habits: Habits) -> dict[str, Any]:
    """Talks of all pairs at once, day after day: whether a day begins a talk depends on those before."""
    pairs = len(days)
    place = np.cumsum(days) - days
    found = {"talks": np.ones(pairs, np.int64), "talk_day": day[place]}
    chapter = {"chapter_days": np.ones(pairs, np.int64), "pause": np.zeros(pairs, np.int64)}
    weight, total, squares = np.zeros(pairs), np.zeros(pairs), np.zeros(pairs)
    longest_first = np.argsort(-days, kind="stable")
    still = np.searchsorted(-days[longest_first], -np.arange(1, days.max() + 1), side="right")
    for nth in range(1, int(days.max())):
        p = longest_first[: still[nth]]
        today = day[place[p] + nth]
        passed = today - day[place[p] + nth - 1]
        chapter["chapter_days"][p] += 1
        parted = passed > _chapters_end_after(found["talks"][p], weight[p], total[p], squares[p], habits)
        if parted.any():
            again = p[parted]
            weight[again] = total[again] = squares[again] = 0.0
            found["talks"][again] = chapter["chapter_days"][again] = 1
            found["talk_day"][again] = today[parted]
            chapter["pause"][again] = passed[parted]
            p, today = p[~parted], today[~parted]
        known = np.exp(total[p] / np.maximum(weight[p], 1e-12))
        typical = np.where(weight[p] > 0, known, habits.first_gap_days)
        near = np.minimum(habits.same_talk_days, habits.same_talk_share * typical)
        begins = today - found["talk_day"][p] > near
        p, today = p[begins], today[begins]
        gap = np.log(today - found["talk_day"][p])
        weight[p] = GAP_MEMORY * weight[p] + 1
        total[p] = GAP_MEMORY * total[p] + gap
        squares[p] = GAP_MEMORY * squares[p] + gap * gap
        found["talks"][p] += 1
        found["talk_day"][p] = today
    return found | chapter | {"talk_weight": weight, "talk_sum": total, "talk_squares": squares}


def _chapters_end_after(talks: Ints, weight: Floats, total: Floats, squares: Floats, habits: Habits) -> Floats:
    ends: Floats = np.full(len(talks), habits.chapter_without_rhythm)
    known = talks >= habits.rhythm_from_talks
    ends[known] = chapter_ends_after(weight[known], total[known], squares[known], habits, ARRAYS)
    return ends


def _recent(row: Ints, since: Ints, pairs: int) -> NDArray[np.uint64]:
    """The bits of recent days in two halves, for 90 of them do not fit one machine word."""
    halves = np.zeros((pairs, 2), np.uint64)
    for half in (0, 1):
        here = (since >= half * _HALF_MASK) & (since < min((half + 1) * _HALF_MASK, RECENT_DAYS))
        bit = np.left_shift(np.uint64(1), (since[here] - half * _HALF_MASK).astype(np.uint64))
        np.bitwise_or.at(halves[:, half], row[here], bit)
    return halves


def _sides(
    c: Contacts, row: Ints, since: Floats, shared: NDArray[np.bool_], starts: Ints, ends: Ints
) -> dict[str, Any]:
    pairs = len(starts)
    opens = np.zeros(len(row), np.bool_)
    opens[starts] = True
    answers = shared | (~opens & (c.by_us != np.r_[c.by_us[0], c.by_us[:-1]]))
    faded = 2.0 ** (-since / SIDES_HALF_LIFE)
    sides = (np.where(c.by_neither, 0.5, side) for side in (c.by_us, ~c.by_us))
    begun = [np.bincount(row, faded * side, pairs) for side in sides]
    # A streak restarts at each answer and at the first contact; a shared contact itself is not part of it.
    place = np.arange(len(row))
    restart = np.maximum.accumulate(np.where(answers | opens, place, 0))[ends]
    spoke = [shared | c.by_us, shared | ~c.by_us]
    return {
        "begun": np.column_stack(begun),
        "turns": np.bincount(row, faded * answers, pairs),
        "streak": ends - restart + 1 - shared[restart],
        "streak_by_us": c.by_us[ends],
        "last_by": np.column_stack([np.maximum.reduceat(np.where(said, c.at, -np.inf), starts) for said in spoke]),
    }


def _stocks(
    c: Contacts, row: Ints, day: Ints, since: Floats, shared: NDArray[np.bool_], ends: Ints, habits: Habits
) -> dict[str, Any]:
    pairs, size = ends.size, len(c.kinds)
    worth = _worth(c, habits)
    fresh_left = (1 - habits.lasting_share) * 2.0 ** (-since / habits.fresh_half_life)
    lasting_left = habits.lasting_share * 2.0 ** (-since / habits.lasting_half_life)
    cell = row * size + c.kind
    fresh, lasting, lasting_alone = np.zeros((pairs, size, 2)), np.zeros((pairs, 2)), np.zeros((pairs, 2))
    today, counts = np.zeros((pairs, 2)), np.zeros((pairs, size, 2), np.int64)
    for side, ours in ((US, c.by_us), (THEM, ~c.by_us)):
        given = worth * np.where(shared, 0.5, ours)
        before, after = _within_day(given, row, day)
        gained = np.log2(1 + after) - np.log2(1 + before)
        fresh[:, :, side] = np.bincount(cell, gained * fresh_left, pairs * size).reshape(pairs, size)
        lasting[:, side] = np.bincount(row, gained * lasting_left, pairs)
        lasting_alone[:, side] = np.bincount(row, gained * lasting_left * ~shared, pairs)
        today[:, side] = after[ends]
        counts[:, :, side] = np.bincount(cell[ours], minlength=pairs * size).reshape(pairs, size)
    last_of = np.full(pairs * size, -np.inf)
    np.maximum.at(last_of, cell, c.at)
    return {
        "fresh": fresh,
        "lasting": lasting,
        "lasting_alone": lasting_alone,
        "today": today,
        "counts": counts,
        "last_of": last_of.reshape(pairs, size),
    }


def _worth(c: Contacts, habits: Habits) -> Floats:
    by_kind = np.array([habits.worth.get(name, 1.0) for name in c.kinds])
    length = np.clip(np.sqrt(np.nan_to_num(c.minutes, nan=habits.usual_minutes) / habits.usual_minutes), 0.5, 2.0)
    worth: Floats = by_kind[c.kind] * c.weight * np.sqrt(2 / np.maximum(c.group, 2)) * length
    return worth


def _within_day(given: Floats, row: Ints, day: Ints) -> tuple[Floats, Floats]:
    """The day's sum before and after each contact, summed afresh each day."""
    starts = _starts((row[1:] != row[:-1]) | (day[1:] != day[:-1]))
    group = np.repeat(np.arange(len(starts)), np.diff(np.r_[starts, len(row)]))
    total = np.cumsum(given)
    opening = (total - given)[starts]
    after = np.maximum(total - opening[group], 0.0)
    return np.maximum(after - given, 0.0), after


def _starts(changed: NDArray[np.bool_]) -> Ints:
    return np.flatnonzero(np.r_[True, changed])


def _floats(numbers: Floats) -> Any:
    return tuple(float(number) for number in numbers)


def _ints(numbers: Ints) -> Any:
    return tuple(int(number) for number in numbers)


def _nothing(kinds: tuple[str, ...]) -> Folded:
    none, two, many = np.zeros(0), np.zeros((0, 2)), np.zeros((0, len(kinds)))
    whole = np.zeros(0, np.int64)
    return Folded(
        pairs=whole, first=none, last=none, day=whole, contacts=whole, days=whole, counters=np.zeros((0, 4)),
        lived=none, gap_weight=none, gap_sum=none, chapter_days=whole, pause=whole, talks=whole, talk_day=whole,
        talk_weight=none, talk_sum=none, talk_squares=none, begun=two, turns=none, streak=whole,
        streak_by_us=np.zeros(0, np.bool_), recent=np.zeros((0, 2), np.uint64), today=two, kinds=kinds,
        fresh=np.zeros((0, len(kinds), 2)), lasting=two, lasting_alone=two,
        counts=np.zeros((0, len(kinds), 2), np.int64), last_by=two, last_of=many,
    )  # fmt: skip
