"""Trend: recent contact beside the pair's own past year. It only falls while there is silence.

trend = (a - b) / (a + b),   a, b = contact-days a day with a short and a year's half-life
"""

from __future__ import annotations

import math

from rapport.relationships.engine.habits import Habits
from rapport.relationships.engine.rhythm import typical_gap_days
from rapport.relationships.engine.state import COUNTER_HALF_LIVES, TieState, left
from rapport.relationships.engine.words import Trend

LONG = 3
"""The year's half-life among the counters."""


def trend_of(state: TieState, now_days: float, habits: Habits) -> float | None:
    """From -1 (nothing lately) to 1 (only lately); None while there is too little past or too rare contact."""
    short = _short(state, habits)
    if short is None or state.days < habits.trend_from_days or state.last - state.first < habits.trend_from_age:
        return None
    lately, usually = _pace(state, short, now_days), _pace(state, LONG, now_days)
    return (lately - usually) / (lately + usually) if usually > 0 else -1.0


def word_of(trend: float | None, habits: Habits) -> Trend:
    """The word for a trend."""
    if trend is None:
        return "too_early"
    return "warming" if trend > habits.trend_step else "cooling" if trend < -habits.trend_step else "even"


def _short(state: TieState, habits: Habits) -> int | None:
    """The first half-life of a month or more that holds a typical gap; a shorter one would call every pause cooling."""
    gap = typical_gap_days(state, habits)
    return next((n for n in (1, 2) if gap is not None and gap <= COUNTER_HALF_LIVES[n]), None)


def _pace(state: TieState, n: int, now_days: float) -> float:
    half_life = COUNTER_HALF_LIVES[n]
    memory = half_life / math.log(2) * (1 - left(now_days - state.first + 1, half_life))
    return state.counters[n] * left(now_days - state.day, half_life) / memory
