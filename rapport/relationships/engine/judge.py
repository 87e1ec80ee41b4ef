"""The one question: how do these two stand now? What happened comes in folded, the time as an argument."""

from __future__ import annotations

from datetime import datetime

from rapport.relationships.engine import strength, trend
from rapport.relationships.engine.balance import balance_of
from rapport.relationships.engine.confidence import NOTHING, confidence_of
from rapport.relationships.engine.features import read
from rapport.relationships.engine.habits import HABITS, Habits
from rapport.relationships.engine.next_look import words_at
from rapport.relationships.engine.rhythm import horizon_days as own_horizon
from rapport.relationships.engine.rhythm import typical_gap_days
from rapport.relationships.engine.standing import Ground, Standing
from rapport.relationships.engine.state import TieState, days_since_epoch
from rapport.relationships.engine.vitality import chance, outlook
from rapport.relationships.engine.weights import Weights, shipped


def judge(
    state: TieState | None,
    now: datetime,
    habits: Habits = HABITS,
    horizon_days: float | None = None,
    weights: Weights | None = None,
) -> Standing:
    """How a pair stands at `now` (aware). Without a state they have not met.

    `horizon_days` asks vitality for another horizon; words always follow the pair's own.
    """
    weights = weights or shipped()
    own = own_horizon(state, habits)
    asked = horizon_days or own
    if state is None:
        return _not_met(now, asked)
    now = max(now, state.last_at)
    now_days = days_since_epoch(now)
    outlook_now = outlook(read(state, now_days), weights)
    words = words_at(state, now_days, own, habits, weights)
    exact = strength.strength_of(state, now_days, habits)
    return Standing(
        now=now,
        known=True,
        vitality=chance(outlook_now.log_odds(asked)),
        horizon_days=asked,
        window_days=outlook_now.window_days(),
        tone=words.tone,
        strength=strength.shown(exact),
        strength_exact=exact,
        strength_band=strength.band(state, now_days, habits),
        strength_word=words.strength,
        rhythm_days=typical_gap_days(state, habits),
        days_silent=now_days - state.last,
        silence=words.silence,
        again_after=_again_after(state, habits),
        balance=balance_of(state, habits),
        trend=trend.trend_of(state, now_days, habits),
        trend_word=words.trend,
        confidence=confidence_of(state, habits),
        ground=Ground(state, habits, weights),
    )


def _again_after(state: TieState, habits: Habits) -> float | None:
    return float(state.pause) if state.pause and state.talks < habits.rhythm_from_talks else None


def _not_met(now: datetime, horizon: float) -> Standing:
    return Standing(
        now=now,
        known=False,
        vitality=None,
        horizon_days=horizon,
        window_days=None,
        tone="too_early",
        strength=0,
        strength_exact=0.0,
        strength_band=(0, 0),
        strength_word="not_met",
        rhythm_days=None,
        days_silent=None,
        silence="none",
        again_after=None,
        balance=None,
        trend=None,
        trend_word="too_early",
        confidence=NOTHING,
        ground=None,
    )
