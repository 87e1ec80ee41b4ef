"""Rhythm: the pair's own typical gap, and how a silence stands beside it. Never compared with strangers."""

from __future__ import annotations

import math

from rapport.relationships.engine.chapters import silence_step
from rapport.relationships.engine.habits import Habits
from rapport.relationships.engine.state import TieState
from rapport.relationships.engine.words import Silence


def typical_gap_days(state: TieState, habits: Habits) -> float | None:
    """Days from talk to talk, the geometric mean with recent gaps counting more; None while there are too few."""
    if state.talks < habits.rhythm_from_talks:
        return None
    return math.exp(state.talk_sum / state.talk_weight)


def horizon_days(state: TieState | None, habits: Habits) -> float:
    """How far vitality looks: three typical gaps, between two weeks and a year."""
    gap = None if state is None else typical_gap_days(state, habits)
    shortest, longest = habits.horizon_limits
    return min(max(habits.horizon_gaps * (gap or habits.unknown_gap_days), shortest), longest)


def silence_of(state: TieState, now_days: float, habits: Habits) -> Silence:
    """What to call the present silence, beside the pair's own gaps."""
    steps = silence_steps(state, habits)
    if steps is None:
        return "none"
    silent = now_days - state.last
    return "much_longer" if silent > steps[1] else "longer" if silent > steps[0] else "usual"


def silence_steps(state: TieState, habits: Habits) -> tuple[float, float] | None:
    """Days of silence that are longer, and much longer, than usual for these two; None without a rhythm."""
    if typical_gap_days(state, habits) is None:
        return None
    own = state.talk_weight, state.talk_sum, state.talk_squares
    longer, much_longer = (
        silence_step(*own, far, habits) for far in (habits.longer_silence, habits.much_longer_silence)
    )
    return longer, much_longer


def usual_days_in_90(state: TieState, now_days: float) -> float | None:
    """Contact-days in 90 days of the pair's own past, before the last 90; None where that is under 90 days."""
    past = now_days - 90 - state.first
    if past < 90:
        return None
    return max(state.days - days_within(state, now_days, 90), 0) / past * 90


def days_within(state: TieState, now_days: float, days: int) -> int:
    """Contact-days in the last `days` (90 at most) before now."""
    passed = math.floor(now_days) - state.day
    kept = days - passed
    return (state.recent & ((1 << kept) - 1)).bit_count() if kept > 0 else 0
