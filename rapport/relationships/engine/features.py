"""What vitality looks at: features of a pair's memory at one moment, each with the direction it may count.

One formula for a single pair (`math`) and for many (arrays): the caller gives the functions. Which way each feature
moves under silence and under an answered contact is what keeps vitality honest, see docs/build/engine/vitality.md.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from rapport.relationships.engine.circles import HALF_LIFE, Circles
from rapport.relationships.engine.maths import ONE_PAIR, Maths, Real
from rapport.relationships.engine.state import (
    COUNTER_HALF_LIVES,
    LIVED_HALF_LIFE,
    SIDES_HALF_LIFE,
    THEM,
    US,
    TieState,
)

GAP_GUESS, GAP_GUESS_WEIGHT = math.log(14.0), 0.7
"""A pair with no gap yet is taken to meet every two weeks; the guess weighs 0.7 of one gap."""
SILENCE_STEPS = (math.log(8), math.log(31), math.log(181))
LEAST = 1e-9
NEVER = 1500.0
"""Days since the quieter side spoke, where it never did."""

FEATURES = (
    "one",
    "days",
    "single",
    "span",
    "gap",
    "pace_7",
    "pace_30",
    "pace_120",
    "pace_365",
    "pace_ever",
    "contacts",
    "turns",
    "mutual",
    "streak",
    "quieter_side",
    "silent_week",
    "silent_month",
    "silent_half_year",
    "silent_longer",
    "over",
    "over_far",
)
"""What a pair's own memory gives."""
OF_CIRCLES = ("one_quiet", "both_quiet", "busier", "less_busy", "share", "share_of_busier")
"""What needs to be known of both people beyond the pair."""
WITH_CIRCLES = FEATURES + OF_CIRCLES
SLOPES = ("one", "gap", "single", "pace_30", "over")
"""The features that also bend how vitality grows with the horizon."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the features read, of one pair or of many: days since 1970, decayed numbers as they stood on `day`."""

    now: Real
    first: Real
    last: Real
    day: Real
    days: Real
    counters: tuple[Real, Real, Real, Real]
    lived: Real
    gap_weight: Real
    gap_sum: Real
    begun: Real
    turns: Real
    streak: Real
    quieter_last: Real
    """When the side that has been silent longer last spoke; minus infinity where it never did."""
    circles: Circles | None = None


def read(state: TieState, now: float, circles: Circles | None = None) -> Reading:
    """A pair's memory, and what is known of the two people, as the features want it."""
    ours, theirs = state.last_by
    quieter = -math.inf if ours is None or theirs is None else min(ours, theirs)
    return Reading(
        now=max(now, state.last),
        first=state.first,
        last=state.last,
        day=state.day,
        days=state.days,
        counters=state.counters,
        lived=state.lived,
        gap_weight=state.gap_weight,
        gap_sum=state.gap_sum,
        begun=state.begun[US] + state.begun[THEM],
        turns=state.turns,
        streak=state.streak,
        quieter_last=quieter,
        circles=circles,
    )


def log_gap(gap_sum: Real, gap_weight: Real) -> Real:
    """The typical log gap, drawn to two weeks while gaps are few."""
    return (gap_sum + GAP_GUESS_WEIGHT * GAP_GUESS) / (gap_weight + GAP_GUESS_WEIGHT)


def features(r: Reading, do: Maths = ONE_PAIR) -> dict[str, Real]:
    """All features of FEATURES by name, and those OF_CIRCLES where the two people's circles are known."""
    silent, age = r.now - r.last, r.now - r.first
    gap = do.log(do.exp(log_gap(r.gap_sum, r.gap_weight)) + 1)
    long = do.log(silent + 1)
    week, month, half = SILENCE_STEPS
    paces = {
        f"pace_{h:.0f}": _pace(count * _left(r.now - r.day, h, do), age, h, do)
        for h, count in zip(COUNTER_HALF_LIVES, r.counters, strict=True)
    }
    begun = r.begun * _left(r.now - r.day, SIDES_HALF_LIFE, do)
    return {
        "one": 1.0 + 0.0 * r.days,
        "days": do.log(do.maximum(r.lived * _left(r.now - r.day, LIVED_HALF_LIFE, do), 1.0)),
        "single": do.maximum(2.0 - r.days, 0.0),
        "span": do.log(r.last - r.first + 1),
        "gap": gap - GAP_GUESS,
        **paces,
        "pace_ever": do.log((r.days + 0.03) / (age + 3)) + 3,
        "contacts": do.log(begun + 0.1),
        "turns": r.turns / r.begun,
        "mutual": do.minimum(do.maximum(r.quieter_last + 1e9, 0.0), 1.0),
        "streak": do.log(do.maximum(r.streak, 1.0)),
        "quieter_side": do.log(do.minimum(r.now - r.quieter_last, NEVER) + 1),
        "silent_week": do.minimum(long, week),
        "silent_month": do.minimum(do.maximum(long - week, 0.0), month - week),
        "silent_half_year": do.minimum(do.maximum(long - month, 0.0), half - month),
        "silent_longer": do.maximum(long - half, 0.0),
        "over": do.maximum(long - gap, 0.0),
        "over_far": do.maximum(long - gap - math.log(3), 0.0),
        **(_of_circles(r, r.circles, do) if r.circles else {}),
    }


def _of_circles(r: Reading, circles: Circles, do: Maths) -> dict[str, Real]:
    pair = r.counters[1] * _left(r.now - r.day, HALF_LIFE, do)
    ours, theirs = (do.maximum(one.pace * _left(r.now - one.day, HALF_LIFE, do), pair) for one in circles)
    busier, less = do.maximum(ours, theirs), do.minimum(ours, theirs)
    one, other = (do.log(do.maximum(r.now - do.maximum(one.last, r.last), 0.0) + 1) for one in circles)
    return {
        "one_quiet": do.maximum(one, other),
        "both_quiet": do.minimum(one, other),
        "busier": do.log(busier + 0.1),
        "less_busy": do.log(less + 0.1),
        "share": pair / do.maximum(less, LEAST),
        "share_of_busier": pair / do.maximum(busier, LEAST),
    }


def _pace(count: Real, age: Real, half_life: float, do: Maths) -> Real:
    """Log of contact-days a day, over the part of a half-life's memory that the acquaintance is old enough to fill."""
    memory = half_life / math.log(2) * (1 - _left(age + 1, half_life, do))
    return do.log((count + 0.03) / (memory + 3)) + 3


def _left(days: Real, half_life: float, do: Maths) -> Real:
    return do.exp(days * (-math.log(2) / half_life))
