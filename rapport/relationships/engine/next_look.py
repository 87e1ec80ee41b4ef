"""Next look: the moment at which a word changes by silence alone; it is stored, and asked for when it comes.

Every worded figure only falls while there is silence, so the first moment of another word is found by halving.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from rapport.relationships.engine import strength, trend
from rapport.relationships.engine.features import read
from rapport.relationships.engine.habits import Habits
from rapport.relationships.engine.rhythm import silence_of
from rapport.relationships.engine.state import TieState, days_since_epoch, moment
from rapport.relationships.engine.vitality import outlook
from rapport.relationships.engine.weights import Weights
from rapport.relationships.engine.words import Silence, StrengthWord, Tone, Trend

FURTHEST_DAYS = 36525.0
NEAREST = 0.5 / 86400
"""Half a second: finer than anybody looks."""


@dataclass(frozen=True, slots=True)
class Words:
    """All words of a standing that silence can change."""

    strength: StrengthWord
    tone: Tone
    silence: Silence
    trend: Trend


def words_at(state: TieState, now_days: float, horizon: float, habits: Habits, weights: Weights) -> Words:
    """The words at a moment."""
    return Words(
        strength=strength_word(state, now_days, habits),
        tone=tone_of(state, now_days, horizon, habits, weights),
        silence=silence_of(state, now_days, habits),
        trend=trend_word(state, now_days, habits),
    )


def strength_word(state: TieState, now_days: float, habits: Habits) -> StrengthWord:
    """The word for strength as shown."""
    return strength.word_of(strength.shown(strength.strength_of(state, now_days, habits)), habits)


def trend_word(state: TieState, now_days: float, habits: Habits) -> Trend:
    """The word for the trend."""
    return trend.word_of(trend.trend_of(state, now_days, habits), habits)


def tone_of(state: TieState, now_days: float, horizon: float, habits: Habits, weights: Weights) -> Tone:
    """The tone of vitality; too early to say while a pair has talked fewer than three times.

    Nobody much quieter than usual is doing well, however likely the next contact is within a long horizon.
    """
    if state.talks < habits.rhythm_from_talks:
        return "too_early"
    log_odds = outlook(read(state, now_days), weights).log_odds(horizon)
    risky, well = (math.log(step / (1 - step)) for step in habits.tone_steps)
    if log_odds < risky:
        return "at_risk"
    is_well = log_odds >= well and silence_of(state, now_days, habits) != "much_longer"
    return "doing_well" if is_well else "needs_care"


def next_look(state: TieState, now: datetime, horizon: float, habits: Habits, weights: Weights) -> datetime | None:
    """The first moment after now with another word, rounded up to the second; None within a hundred years."""
    start = days_since_epoch(now)
    soonest = start + FURTHEST_DAYS
    # The cheap questions first: each answer narrows where the dearer ones look.
    for word in (
        lambda at: silence_of(state, at, habits),
        lambda at: strength_word(state, at, habits),
        lambda at: trend_word(state, at, habits),
        lambda at: tone_of(state, at, horizon, habits, weights),
    ):
        soonest = _first_change(word, start, soonest) or soonest
    return None if soonest >= start + FURTHEST_DAYS else _second_after(soonest)


def _first_change(word: Callable[[float], object], start: float, end: float) -> float | None:
    """When the word is first another than at the start, None if not before the end."""
    before = word(start)
    if word(end) == before:
        return None
    same, other = start, end
    while other - same > NEAREST:
        # Most changes are near: days are tried before years.
        middle = same + max((other - same) / 16, 1.0) if other - same > 32 else (same + other) / 2
        same, other = (middle, other) if word(middle) == before else (same, middle)
    return other


def _second_after(days: float) -> datetime:
    at = moment(days)
    return at.replace(microsecond=0) + timedelta(seconds=1)
